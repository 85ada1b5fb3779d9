"""Notices of deadlines that are near or over: what waits, never whose."""

from datetime import datetime, timedelta

from django.db import transaction

from romyen.cases.law import law_of
from romyen.cases.models import Deadline
from romyen.notices.actions import notify

EARLIEST = timedelta(days=60)
"""No notice comes earlier before the end: who reads in spring what is due in autumn forgets it."""


def remind(*, now: datetime) -> int:
    """Tell each manager at each warning of a clock that it is near, and once that it has passed.

    Run by the chores beside the server, in any number of processes: the mark on the deadline is
    set by compare-and-swap. Returns how many notices were left.
    """
    waiting = Deadline.objects.filter(
        settled_at=None, case__status="open", due_at__lt=now + EARLIEST
    )
    return sum(_remind(one, now) for one in waiting.select_related("case", "event").iterator())


def _remind(deadline: Deadline, now: datetime) -> bool:
    kind = _kind(deadline, now)
    if not kind:
        return False
    with transaction.atomic():
        marked = Deadline.objects.filter(pk=deadline.pk, warned_at=deadline.warned_at)
        if not marked.update(warned_at=now):
            return False
        notify([deadline.case.manager_id], kind, subject=deadline.case_id, now=now)
    return True


def _kind(deadline: Deadline, now: datetime) -> str:
    """What is to be said now, and was not said yet."""
    if now >= deadline.due_at:
        said = deadline.warned_at is not None and deadline.warned_at >= deadline.due_at
        return "" if said else "clock.missed"
    law = law_of(deadline)
    latest = max((at for at in law.warnings if at <= now), default=None) if law else None
    if latest is None or (deadline.warned_at is not None and deadline.warned_at >= latest):
        return ""
    return "clock.near"
