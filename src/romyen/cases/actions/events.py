"""Events: what happened, and the deadlines that the law attaches to it."""

from datetime import datetime

from django.db import transaction

from romyen import access
from romyen.cases.actions.ground import log, require_past, require_work, today, worded
from romyen.cases.book import book, listed
from romyen.cases.facts import facts_of
from romyen.cases.models import Case, Deadline, Event, Task
from romyen.rules import clocks
from romyen.rules.refusals import refuse
from romyen.rules.spans import Moment, start_of


def record_event(
    case: Case,
    *,
    code: str,
    at: Moment,
    source: str,
    detail: str = "",
    actor: access.Actor,
    now: datetime,
) -> Event:
    """Record what happened, and start every deadline that the law in force attaches to it.

    ``at`` is an aware moment, or a date where no hour is known. Duties "at once" become tasks
    of the case's manager. Refuses with ``RY-CLOCK-UNKNOWN-EVENT``, ``RY-LIST-UNKNOWN``,
    ``RY-CASE-FUTURE`` or ``RY-CASE-CLOSED``.
    """
    with transaction.atomic():
        require_work(actor, case, now=now)
        _check_event(code)
        listed("event_sources").item(source, field="source")
        require_past(at, field="at", now=now)
        event = Event(
            case=case,
            code=code,
            at=start_of(at),
            day_only=not isinstance(at, datetime),
            source=source,
            recorded_at=now,
            recorded_by=actor.id,
        )
        access.seal(event, actor=actor, now=now, detail=detail.strip())
        event.save(force_insert=True)
        _start(event, actor=actor, now=now)
        log(actor, "case.event", case, now=now, event=event.pk, code=code)
    return event


def _check_event(code: str) -> None:
    """Only events of a case: a breach of data belongs to the organisation, not to her."""
    if book().event(code).scope != "case":
        raise refuse("RY-CLOCK-UNKNOWN-EVENT", field="code")


def _start(event: Event, *, actor: access.Actor, now: datetime) -> None:
    """Store what the event started."""
    facts = facts_of(event.case.survivor)
    found = book().deadlines(event.code, event.moment, facts=facts)
    Deadline.objects.bulk_create(deadline_row(event, d) for d in found if not d.at_once)
    Task.objects.bulk_create(_duty(event, d, actor, now) for d in found if d.at_once)


def deadline_row(event: Event, found: clocks.Deadline) -> Deadline:
    """A deadline as it is kept (not saved)."""
    return Deadline(
        case_id=event.case_id,
        event=event,
        key=found.key,
        due_at=found.due,
        unsure=" ".join(found.unsure_facts),
    )


def _duty(event: Event, found: clocks.Deadline, actor: access.Actor, now: datetime) -> Task:
    return Task(
        case=event.case,
        event=event,
        key=found.key,
        due_on=today(event.at),
        assigned=event.case.manager,
        created_at=now,
        created_by=actor.id,
    )


def correct_event(event: Event, *, reason: str, actor: access.Actor, now: datetime) -> Event:
    """Say that an event was entered in error: it stays, and its clocks no longer apply."""
    with transaction.atomic():
        require_work(actor, event.case, now=now)
        reason = worded(reason, field="reason")
        if event.void_at is not None:
            raise refuse("RY-CASE-SETTLED")
        access.seal(event, actor=actor, now=now, void_reason=reason)
        event.void_at, event.void_by = now, actor.id
        event.save(update_fields=["void_at", "void_by", "void_reason"])
        event.deadlines.update(not_applicable=True, settled_at=now, settled_by=actor.id)
        event.tasks.filter(done_at=None, dropped_at=None).update(dropped_at=now)
        log(actor, "case.correct", event.case, now=now, event=event.pk)
    return event
