"""What becomes due in cases: the clocks of the law, and what somebody has to do."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.cases.book import book
from romyen.cases.models import Case, Deadline, Task
from romyen.cases.words import label, language
from romyen.rules.dues import MOST, Due
from romyen.rules.spans import Moment, end_of_day, local_day

_DEADLINE = ("case", "team", "key", "due_at", "case__manager", "case__node__code")
_TASK = ("case", "team", "title", "key", "due_on", "assigned", "case__manager", "case__node__code")


def dues(
    reader: access.Actor, *, since: datetime, until: datetime, now: datetime, mine: bool = False
) -> list[Due]:
    """The deadlines and tasks that wait, from ``since`` until before ``until``, on open cases.

    ``mine``: only those of cases that the reader manages, and tasks that are the reader's. A
    source of ``settings.ROMYEN_DUES``; opens nothing sealed.
    """
    span = since, until, now
    if mine:
        own = own_cases(reader, now=now)
        return [*_own_deadlines(reader, own, *span), *_own_tasks(reader, own, *span)]
    return [*_deadlines(reader, *span), *_tasks(reader, *span)]


def own_cases(reader: access.Actor, *, now: datetime) -> dict[str, str]:
    """The open cases that the reader manages: id and code."""
    mine = Case.objects.filter(manager=reader.id, status="open")
    seen = access.visible_to(reader, "case.read", mine, now=now)
    return dict(seen.values_list("pk", "node__code"))


def _running(since: datetime, until: datetime) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(settled_at=None, due_at__gte=since, due_at__lt=until)
    rows = rows.filter(case__status="open").select_related("case__node").only(*_DEADLINE)
    return rows.order_by("due_at", "pk")


def _waiting(since: datetime, until: datetime) -> QuerySet[Task]:
    days = {"due_on__gte": local_day(since), "due_on__lt": local_day(until)}
    rows = Task.objects.filter(done_at=None, dropped_at=None, case__status="open", **days)
    return rows.select_related("case__node").only(*_TASK).order_by("due_on", "pk")


def _deadlines(reader: access.Actor, since: datetime, until: datetime, now: datetime) -> list[Due]:
    rows = _running(since, until)
    seen = access.first_visible(reader, "case.read", rows, most=MOST, now=now)
    return [_of_deadline(row, reader) for row in seen]


def _own_deadlines(
    reader: access.Actor, own: dict[str, str], since: datetime, until: datetime, _now: datetime
) -> list[Due]:
    rows = _running(since, until).filter(case__in=list(own))[:MOST]
    return [_of_deadline(row, reader) for row in rows]


def _tasks(reader: access.Actor, since: datetime, until: datetime, now: datetime) -> list[Due]:
    rows = _waiting(since, until)
    seen = access.first_visible(reader, "case.read", rows, most=MOST, now=now)
    return [_of_task(row, reader) for row in seen]


def _own_tasks(
    reader: access.Actor, own: dict[str, str], since: datetime, until: datetime, now: datetime
) -> list[Due]:
    rows = _waiting(since, until).filter(Q(assigned=reader.id) | Q(case__in=list(own)))
    return [
        _of_task(r, reader) for r in access.visible_to(reader, "case.read", rows, now=now)[:MOST]
    ]


def _of_deadline(row: Deadline, reader: access.Actor) -> Due:
    return Due(
        key=row.pk,
        kind="deadline",
        at=_by_day(row.due_at),
        what=_clock(row.key) or gettext("A deadline"),
        code=row.case.node.code,
        href=reverse("cases:case", args=[row.case_id]),
        mine=row.case.manager_id == reader.id,
    )


def _of_task(row: Task, reader: access.Actor) -> Due:
    title = label("task_titles", row.title) if row.title else _clock(row.key)
    return Due(
        key=row.pk,
        kind="task",
        at=row.due_on or local_day(row.created_at),
        what=title or gettext("A task in your own words"),
        code=row.case.node.code,
        href=reverse("cases:case", args=[row.case_id]),
        mine=reader.id in (row.assigned_id, row.case.manager_id),
    )


def _clock(key: str) -> str:
    """What the clock of a stored key is called; empty when the data lost it."""
    clock = book().clocks.get(key.split("/", 1)[0])
    return clock.label(language()) if clock else ""


def _by_day(due: datetime) -> Moment:
    """Where the law counts days, the day itself: nobody waits for its last second."""
    day = local_day(due)
    return day if due == end_of_day(day) else due
