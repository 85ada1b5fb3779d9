"""Help, appointments, measures, counselling: who opens what, and the wrong order refused."""

import json
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from tests.care.story import (
    TODAY,
    a_case,
    a_goal,
    a_measure,
    a_partner,
    a_session,
    an_appointment,
    given,
    low_mood,
    refused,
)

from romyen import access
from romyen.audit.models import Entry
from romyen.care import actions, queries
from romyen.care.models import Appointment, Measure, Service, Session
from romyen.cases import actions as cases
from romyen.rules import measures
from romyen.rules.measures import Taken
from romyen.survivors import queries as her
from romyen.survivors.models import Alert

pytestmark = pytest.mark.django_db


def opened(world, reader, row, name):
    return access.reveal(reader, [row], [name], purpose="care", now=world.now)[row.pk][name]


def test_help_may_be_older_than_the_case_and_is_ours_unless_a_partner_is_named(world):
    case = a_case(world, opened_on=date(2026, 2, 20))
    early = given(world, case, on=date(2026, 2, 1), note="Rice and a bed.")
    assert early.partner is None
    partner, goal = a_partner(world), a_goal(world, case)
    facts = {"partner": partner, "goal": goal, "hours": Decimal("1.5"), "amount": Decimal(400)}
    given(world, case, by=world.arun, **facts)
    assert [row.on for row in queries.services(case)] == [date(2026, 3, 1), date(2026, 2, 1)]
    assert opened(world, world.arun, early, "note") == "Rice and a bed."
    assert opened(world, world.wit, early, "note") is access.CLOSED


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"on": TODAY + timedelta(1)}, "RY-CARE-FUTURE", "on"),
        ({"kind": "Luck"}, "RY-LIST-UNKNOWN", "kind"),
        ({"hours": Decimal(25)}, "RY-CARE-AMOUNT", "hours"),
        ({"hours": Decimal("NaN")}, "RY-CARE-AMOUNT", "hours"),
        ({"amount": Decimal(-1)}, "RY-CARE-AMOUNT", "amount"),
    ],
)
def test_help_that_cannot_have_been_is_refused(world, facts, code, field):
    with refused(code, field):
        given(world, a_case(world), **facts)
    assert not Service.objects.exists()


def test_a_goal_of_another_case_is_refused(world):
    goal = a_goal(world, a_case(world))
    with refused("RY-CARE-GOAL", "goal"):
        given(world, a_case(world), goal=goal)


def test_strangers_and_the_excluded_learn_nothing(world):
    case = a_case(world)
    world.exclude(world.prasit, case.survivor.node)
    for act in (given, an_appointment, a_measure, a_session):
        for reader in (world.dao, world.again(world.prasit), world.wit):
            with refused("RY-ABSENT"):
                act(world, case, by=reader)


# --- appointments


def settle(world, row, state, expected=1, **facts):
    return actions.settle_appointment(
        row, state=state, expected=expected, actor=world.nok, now=world.now, **facts
    )


def test_what_an_appointment_is_for_opens_to_carers_only(world):
    row = an_appointment(world, a_case(world), by=world.arun)
    about = json.loads(opened(world, world.mali, row, "about"))
    assert about == {"kind": "mental", "reason": "Sleep."}
    assert opened(world, world.arun, row, "about") is access.CLOSED
    assert "mental" not in str(Entry.objects.filter(verb="care.record").get().__dict__)


def test_a_moved_appointment_stays_planned_and_says_from_when(world):
    row = an_appointment(world, a_case(world))
    on = TODAY + timedelta(9)
    settle(world, row, "moved", on=on, hour=time(9, 30), words="No interpreter.")
    row.refresh_from_db()
    assert (row.state, row.on, row.former_on) == ("planned", on, TODAY + timedelta(3))
    assert row.moment.isoformat() == "2026-03-11T09:30:00+07:00"
    with refused("RY-CARE-NOT-YET"):
        settle(world, row, "kept", expected=2)
    settle(world, row, "cancelled", expected=2, words="She felt well.")
    row.refresh_from_db()
    assert opened(world, world.nok, row, "moving") == "No interpreter."
    assert opened(world, world.nok, row, "outcome") == "She felt well."
    with refused("RY-CARE-SETTLED"):
        settle(world, row, "kept", expected=3)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"state": "kept"}, "RY-CARE-NOT-YET"),
        ({"state": "missed"}, "RY-CARE-NOT-YET"),
        ({"state": "moved"}, "RY-DAY-INCOMPLETE"),
        ({"state": "moved", "on": TODAY - timedelta(1)}, "RY-CARE-PAST"),
        ({"state": "planned"}, "RY-LIST-UNKNOWN"),
        ({"state": "lost"}, "RY-LIST-UNKNOWN"),
        ({"state": "cancelled", "expected": 7}, "RY-EDIT-CONFLICT"),
    ],
)
def test_an_appointment_in_the_wrong_order_is_refused(world, facts, code):
    row = an_appointment(world, a_case(world))
    with refused(code):
        settle(world, row, **facts)
    row.refresh_from_db()
    assert (row.state, row.version, row.former_on) == ("planned", 1, None)


def test_an_appointment_is_at_a_health_service(world):
    case = a_case(world)
    with refused("RY-CARE-HEALTH-PARTNER", "partner"):
        an_appointment(world, case, partner=a_partner(world))
    health = a_partner(world, kind="HealthServiceOrganisation", name="Fictional hospital")
    assert an_appointment(world, case, partner=health).partner == health
    with refused("RY-PLACE-UNKNOWN", "province"):
        an_appointment(world, case, province="00")


# --- measures


def test_scores_open_with_the_key_to_her_health(world):
    case = a_case(world)
    row = a_measure(world, case, by=world.arun, value=2, words="I sleep a little.")
    assert row.complete
    text = opened(world, world.mali, row, "taken")
    assert Taken.from_text(text).scores["total"] == 40
    assert opened(world, world.arun, row, "taken") is access.CLOSED
    assert not Alert.objects.exists()


def test_an_incomplete_measure_is_kept_and_is_no_point_of_the_line(world):
    case = a_case(world)
    part = measures.count(measures.tool("PCL-5"), {1: 3, 2: 4})
    rows = [
        a_measure(world, case, on=date(2026, 1, 5), value=3),
        a_measure(world, case, on=date(2026, 2, 5), taken=part),
        a_measure(world, case, value=2),
    ]
    assert [row.complete for row in rows] == [True, False, True]
    taken = {row.pk: Taken.from_text(opened(world, world.nok, row, "taken")) for row in rows}
    [line] = queries.lines(queries.measures(case), taken)
    score, points = line.series[0]
    assert (score.code, [point.value for point in points]) == ("total", [60, 40])
    actions.strike(rows[0], reason="Another person's.", actor=world.nok, now=world.now)
    [line] = queries.lines(queries.measures(case), taken)
    assert [point.value for point in line.series[0][1]] == [40]
    assert queries.lines(queries.measures(case), {}) == []


def test_an_answer_that_asks_for_help_raises_an_alert_in_the_same_breath(world):
    case = a_case(world)
    a_measure(world, case, tool="PHQ-9", taken=low_mood("no"))
    assert not Alert.objects.exists()
    a_measure(world, case, tool="PHQ-9", taken=low_mood("yes"), alarm_words="Stay with her.")
    [warned] = her.first(world.mali, case.survivor, now=world.now).alerts
    assert (warned.kind, warned.text) == ("self_harm", "Stay with her.")
    [closed] = her.first(world.arun, case.survivor, now=world.now).alerts
    assert closed.closed


def test_a_measure_ahead_is_refused_and_one_after_closure_is_not(world):
    case = a_case(world)
    with refused("RY-CARE-FUTURE", "on"):
        a_measure(world, case, on=TODAY + timedelta(1))
    how = {"outcome": "reintegrated", "closed_on": TODAY, "expected": 1}
    cases.close_case(case, **how, actor=world.nok, now=world.now)
    a_measure(world, case)
    assert Measure.objects.count() == 1
    for act in (a_goal, given, an_appointment, a_session):
        with refused("RY-CASE-CLOSED"):
            act(world, case)


# --- counselling


def test_what_was_said_opens_to_counsellors_only(world):
    row = a_session(world, a_case(world))
    notes = json.loads(opened(world, world.mali, row, "notes"))
    assert notes == {"words": "She drew a tree.", "safety": "none"}
    for reader in (world.nok, world.arun, world.founder, world.wit):
        assert opened(world, reader, row, "notes") is access.CLOSED
    assert queries.summary(row.case, now=world.now).sessions == 1


def test_who_manages_the_case_records_no_session(world):
    case = a_case(world)
    for reader in (world.nok, world.arun):
        with refused("RY-ACCESS-DENIED"):
            a_session(world, case, by=reader)
    with refused("RY-CARE-COUNSELLOR", "counsellor"):
        a_session(world, case, counsellor=world.nok.member)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"on": TODAY + timedelta(1)}, "RY-CARE-SESSION-FUTURE", "on"),
        ({"next_on": TODAY}, "RY-CARE-NEXT", "next_on"),
        ({"minutes": 0}, "RY-CARE-AMOUNT", "minutes"),
        ({"minutes": 1441}, "RY-CARE-AMOUNT", "minutes"),
        ({"kind": "dance"}, "RY-LIST-UNKNOWN", "kind"),
        ({"safety": "perhaps"}, "RY-LIST-UNKNOWN", "safety"),
    ],
)
def test_a_session_that_cannot_have_been_is_refused(world, facts, code, field):
    with refused(code, field):
        a_session(world, a_case(world), **facts)
    assert not Session.objects.exists()
    assert not Alert.objects.exists()


def test_immediate_danger_raises_an_alert_that_says_nothing_of_the_session(world):
    case = a_case(world)
    a_session(world, case, safety="concern")
    assert not Alert.objects.exists()
    a_session(world, case, safety="immediate", alarm_words="Not alone tonight.")
    [warned] = her.first(world.nok, case.survivor, now=world.now).alerts
    assert (warned.kind, warned.text) == ("self_harm", "Not alone tonight.")


# --- entered in error


def test_what_is_struck_stays_with_its_reason_and_counts_no_more(world):
    case = a_case(world)
    row = given(world, case)
    assert queries.summary(case, now=world.now).services == 1
    with refused("RY-CARE-WHY", "reason"):
        actions.strike(row, reason=" ", actor=world.nok, now=world.now)
    actions.strike(row, reason="Twice.", actor=world.nok, now=world.now)
    assert queries.summary(case, now=world.now).services == 0
    assert opened(world, world.nok, queries.services(case)[0], "void_reason") == "Twice."
    with refused("RY-CARE-STRUCK"):
        actions.strike(row, reason="Again.", actor=world.nok, now=world.now)


def test_only_counsellors_strike_a_session(world):
    row = a_session(world, a_case(world))
    with refused("RY-ACCESS-DENIED"):
        actions.strike(row, reason="Twice.", actor=world.nok, now=world.now)
    actions.strike(row, reason="Twice.", actor=world.mali, now=world.now)
    assert Session.objects.get().void_at


def test_a_struck_appointment_waits_no_more(world):
    row = an_appointment(world, a_case(world))
    actions.strike(row, reason="Another person.", actor=world.nok, now=world.now)
    assert queries.summary(row.case, now=world.now).next_appointment is None
    with refused("RY-CARE-SETTLED"):
        settle(world, Appointment.objects.get(), "cancelled")
