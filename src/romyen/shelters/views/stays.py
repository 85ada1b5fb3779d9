"""Placing somebody, leaves, moves and exits; the box on the case's page."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.access import Reader
from romyen.access.sending import begun, sent, shown
from romyen.cases import queries as cases
from romyen.cases.models import Case
from romyen.cases.views.saving import renew_version
from romyen.pages.slots import slot
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.shelters import actions, panels, queries
from romyen.shelters.fitting import fits, warnings
from romyen.shelters.forms import EndForm, LeaveForm, MoveForm, PlaceForm, PurposeForm
from romyen.shelters.models import Shelter, Stay

FORM, CHOOSE = "shelters/form.html", "shelters/choose.html"
RECORD = "stay.record"


@slot(_("Shelter"), verb="shelter.read")
def of_case(request: HttpRequest, ref: str) -> HttpResponse:
    """Where she stays and stayed: a box on the case's page, and a page of its own."""
    reader, now = access.open(request), access.clock()
    case = cases.case(reader, ref, now=now)
    access.require(reader, "shelter.read", case.node, now=now)
    stays = queries.stays_of(case)
    form, opened = PurposeForm(request.POST or None), {}
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        opened = queries.open_words(reader, stays, purpose=purpose, now=now)
    rows = [panels.stay(one, reader, opened, now) for one in stays]
    may = bool(access.decide(reader, RECORD, case.node, now=now))
    context = {
        "case": case,
        "now_in": next((one for one in rows if one["row"].is_open), None),
        "before": [one for one in rows if not one["row"].is_open],
        "form": form,
        "opened": bool(opened),
        "may_record": may,
        "may_place": may and case.is_open,
    }
    fragment = "#box" if request.headers.get("HX-Request") == "true" else ""
    return render(request, f"shelters/of_case.html{fragment}", context)


def _home(case: Case) -> str:
    return reverse("cases:case", args=[case.pk])


def _working(request: HttpRequest, ref: str) -> tuple[Reader, Case, datetime]:
    """The reader and the open case on which they may record a stay."""
    reader, now = access.open(request), access.clock()
    case = cases.case(reader, ref, now=now)
    access.require(reader, RECORD, case.node, now=now)
    if not case.is_open:
        raise refuse("RY-CASE-CLOSED")
    return reader, case, now


def choose(request: HttpRequest, ref: str) -> HttpResponse:
    """In which house? Those with a free place that take in someone like her come first."""
    reader, case, now = _working(request, ref)
    rows = _houses(reader, case, now)
    for one in rows:
        one["href"] = reverse("shelters:place-in", args=[ref, one["shelter"].pk])
    page = {"case": case, "rows": rows, "heading": gettext("Choose a house"), "back": _home(case)}
    return render(request, CHOOSE, page)


def _houses(reader: Reader, case: Case, now: datetime) -> list[dict[str, Any]]:
    rows = [
        {**panels.row(one, local_day(now)), "fits": fits(one.shelter, case.survivor)}
        for one in queries.placeable(reader, now=now)
    ]
    return sorted(rows, key=lambda one: (not (one["fits"] and one["free"]), not one["fits"]))


def _house(reader: Reader, ref: str, case: Case, now: datetime) -> tuple[Shelter, dict[str, Any]]:
    """The house chosen, with its free beds and what speaks against it."""
    shelter = queries.shelter_for(reader, ref, RECORD, now=now)
    if not shelter.active:
        raise refuse("RY-SHELTER-NOT-ACTIVE")
    board = queries.board(reader, shelter, now=now)
    others = board.taken - any(one.case_id == case.pk for one in board.stays)
    found = warnings(shelter, case.survivor, taken=others, today=local_day(now))
    return shelter, {"beds": board.free_beds, "warned": found}


def place(request: HttpRequest, ref: str, shelter_ref: str) -> HttpResponse:
    """She arrived in this house."""
    reader, case, now = _working(request, ref)
    shelter, house = _house(reader, shelter_ref, case, now)
    form = begun(request, PlaceForm(request.POST or None, today=local_day(now), **house))

    def take() -> str:
        actions.place(case, shelter, **form.facts(), actor=reader, now=now)
        return _home(case)

    page = {
        "shelter": shelter,
        "caption": case.node.code,
        "heading": gettext("Arrived in %(house)s") % {"house": shelter.name},
        "back": reverse("shelters:place", args=[ref]),
    }
    return sent(request, form, take, say=gettext("Saved.")) or shown(request, FORM, form, **page)


def _stay(request: HttpRequest, ref: str) -> tuple[Reader, Stay, datetime]:
    """The reader and the open stay that they may record something of."""
    reader, now = access.open(request), access.clock()
    stay = queries.stay(reader, ref, RECORD, now=now)
    if not stay.is_open:
        raise refuse("RY-SHELTER-ENDED")
    return reader, stay, now


def _page(stay: Stay, heading: str) -> dict[str, Any]:
    return {"caption": stay.case.node.code, "heading": heading, "back": _home(stay.case)}


def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """She is away for some nights."""
    reader, stay, now = _stay(request, ref)
    form = begun(request, LeaveForm(request.POST or None))

    def take() -> str:
        actions.record_leave(stay, **form.cleaned_data, actor=reader, now=now)
        return _home(stay.case)

    page = _page(stay, gettext("Nights away"))
    return sent(request, form, take, say=gettext("Saved.")) or shown(request, FORM, form, **page)


def end(request: HttpRequest, ref: str) -> HttpResponse:
    """She left the house."""
    reader, stay, now = _stay(request, ref)
    first = {"version": stay.version, "left_on": local_day(now)}
    form = begun(request, EndForm(request.POST or None, initial=first))

    def take() -> str:
        given = dict(form.cleaned_data)
        expected = given.pop("version") or 0
        actions.end_stay(stay, **given, expected=expected, actor=reader, now=now)
        return _home(stay.case)

    if done := sent(request, form, take, say=gettext("Saved.")):
        return done
    renew_version(form, stay.version)
    return shown(request, FORM, form, **_page(stay, gettext("Left the house")))


def choose_next(request: HttpRequest, ref: str) -> HttpResponse:
    """To which house does she move? Another bed of the same house is a move too."""
    reader, stay, now = _stay(request, ref)
    rows = _houses(reader, stay.case, now)
    for one in rows:
        one["href"] = reverse("shelters:move-to", args=[ref, one["shelter"].pk])
        one["here"] = one["shelter"].pk == stay.shelter_id
    page = {"case": stay.case, "rows": rows, **_page(stay, gettext("Move: choose a house"))}
    return render(request, CHOOSE, page)


def move(request: HttpRequest, ref: str, shelter_ref: str) -> HttpResponse:
    """She moved to this house, or to another bed of it."""
    reader, stay, now = _stay(request, ref)
    shelter, house = _house(reader, shelter_ref, stay.case, now)
    first = {"version": stay.version, "on": local_day(now)}
    form = begun(request, MoveForm(request.POST or None, initial=first, **house))

    def take() -> str:
        expected = form.cleaned_data["version"] or 0
        actions.transfer(stay, shelter, **form.facts(), expected=expected, actor=reader, now=now)
        return _home(stay.case)

    if done := sent(request, form, take, say=gettext("Saved.")):
        return done
    renew_version(form, stay.version)
    page = _page(stay, gettext("Move to %(house)s") % {"house": shelter.name})
    page["back"] = reverse("shelters:move", args=[ref])
    return shown(request, FORM, form, shelter=shelter, **page)
