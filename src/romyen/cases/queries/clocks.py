"""Deadlines and tasks: of one case, of several, and of the reader for the home page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

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


def standing(row: Deadline, *, now: datetime) -> Running:
    """A deadline with its law and state. Its event should be loaded."""
    law = law_of(row)
    return Running(row, law, state_of(row, law, now=now))


def _stand(rows: Iterable[Deadline], now: datetime) -> list[Running]:
    return [standing(row, now=now) for row in rows]


def deadlines(case: Case, *, now: datetime) -> list[Running]:
    """Every deadline of a case: those that run by their end, then the settled ones."""
    rows = Deadline.objects.filter(case=case).select_related("event")
    return _stand(rows.order_by(F("settled_at").asc(nulls_first=True), "due_at", "pk"), now)


def running_of(case: Case, *, now: datetime) -> list[Running]:
    """The deadlines of a case that nobody has settled yet: what closing has to confirm."""
    return _stand(_unsettled([case.pk]), now)


def nearest_in(cases: Collection[str], *, now: datetime) -> dict[str, Running]:
    """The nearest unsettled deadline of each of these cases that has one. One query."""
    nearest: dict[str, Deadline] = {}
    for row in _unsettled(cases):
        nearest.setdefault(row.case_id, row)
    return {case: standing(row, now=now) for case, row in nearest.items()}


def _unsettled(cases: Collection[str]) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(case__in=cases, settled_at=None).select_related("event")
    return rows.order_by("due_at", "pk")


def deadlines_of(reader: access.Reader, *, now: datetime, most: int = 20) -> list[Running]:
    """The unsettled deadlines of the reader's own open cases, the nearest first (home page)."""
    rows = Deadline.objects.filter(
        case__manager=reader.member, case__status="open", settled_at=None
    ).select_related("event", "case__node")
    seen = access.visible_to(reader, "case.read", rows, now=now)
    return _stand(seen.order_by("due_at", "pk")[:most], now)


def tasks(case: Case) -> list[Task]:
    """The tasks of a case that wait, by day; then the five that were done last. One query."""
    mine = Task.objects.filter(case=case)
    lately = mine.filter(done_at__isnull=False).order_by("-done_at").values("pk")[:5]
    rows = mine.filter(Q(done_at=None, dropped_at=None) | Q(pk__in=lately))
    return list(
        rows.select_related("event", "assigned").order_by(
            F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "created_at"
        )
    )


def tasks_of(reader: access.Reader, *, now: datetime, most: int = 20) -> list[Task]:
    """The tasks that wait for the reader on open cases, by day (home page)."""
    rows = Task.objects.filter(
        assigned=reader.member, case__status="open", done_at=None, dropped_at=None
    ).select_related("event", "case__node")
    seen = access.visible_to(reader, "case.read", rows, now=now)
    return list(seen.order_by(F("due_on").asc(nulls_last=True), "created_at")[:most])
