"""Nok is told once that a deadline is near, and once that it has passed."""

from datetime import timedelta

from tests.cases.story import a_case, happened

from romyen.cases.models import Deadline
from romyen.cases.reminders import remind
from romyen.notices.models import Notice


def told(world, kind):
    return Notice.objects.filter(recipient=world.nok.id, kind=kind).count()


def test_near_once_and_missed_once(world):
    case = a_case(world)
    event = happened(world, case, "temporary_protection_entered")
    running = Deadline.objects.filter(event=event)
    due = running.order_by("due_at").first().due_at
    running.exclude(due_at=due).delete()
    assert remind(now=event.at) == 0
    assert remind(now=due - timedelta(minutes=30)) == 1
    assert remind(now=due - timedelta(minutes=20)) == 0
    assert told(world, "clock.near") == 1
    assert remind(now=due + timedelta(minutes=1)) == 1
    assert remind(now=due + timedelta(minutes=2)) == 0
    assert told(world, "clock.missed") == 1
