"""The duties that follow from a lead: they start by what it says, and a person does them."""

from datetime import datetime

from django.db import transaction

from romyen import access, audit
from romyen.access import Actor
from romyen.leads.models import Duty, Lead
from romyen.leads.words import book, events_of
from romyen.rules.refusals import refuse

FIELD_ACTIVITY = "lead_field_activity_planned"


def start_duties(lead: Lead, events: set[str], *, now: datetime) -> list[Duty]:
    """The duties that these events start and that the lead doesn't have yet (saved)."""
    started = []
    for event in sorted(events):
        for deadline in book().deadlines(event, now):
            duty, fresh = Duty.objects.get_or_create(
                lead=lead, key=deadline.key, defaults={"event": event, "began_at": now}
            )
            started += [duty] if fresh else []
    return started


def follow(lead: Lead, *, now: datetime) -> list[Duty]:
    """Start what the lead's facts now call for. What was started before stays."""
    return start_duties(lead, events_of(lead.imminence, lead.child), now=now)


def plan_field_activity(lead: Lead, *, actor: Actor, now: datetime) -> Lead:
    """Someone will go there: first ask partners whether they work on the same place.

    Starts the clock RES-02 (practice of the sector, 24 hours, our proposal).
    """
    with transaction.atomic():
        access.require(actor, "lead.triage", lead.node, now=now)
        start_duties(lead, {FIELD_ACTIVITY}, now=now)
        audit.record(actor=actor.id, verb="lead.plan_field", subject=lead.pk, at=now)
    return lead


def do_duty(duty: Duty, *, note: str, actor: Actor, now: datetime) -> Duty:
    """Record that a duty was done: whom one told, when, what they said (sealed).

    Refuses with ``RY-LEAD-REASON`` without a note and ``RY-LEAD-DUTY-DONE`` the second time.
    """
    with transaction.atomic():
        access.require(actor, "lead.triage", duty.lead.node, now=now)
        fresh = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
        if fresh.done_at:
            raise refuse("RY-LEAD-DUTY-DONE")
        if not note.strip():
            raise refuse("RY-LEAD-REASON", field="note")
        access.seal(fresh, actor=actor, now=now, note=note.strip())
        fresh.done_at, fresh.done_by = now, actor.id
        fresh.save()
        audit.record(
            actor=actor.id,
            verb="lead.duty",
            subject=fresh.lead_id,
            details={"duty": fresh.pk, "key": fresh.key},
            at=now,
        )
    return fresh
