"""Follow-ups: calendar months, planned at once, alive after the case was closed."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.care.story import TODAY, a_case, followed, refused

from romyen import access
from romyen.care import actions, queries
from romyen.care.actions.follow_ups import due_days
from romyen.care.models import FollowUp
from romyen.cases import actions as cases
from romyen.rules.spans import plus_months

days = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@given(days, st.integers(0, 60))
def test_a_month_later_is_the_same_day_or_the_last_one(day, months):
    later = plus_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


@given(days)
def test_follow_ups_are_counted_from_the_start_itself(day):
    due = due_days(day)
    assert list(due) == [1, 3, 6, 12, 24]
    assert list(due.values()) == sorted(due.values())
    assert all(on == plus_months(day, months) for months, on in due.items())


def test_the_end_of_a_month_does_not_drift():
    due = due_days(date(2026, 1, 31))
    assert due[1] == date(2026, 2, 28)
    assert due[3] == date(2026, 4, 30)
    assert due[6] == date(2026, 7, 31)
    assert due_days(date(2024, 2, 29))[12] == date(2025, 2, 28)


pytestmark = pytest.mark.django_db


def closed(world, case):
    how = {"outcome": "reintegrated", "closed_on": TODAY, "expected": 1}
    return cases.close_case(case, **how, actor=world.nok, now=world.now)


def record(world, row, by=None, **facts):
    said = {"done_on": row.due_on, "way": "phone", "reached": True, "found": ["safe"]}
    said = {**said, "expected": 1, **facts}
    return actions.record_follow_up(
        row, **said, actor=by or world.nok, now=world.now + timedelta(800)
    )


def test_closing_does_not_end_them(world):
    case = a_case(world)
    first, *_rest = followed(world, case)
    closed(world, case)
    assert [row.state for row in queries.follow_ups(case)] == ["planned"] * 5
    found = ["safe", "working", "trafficker"]
    record(world, first, by=world.arun, found=found, words="I am well.")
    row = queries.follow_ups(case)[0]
    assert (row.state, row.found) == ("done", ["safe", "working"])
    told = access.reveal(world.arun, [row], ["told"], purpose="care", now=world.now)[row.pk]
    assert "trafficker" in told["told"]
    assert "I am well." in told["told"]
    with refused("RY-CARE-SETTLED"):
        record(world, row, expected=2)


def test_they_can_be_planned_after_closure_and_counted_anew(world):
    case = closed(world, a_case(world, opened_on=date(2026, 1, 5)))
    first, *_rest = followed(world, case, start_on=date(2026, 1, 10))
    record(world, first)
    with refused("RY-CARE-FOLLOW-UPS", "start_on"):
        followed(world, case, start_on=date(2026, 1, 10))
    followed(world, case)
    states = [row.state for row in queries.follow_ups(case)]
    assert sorted(states) == ["done", *["planned"] * 5, *["replaced"] * 4]


@pytest.mark.parametrize(
    ("start_on", "code"),
    [(TODAY + timedelta(1), "RY-CARE-FUTURE"), (date(2026, 1, 4), "RY-CARE-BEFORE-OPENED")],
)
def test_a_start_that_cannot_be_is_refused(world, start_on, code):
    with refused(code, "start_on"):
        followed(world, a_case(world, opened_on=date(2026, 1, 5)), start_on=start_on)
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"done_on": TODAY - timedelta(1)}, "RY-CARE-BEFORE-START", "done_on"),
        ({"done_on": date(2029, 1, 1)}, "RY-CARE-FUTURE", "done_on"),
        ({"way": "owl"}, "RY-LIST-UNKNOWN", "way"),
        ({"found": []}, "RY-CARE-FOUND", "found"),
        ({"found": ["rich"]}, "RY-LIST-UNKNOWN", "found"),
        ({"reached": False}, "RY-LIST-UNKNOWN", "why_not"),
        ({"expected": 3}, "RY-EDIT-CONFLICT", None),
    ],
)
def test_a_follow_up_that_cannot_have_been_is_refused(world, facts, code, field):
    row, *_rest = followed(world, a_case(world))
    with refused(code, field):
        record(world, row, **facts)
    assert FollowUp.objects.get(pk=row.pk).state == "planned"


def test_who_was_not_reached_may_be_reached_later(world):
    row, *_rest = followed(world, a_case(world))
    record(world, row, reached=False, found=["safe"], why_not="not_safe")
    row.refresh_from_db()
    assert (row.state, row.found, row.why_not) == ("not_reached", [], "not_safe")
    record(world, row, expected=2)
    row.refresh_from_db()
    assert (row.state, row.found, row.why_not) == ("done", ["safe"], "")


def test_who_may(world):
    case = a_case(world)
    world.exclude(world.prasit, case.survivor.node)
    row, *_rest = followed(world, case, by=world.mali)
    for reader in (world.dao, world.again(world.prasit), world.wit):
        with refused("RY-ABSENT"):
            followed(world, case, by=reader)
        with refused("RY-ABSENT"):
            record(world, row, by=reader)
