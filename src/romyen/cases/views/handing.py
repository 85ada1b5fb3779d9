"""Handing cases over, and answering what was offered."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import Reader, sending
from romyen.access.models import Member
from romyen.cases import actions, queries
from romyen.cases.handing_forms import HandOverForm, OfferedForm
from romyen.cases.models import Case, Offer
from romyen.cases.views.saving import address
from romyen.cases.words import label, offered
from romyen.pages.era import written_day
from romyen.rules.refusals import refuse


def hand_over(request: HttpRequest) -> HttpResponse:
    """Give cases to another: those named by ``?case=``, else the caseload of ``?from=``."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "case.hand_over", now=now):
        raise refuse("RY-ACCESS-DENIED")
    named = request.GET.getlist("case")[:200]
    whose = request.GET.get("from", reader.id)[:22]
    cases = _cases(reader, named, whose, now)
    form = HandOverForm(
        request.POST or None,
        cases=[(ref, _called(case)) for ref, case in cases.items()],
        members=_receivers(list(cases.values()), "" if named else whose, now),
        initial={"cases": list(cases)},
    )

    def act() -> str:
        given = form.cleaned_data
        handed = actions.hand_over(
            [cases[ref] for ref in given["cases"]],
            to=form.members[given["to"]],
            reason=given["reason"],
            actor=reader,
            now=now,
        )
        messages.success(request, _said(handed))
        return reverse("cases:offers" if handed.offered else "cases:caseload")

    context = {
        "named": bool(named),
        "whose": whose,
        "members": queries.managers(reader, now=now),
        "count": len(cases),
        "count_words": _count(len(cases)),
    }
    return sending.sent(request, form, act) or sending.shown(
        request, "cases/hand_over.html", form, **context
    )


def _cases(reader: Reader, named: list[str], whose: str, now: datetime) -> dict[str, Case]:
    found = (
        queries.chosen(reader, named, now=now)
        if named
        else queries.cases_of(reader, whose, now=now)
    )
    return {str(case.pk): case for case in found}


def _count(count: int) -> str:
    return ngettext("%(count)s case", "%(count)s cases", count) % {"count": count}


def _said(handed: Any) -> str:
    """What happened at once, and what waits for an answer."""
    parts = []
    if handed.moved:
        parts.append(gettext("The cases were handed over."))
    if handed.offered:
        parts.append(gettext("The cases are offered. Until the answer everything stays as it is."))
    return " ".join(parts)


def _receivers(cases: list[Case], whose: str, now: datetime) -> list[Member]:
    """Who may take over at least one of the cases; the verb asks for each case anew."""
    found: dict[str, Member] = {}
    for node in {case.node.team_id: case.node for case in cases}.values():
        found |= {member.pk: member for member in queries.able(node, now=now)}
    found.pop(whose, None)
    return sorted(found.values(), key=lambda member: member.name)


def _called(case: Case) -> str:
    return f"{case.node.code} ({written_day(case.opened_on)})"


def offers(request: HttpRequest) -> HttpResponse:
    """What is offered to me and waits for my answer, and what became of what I offered."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "case.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    waiting = {offer.pk: offer for offer in queries.offered_to(reader, now=now)}
    form = OfferedForm(
        request.POST or None,
        offers=[(pk, _offered(offer)) for pk, offer in waiting.items()],
        initial={"offers": list(waiting)},
    )

    def act() -> str:
        given = form.cleaned_data
        chosen = [waiting[pk] for pk in given["offers"]]
        if given["answer"] == "accept":
            actions.accept(chosen, actor=reader, now=now)
            return reverse("cases:caseload")
        because, words = given["because"], given["words"]
        actions.decline(chosen, because=because, words=words, actor=reader, now=now)
        return reverse("cases:offers")

    sending.begun(request, form)
    said = gettext("Your answer is written down. The colleague is told.")
    context = {"waiting": len(waiting), "own": _own(reader, now)}
    return sending.sent(request, form, act, say=said) or sending.shown(
        request, "cases/offers.html", form, **context
    )


def _offered(offer: Offer) -> str:
    """In words; a file of another team by its code, for the reader cannot read it yet."""
    said = {
        "code": offer.case.node.code,
        "name": offer.case.manager.name,
        "reason": label("hand_over_reasons", offer.reason),
        "day": written_day(offer.ends_at),
    }
    if offer.team_id is None:
        return gettext("%(code)s, from %(name)s: %(reason)s. Until %(day)s") % said
    wish = label("transfer_wishes", offer.wish)
    words = gettext("%(code)s, from another team (%(name)s): %(reason)s. %(wish)s. Until %(day)s")
    return words % {**said, "wish": wish}


def _own(reader: Reader, now: datetime) -> list[dict[str, Any]]:
    rows = []
    for offer in queries.offered_by(reader, now=now):
        word, colour = offered(offer)
        because = offer.declined_because
        rows.append(
            {
                "offer": offer,
                "word": gettext(word),
                "colour": colour,
                "because": label("decline_reasons", because) if because else "",
                "waits": offer.goes_on(now),
            }
        )
    return rows


@require_POST
def withdraw(request: HttpRequest, ref: str, offer_ref: str) -> HttpResponse:
    """Take an offer back: a button where it stands."""
    reader, now = access.open(request), access.clock()
    rows = Offer.objects.select_related("to")
    offer = queries.part(reader, rows, ref, offer_ref, now=now)

    def take() -> str:
        actions.withdraw(offer, actor=reader, now=now)
        return address(offer.case)

    return access.once(request, take)
