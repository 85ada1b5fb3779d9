"""A survivor's file to another team, step by step."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import Reader, sending
from romyen.cases import actions, queries
from romyen.cases.handing_forms import HandOnForm, TransferForm
from romyen.cases.models import Case, Offer
from romyen.cases.views.saving import begun, saved, shown
from romyen.cases.words import label
from romyen.keys.compartments import COMPARTMENTS


def transfer(request: HttpRequest, ref: str) -> HttpResponse:
    """Offer a file to another team; once that was done, how far it is on its way."""
    reader, now = access.open(request), access.clock()
    case = queries.case(reader, ref, now=now)
    standing = queries.waiting_on(case)
    if standing is not None and standing.team is not None and standing.goes_on(now):
        return _under_way(request, reader, standing, HandOnForm(), now)
    access.require(reader, "case.hand_over", case.node, now=now)
    form = begun(
        request,
        TransferForm(request.POST or None, receivers=actions.receivers(case, now=now)),
    )

    def act() -> str:
        given = form.cleaned_data
        team, to = form.receivers[given["to"]]
        words = {"reason": given["reason"], "wish": given["wish"]}
        actions.offer_transfer(case, team=team, to=to, actor=reader, now=now, **words)
        return reverse("cases:transfer", args=[case.pk])

    said = gettext("The case is offered. Until it is handed on nothing changes.")
    return saved(request, form, act, say=said) or shown(
        request, case, form, gettext("To another team"), template="cases/transfer_offer.html",
        nobody=not form.receivers,
    )  # fmt: skip


def _under_way(
    request: HttpRequest, reader: Reader, row: Offer, form: HandOnForm, now: Any
) -> HttpResponse:
    case = row.case
    found = queries.parts_of(row, row.team, now=now) if row.team and row.accepted_at else []
    parts = [_part(one, reader) for one in found]
    context = {
        "offer": row,
        "parts": parts,
        "left": any(not part["passed"] and not part["mine"] for part in parts),
        "mine": any(part["mine"] for part in parts),
        "wish": label("transfer_wishes", row.wish),
        "gives": bool(access.decide(reader, "case.hand_over", case.node, now=now)),
    }
    heading = gettext("To another team")
    return shown(request, case, form, heading, template="cases/transfer.html", **context)


def _part(one: Any, reader: Reader) -> dict[str, Any]:
    return {
        "name": gettext(COMPARTMENTS[one.compartment]),
        "passed": one.passed,
        "theirs": one.theirs,
        "by": [member.name for member in one.by],
        "mine": not one.passed and one.theirs and reader.id in {m.pk for m in one.by},
    }


def _one(reader: Reader, ref: str, offer_ref: str, now: Any) -> Offer:
    rows = Offer.objects.select_related("team", "to", "case__survivor__node")
    return queries.part(reader, rows, ref, offer_ref, now=now)


def _page(case: Case) -> str:
    return reverse("cases:transfer", args=[case.pk])


@require_POST
def pass_on(request: HttpRequest, ref: str, offer_ref: str) -> HttpResponse:
    """Pass the reader's own keys on."""
    reader, now = access.open(request), access.clock()
    row = _one(reader, ref, offer_ref, now)

    def act() -> str:
        actions.pass_keys_on(row, actor=reader, now=now)
        messages.success(request, gettext("The keys that you hold are passed on."))
        return _page(row.case)

    return access.once(request, act)


@require_POST
def hand_on(request: HttpRequest, ref: str, offer_ref: str) -> HttpResponse:
    """The last step: the file is the other team's."""
    reader, now = access.open(request), access.clock()
    row = _one(reader, ref, offer_ref, now)
    form = HandOnForm(request.POST)

    def act() -> str:
        actions.hand_on(row, leave=form.cleaned_data["leave"], actor=reader, now=now)
        return reverse("cases:caseload")

    said = gettext("The case is handed on.")
    return sending.sent(request, form, act, say=said) or _under_way(request, reader, row, form, now)
