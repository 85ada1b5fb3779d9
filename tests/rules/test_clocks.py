"""Clocks: an event starts what the law in force says; doubts are said; versions stand together."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from romyen.rules import clocks
from romyen.rules.clockdata import load
from romyen.rules.clocks import extend, latest_extension, state
from romyen.rules.lists import BadData
from romyen.rules.refusals import Refusal
from romyen.rules.spans import (
    BANGKOK,
    Counting,
    Span,
    due_after,
    end_of_day,
    local_day,
    plus_months,
)

# A law of a country that does not exist, in two versions.
FICTION = """
format: romyen/clocks@1
warn_at: ["1/2", "5/6"]
events:
  - {code: arrived, en: Arrived, th: มาถึง, th_status: draft}
  - {code: chosen, en: Chosen, th: เลือก, th_status: draft, by_choice: true}
clocks:
  - id: STAY
    events: [arrived]
    en: Stay ends
    th: สิ้นสุด
    th_status: draft
    kind: maximum
    versions:
      - {id: old, instrument: Old Act, section: "1", source: here, confidence: verified_in_source,
         duration: {value: 10, unit: days}, valid_to: 2030-06-30,
         counting: {first_day: counted, days: calendar}}
      - {id: new, instrument: New Act, section: "2", source: here, confidence: secondary_source,
         duration: {value: 1, unit: months}, valid_from: 2030-07-01,
         extension: {by: court, value: 5, unit: days, confidence: general_knowledge_verify}}
  - id: HOURS
    events: [arrived]
    en: Report
    th: รายงาน
    th_status: draft
    kind: maximum
    versions:
      - {id: v, instrument: Act, source: here, confidence: verified_in_source,
         duration: {value: 24, unit: hours}}
  - id: NOW
    events: [arrived]
    en: At once
    th: ทันที
    th_status: draft
    kind: at_once
    when: {minor: true}
    versions:
      - {id: v, instrument: Act, source: here, confidence: verified_in_source,
         duration: {value: 0, unit: days}}
  - id: AGAIN
    events: [chosen]
    en: Review
    th: ทบทวน
    th_status: draft
    kind: recurring
    versions:
      - {id: v, instrument: Act, source: here, confidence: verified_in_source,
         duration: {value: 6, unit: months}, repeat: {value: 12, unit: months},
         extension: {by: court, value: 2, unit: months, total: {value: 9, unit: months},
                     confidence: verified_in_source}}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("law") / "clocks.yaml"
    path.write_text(FICTION, encoding="utf-8")
    return load(path)


def bangkok(*parts):
    return datetime(*parts, tzinfo=BANGKOK)


def one(book, event, at, clock, **facts):
    return next(d for d in book.deadlines(event, at, facts=facts) if d.clock.id == clock)


def refused(code, call, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        call(*args, **kwargs)
    assert refusal.value.code == code
    return refusal.value


# --- counting

EARLY, LATE = datetime(2000, 1, 1), datetime(2060, 1, 1)  # noqa: DTZ001 - Hypothesis wants naive bounds


def test_hours_run_across_midnight_and_offsets():
    at = datetime(2030, 3, 1, 16, 30, tzinfo=UTC)
    assert due_after(at, Span(24, "hours")) == bangkok(2030, 3, 2, 23, 30)
    assert local_day(datetime(2030, 3, 1, 17, 0, tzinfo=UTC)) == date(2030, 3, 2)


def test_a_day_without_an_hour_ends_hours_with_a_day():
    assert due_after(date(2030, 3, 1), Span(24, "hours")) == bangkok(2030, 3, 1, 23, 59, 59)
    assert due_after(date(2030, 3, 1), Span(72, "hours")) == bangkok(2030, 3, 3, 23, 59, 59)


@pytest.mark.parametrize(
    ("start", "value", "unit", "last"),
    [
        (date(2028, 2, 28), 1, "days", date(2028, 2, 29)),
        (date(2027, 2, 28), 1, "days", date(2027, 3, 1)),
        (date(2027, 1, 31), 1, "months", date(2027, 2, 28)),
        (date(2028, 1, 31), 1, "months", date(2028, 2, 29)),
        (date(2027, 8, 31), 6, "months", date(2028, 2, 29)),
        (date(2027, 12, 31), 2, "months", date(2028, 2, 29)),
        (date(2028, 2, 29), 1, "years", date(2029, 2, 28)),
        (date(2028, 2, 29), 4, "years", date(2032, 2, 29)),
        (date(2030, 5, 17), 180, "days", date(2030, 11, 13)),
    ],
)
def test_days_months_and_years_end_with_a_day(start, value, unit, last):
    assert due_after(start, Span(value, unit)) == end_of_day(last)
    noon = bangkok(start.year, start.month, start.day, 12)
    assert due_after(noon, Span(value, unit)) == end_of_day(last)


def test_counting_the_first_day_ends_a_day_earlier():
    counting = Counting(first_day=True)
    assert due_after(date(2030, 1, 1), Span(7, "days"), counting) == end_of_day(date(2030, 1, 7))
    assert due_after(date(2030, 1, 1), Span(1, "months"), counting) == end_of_day(date(2030, 1, 31))


def test_working_days_skip_weekends():
    counting = Counting(working_days=True)
    friday = date(2030, 3, 1)
    assert friday.weekday() == 4
    assert due_after(friday, Span(1, "days"), counting) == end_of_day(date(2030, 3, 4))
    assert due_after(friday, Span(6, "days"), counting) == end_of_day(date(2030, 3, 11))


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.integers(0, 600))
def test_months_keep_the_day_or_end_on_the_last(day, months):
    later = plus_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)


@given(
    st.datetimes(EARLY, LATE),
    st.integers(1, 400),
    st.sampled_from(["hours", "days", "months", "years"]),
)
def test_more_time_is_never_due_earlier_and_the_zone_does_not_matter(at, value, unit):
    value = value if unit != "years" else value % 20 + 1
    there, here = at.replace(tzinfo=UTC), at.replace(tzinfo=UTC).astimezone(BANGKOK)
    due = due_after(there, Span(value, unit))
    assert due == due_after(here, Span(value, unit)) > there
    assert due_after(there, Span(value + 1, unit)) > due
    assert due_after(local_day(there), Span(value, unit)) <= due


# --- versions


def test_the_version_in_force_on_the_day_of_the_event_applies(book):
    old = one(book, "arrived", date(2030, 6, 30), "STAY")
    new = one(book, "arrived", date(2030, 7, 1), "STAY")
    assert (old.version.id, old.due) == ("old", end_of_day(date(2030, 7, 9)))
    assert (new.version.id, new.due) == ("new", end_of_day(date(2030, 8, 1)))


def test_the_day_of_the_event_is_the_day_in_thailand(book):
    late = datetime(2030, 6, 30, 17, 30, tzinfo=UTC)
    assert one(book, "arrived", late, "STAY").version.id == "new"


def test_what_is_not_verified_is_said(book):
    assert one(book, "arrived", date(2030, 6, 1), "STAY").unverified == ()
    assert one(book, "arrived", date(2031, 1, 1), "STAY").unverified == ("duration", "counting")
    assert one(book, "arrived", date(2031, 1, 1), "HOURS").unverified == ()


# --- facts


def test_a_condition_that_does_not_hold_starts_nothing(book):
    found = book.deadlines("arrived", date(2030, 1, 1), facts={"minor": False})
    assert "NOW" not in [deadline.clock.id for deadline in found]


def test_an_unknown_fact_leaves_the_clock_running_and_says_so(book):
    assert one(book, "arrived", date(2030, 1, 1), "NOW").unsure_facts == ("minor",)
    assert one(book, "arrived", date(2030, 1, 1), "NOW", minor=True).unsure_facts == ()
    unsure = one(book, "arrived", date(2030, 1, 1), "NOW")
    assert state(unsure, now=bangkok(2030, 1, 1)).unverified


def test_an_event_starts_only_its_own_clocks(book):
    assert [d.clock.id for d in book.deadlines("chosen", date(2030, 1, 1))] == ["AGAIN"]
    refused("RY-CLOCK-UNKNOWN-EVENT", book.deadlines, "vanished", date(2030, 1, 1))


# --- states


def test_a_deadline_runs_warns_and_is_missed(book):
    at = bangkok(2030, 3, 1, 18)
    deadline = one(book, "arrived", at, "HOURS")
    assert deadline.warnings == (at + timedelta(hours=12), at + timedelta(hours=20))

    def seen(hours, seconds=0):
        found = state(deadline, now=at + timedelta(hours=hours, seconds=seconds))
        return found.name, found.warned

    assert seen(11) == ("running", False)
    assert seen(12) == ("running", True)
    assert seen(24) == ("running", True)
    assert seen(24, 1) == ("missed", False)


def test_what_was_done_too_late_stays_missed(book):
    at, now = bangkok(2030, 3, 1, 18), bangkok(2030, 4, 1)
    deadline = one(book, "arrived", at, "HOURS")
    assert state(deadline, met_on=at + timedelta(hours=24), now=now).name == "met"
    assert state(deadline, met_on=at + timedelta(hours=25), now=now).name == "missed"
    assert state(deadline, met_on=date(2030, 3, 2), now=now).name == "met"
    assert state(deadline, met_on=date(2030, 3, 3), now=now).name == "missed"
    assert state(deadline, not_applicable=True, now=now).name == "not_applicable"


def test_an_at_once_task_waits_and_is_never_missed_by_the_clock(book):
    task = one(book, "arrived", bangkok(2030, 1, 1, 9), "NOW", minor=True)
    assert task.at_once
    assert task.due == bangkok(2030, 1, 1, 9)
    assert task.warnings == ()
    assert state(task, now=bangkok(2031, 1, 1)).name == "running"
    assert state(task, met_on=date(2030, 1, 5), now=bangkok(2031, 1, 1)).name == "met"


# --- extensions


def test_only_the_one_whom_the_law_names_extends_and_only_so_far(book):
    deadline = one(book, "arrived", date(2031, 1, 1), "STAY")
    assert deadline.due == end_of_day(date(2031, 2, 1))
    refused("RY-CLOCK-NO-EXTENSION", extend, deadline, "neighbour", date(2031, 2, 3))
    refused("RY-CLOCK-EXTEND-SHORT", extend, deadline, "court", date(2031, 2, 1))
    refusal = refused("RY-CLOCK-EXTEND-LONG", extend, deadline, "court", date(2031, 2, 7))
    assert refusal.details == {"until": "2031-02-06"}
    longer = extend(deadline, "court", date(2031, 2, 6))
    assert longer.due == longer.extended_until == end_of_day(date(2031, 2, 6))
    assert "extension" in longer.unverified
    now = bangkok(2031, 2, 3)
    assert state(longer, now=now).name == "extended"
    assert state(deadline, now=now).name == "missed"


def test_an_extension_without_a_total_is_granted_once(book):
    longer = extend(one(book, "arrived", date(2031, 1, 1), "STAY"), "court", date(2031, 2, 6))
    refused("RY-CLOCK-EXTEND-LONG", extend, longer, "court", date(2031, 2, 7))


def test_repeated_extensions_end_at_the_total(book):
    first = extend(one(book, "chosen", date(2030, 1, 15), "AGAIN"), "court", date(2030, 9, 15))
    assert latest_extension(first) == end_of_day(date(2030, 10, 15))
    second = extend(first, "court", date(2030, 10, 15))
    refused("RY-CLOCK-EXTEND-LONG", extend, second, "court", date(2030, 10, 16))


def test_no_rule_no_extension(book):
    deadline = one(book, "arrived", date(2030, 1, 1), "HOURS")
    refused("RY-CLOCK-NO-EXTENSION", extend, deadline, "court", date(2030, 1, 9))
    assert latest_extension(deadline) is None


# --- repeating and stored


def test_a_repeating_clock_goes_on(book):
    first = one(book, "chosen", date(2030, 8, 31), "AGAIN")
    second = book.following(first)
    third = book.following(second)
    assert [local_day(d.due) for d in (first, second, third)] == [
        date(2031, 2, 28),
        date(2032, 2, 29),
        date(2033, 2, 28),
    ]
    assert book.following(one(book, "arrived", date(2030, 1, 1), "HOURS")) is None


def test_a_stored_deadline_comes_back_as_it_was(book):
    for at in (date(2031, 1, 1), bangkok(2030, 1, 1, 8)):
        for deadline in book.deadlines("arrived", at, facts={"minor": True}):
            assert book.again(deadline.key, "arrived", at) == deadline
    deadline = one(book, "arrived", date(2031, 1, 1), "STAY")
    longer = extend(deadline, "court", date(2031, 2, 6))
    back = book.again(
        deadline.key, "arrived", date(2031, 1, 1), extended_until=longer.due.astimezone(UTC)
    )
    assert (back.due, back.extended_until) == (longer.due, longer.extended_until)
    for key in ("STAY/older/1", "GONE/v/1", "HOURS/v/2"):
        with pytest.raises(KeyError):
            book.again(key, "arrived", date(2031, 1, 1))


# --- data that is wrong


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("valid_to: 2030-06-30", "valid_to: 2030-07-01", "STAY.*in force together"),
        ("confidence: secondary_source", "confidence: sure", "STAY.*version new.*sure"),
        ("unit: hours", "unit: weeks", "HOURS.*weeks"),
        ("value: 24", "value: 1.5", "HOURS.*whole number"),
        ("value: 24", "value: 0", "HOURS.*at_once"),
        ("events: [chosen]", "events: [vanished]", "AGAIN.*vanished"),
        ("minor: true", "tall: true", "NOW.*tall"),
        ('"5/6"', '"7/6"', "warning"),
        ("source: here", "source: ''", "STAY.*source"),
        ("id: HOURS", "id: STAY", "STAY stands twice"),
        ("th_status: draft", "th_status: maybe", "th_status"),
        ("first_day: counted", "first_day: perhaps", "STAY.*perhaps"),
        ("clocks@1", "clocks@9", "format"),
        ("{value: 12, unit: months}", "{value: 1, unit: years}", "AGAIN.*same unit"),
    ],
)
def test_a_mistake_in_the_data_names_the_item(tmp_path, was, becomes, says):
    path = tmp_path / "clocks.yaml"
    assert was in FICTION
    path.write_text(FICTION.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(BadData, match=says):
        load(path)


# --- the data that ships

PACKAGES = Path(clocks.__file__).parent.parent
LAW = [
    PACKAGES / "cases/data/clocks.yaml",
    PACKAGES / "cases/data/data_protection.yaml",
    PACKAGES / "leads/data/clocks.yaml",
]
STEPS = {
    *(f"{group}-{n:02d}" for group, many in {
        "INT": 3, "RES": 3, "SCR": 2, "PRT": 4, "IDN": 3, "RGT": 2, "AST": 7, "STY": 2,
        "JUS": 7, "CHD": 6, "CON": 1, "CSM": 1, "PDP": 7, "RET": 2, "FUP": 1, "ADV": 1,
    }.items() for n in range(1, many + 1)),
}  # fmt: skip


@pytest.fixture(scope="module")
def law():
    return load(*LAW)


def test_all_52_steps_of_the_procedure_are_accounted_for_once(law):
    assert len(STEPS) == 52
    timed = {clock.step for clock in law.clocks.values()} - {""}
    assert timed | set(law.other_steps) == STEPS
    assert not timed & set(law.other_steps)


def test_every_event_starts_something(law):
    for code in law.events:
        assert law.started_by(code)


def test_reflection_runs_only_when_a_person_chooses_it(law):
    starters = {c for c in law.events if any(k.id == "PRT-04" for k in law.started_by(c))}
    assert starters == {"reflection_chosen"}
    assert law.event("reflection_chosen").by_choice
    assert [d.clock.id for d in law.deadlines("reflection_chosen", date(2026, 6, 1))] == ["PRT-04"]


DUE = [
    ("temporary_protection_entered", "PRT-01", bangkok(2026, 6, 2, 21)),
    ("court_extension_granted", "PRT-02", end_of_day(date(2026, 6, 8))),
    ("pre_identification_stay_entered", "PRT-03", end_of_day(date(2026, 6, 16))),
    ("reflection_chosen", "PRT-04", end_of_day(date(2026, 7, 16))),
    ("told_of_fund_right", "AST-06", end_of_day(date(2026, 11, 28))),
    ("child_observation", "CHD-04", end_of_day(date(2026, 6, 8))),
    ("carer_found", "CHD-05", end_of_day(date(2026, 7, 1))),
    ("wage_claim_filed", "JUS-04", end_of_day(date(2026, 7, 31))),
    ("charge_filed", "JUS-05", end_of_day(date(2027, 6, 1))),
    ("defendant_remanded", "JUS-05-detained", end_of_day(date(2026, 12, 1))),
    ("offence_known", "JUS-03", end_of_day(date(2027, 6, 1))),
    ("compensation_decision_received", "JUS-03-appeal", end_of_day(date(2026, 7, 1))),
    ("case_ended", "STY-02", end_of_day(date(2028, 6, 1))),
    ("access_request_received", "PDP-01", end_of_day(date(2026, 7, 1))),
    ("breach_known", "PDP-02", bangkok(2026, 6, 4, 21)),
    ("lead_field_activity_planned", "RES-02", bangkok(2026, 6, 2, 21)),
]


@pytest.mark.parametrize(("event", "clock", "due"), DUE)
def test_what_the_law_gives(law, event, clock, due):
    assert one(law, event, bangkok(2026, 6, 1, 21), clock).due == due


def test_older_cases_keep_the_older_court_rule(law):
    assert one(law, "charge_filed", date(2023, 1, 23), "JUS-05").version.id == "2557"
    assert one(law, "charge_filed", date(2023, 1, 24), "JUS-05").version.id == "2566"


def test_observation_extends_to_thirty_days_in_total(law):
    deadline = one(law, "child_observation", date(2026, 6, 1), "CHD-04", minor=True)
    assert latest_extension(deadline) == end_of_day(date(2026, 7, 1))
    assert latest_extension(one(law, "wage_claim_filed", date(2026, 6, 1), "JUS-04")) == end_of_day(
        date(2026, 8, 30)
    )


def test_follow_ups_come_as_a_schedule(law):
    found = [d for d in law.deadlines("left_care", date(2026, 1, 31)) if d.clock.id == "FUP-01"]
    assert [local_day(d.due) for d in found] == [
        date(2026, 2, 28),
        date(2026, 4, 30),
        date(2026, 7, 31),
        date(2027, 1, 31),
        date(2028, 1, 31),
    ]


def test_unknown_starts_are_said(law):
    for event, clock in (
        ("pre_identification_stay_entered", "PRT-03"),
        ("reflection_chosen", "PRT-04"),
    ):
        assert "start" in one(law, event, date(2026, 6, 1), clock).unverified


def test_child_clocks_do_not_run_for_grown_ups(law):
    for event in ("child_separated", "child_observation", "carer_found"):
        assert law.deadlines(event, date(2026, 6, 1), facts={"minor": False}) == []


def test_breaches_are_no_event_of_a_case(law):
    other = {code for code, event in law.events.items() if event.scope == "organisation"}
    assert other == {"breach_known", "breach_high_risk"}


def test_every_version_names_its_source(law):
    for clock in law.clocks.values():
        assert clock.th
        for version in clock.versions:
            assert len(version.source) > 5
            assert not version.source.startswith("design")
