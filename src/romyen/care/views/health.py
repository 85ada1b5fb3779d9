"""Medical appointments."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from romyen.care import actions, panels, queries
from romyen.care.actions.appointments import HEALTH
from romyen.care.forms import AppointmentForm, SettleForm
from romyen.care.models import Appointment
from romyen.care.views.working import (
    at,
    form_page,
    offered,
    opening,
    page_of,
    reading,
    working,
    working_part,
)
from romyen.care.words import label
from romyen.cases import queries as cases
from romyen.cases.views.saving import begun, renew_version, saved

_SEALED = ("about", "outcome", "moving", "void_reason")


def appointments(request: HttpRequest, ref: str) -> HttpResponse:
    """Appointments by day; a POST with a purpose opens what they are for."""
    reader, case, now = reading(request, ref)
    rows = queries.appointments(case)
    found = opening(request, reader, now, (rows, _SEALED))
    items = [panels.appointment(row, found.plain) for row in rows]
    context = page_of(reader, case, now, found, "appointments", items=items)
    return render(request, "care/appointments.html", context)


def appoint(request: HttpRequest, ref: str) -> HttpResponse:
    """A new appointment."""
    reader, case, now = working(request, ref, "care.record")
    form = begun(
        request,
        AppointmentForm(
            request.POST or None,
            members=cases.able(case, now=now),
            partners=offered(reader, now, HEALTH),
            initial={"interpreter": case.survivor.interpreter},
        ),
    )

    def act() -> str:
        actions.make_appointment(case, **form.facts(), actor=reader, now=now)
        return at("appointments", case)

    heading, back = gettext("Make an appointment"), at("appointments", case)
    return saved(request, form, act) or form_page(request, case, form, heading, back)


def settle(request: HttpRequest, ref: str, appointment_ref: str) -> HttpResponse:
    """Say what became of an appointment."""
    rows, verb = Appointment.objects.all(), "care.record"
    reader, case, row, now = working_part(request, ref, rows, appointment_ref, verb)
    form = begun(request, SettleForm(request.POST or None, initial={"version": row.version}))

    def act() -> str:
        facts = {**form.facts(), "expected": form.expected}
        actions.settle_appointment(row, **facts, actor=reader, now=now)
        return at("appointments", case)

    if done := saved(request, form, act):
        return done
    context: dict[str, Any] = {}
    fresh = Appointment.objects.get(pk=row.pk)
    if renew_version(form, fresh.version):
        state = label("appointment_states", fresh.state)
        context["recorded"] = [
            {"key": gettext("What became of it?"), "value": state},
            {"key": gettext("When"), "value": fresh.moment},
        ]
    heading, back = gettext("What became of the appointment?"), at("appointments", case)
    return form_page(request, case, form, heading, back, when=row.moment, **context)
