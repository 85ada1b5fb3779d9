"""Tasks: something to do, by someone, by a day."""

from datetime import date, datetime

from django.db import transaction

from romyen import access
from romyen.access.models import Member
from romyen.cases.actions.ground import log, require_able, require_work, today, worded
from romyen.cases.book import listed
from romyen.cases.models import Case, Task
from romyen.cases.versions import take_version
from romyen.rules.refusals import refuse


def add_task(
    case: Case,
    *,
    title: str = "",
    words: str = "",
    due_on: date | None = None,
    assigned: Member | None = None,
    actor: access.Actor,
    now: datetime,
) -> Task:
    """Add a task: a title from the list, or words of one's own (sealed), or both."""
    with transaction.atomic():
        require_work(actor, case, now=now)
        _check_title(title, words)
        if due_on is not None and due_on < today(now):
            raise refuse("RY-CASE-TASK-PAST", field="due_on")
        if assigned is not None:
            require_able(assigned, case.node, field="assigned", now=now)
        task = Task(
            case=case,
            title=title,
            due_on=due_on,
            assigned=assigned,
            created_at=now,
            created_by=actor.id,
        )
        access.seal(task, actor=actor, now=now, words=words.strip())
        task.save(force_insert=True)
        log(actor, "case.task", case, now=now, task=task.pk)
    return task


def _check_title(title: str, words: str) -> None:
    if title:
        listed("task_titles").item(title, field="title")
    elif not words.strip():
        raise refuse("RY-CASE-TASK-EMPTY", field="words")


def _take(task: Task, expected: int, actor: access.Actor, now: datetime) -> None:
    require_work(actor, task.case, now=now)
    if not task.is_open:
        raise refuse("RY-CASE-SETTLED")
    take_version(task, expected)


def finish_task(task: Task, *, expected: int, actor: access.Actor, now: datetime) -> Task:
    """It is done."""
    with transaction.atomic():
        _take(task, expected, actor, now)
        task.done_at, task.done_by = now, actor.id
        task.save(update_fields=["done_at", "done_by"])
        log(actor, "case.task_done", task.case, now=now, task=task.pk)
    return task


def drop_task(
    task: Task, *, reason: str, expected: int, actor: access.Actor, now: datetime
) -> Task:
    """It need not be done after all, and why."""
    with transaction.atomic():
        _take(task, expected, actor, now)
        access.seal(task, actor=actor, now=now, dropped_reason=worded(reason, field="reason"))
        task.dropped_at = now
        task.save(update_fields=["dropped_at", "dropped_reason"])
        log(actor, "case.task_dropped", task.case, now=now, task=task.pk)
    return task
