"""An event starts what the law attaches to it, and what was shown stays shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.cases.story import ENTERED, a_case, happened, refused

from romyen import access
from romyen.cases import actions, panels, queries
from romyen.cases.models import Deadline, Task

PROTECTION = "temporary_protection_entered"


def the_clock(world, case, clock, now=None):
    found = queries.deadlines(case, now=now or world.now)
    return next(one for one in found if one.row.key.startswith(f"{clock}/"))


def test_nok_enters_temporary_protection_and_a_day_begins_to_run(world):
    case = a_case(world)
    event = happened(world, case, PROTECTION)
    clock = the_clock(world, case, "PRT-01")
    assert clock.row.due_at == ENTERED + timedelta(hours=24)
    assert clock.law.version.section == "29"
    assert clock.law.version.confidence == "verified_in_source"
    assert clock.law.version.extension.by == "court"
    assert clock.state.name == "running"
    assert clock.state.warned  # twenty of twenty-four hours are over
    task = Task.objects.get(case=case)
    assert (task.key, task.event_id) == ("PRT-01-report/2551/1", event.pk)
    assert task.assigned_id == world.nok.id
    assert not Deadline.objects.filter(key__startswith="PRT-01-report").exists()


def test_a_day_without_an_hour_is_kept_as_a_day(world):
    case = a_case(world)
    event = happened(world, case, "told_of_fund_right", at=date(2026, 1, 10))
    assert event.moment == date(2026, 1, 10)
    due = the_clock(world, case, "AST-06").row.due_at
    assert due == datetime(2026, 7, 9, 16, 59, 59, tzinfo=UTC)  # the last second in Bangkok


def test_two_versions_of_the_law_stand_side_by_side(world):
    case = a_case(world, opened_on=date(2022, 1, 5))
    happened(world, case, "charge_filed", at=date(2023, 1, 23))
    happened(world, case, "charge_filed", at=date(2023, 1, 24))
    found = {
        one.law.version.id: one.row.due_at.date() for one in queries.deadlines(case, now=world.now)
    }
    assert found == {"2557": date(2023, 7, 23), "2566": date(2024, 1, 24)}
    said = [panels.law(one.law) for one in queries.deadlines(case, now=world.now)]
    beside = {one["version"]: [other["version"] for other in one["others"]] for one in said}
    assert beside == {"2557": ["2566"], "2566": ["2557"]}


def test_a_deadline_is_met_missed_or_met_too_late(world):
    case = a_case(world)
    happened(world, case, PROTECTION)
    later = world.now + timedelta(hours=5)
    clock = the_clock(world, case, "PRT-01", now=later)
    assert clock.state.name == "missed"
    in_time = ENTERED + timedelta(hours=23)
    actions.meet_deadline(clock.row, on=in_time, expected=1, actor=world.arun, now=later)
    assert the_clock(world, case, "PRT-01", now=later).state.name == "met"

    other = a_case(world)
    happened(world, other, PROTECTION)
    row = the_clock(world, other, "PRT-01").row
    late = ENTERED + timedelta(hours=25)
    actions.meet_deadline(row, on=late, expected=1, actor=world.nok, now=later)
    assert the_clock(world, other, "PRT-01", now=later).state.name == "missed"


def test_a_deadline_is_met_after_its_event_and_not_tomorrow(world):
    case = a_case(world)
    happened(world, case, PROTECTION)
    row = the_clock(world, case, "PRT-01").row
    with refused("RY-CASE-BEFORE-EVENT", "on"):
        actions.meet_deadline(row, on=date(2026, 2, 28), expected=1, actor=world.nok, now=world.now)
    with refused("RY-CASE-FUTURE", "on"):
        actions.meet_deadline(row, on=date(2026, 3, 3), expected=1, actor=world.nok, now=world.now)
    row.refresh_from_db()
    assert (row.met_at, row.version) == (None, 1)


def test_a_repeating_clock_starts_its_next_round(world):
    case = a_case(world)
    happened(world, case, "plan_made", at=date(2026, 1, 1))
    row = the_clock(world, case, "AST-04").row
    actions.meet_deadline(row, on=date(2026, 1, 30), expected=1, actor=world.nok, now=world.now)
    keys = list(Deadline.objects.filter(case=case).order_by("due_at").values_list("key", flat=True))
    assert keys == ["AST-04/practice/1", "AST-04/practice/2"]


def test_only_the_court_extends_and_only_so_far(world):
    case = a_case(world)
    happened(world, case, PROTECTION)
    row = the_clock(world, case, "PRT-01").row

    def extend(by, until):
        return actions.extend_deadline(
            row,
            by=by,
            until=until,
            paper="Black 1/2569",
            expected=1,
            actor=world.nok,
            now=world.now,
        )

    with refused("RY-CLOCK-NO-EXTENSION", "by"):
        extend("authority", date(2026, 3, 5))
    with refused("RY-CLOCK-EXTEND-LONG", "until"):
        extend("court", date(2026, 3, 20))
    extend("court", date(2026, 3, 9))
    clock = the_clock(world, case, "PRT-01")
    assert (clock.state.name, clock.row.extended_by) == ("extended", "court")
    opened = access.reveal(world.arun, [clock.row], ["extension_paper"], purpose="x", now=world.now)
    assert opened[clock.row.pk]["extension_paper"] == "Black 1/2569"


def test_not_applicable_needs_a_reason(world):
    case = a_case(world)
    happened(world, case, PROTECTION)
    row = the_clock(world, case, "PRT-01").row
    with refused("RY-CASE-REASON", "reason"):
        actions.mark_not_applicable(row, reason=" ", expected=1, actor=world.nok, now=world.now)
    row.refresh_from_db()
    actions.mark_not_applicable(
        row, reason="She went home first.", expected=1, actor=world.nok, now=world.now
    )
    assert the_clock(world, case, "PRT-01").state.name == "not_applicable"
    with refused("RY-CASE-SETTLED"):
        actions.meet_deadline(row, on=world.now, expected=2, actor=world.nok, now=world.now)


def test_the_second_editor_of_a_deadline_is_told(world):
    case = a_case(world)
    happened(world, case, PROTECTION)
    row = the_clock(world, case, "PRT-01").row
    actions.extend_deadline(
        row, by="court", until=date(2026, 3, 5), expected=1, actor=world.nok, now=world.now
    )
    with refused("RY-EDIT-CONFLICT"):
        actions.meet_deadline(row, on=world.now, expected=1, actor=world.arun, now=world.now)


def test_the_reflection_clock_starts_only_when_it_is_chosen(world):
    case = a_case(world)
    for code in (PROTECTION, "pre_identification_stay_entered", "removed_to_safety"):
        happened(world, case, code)
    assert not Deadline.objects.filter(key__startswith="PRT-04/").exists()
    happened(world, case, "reflection_chosen")
    clock = the_clock(world, case, "PRT-04")
    assert clock.state.unverified
    assert "start" in clock.law.unverified


def test_an_event_entered_in_error_takes_its_clocks_along(world):
    case = a_case(world)
    event = happened(world, case, PROTECTION)
    actions.correct_event(event, reason="It was another person.", actor=world.nok, now=world.now)
    assert the_clock(world, case, "PRT-01").state.name == "not_applicable"
    assert not Task.objects.get(event=event).is_open
    with refused("RY-CASE-SETTLED"):
        actions.correct_event(event, reason="Again.", actor=world.nok, now=world.now)


@pytest.mark.parametrize(
    ("code", "at", "refusal"),
    [
        (PROTECTION, date(2026, 3, 3), "RY-CASE-FUTURE"),
        (PROTECTION, datetime(2026, 3, 2, 3, 1, tzinfo=UTC), "RY-CASE-FUTURE"),
        ("no_such_event", ENTERED, "RY-CLOCK-UNKNOWN-EVENT"),
        ("breach_known", ENTERED, "RY-CLOCK-UNKNOWN-EVENT"),
    ],
)
def test_what_cannot_have_happened_is_refused(world, code, at, refusal):
    case = a_case(world)
    with refused(refusal):
        happened(world, case, code, at=at)
    assert not case.events.exists()


def test_clocks_for_children_and_foreigners_run_for_them_only(world):
    adult = a_case(world, minor="no", nationalities=["TH"])
    happened(world, adult, "child_observation")
    happened(world, adult, "stay_permit_granted")
    assert queries.deadlines(adult, now=world.now) == []
    unsure = a_case(world, minor="presumed")
    happened(world, unsure, "child_observation")
    assert the_clock(world, unsure, "CHD-04").law.unsure_facts == ("minor",)
    child = a_case(world, minor="yes", nationalities=["MM"])
    happened(world, child, "child_observation")
    assert the_clock(world, child, "CHD-04").law.unsure_facts == ()


def test_a_clock_that_the_data_lost_is_still_shown(world):
    case = a_case(world)
    happened(world, case, PROTECTION)
    Deadline.objects.filter(case=case).update(key="OLD-01/gone/1")
    clock = the_clock(world, case, "OLD-01")
    assert (clock.law, clock.state.name, clock.state.unverified) == (None, "running", True)


def test_the_home_page_shows_ones_own_deadlines(world):
    case = a_case(world)
    happened(world, case, PROTECTION)
    arun = a_case(world, by=world.arun)
    happened(world, arun, PROTECTION, by=world.arun)
    assert [one.row.case_id for one in queries.deadlines_of(world.nok, now=world.now)] == [case.pk]
    assert [one.case_id for one in queries.tasks_of(world.nok, now=world.now)] == [case.pk]
    world.exclude(world.nok, case.node)
    assert queries.deadlines_of(world.again(world.nok), now=world.now) == []
