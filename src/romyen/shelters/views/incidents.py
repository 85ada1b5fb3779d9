"""What happened in a house, and what followed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access.sending import begun, sent, shown
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.shelters import actions, panels, queries
from romyen.shelters.forms import FollowUpForm, IncidentForm, PurposeForm
from romyen.shelters.words import label

FORM = "shelters/form.html"
RECORD = "incident.record"


def record(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down what happened."""
    reader, now = access.open(request), access.clock()
    shelter = queries.shelter_for(reader, ref, RECORD, now=now)
    people = queries.residents(reader, shelter, now=now)
    form = IncidentForm(request.POST or None, cases=people, today=local_day(now))
    begun(request, form)

    def take() -> str:
        made = actions.record_incident(shelter, **form.facts(), actor=reader, now=now)
        return reverse("shelters:incident", args=[ref, made.pk])

    back = reverse("shelters:shelter", args=[ref])
    page = {"shelter": shelter, "heading": gettext("Record an incident"), "back": back}
    return sent(request, form, take, say=gettext("Saved.")) or shown(request, FORM, form, **page)


def incident_page(request: HttpRequest, ref: str, incident_ref: str) -> HttpResponse:
    """One incident; a POST with a purpose opens its words."""
    reader, now = access.open(request), access.clock()
    one = queries.incident(reader, ref, incident_ref, now=now)
    form, opened = PurposeForm(request.POST or None), {}
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        opened = queries.open_incident(reader, one, purpose=purpose, now=now)
    names = access.names_of([one.recorded_by, one.followed_by])
    context = {
        "incident": panels.incident(one, local_day(now)),
        "shelter": one.shelter,
        "facts": panels.incident_facts(one, opened),
        "cases": [each.case for each in one.involved.all()],
        "recorded_by": names.get(one.recorded_by, ""),
        "form": form,
        "opened": bool(opened),
        "may_record": bool(access.decide(reader, RECORD, one.shelter.node, now=now)),
    }
    return render(request, "shelters/incident.html", context)


def follow_up(request: HttpRequest, ref: str, incident_ref: str) -> HttpResponse:
    """What had to follow was done."""
    reader, now = access.open(request), access.clock()
    one = queries.incident(reader, ref, incident_ref, now=now)
    access.require(reader, RECORD, one.shelter.node, now=now)
    if one.followed_at:
        raise refuse("RY-SHELTER-FOLLOWED")
    form = begun(request, FollowUpForm(request.POST or None))
    back = reverse("shelters:incident", args=[ref, incident_ref])

    def take() -> str:
        actions.record_follow_up(one, words=form.cleaned_data["words"], actor=reader, now=now)
        return back

    page = {
        "shelter": one.shelter,
        "heading": gettext("Record the follow-up"),
        "before": label("incident_kinds", one.kind),
        "back": back,
    }
    return sent(request, form, take, say=gettext("Saved.")) or shown(request, FORM, form, **page)
