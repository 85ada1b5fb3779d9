"""What the legal file adds to a case's time line: nothing sealed opened."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.access import Actor
from romyen.cases.models import Case
from romyen.cases.queries.timeline import Happening
from romyen.legal.models import Charge, Compensation, Hearing, Payment, Permit, Proceeding
from romyen.legal.models.proceedings import HELD
from romyen.legal.words import baht, label, offence

LEGAL = "legal"


@dataclass(frozen=True)
class _Told:
    """A row as the union gives it: its id is all that the time line sorts by."""

    pk: str
    what: str
    on: date
    by: str
    code: str
    number: str
    under: str


def happenings(reader: Actor, case: Case, *, most: int, now: datetime) -> list[Happening]:
    """Charges, hearings held, judgments, money ordered and paid, permits granted, newest first.

    Nothing for who may not read the legal file; of proceedings only those that the reader may
    know of. Two queries.
    """
    if not access.decide(reader, "legal.read", case.node, now=now):
        return []
    first, *others = _sources(case, _known(reader, case, now))
    rows = first.union(*others, all=True) if others else first
    told = [_Told(*row) for row in rows.order_by("-told_on", "-pk")[:most]]
    return [Happening(LEGAL, one.on, one.by, one, said=_said(one, case)) for one in told]


def _known(reader: Actor, case: Case, now: datetime) -> list[str]:
    """The proceedings of the case that the reader may know of: most cases have none."""
    hers = Proceeding.objects.filter(parties__case=case, parties__void_at=None)
    seen = access.visible_to(reader, "proceeding.read", hers, now=now)
    return list(seen.order_by().values_list("pk", flat=True))


def _sources(case: Case, known: list[str]) -> list[QuerySet[Any, Any]]:
    """Each kind of happening, all with the same columns.

    What hangs on the case is decided by the case's own node, which the caller has asked.
    """
    granted = Permit.objects.filter(case=case, void_at=None, granted_on__isnull=False)
    hers = [_row(granted, "granted", "granted_on", "kind", "", "case_id")]
    if not known:
        return hers
    charged = Charge.objects.filter(proceeding__in=known, void_at=None)
    held = Hearing.objects.filter(proceeding__in=known, void_at=None, outcome=HELD)
    owed = Compensation.objects.filter(
        party__case=case, party__void_at=None, party__proceeding__in=known, void_at=None
    )
    paid = Payment.objects.filter(compensation__in=owed, void_at=None)
    filed = charged.filter(charged_on__isnull=False)
    judged = charged.filter(judged_on__isnull=False)
    ordered = owed.filter(ordered_on__isnull=False)
    return [
        *hers,
        _row(filed, "charge", "charged_on", "offence", "", "proceeding_id"),
        _row(judged, "judged", "judged_on", "offence", "result", "proceeding_id"),
        _row(held, "held", "on", "kind", "", "proceeding_id"),
        _row(ordered, "ordered", "ordered_on", "head", "ordered", "party_id"),
        _row(paid, "paid", "paid_on", "compensation__head", "amount", "compensation_id"),
    ]


def _row(
    rows: QuerySet[Any], what: str, day: str, code: str, number: str, under: str
) -> QuerySet[Any, Any]:
    """The columns of one kind: id, what, day, who wrote it, codes, and what it hangs under."""
    text = CharField()
    told = rows.order_by().annotate(
        told_what=Value(what, output_field=text),
        told_on=F(day),
        told_code=F(code),
        told_number=Cast(F(number), text) if number else Value("", output_field=text),
        told_under=F(under),
    )
    columns: QuerySet[Any, Any] = told.values_list(
        "pk", "told_what", "told_on", "recorded_by", "told_code", "told_number", "told_under"
    )
    return columns


def _said(one: _Told, case: Case) -> dict[str, Any]:
    """The item of the time line's component."""
    file = reverse("legal:of-case", args=[case.pk])
    return {"tag": "", **_TELLERS[one.what](one), "href": _href(one) or file}


def _href(one: _Told) -> str:
    if one.what in ("charge", "judged", "held"):
        return reverse("legal:proceeding", args=[one.under])
    return ""


def _judged(one: _Told) -> dict[str, Any]:
    title = gettext("Judged: %(result)s") % {"result": label("results", one.number)}
    return {"title": title, "text": offence(one.code)}


def _money(title: str) -> Any:
    def told(one: _Told) -> dict[str, Any]:
        text = f"{label('compensation_heads', one.code)}: {baht(int(one.number or 0))}"
        return {"title": gettext(title), "text": text}

    return told


_TELLERS: dict[str, Any] = {
    "charge": lambda one: {"title": gettext("Charge filed"), "text": offence(one.code)},
    "judged": _judged,
    "held": lambda one: {
        "title": gettext("At court: %(what)s") % {"what": label("hearing_kinds", one.code)}
    },
    "ordered": _money(_("Compensation ordered")),
    "paid": _money(_("Compensation paid")),
    "granted": lambda one: {
        "title": gettext("Granted: %(permit)s") % {"permit": label("permit_kinds", one.code)}
    },
}
