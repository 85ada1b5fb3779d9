"""Services, and what was entered in error."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from romyen.care import actions, panels, queries
from romyen.care.actions.striking import verb_for
from romyen.care.forms import ServiceForm, StrikeForm
from romyen.care.models import Appointment, Measure, Service, Session
from romyen.care.views.working import (
    at,
    form_page,
    offered,
    opening,
    page_of,
    reading,
    reading_part,
    working,
)
from romyen.cases.views.saving import begun, saved
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day


def services(request: HttpRequest, ref: str) -> HttpResponse:
    """What was done for her; a POST with a purpose opens the notes."""
    reader, case, now = reading(request, ref)
    rows = queries.services(case)
    found = opening(request, reader, now, (rows, ("note", "void_reason")))
    items = [panels.service(row, found.plain) for row in rows]
    context = page_of(reader, case, now, found, "services", items=items)
    return render(request, "care/services.html", context)


def give(request: HttpRequest, ref: str) -> HttpResponse:
    """Record help that was given. Help older than the case is taken, and said."""
    reader, case, now = working(request, ref, "care.record")
    form = begun(
        request,
        ServiceForm(
            request.POST or None,
            partners=offered(reader, now),
            goals=queries.goals(case),
            initial={"on": local_day(now), "goal": request.GET.get("goal", "")[:22]},
        ),
    )

    def act() -> str:
        row = actions.record_service(case, **form.facts(), actor=reader, now=now)
        if row.on < case.opened_on:
            early = gettext(
                "This day lies before the case was opened. It was kept as you wrote it."
            )
            messages.warning(request, early)
        return at("services", case)

    heading, back = gettext("Record help that was given"), at("services", case)
    return saved(request, form, act) or form_page(request, case, form, heading, back)


KINDS: dict[str, tuple[Any, str]] = {
    "service": (Service, "services"),
    "appointment": (Appointment, "appointments"),
    "measure": (Measure, "measures"),
    "session": (Session, "counselling"),
}
"""What may be struck: kind in the address → table, and the page to which it leads back."""


def strike(request: HttpRequest, ref: str, kind: str, part_ref: str) -> HttpResponse:
    """Say that something was entered in error."""
    model, page = KINDS.get(kind, (None, ""))
    if model is None:
        raise refuse("RY-ABSENT")
    rows, verb = model.objects.all(), verb_for(model)
    reader, case, row, now = reading_part(request, ref, rows, part_ref, verb)
    form = begun(request, StrikeForm(request.POST or None))

    def act() -> str:
        actions.strike(row, reason=form.cleaned_data["reason"], actor=reader, now=now)
        return at(page, case)

    before = gettext("It stays on the page, crossed out, and counts no more.")
    heading, back = gettext("This was entered in error"), at(page, case)
    return saved(request, form, act) or form_page(request, case, form, heading, back, before=before)
