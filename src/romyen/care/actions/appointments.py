"""Medical appointments: made, kept, missed, moved, cancelled."""

import json
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from romyen import access
from romyen.access.models import Member
from romyen.care.actions.ground import (
    new_part,
    require_ahead,
    require_member,
    require_over,
    require_partner,
)
from romyen.care.models import Appointment
from romyen.care.words import listed
from romyen.cases.actions.ground import log, require_work
from romyen.cases.models import Case
from romyen.cases.versions import take_version
from romyen.partners.models import Partner
from romyen.rules.places import place
from romyen.rules.refusals import refuse

HEALTH = ("HealthServiceOrganisation",)
"""Kinds of partners where an appointment can be (HTCDS ``org_Type``)."""


def make_appointment(
    case: Case,
    *,
    kind: str,
    on: date,
    hour: time | None = None,
    partner: Partner | None = None,
    province: str = "",
    reason: str = "",
    interpreter: bool = False,
    companion: Member | None = None,
    actor: access.Actor,
    now: datetime,
) -> Appointment:
    """Write down an appointment, one ahead or one that was. Its kind is as sealed as its reason."""
    with transaction.atomic():
        require_work(actor, case, now=now, verb="care.record")
        listed("appointment_kinds").item(kind, field="kind")
        require_partner(partner, HEALTH)
        if province:
            place(province, field="province")
        require_member(case, companion, field="companion", now=now)
        facts: dict[str, Any] = {
            "on": on,
            "hour": hour,
            "partner": partner,
            "province": province[:2],
        }
        facts |= {"interpreter": interpreter, "companion": companion}
        row: Appointment = new_part(Appointment, case, actor=actor, now=now, **facts)
        about = json.dumps({"kind": kind, "reason": reason.strip()}, ensure_ascii=False)
        access.seal(row, actor=actor, now=now, about=about)
        row.save(force_insert=True)
        log(actor, "care.record", case, now=now, appointment=row.pk)
    return row


def settle_appointment(
    appointment: Appointment,
    *,
    state: str,
    words: str = "",
    on: date | None = None,
    hour: time | None = None,
    expected: int,
    actor: access.Actor,
    now: datetime,
) -> Appointment:
    """Say what became of an appointment. ``moved`` takes the new day (``on``, ``hour``).

    A moved one stays planned, with the day from which it was moved and why (``words``; otherwise
    they are the outcome). Refuses to settle twice, and
    ``kept`` or ``missed`` before the day has come.
    """
    with transaction.atomic():
        require_work(actor, appointment.case, now=now, verb="care.record")
        listed("appointment_states").item(state, field="state")
        if appointment.state != Appointment.PLANNED or appointment.void_at:
            raise refuse("RY-CARE-SETTLED")
        if state == Appointment.PLANNED:
            raise refuse("RY-LIST-UNKNOWN", field="state")
        _settle(appointment, state, on, hour, now)
        take_version(appointment, expected)
        column = "moving" if state == Appointment.MOVED else "outcome"
        access.seal(appointment, actor=actor, now=now, **{column: words.strip()})
        appointment.save(update_fields=["state", "on", "hour", "former_on", column])
        told = {"appointment": appointment.pk, "state": state}
        log(actor, "care.record", appointment.case, now=now, **told)
    return appointment


def _settle(
    appointment: Appointment, state: str, on: date | None, hour: time | None, now: datetime
) -> None:
    if state != Appointment.MOVED:
        if state in (Appointment.KEPT, Appointment.MISSED):
            require_over(appointment.on, field="state", now=now, code="RY-CARE-NOT-YET")
        appointment.state = state
        return
    if on is None:
        raise refuse("RY-DAY-INCOMPLETE", field="on")
    require_ahead(on, field="on", now=now)
    appointment.former_on, appointment.on, appointment.hour = appointment.on, on, hour
