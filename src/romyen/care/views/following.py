"""Follow-ups after she left: they outlive the case."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader
from romyen.care import actions, panels, queries
from romyen.care.forms import FollowUpForm, FollowUpsForm
from romyen.care.models import FollowUp
from romyen.care.views.working import at, form_page, opening, page_of, reading, reading_part
from romyen.care.words import label
from romyen.cases.models import Case
from romyen.cases.views.saving import begun, renew_version, saved
from romyen.rules.spans import local_day
from romyen.survivors import queries as her
from romyen.survivors import reading as hers


def follow_ups(request: HttpRequest, ref: str) -> HttpResponse:
    """Follow-ups by the day on which they are due; a POST with a purpose opens what was told."""
    reader, case, now = reading(request, ref)
    rows = queries.follow_ups(case)
    found = opening(request, reader, now, (rows, ("told",)))
    context = page_of(
        reader,
        case,
        now,
        found,
        "follow-ups",
        items=[panels.follow_up(row, found.plain) for row in rows],
        today=local_day(now),
        months_note=panels.months_note(),
    )
    return render(request, "care/follow_ups.html", context)


def plan_follow_ups(request: HttpRequest, ref: str) -> HttpResponse:
    """Say from which day follow-ups are counted; works on a closed case."""
    reader, case, now = reading(request, ref, "care.plan")
    first = {"start": "closure" if case.closed_on else "", "start_on": case.closed_on}
    form = begun(request, FollowUpsForm(request.POST or None, initial=first))

    def act() -> str:
        actions.plan_follow_ups(case, **form.facts(), actor=reader, now=now)
        return at("follow-ups", case)

    heading, back = gettext("Plan the follow-ups"), at("follow-ups", case)
    before = gettext("They are planned 1, 3, 6, 12 and 24 months after this day.")
    done = saved(request, form, act, say=gettext("The follow-ups are planned."))
    note = panels.months_note()
    return done or form_page(request, case, form, heading, back, before=before, note=note)


def follow_up(request: HttpRequest, ref: str, follow_up_ref: str) -> HttpResponse:
    """Record a follow-up. How to make contact safely stands above the form."""
    rows = FollowUp.objects.all()
    reader, case, row, now = reading_part(request, ref, rows, follow_up_ref, "care.record")
    first = {"done_on": local_day(now), "version": row.version}
    form = begun(request, FollowUpForm(request.POST or None, initial=first))

    def act() -> str:
        facts = {**form.facts(), "expected": form.expected}
        actions.record_follow_up(row, **facts, actor=reader, now=now)
        return at("follow-ups", case)

    if done := saved(request, form, act):
        return done
    context = _safely(reader, case, now)
    fresh = FollowUp.objects.get(pk=row.pk)
    if renew_version(form, fresh.version):
        state = label("follow_up_states", fresh.state)
        context["recorded"] = [
            {"key": gettext("How does it stand?"), "value": state},
            {"key": gettext("On which day?"), "value": fresh.done_on},
        ]
    heading, back = label("follow_up_months", str(row.months)), at("follow-ups", case)
    template = "care/follow_up.html"
    return form_page(
        request, case, form, heading, back, template=template, due=row.due_on, **context
    )


def _safely(reader: Reader, case: Case, now: datetime) -> dict[str, Any]:
    """Alerts and the rules of safe contact, as her own page shows them: one read entry."""
    first = her.first(reader, case.survivor, now=now)
    return {
        "survivor": case.survivor,
        "alerts": [hers.alert(warned) for warned in first.alerts],
        "safe_contact": hers.safe_contact(first.safe_contact),
        "safe_contact_closed": first.safe_contact is access.CLOSED,
    }
