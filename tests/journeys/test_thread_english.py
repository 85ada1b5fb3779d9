"""The thread in English, at a desk: from thirty people met on a farm to one woman's bakery."""

import pytest
from tests.journeys import thread, thread_court
from tests.journeys.thread import IN_ENGLISH as TOLD

pytestmark = pytest.mark.journey


def test_from_thirty_people_met_to_a_closed_case(foundation, person):
    crew = ("nok", "wit", "pranee", "arun", "mali", "prasit")
    people = {name: person(foundation) for name in crew}
    nok, wit, pranee, arun, mali, prasit = people.values()
    for name in ("nok", "wit"):
        thread.arrive(people[name], name)
    lead = thread.write_lead(nok, TOLD)
    thread.add_police(nok, TOLD)
    operation = thread.plan_operation(wit, TOLD, lead)
    thread.carry_out(wit, TOLD, operation)
    thread.meet(wit, TOLD, operation)
    thread.decide(wit, operation)
    survivors = thread.begin_files(nok, TOLD, operation)
    case, second, _third = [thread.open_case(nok, her, "Arun") for her in survivors]
    thread.arrive(pranee, "pranee")
    house = thread.found_house(pranee, TOLD)
    thread.read_address(pranee, TOLD, house)
    thread.place(pranee, TOLD, case, "A1")
    thread.place(pranee, TOLD, second, "A2")
    thread.arrive(arun, "arun")
    thread.set_goal(arun, TOLD, case)
    thread.arrive(mali, "mali")
    thread.counsel(mali, TOLD, case)
    thread.measure_three_times(mali, case)
    thread.arrive(prasit, "prasit")
    proceeding = thread_court.begin_proceeding(prasit, TOLD, case)
    thread_court.charge(prasit, proceeding)
    thread_court.to_court(prasit, TOLD, proceeding)
    thread_court.compensate(prasit, TOLD, case)
    thread_court.leave_house(pranee, case, house)
    thread_court.follow_up(arun, TOLD, case)
    thread_court.close(arun, TOLD, case)
    assert "The log is sound" in foundation.command("audit", "verify")
