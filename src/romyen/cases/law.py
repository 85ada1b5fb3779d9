"""From a stored deadline back to the law that it came from, and how it stands."""

from dataclasses import replace
from datetime import datetime

from romyen.cases.book import book
from romyen.cases.models import Deadline, Task
from romyen.rules import clocks
from romyen.rules.spans import BANGKOK

GONE = "gone"
"""Confidence of a clock that the data no longer hold."""


def law_of(row: Deadline) -> clocks.Deadline | None:
    """The deadline as the rules know it, with the end that was stored; None when the data lost it.

    ``row.event`` should be loaded.
    """
    found = _again(row.key, row)
    if found is None:
        return None
    unverified = found.unverified
    if row.extended_until is not None and _unsure_extension(found, row.extended_by):
        unverified = (*unverified, "extension")
    return replace(
        found,
        due=row.due_at.astimezone(BANGKOK),
        unsure_facts=tuple(row.unsure.split()),
        unverified=unverified,
    )


def _again(key: str, row: Deadline | Task) -> clocks.Deadline | None:
    if row.event is None:
        return None
    until = row.extended_until if isinstance(row, Deadline) else None
    try:
        return book().again(key, row.event.code, row.event.moment, extended_until=until)
    except KeyError:
        return None


def duty_of(task: Task) -> clocks.Deadline | None:
    """The "at once" duty behind a task, if the law set it. ``task.event`` should be loaded."""
    return _again(task.key, task) if task.key else None


def _unsure_extension(law: clocks.Deadline, by: str) -> bool:
    rule = law.version.extension
    return rule is None or rule.by != by or rule.confidence != "verified_in_source"


def state_of(row: Deadline, law: clocks.Deadline | None, *, now: datetime) -> clocks.State:
    """How a stored deadline stands at ``now``; ``law`` is what :func:`law_of` said of it."""
    if law is not None:
        return clocks.state(law, met_on=row.met_on, not_applicable=row.not_applicable, now=now)
    return clocks.State(_bare_state(row, now), row.extended_until is not None, unverified=True)


def _bare_state(row: Deadline, now: datetime) -> clocks.StateName:
    """The state of a deadline whose clock the data lost: from what was stored alone."""
    if row.not_applicable:
        return "not_applicable"
    if row.met_at is not None:
        return "met" if row.met_at <= row.due_at else "missed"
    return "running" if now <= row.due_at else "missed"
