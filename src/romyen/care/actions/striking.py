"""Entered in error: the row stays, crossed out, with the reason."""

from datetime import datetime

from django.db import transaction

from romyen import access
from romyen.care.actions.ground import why
from romyen.care.models import Appointment, Measure, Service, Session
from romyen.cases.actions.ground import log
from romyen.rules.refusals import refuse

type Strikeable = Service | Session | Appointment | Measure


def verb_for(row: Strikeable | type[Strikeable]) -> str:
    """Who may strike it: whoever may record its like."""
    is_session = row is Session or isinstance(row, Session)
    return "counselling.record" if is_session else "care.record"


def strike(row: Strikeable, *, reason: str, actor: access.Actor, now: datetime) -> Strikeable:
    """Mark a service, a session, an appointment or a measure as entered in error. For good."""
    with transaction.atomic():
        access.require(actor, verb_for(row), row.case.node, now=now)
        said = why(reason, field="reason")
        fresh = type(row).objects.filter(pk=row.pk, void_at=None)
        if not fresh.update(void_at=now, void_by=actor.id):
            raise refuse("RY-CARE-STRUCK")
        row.void_at, row.void_by = now, actor.id
        access.seal(row, actor=actor, now=now, void_reason=said)
        row.save(update_fields=["void_reason"])
        log(actor, verb_for(row), row.case, now=now, struck=row.pk)
    return row
