"""The thread in Thai, on a telephone: Nok leads the operation herself and keeps the case."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.journeys import thread, thread_court
from tests.journeys.thread import IN_THAI as TOLD
from tests.journeys.thread import MET, TODAY

pytestmark = pytest.mark.journey


def back_to_the_operation(nok, lead, operation):
    """The lead leads to the operation, with how many people were met and not where."""
    nok.go(lead)
    nok.page.locator("main a.romyen-code[href^='/operations/']").click()
    nok.look()
    nok.at(f"^{operation}$")
    expect(nok.page.locator("main")).to_contain_text(str(MET))
    nok.misses(TOLD.place)


def in_the_calendar(nok, proceeding):
    """The day at court stands in the calendar without a word on where it is."""
    day = thread_court.NEXT_MONTH
    nok.go(f"/calendar?view=list&whose=teams&month={day:%Y-%m}")
    row = nok.page.locator("tbody tr", has=nok.page.locator(f"a[href='{proceeding}']"))
    expect(row).to_contain_text(nok.era_day(day))
    nok.misses(TOLD.room, TOLD.accused, TOLD.black_no, *TOLD.names)


def test_from_thirty_people_met_to_a_closed_case_in_thai(foundation, person):
    crew = ("nok", "pranee", "mali", "prasit")
    people = {name: person(foundation, language="th", width=390) for name in crew}
    nok, pranee, mali, prasit = people.values()
    thread.arrive(nok, "nok")
    lead = thread.write_lead(nok, TOLD)
    thread.add_police(nok, TOLD)
    operation = thread.plan_operation(nok, TOLD, lead)
    thread.carry_out(nok, TOLD, operation)
    thread.meet(nok, TOLD, operation)
    thread.decide(nok, operation)
    back_to_the_operation(nok, lead, operation)
    survivors = thread.begin_files(nok, TOLD, operation)
    case, _second, _third = [thread.open_case(nok, her, "Nok") for her in survivors]
    thread.arrive(pranee, "pranee")
    house = thread.found_house(pranee, TOLD)
    thread.read_address(pranee, TOLD, house)
    thread.place(pranee, TOLD, case, "A1")
    thread.set_goal(nok, TOLD, case)
    thread.arrive(mali, "mali")
    thread.counsel(mali, TOLD, case)
    thread.measure_three_times(mali, case)
    thread.arrive(prasit, "prasit")
    proceeding = thread_court.begin_proceeding(prasit, TOLD, case)
    prasit.reads(prasit.era_day(TODAY - timedelta(9)))
    thread_court.charge(prasit, proceeding)
    thread_court.to_court(prasit, TOLD, proceeding)
    in_the_calendar(nok, proceeding)
    thread_court.compensate(prasit, TOLD, case)
    thread_court.leave_house(pranee, case, house)
    thread_court.follow_up(nok, TOLD, case)
    thread_court.close(nok, TOLD, case)
    assert "The log is sound" in foundation.command("audit", "verify")
