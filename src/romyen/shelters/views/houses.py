"""The list of houses, a house's page, its form and its beds."""

from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import Reader, tables
from romyen.access.sending import begun, sent, shown
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.shelters import actions, panels, queries
from romyen.shelters.forms import FACTS, BedsForm, PurposeForm, ShelterForm, known
from romyen.shelters.models import Shelter
from romyen.shelters.words import label, labels
from romyen.survivors import queries as survivors

FORM = "shelters/form.html"
CONFLICT = "RY-EDIT-CONFLICT"
VERBS = {
    "keep": "shelter.keep",
    "locate": "shelter.locate",
    "incident": "incident.record",
}


def address(shelter: Shelter) -> str:
    """Where a house's page is."""
    return reverse("shelters:shelter", args=[shelter.pk])


def every(request: HttpRequest) -> HttpResponse:
    """The houses that the reader may know of, by name; of where they are, the province."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "shelter.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    if tables.wanted(request):
        return _taken_away(reader, now)
    after = request.GET.get("after", "")
    page = queries.shelters(reader, after=after, now=now)
    context = {
        "rows": [panels.row(one, local_day(now)) for one in page.rows],
        "older": f"?after={page.older}" if page.older else "",
        "newest": reverse("shelters:list") if after else "",
        "may_found": access.can(reader, "shelter.keep", now=now),
        "take_away": tables.offer(request, reader, now=now),
    }
    return render(request, "shelters/list.html", context)


def _taken_away(reader: Reader, now: datetime) -> HttpResponse:
    """The list as a file: of where a house is, the province, as everywhere."""

    def page(after: str) -> tables.Page:
        listed = queries.shelters(reader, after=after, size=tables.AT_ONCE, now=now)
        return [panels.row(one, local_day(now)) for one in listed.rows], listed.older

    columns: list[tables.Column] = [
        (gettext("Code"), lambda row: row["shelter"].node.code),
        (gettext("House"), lambda row: row["shelter"].name),
        (gettext("Whose house is it?"), lambda row: row["kind"]),
        (gettext("Province"), lambda row: row["province"]),
        (gettext("Takes in"), lambda row: row["takes"]),
        (gettext("Places"), lambda row: row["shelter"].capacity),
        (gettext("Free places"), lambda row: row["free"]),
        (gettext("Licence"), lambda row: row["licence"]),
        (gettext("Licence valid until"), lambda row: row["shelter"].licence_until),
    ]
    rows = tables.pages(page)
    return tables.take_away(
        reader, "shelters", columns, rows, node=lambda row: row["shelter"].node, now=now
    )


def found(request: HttpRequest) -> HttpResponse:
    """Begin the record of a house."""
    reader, now = access.open(request), access.clock()
    teams = queries.teams(reader, now=now)
    if not teams:
        raise refuse("RY-ACCESS-DENIED")
    form = begun(request, ShelterForm(request.POST or None, teams=teams))

    def take() -> str:
        made = actions.found_shelter(form.team_of().node, **form.facts(), actor=reader, now=now)
        return address(made)

    said = gettext("Saved. The address is written down apart.")
    page = {"heading": gettext("Add a shelter"), "back": reverse("shelters:list")}
    return sent(request, form, take, say=said) or shown(request, FORM, form, **page)


def shelter_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One house; a POST with a purpose answers with the names of those whom the reader may read."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter(reader, ref, now=now)
    board = queries.board(reader, shelter, now=now)
    form, names = PurposeForm(request.POST or None), {}
    if form.is_valid():
        hers = [one.case.survivor for one in board.stays]
        names = survivors.names(reader, hers, purpose=form.cleaned_data["purpose"], now=now)
    context = {
        "shelter": shelter,
        "form": form,
        "opened": bool(names),
        "facts": panels.facts(shelter),
        "licence": panels.licence(shelter, local_day(now)),
        "taken": board.taken,
        "full": board.taken >= shelter.capacity,
        "places": [panels.place(one, names, now) for one in board.places],
        "residents": len(board.stays),
        "incidents": [
            panels.incident(one, local_day(now))
            for one in queries.incidents(reader, shelter, now=now)
        ],
        "may": _may(reader, shelter, now),
        "located": queries.is_located(shelter),
    }
    return render(request, "shelters/shelter.html", context, status=422 if form.errors else 200)


def _may(reader: Reader, shelter: Shelter, now: datetime) -> dict[str, bool]:
    return {
        name: bool(access.decide(reader, verb, shelter.node, now=now))
        for name, verb in VERBS.items()
    }


def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change what is open of a house; after a conflict both versions are shown."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter_for(reader, ref, "shelter.keep", now=now)
    form = begun(request, ShelterForm(request.POST or None, initial=known(shelter)))

    def take() -> str:
        expected = form.cleaned_data["version"] or 0
        actions.edit_shelter(shelter, expected=expected, **form.facts(), actor=reader, now=now)
        return address(shelter)

    if done := sent(request, form, take, say=gettext("Saved.")):
        return done
    page: dict[str, Any] = {
        "shelter": shelter,
        "heading": gettext("Change this shelter"),
        "back": address(shelter),
    }
    if form.has_error(NON_FIELD_ERRORS, CONFLICT):
        page["differences"] = _differences(shelter, form)
        typed = request.POST.copy()
        typed["version"] = str(shelter.version)
        form.data = typed
    return shown(request, FORM, form, **page)


def _differences(shelter: Shelter, form: ShelterForm) -> list[dict[str, Any]]:
    """The fields in which the recorded version and the typed one differ, in words."""
    return [
        {
            "label": form.fields[name].label,
            "recorded": _words(name, getattr(shelter, name)),
            "typed": _words(name, form.cleaned_data[name]),
        }
        for name in (*FACTS, "active")
        if getattr(shelter, name) != form.cleaned_data[name]
    ]


def _words(name: str, value: Any) -> Any:
    if name == "kind":
        return label("kinds", value)
    if name == "takes":
        return ", ".join(labels("takes", value))
    return panels.province(Shelter(province=value)) if name == "province" else value


def beds(request: HttpRequest, ref: str) -> HttpResponse:
    """The beds of a house: add some, take some out of use."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter_for(reader, ref, "shelter.keep", now=now)
    form = begun(request, BedsForm(request.POST or None))

    def take() -> str:
        actions.add_beds(shelter, form.facts(), actor=reader, now=now)
        return reverse("shelters:beds", args=[ref])

    if done := sent(request, form, take, say=gettext("Saved.")):
        return done
    places = queries.board(reader, shelter, now=now).places
    page = {
        "shelter": shelter,
        "heading": gettext("Beds"),
        "back": address(shelter),
        "places": [one for one in places if one.bed is not None],
    }
    return shown(request, "shelters/beds.html", form, **page)


@require_POST
def retire_bed(request: HttpRequest, ref: str, bed_ref: str) -> HttpResponse:
    """A bed is no longer given to anyone."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter_for(reader, ref, "shelter.keep", now=now)
    bed = queries.bed(shelter, bed_ref)

    def take() -> str:
        actions.retire_bed(bed, actor=reader, now=now)
        return reverse("shelters:beds", args=[ref])

    return access.once(request, take)
