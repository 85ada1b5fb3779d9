"""Nok is told once that a deadline is near, and once that it has passed."""

from datetime import timedelta

from tests.cases.story import a_case, happened

from romyen.cases.models import Deadline
from romyen.cases.reminders import remind
from romyen.notices.models import Notice


def told(world, kind):
    return Notice.objects.filter(recipient=world.nok.id, kind=kind).count()


def test_near_at_each_warning_and_missed_once(world):
    case = a_case(world)
    event = happened(world, case, "temporary_protection_entered")
    running = Deadline.objects.filter(event=event)
    due = running.order_by("due_at").first().due_at
    running.exclude(due_at=due).delete()
    assert remind(now=event.at) == 0
    assert remind(now=due - timedelta(hours=11)) == 1  # 12 of 24 hours have passed
    assert remind(now=due - timedelta(hours=6)) == 0
    assert remind(now=due - timedelta(hours=3)) == 1  # 20 of 24
    assert remind(now=due - timedelta(minutes=20)) == 0
    assert told(world, "clock.near") == 2
    assert remind(now=due + timedelta(minutes=1)) == 1
    assert remind(now=due + timedelta(minutes=2)) == 0
    assert told(world, "clock.missed") == 1


def test_a_clock_of_half_a_year_is_not_called_near_in_spring(world):
    """180 days to apply to the Fund: said within the last sixty, and again after five sixths."""
    event = happened(world, a_case(world), "told_of_fund_right")
    due = Deadline.objects.get(event=event).due_at
    assert remind(now=event.at + timedelta(days=100)) == 0
    assert remind(now=due - timedelta(days=59)) == 1
    assert remind(now=due - timedelta(days=40)) == 0
    assert remind(now=due - timedelta(days=29)) == 1
