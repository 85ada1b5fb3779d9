"""What the doors of care have in common: the case of an address, forms, opening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from romyen import access
from romyen.access import Reader
from romyen.care import queries
from romyen.cases import queries as cases
from romyen.cases.forms import PurposeForm
from romyen.cases.models import Case
from romyen.cases.views.saving import shown as shown_form
from romyen.pages.forms import Form
from romyen.partners import queries as partners
from romyen.partners.models import Partner
from romyen.rules.refusals import refuse

VERBS = {
    "plan": "care.plan",
    "record": "care.record",
    "counsel": "counselling.record",
    "hear": "counselling.read",
    "work": "case.work",
    "alert": "survivor.alert",
    "reopen": "case.reopen",
}
OPEN_ONLY = ("plan", "record", "counsel")


def reading(
    request: HttpRequest, ref: str, verb: str = "care.read"
) -> tuple[Reader, Case, datetime]:
    """The reader and the case on which they may do ``verb``."""
    reader, now = access.open(request), access.clock()
    case = cases.case(reader, ref, now=now)
    access.require(reader, verb, case.node, now=now)
    return reader, case, now


def working(request: HttpRequest, ref: str, verb: str) -> tuple[Reader, Case, datetime]:
    """As ``reading``, for a form on an open case; refuses to show a vain one."""
    reader, case, now = reading(request, ref, verb)
    if not case.is_open:
        raise refuse("RY-CASE-CLOSED")
    return reader, case, now


def reading_part[M: Model](
    request: HttpRequest, ref: str, rows: QuerySet[M], part_ref: str, verb: str = "care.read"
) -> tuple[Reader, Case, M, datetime]:
    """As ``reading``, with one row of the case's care.

    Whether there is such a row comes first: one that there is not answers everybody alike.
    """
    reader, now = access.open(request), access.clock()
    case = cases.case(reader, ref, now=now)
    row = queries.part(reader, rows, ref, part_ref, now=now)
    access.require(reader, verb, case.node, now=now)
    return reader, case, row, now


def working_part[M: Model](
    request: HttpRequest, ref: str, rows: QuerySet[M], part_ref: str, verb: str
) -> tuple[Reader, Case, M, datetime]:
    """As ``reading_part``, for a form on an open case."""
    reader, case, row, now = reading_part(request, ref, rows, part_ref, verb)
    if not case.is_open:
        raise refuse("RY-CASE-CLOSED")
    return reader, case, row, now


def may(reader: Reader, case: Case, now: datetime) -> dict[str, bool]:
    """What the page offers; every verb decides anew. ``later`` works on closed cases too."""
    allowed = {
        name: bool(access.decide(reader, verb, case.node, now=now)) for name, verb in VERBS.items()
    }
    later = {"plan_later": allowed["plan"], "record_later": allowed["record"]}
    for name in OPEN_ONLY:
        allowed[name] = allowed[name] and case.is_open
    return {**allowed, **later, "reopen": allowed["reopen"] and not case.is_open}


@dataclass
class Opening:
    """The question of purpose on a page, and what was opened with the answer, by row."""

    form: PurposeForm
    plain: dict[str, dict[str, Any]] = field(default_factory=dict)
    done: bool = False


def opening(
    request: HttpRequest,
    reader: Reader,
    now: datetime,
    *parts: tuple[Sequence[Any], Sequence[str]],
) -> Opening:
    """A POST with a purpose opens rows and fields: one read entry for all of them."""
    found = Opening(PurposeForm(request.POST or None))
    if not found.form.is_valid():
        return found
    purpose = found.form.cleaned_data["purpose"]
    opened = access.reveal_all(reader, *parts, purpose=purpose, now=now)
    found.plain = {str(pk): values for part in opened for pk, values in part.items()}
    found.done = True
    return found


def page_of(
    reader: Reader, case: Case, now: datetime, found: Opening, here: str, **more: Any
) -> dict[str, Any]:
    """What every page of care shows beside its own."""
    return {
        "case": case,
        "may": may(reader, case, now),
        "form": found.form,
        "opened": found.done,
        "here": here,
        **more,
    }


def at(name: str, case: Case, *refs: str) -> str:
    """The address of a page of a case's care."""
    return reverse(f"care:{name}", args=[case.pk, *refs])


def form_page(
    request: HttpRequest, case: Case, form: Form, heading: str, back: str, **context: Any
) -> HttpResponse:
    """A form's page, which leads back to where it was opened."""
    context.setdefault("template", "care/form.html")
    return shown_form(request, case, form, heading, back=back, **context)


def offered(reader: Reader, now: datetime, kinds: Sequence[str] = ()) -> list[Partner]:
    """The organisations that a form offers, by name."""
    rows = partners.offered(reader, now=now)
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def differences(
    form: Form, recorded: Mapping[str, Any], typed: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Where what is recorded and what was typed differ, in words."""
    return [
        {"label": form.fields[name].label, "recorded": recorded[name], "typed": typed[name]}
        for name in recorded
        if name in form.fields and (recorded[name] or "") != (typed[name] or "")
    ]
