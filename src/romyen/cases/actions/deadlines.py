"""Verbs on a deadline: met, extended as the law allows, not applicable."""

from datetime import datetime

from django.db import transaction

from romyen import access
from romyen.cases.actions.events import deadline_row
from romyen.cases.actions.ground import log, require_past, require_work, worded
from romyen.cases.book import book
from romyen.cases.law import law_of
from romyen.cases.models import Deadline
from romyen.cases.versions import take_version
from romyen.rules import clocks
from romyen.rules.refusals import refuse
from romyen.rules.spans import Moment, local_day, start_of


def _take(deadline: Deadline, expected: int, actor: access.Actor, now: datetime) -> None:
    """May the actor change this deadline, and is it still as they saw it?"""
    require_work(actor, deadline.case, now=now)
    if deadline.settled_at is not None:
        raise refuse("RY-CASE-SETTLED")
    take_version(deadline, expected)


def meet_deadline(
    deadline: Deadline, *, on: Moment, expected: int, actor: access.Actor, now: datetime
) -> Deadline:
    """Say that a duty was done, and when. Done too late it stays missed, with its day.

    A repeating clock starts its next round.
    """
    with transaction.atomic():
        _take(deadline, expected, actor, now)
        require_past(on, field="on", now=now)
        if local_day(on) < local_day(deadline.event.at):
            raise refuse("RY-CASE-BEFORE-EVENT", field="on")
        deadline.met_at, deadline.met_day_only = start_of(on), not isinstance(on, datetime)
        _settle(deadline, actor, now, "met_at", "met_day_only")
        _start_following(deadline)
        log(actor, "case.meet", deadline.case, now=now, deadline=deadline.pk)
    return deadline


def _settle(deadline: Deadline, actor: access.Actor, now: datetime, *changed: str) -> None:
    deadline.settled_at, deadline.settled_by = now, actor.id
    deadline.save(update_fields=[*changed, "settled_at", "settled_by"])


def _start_following(deadline: Deadline) -> None:
    law = law_of(deadline)
    following = law and book().following(law)
    if following:
        row = deadline_row(deadline.event, following)
        Deadline.objects.get_or_create(event=row.event, key=row.key, defaults=_kept(row))


def _kept(row: Deadline) -> dict[str, object]:
    return {"case_id": row.case_id, "due_at": row.due_at, "unsure": row.unsure}


def extend_deadline(
    deadline: Deadline,
    *,
    by: str,
    until: Moment,
    paper: str = "",
    expected: int,
    actor: access.Actor,
    now: datetime,
) -> Deadline:
    """Enter that someone extended the deadline, as far as the data allow.

    ``paper`` is the reference of the order, sealed. Refuses as ``rules.clocks.extend`` does.
    """
    with transaction.atomic():
        _take(deadline, expected, actor, now)
        law = law_of(deadline)
        if law is None:
            raise refuse("RY-CLOCK-NO-EXTENSION", field="by")
        extended = clocks.extend(law, by, until)
        access.seal(deadline, actor=actor, now=now, extension_paper=paper.strip())
        deadline.due_at = extended.due
        deadline.extended_until, deadline.extended_by = extended.due, by
        deadline.warned_at = None
        deadline.save(
            update_fields=[
                "due_at",
                "extended_until",
                "extended_by",
                "extension_paper",
                "warned_at",
            ]
        )
        log(actor, "case.extend", deadline.case, now=now, deadline=deadline.pk, by=by)
    return deadline


def mark_not_applicable(
    deadline: Deadline, *, reason: str, expected: int, actor: access.Actor, now: datetime
) -> Deadline:
    """Say why the law's time does not run here; it stays on the page, with the reason."""
    with transaction.atomic():
        _take(deadline, expected, actor, now)
        access.seal(deadline, actor=actor, now=now, reason=worded(reason, field="reason"))
        deadline.not_applicable = True
        _settle(deadline, actor, now, "not_applicable", "reason")
        log(actor, "case.not_applicable", deadline.case, now=now, deadline=deadline.pk)
    return deadline
