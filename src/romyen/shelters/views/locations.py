"""The sealed part of a house, and who knows it. Addresses and titles of these pages say nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import queries as people
from romyen.access.models import Assignment
from romyen.access.sending import begun, sent, shown
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.shelters import actions, panels, queries
from romyen.shelters.forms import LocationForm, OpenToForm, ReasonForm

type View = Callable[..., HttpResponse]
WRITE = "shelters/write_sealed.html"


def unkept(view: View) -> View:
    """Neither browser nor proxy keeps the answer, whatever the rest of the site says one day."""

    @wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


@unkept
def sealed(request: HttpRequest, ref: str) -> HttpResponse:
    """Nothing but a question; a POST with the reason answers with the address."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter_for(reader, ref, "shelter.locate", now=now)
    location = queries.location(reader, shelter, now=now)
    form, opened = ReasonForm(request.POST or None), []
    if location is not None and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        opened = panels.where(queries.open_location(reader, location, purpose=purpose, now=now))
    context = {"shelter": shelter, "located": location is not None, "form": form, "opened": opened}
    return render(request, "shelters/sealed.html", context, status=422 if form.errors else 200)


@unkept
def write(request: HttpRequest, ref: str) -> HttpResponse:
    """Write an address down for the first time: its key is made, and the writer holds it."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter_for(reader, ref, "shelter.keep", now=now)
    form = LocationForm(request.POST or None)

    def take() -> str:
        actions.found_location(shelter, **form.facts(), actor=reader, now=now)
        return reverse("shelters:keepers", args=[ref])

    back = reverse("shelters:shelter", args=[ref])
    page = {"shelter": shelter, "heading": gettext("Write it down"), "back": back, "first": True}
    return sent(request, form, take, say=gettext("Saved.")) or shown(request, WRITE, form, **page)


@unkept
def rewrite(request: HttpRequest, ref: str) -> HttpResponse:
    """Write anew what changed. What is recorded is not shown here: opening it needs a reason."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter_for(reader, ref, "shelter.locate", now=now)
    location = queries.location(reader, shelter, now=now)
    if location is None:
        raise refuse("RY-ABSENT")
    form = LocationForm(request.POST or None, initial={"version": location.version})

    def take() -> str:
        expected = form.cleaned_data["version"] or 0
        actions.edit_location(location, expected=expected, **form.facts(), actor=reader, now=now)
        return reverse("shelters:sealed", args=[ref])

    back = reverse("shelters:sealed", args=[ref])
    page = {"shelter": shelter, "heading": gettext("Write it anew"), "back": back}
    return sent(request, form, take, say=gettext("Saved.")) or shown(request, WRITE, form, **page)


def keepers(request: HttpRequest, ref: str) -> HttpResponse:
    """Who knows where the house is, and until when."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter(reader, ref, now=now)
    context = {
        "shelter": shelter,
        "keepers": [(one, last_day(one)) for one in queries.who_knows(reader, shelter, now=now)],
        "requests": queries.requests(reader, shelter, now=now),
        "may_ask": bool(access.decide(reader, "shelter.open_location", shelter.node, now=now)),
        "may_close": bool(access.decide(reader, "shelter.keep", shelter.node, now=now)),
    }
    return render(request, "shelters/keepers.html", context)


def last_day(one: Assignment) -> date | None:
    """The last day on which it is open; its end is the midnight after."""
    return local_day(one.ends_at - timedelta(seconds=1)) if one.ends_at else None


def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask a second person to open the address to a colleague."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter_for(reader, ref, "shelter.open_location", now=now)
    form = begun(request, OpenToForm(request.POST or None, colleagues=people.colleagues(reader)))
    back = reverse("shelters:keepers", args=[ref])

    def take() -> str:
        given = form.cleaned_data
        member = people.colleague(given["member"])
        how = {"purpose": given["purpose"], "until": given["until"]}
        actions.ask_to_open(shelter, member, **how, actor=reader, now=now)
        return back

    said = gettext("A second person has to agree now.")
    page = {
        "shelter": shelter,
        "heading": gettext("Open it to a colleague"),
        "before": gettext("A second person has to agree. Then it is opened until the last day."),
        "back": back,
    }
    done = sent(request, form, take, say=said)
    return done or shown(request, "shelters/form.html", form, **page)


@require_POST
def open_to(request: HttpRequest, ref: str) -> HttpResponse:
    """A second person agreed: open it now."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter_for(reader, ref, "shelter.open_location", now=now)
    approval = queries.request_of(reader, shelter, request.POST.get("approval", ""))

    def take() -> str:
        actions.open_to(approval, actor=reader, now=now)
        return reverse("shelters:keepers", args=[ref])

    return access.once(request, take)


@require_POST
def close_to(request: HttpRequest, ref: str, member_ref: str) -> HttpResponse:
    """Take it back from a colleague, now."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter_for(reader, ref, "shelter.keep", now=now)
    member = queries.keeper(shelter, member_ref, now=now)

    def take() -> str:
        actions.close_to(shelter, member, actor=reader, now=now)
        return reverse("shelters:keepers", args=[ref])

    return access.once(request, take)
