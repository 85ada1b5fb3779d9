"""A plan and what becomes of it: sealed until the day after, blown, called off."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from tests.operations.story import (
    AIM,
    DAY,
    OFFICER,
    PLACE,
    TODAY,
    a_lead,
    a_station,
    as_stored,
    carried_out,
    later,
    planned,
    refused,
    the_plan,
    there,
)

from romyen import access
from romyen.access import CLOSED
from romyen.audit.models import Entry
from romyen.notices.models import Notice
from romyen.operations import actions, queries
from romyen.operations.models import PLAN, Leak, Operation
from romyen.operations.whereabouts import said_in
from romyen.partners import actions as partners

pytestmark = pytest.mark.django_db


def on_disk(table="operations_operation"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
        return repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor])


def test_nok_plans_with_the_police_and_the_code_begins_with_o(world):
    lead = a_lead(world)
    operation = planned(world, lead=lead)
    assert operation.node.code.startswith("O-")
    assert operation.lead == lead
    assert operation.state == "planned"
    assert Entry.objects.get(verb="operation.plan").subjects.get().subject == operation.pk


def test_wit_investigates_and_plans_a_caseworker_does_not(world):
    assert planned(world, by=world.wit).pk
    with refused("RY-ACCESS-DENIED"):
        planned(world, by=world.arun)


def test_a_carer_and_a_stranger_do_not_learn_of_it(world):
    operation = planned(world)
    for reader in (world.arun, world.mali, world.dao):
        with refused("RY-ABSENT"):
            queries.operation(reader, operation.pk, now=world.now)
    assert queries.operation(world.wit, operation.pk, now=world.now) == operation


def test_excluded_from_it_nobody_in_the_team_learns_of_it(world):
    operation = planned(world)
    world.exclude(world.wit, operation.node)
    with refused("RY-ABSENT"):
        queries.operation(world.wit, operation.pk, now=world.now)
    assert queries.page(world.wit, now=world.now).rows == []


def test_until_the_day_after_day_place_and_unit_stand_nowhere_in_clear(world):
    station = a_station(world)
    planned(world)
    written = on_disk() + repr(list(Entry.objects.values_list("detail", flat=True)))
    for told in (str(DAY), "2026, 3, 5", PLACE, OFFICER, AIM, station.pk, "12/2569"):
        assert told not in written
    row = Operation.objects.get()
    assert (row.carried_on, row.province, row.unit) == (None, "", None)


def test_the_plan_opens_to_those_who_hold_operations(world):
    operation = planned(world)
    plain = access.reveal(world.wit, [operation], PLAN, purpose="prepare", now=world.now)
    assert said_in(plain[operation.pk]["whereabouts"]) == {
        "on": str(DAY),
        "province": "27",
        "unit": a_station(world).pk,
        "place": PLACE,
    }
    closed = access.reveal(world.mali, [operation], ["aim"], purpose="x", now=world.now)
    assert closed[operation.pk]["aim"] is CLOSED


@pytest.mark.parametrize("kind", ["joint", "inspection", "return", "other"])
def test_force_stands_under_the_authority_of_a_police_unit(world, kind):
    with refused("RY-OPERATION-NO-UNIT", "unit"):
        planned(world, kind=kind, whereabouts=there(world, unit=None))


def test_a_way_out_without_force_needs_no_unit_and_knows_no_arrests(world):
    operation = carried_out(world, planned(world, kind="way_out", whereabouts=None), unit=None)
    assert operation.took_place
    from romyen.operations.actions.papers import Arrested

    with refused("RY-OPERATION-NO-FORCE"):
        actions.record_arrest(operation, Arrested(men=1), actor=world.nok, now=later(world, 4))


def test_a_unit_is_a_police_unit(world):
    clinic = partners.record(
        name="Clinic", kind="NGO", province="27", actor=world.nok, now=world.now
    )
    with refused("RY-OPERATION-NOT-POLICE", "unit"):
        planned(world, whereabouts=there(world, unit=clinic))


def test_codes_come_from_the_lists(world):
    for facts, field in (({"kind": "raid"}, "kind"), ({"counting": "all"}, "counting"),
                         ({"roles": ["arrest"]}, "roles")):  # fmt: skip
        with refused("RY-LIST-UNKNOWN", field):
            planned(world, **facts)
    with refused("RY-PLACE-UNKNOWN", "province"):
        planned(world, whereabouts=there(world, province="99"))
    assert not Operation.objects.exists()


def test_changing_the_plan_leaves_what_was_not_said(world):
    operation = planned(world)
    facts = the_plan(world, whereabouts=None, aim="Eight beds.")
    fresh = actions.edit(operation, facts, expected=1, actor=world.wit, now=world.now)
    plain = access.reveal(world.wit, [fresh], PLAN, purpose="prepare", now=world.now)[fresh.pk]
    assert said_in(plain["whereabouts"])["on"] == str(DAY)
    assert plain["aim"] == "Eight beds."
    with refused("RY-EDIT-CONFLICT"):
        actions.edit(operation, facts, expected=1, actor=world.nok, now=world.now)
    with refused("RY-OPERATION-NO-UNIT", "unit"):
        nobody = the_plan(world, whereabouts=there(world, unit=None))
        actions.edit(operation, nobody, expected=2, actor=world.nok, now=world.now)


# --- carried out


def test_recorded_the_day_after_day_and_place_stand_open(world):
    operation = as_stored(carried_out(world))
    assert (operation.carried_on, operation.province) == (DAY, "27")
    assert operation.unit == a_station(world)
    assert PLACE not in on_disk()


def test_recorded_on_the_day_itself_they_stay_sealed_until_the_next(world):
    operation = carried_out(world, days=3)
    assert as_stored(operation).carried_on is None
    assert "2026, 3, 5" not in on_disk().replace("2026, 3, 5, 3, 0", "")  # when it was recorded
    with refused("RY-OPERATION-SAME-DAY"):
        actions.open_day(operation, actor=world.nok, now=later(world, 3))
    opened = actions.open_day(operation, actor=world.wit, now=later(world, 4))
    assert (opened.carried_on, opened.province, opened.unit) == (DAY, "27", a_station(world))
    again = actions.open_day(operation, actor=world.nok, now=later(world, 5))
    assert again.version == opened.version


def test_who_holds_no_key_opens_no_day(world):
    operation = carried_out(world, days=3)
    wit = world.wit
    wit.ring.compartments.clear()
    with refused("RY-KEYS-CLOSED"):
        actions.open_day(operation, actor=wit, now=later(world, 4))


def test_the_day_after_begins_in_bangkok(world):
    operation = carried_out(world, days=3)
    evening = world.now + timedelta(days=3, hours=13, minutes=59)  # 23:59 in Bangkok
    with refused("RY-OPERATION-SAME-DAY"):
        actions.open_day(operation, actor=world.nok, now=evening)
    opened = actions.open_day(operation, actor=world.nok, now=evening + timedelta(minutes=1))
    assert opened.carried_on == DAY


def test_no_outcome_before_the_planned_day_or_for_one_to_come(world):
    operation = planned(world)
    with refused("RY-OPERATION-EARLY", "on"):
        carried_out(world, operation, on=DAY - timedelta(days=1))
    with refused("RY-OPERATION-FUTURE", "on"):
        carried_out(world, operation, on=DAY, days=2)
    assert as_stored(operation).state == "planned"


def test_it_is_carried_out_once(world):
    operation = carried_out(world)
    with refused("RY-OPERATION-ENDED"):
        carried_out(world, operation)
    with refused("RY-OPERATION-ENDED"):
        actions.edit(
            operation, the_plan(world), expected=operation.version, actor=world.nok, now=world.now
        )


# --- called off, blown


def test_called_off_with_a_reason(world):
    operation = planned(world)
    gone = {"off_code": "risk", "expected": 1, "actor": world.wit, "now": world.now}
    with refused("RY-OPERATION-REASON", "reason"):
        actions.call_off(operation, reason=" ", **gone)
    done = actions.call_off(operation, reason="The children were still inside.", **gone)
    assert done.state == "called_off"
    with refused("RY-OPERATION-ENDED"):
        actions.call_off(done, reason="again", **{**gone, "expected": 2})
    with refused("RY-OPERATION-ENDED"):
        blown(world, done)


def blown(world, operation, by=None, on=TODAY, suspected="lookout", now=None):
    return actions.blow(
        operation,
        suspected=suspected,
        noticed_on=on,
        how="The shop was shut an hour before.",
        actor=by or world.nok,
        now=now or world.now,
    )


def test_a_leak_warns_everyone_who_plans_there_and_says_nothing_of_it(world):
    operation = planned(world)
    blown(world, operation)
    assert as_stored(operation).state == "blown"
    told = Notice.objects.filter(kind="operation.blown")
    assert {one.recipient for one in told} == {world.wit.id, world.founder.id, world.somsri.id}
    assert {one.subject for one in told} == {operation.pk}


def test_a_leak_found_afterwards_and_a_second_suspicion_stand_in_the_register(world):
    operation = carried_out(world)
    blown(world, operation, on=DAY, now=later(world, 4))
    blown(world, operation, suspected="ngo", now=later(world, 5), on=later(world, 5).date())
    assert [one.suspected for one in queries.leaks(world.wit, now=world.now)] == ["ngo", "lookout"]
    assert as_stored(operation).took_place
    assert queries.leaks(world.dao, now=world.now) == []


def test_a_leak_is_noticed_today_at_the_latest_and_comes_from_the_list(world):
    operation = planned(world)
    with refused("RY-OPERATION-FUTURE", "noticed_on"):
        blown(world, operation, on=DAY)
    with refused("RY-LIST-UNKNOWN", "suspected"):
        blown(world, operation, suspected="the colonel")
    assert not Leak.objects.exists()


def test_nothing_of_the_words_stands_in_the_log(world):
    operation = carried_out(world)
    blown(world, operation, on=DAY, now=later(world, 4))
    written = json.dumps(list(Entry.objects.values_list("detail", flat=True)))
    assert "shut an hour" not in written
    assert "27" not in str(
        Entry.objects.filter(verb="operation.carry_out").values_list("detail", flat=True)
    )


# --- the list


def test_the_list_costs_the_same_however_many_there_are(world, django_assert_num_queries):
    def cost():
        from django.test.utils import CaptureQueriesContext

        reader = world.again(world.wit)
        with CaptureQueriesContext(connection) as asked:
            queries.page(reader, now=world.now)
        return len(asked)

    carried_out(world)
    one = cost()
    for _ in range(3):
        planned(world)
    assert cost() == one


def test_the_list_goes_on_by_a_mark_and_narrows(world):
    for _ in range(queries.PER_PAGE + 1):
        planned(world)
    first = queries.page(world.wit, now=world.now)
    rest = queries.page(world.wit, older=first.older, now=world.now)
    assert (len(first.rows), len(rest.rows)) == (queries.PER_PAGE, 1)
    assert not {row.pk for row in first.rows} & {row.pk for row in rest.rows}
    narrowed = queries.Filters(state="carried_out")
    assert queries.page(world.wit, filters=narrowed, now=world.now).rows == []
    with refused("RY-BAD-INPUT"):
        queries.page(world.wit, older="x", now=world.now)
