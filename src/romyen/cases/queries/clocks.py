"""Deadlines and tasks: of one case, of several, and of the reader for the home page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from romyen import access
from romyen.cases.law import law_of, state_of
from romyen.cases.models import Case, Deadline, Task
from romyen.rules import clocks


@dataclass(frozen=True)
class Running:
    """A deadline with the law that it came from (None when the data lost it) and its state."""

    row: Deadline
    law: clocks.Deadline | None
    state: clocks.State


def _stand(rows: QuerySet[Deadline], now: datetime) -> list[Running]:
    return [Running(row, law_of(row), state_of(row, now=now)) for row in rows]


def deadlines(case: Case, *, now: datetime) -> list[Running]:
    """Every deadline of a case: those that run by their end, then the settled ones."""
    rows = Deadline.objects.filter(case=case).select_related("event")
    return _stand(rows.order_by(F("settled_at").asc(nulls_first=True), "due_at", "pk"), now)


def running_of(case: Case, *, now: datetime) -> list[Running]:
    """The deadlines of a case that nobody has settled yet: what closing has to confirm."""
    return running_in([case.pk], now=now)


def running_in(cases: Collection[str], *, now: datetime) -> list[Running]:
    """The unsettled deadlines of these cases, the nearest first. One query."""
    rows = Deadline.objects.filter(case__in=cases, settled_at=None).select_related("event")
    return _stand(rows.order_by("due_at", "pk"), now)


def deadlines_of(reader: access.Reader, *, now: datetime, most: int = 20) -> list[Running]:
    """The unsettled deadlines of the reader's own open cases, the nearest first (home page)."""
    rows = Deadline.objects.filter(
        case__manager=reader.member, case__status="open", settled_at=None
    ).select_related("event", "case__node")
    seen = access.visible_to(reader, "case.read", rows, now=now)
    return _stand(seen.order_by("due_at", "pk")[:most], now)


def tasks(case: Case) -> list[Task]:
    """The tasks of a case that wait, by day; then what was done lately."""
    rows = Task.objects.filter(case=case).select_related("event", "assigned")
    waiting = rows.filter(done_at=None, dropped_at=None)
    done = rows.filter(done_at__isnull=False).order_by("-done_at")[:5]
    return [*waiting.order_by(F("due_on").asc(nulls_last=True), "created_at"), *done]


def tasks_of(reader: access.Reader, *, now: datetime, most: int = 20) -> list[Task]:
    """The tasks that wait for the reader on open cases, by day (home page)."""
    rows = Task.objects.filter(
        assigned=reader.member, case__status="open", done_at=None, dropped_at=None
    ).select_related("event", "case__node")
    seen = access.visible_to(reader, "case.read", rows, now=now)
    return list(seen.order_by(F("due_on").asc(nulls_last=True), "created_at")[:most])
