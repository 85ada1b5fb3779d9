"""The people who were met: a mass return in one go, then one by one; arrests; the debrief."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.operations.story import (
    NAME,
    a_lead,
    a_survivor,
    carried_out,
    later,
    met,
    planned,
    refused,
)

from romyen import access
from romyen.cases import actions as cases
from romyen.cases import queries as case_queries
from romyen.keys.models import DataKey
from romyen.operations import actions, queries
from romyen.operations.actions.papers import Arrested
from romyen.operations.actions.people import MOST, Met
from romyen.operations.lines import read_lines
from romyen.operations.models import Debrief, Encounter, Operation
from romyen.survivors.models import Survivor

pytestmark = pytest.mark.django_db


@pytest.fixture
def raid(world):
    """An operation that took place the day before."""
    return carried_out(world, planned(world, lead=a_lead(world)))


def opened(world, row, *names):
    return access.reveal(world.wit, [row], names, purpose="record", now=world.now)[row.pk]


def test_two_hundred_people_in_one_go_share_one_key_and_few_queries(world, raid):
    world.again(world.wit)
    with CaptureQueriesContext(connection) as few:
        met(world, raid, [Met(name=f"P{n}") for n in range(5)], by=world.wit)
    with CaptureQueriesContext(connection) as many:
        rows = met(world, raid, [Met(name=f"P{n}") for n in range(200)], by=world.wit)
    assert len(rows) == 200
    assert len(many) <= len(few)
    assert [row.number for row in rows] == list(range(6, 206))
    assert DataKey.objects.filter(subject=raid.pk, compartment="operations").count() == 1


def test_names_are_sealed_and_open_to_investigators(world, raid):
    row, unnamed = met(world, raid)
    assert opened(world, row, "name")["name"] == NAME
    assert (row.named, unnamed.named) == (True, False)
    closed = access.reveal(world.mali, [row], ["name"], purpose="x", now=world.now)
    assert closed[row.pk]["name"] is access.CLOSED


@pytest.mark.parametrize(
    ("people", "code"),
    [([], "RY-OPERATION-NOBODY"), ([Met()] * 10_000, "RY-OPERATION-TOO-MANY")],
)
def test_nobody_and_ten_thousand_are_refused(world, raid, people, code):
    with refused(code, "lines"):
        actions.meet(raid, people, actor=world.nok, now=later(world, 4))
    assert not Encounter.objects.exists()


def test_the_most_that_fit_fit(world, raid):
    assert len(met(world, raid, [Met()] * MOST)) == MOST


def test_all_of_them_or_nobody(world, raid):
    with refused("RY-LIST-UNKNOWN", "outcome"):
        met(world, raid, [Met(), Met(outcome="deported")])
    assert not Encounter.objects.exists()


def test_nobody_is_met_before_it_took_place(world):
    operation = planned(world)
    with refused("RY-OPERATION-NOT-YET"):
        met(world, operation)


def test_who_may_only_read_writes_nobody_down(world, raid):
    with refused("RY-ABSENT"):
        met(world, raid, by=world.arun)
    with refused("RY-ABSENT"):
        met(world, raid, by=world.dao)


# --- lines


def test_lines_as_people_write_them():
    text = "มาลี; F; ๑๗; LA; 1; possible; asked for her mother\n\n;ชาย;24;กัมพูชา;๒\nAye|female||MM"
    found = read_lines(text, Met(outcome="presumed"))
    assert found.faults == []
    first, second, third = found.people
    assert (first.name, first.sex, first.age, first.nationality) == (
        "มาลี", "female", "9--17", "LA",
    )  # fmt: skip
    assert (first.group, first.outcome, first.words) == (
        "group_1", "possible", "asked for her mother",
    )  # fmt: skip
    assert (second.name, second.sex, second.age) == ("", "male", "24--26")
    assert (second.nationality, second.group, second.outcome) == ("KH", "group_2", "presumed")
    assert (third.age, third.nationality) == ("unknown", "MM")


def test_cells_out_of_a_table_come_with_tabs():
    [one] = read_lines("Somsak\tm\t48", Met()).people
    assert (one.name, one.sex, one.age) == ("Somsak", "male", "48+")


def test_every_fault_is_told_by_its_line():
    text = "\n".join(["A;F;17", "B;?;999", "", "C;robot;;Atlantis", "a;b;c;d;e;f;g;h"])
    found = [fault.details["line"] for fault in read_lines(text, Met()).faults]
    assert found == [2, 4, 4, 5]


@pytest.mark.parametrize(
    ("years", "band"),
    [("0", "0--8"), ("8", "0--8"), ("9", "9--17"), ("17", "9--17"), ("18", "18--20"),
     ("120", "48+"), ("child", "child"), ("เด็ก", "child")],
)  # fmt: skip
def test_ages_fall_into_their_band(years, band):
    [one] = read_lines(f";;{years}", Met()).people
    assert one.age == band


# --- one by one


def decided(world, row, by=None, expected=1, **facts):
    given = {"sex": "female", "age": "9--17", "nationality": "LA", "outcome": "presumed"}
    keep = facts.pop("keep", ())
    return actions.decide(
        row, Met(**{**given, **facts}), asked="asked", indicators=["purpose", "act"], keep=keep,
        expected=expected, actor=by or world.nok, now=later(world, 5),
    )  # fmt: skip


def test_what_becomes_of_one_person(world, raid):
    row, _ = met(world, raid)
    fresh = decided(world, row, keep=["name"], words="She asked for her mother.")
    assert (fresh.outcome, fresh.indicators) == ("presumed", ["act", "purpose"])
    assert opened(world, fresh, "name", "words") == {
        "name": NAME,
        "words": "She asked for her mother.",
    }
    assert fresh.named
    with refused("RY-EDIT-CONFLICT"):
        decided(world, row)
    with refused("RY-ABSENT"):
        decided(world, row, by=world.arun, expected=2)


def test_the_next_person_is_the_next_about_whom_nothing_was_decided(world, raid):
    first, second, third = met(world, raid, [Met(), Met(outcome="home"), Met()])
    assert queries.next_open(first) == third
    assert queries.next_open(third) == first
    decided(world, first)
    assert queries.next_open(third) is None
    assert queries.beside(second) == (first.pk, third.pk)


def test_the_counts_tell_groups_outcomes_and_children(world, raid):
    people = [Met(group="group_1", age="9--17")] * 3 + [Met(group="group_2", outcome="home")] * 2
    met(world, raid, people)
    page = queries.people(raid)
    assert (page.total, page.children) == (5, 3)
    assert page.counts["group"] == {"group_1": 3, "group_2": 2}
    assert page.counts["outcome"] == {"open": 3, "home": 2}
    assert len(queries.people(raid, group="group_2", outcome="home").rows) == 2
    actions.record_arrest(raid, Arrested(men=2, women=1), actor=world.nok, now=later(world, 5))
    [row] = queries.counted(Operation.objects.all())
    assert (row.people, row.children, row.arrested) == (5, 3, 3)


def test_a_long_table_goes_on(world, raid):
    met(world, raid, [Met()] * (queries.PEOPLE_PER_PAGE + 5))
    page = queries.people(raid)
    assert len(page.rows) == queries.PEOPLE_PER_PAGE
    rest = queries.people(raid, after=page.after)
    assert [row.number for row in rest.rows] == [201, 202, 203, 204, 205]
    assert rest.after == 0


# --- on to a survivor's file


def test_a_possible_victim_becomes_a_survivor_once_and_keeps_what_is_known(world, raid):
    row, other = met(world, raid)
    fresh, her = actions.register(row, full_name=NAME, actor=world.nok, now=later(world, 5))
    assert fresh.survivor == her
    assert (her.gender, her.nationalities, her.lead) == ("Feminine", ["LA"], raid.lead)
    assert (her.name_known, her.minor, her.birth_method) == (True, "presumed", "other")
    with refused("RY-OPERATION-REGISTERED"):
        actions.register(row, full_name="", actor=world.nok, now=later(world, 5))
    with refused("RY-OPERATION-NO-VICTIM"):
        actions.register(other, full_name="", actor=world.nok, now=later(world, 5))
    assert Survivor.objects.count() == 1


@pytest.mark.parametrize(
    ("age", "minor"),
    [("0--8", "yes"), ("child", "presumed"), ("48+", "no"), ("adult", "presumed"),
     ("unknown", "presumed")],
)  # fmt: skip
def test_the_age_goes_along_as_an_estimate_in_doubt_a_child(world, raid, age, minor):
    [row] = met(world, raid, [Met(age=age, outcome="presumed")])
    _row, her = actions.register(row, full_name="", actor=world.nok, now=later(world, 5))
    assert her.minor == minor
    assert bool(her.birth) == (age != "unknown")


def test_somebody_who_is_known_gets_no_second_file(world, raid):
    one, other = met(world, raid)
    her = a_survivor(world)
    for who, code in ((world.wit, "RY-ACCESS-DENIED"), (world.arun, "RY-ABSENT")):
        with refused(code):
            actions.recognise(one, her, actor=who, now=later(world, 5))
    assert actions.recognise(one, her, actor=world.nok, now=later(world, 5)).survivor == her
    with refused("RY-OPERATION-REGISTERED"):
        actions.recognise(one, her, actor=world.nok, now=later(world, 5))
    with refused("RY-OPERATION-NO-VICTIM"):
        actions.recognise(other, her, actor=world.nok, now=later(world, 5))
    assert list(Survivor.objects.all()) == [her]
    assert len(queries.of_survivor(world.nok, her.pk, now=later(world, 5))) == 1


def test_wit_registers_nobody_and_arun_learns_of_nobody(world, raid):
    row, _ = met(world, raid)
    with refused("RY-ACCESS-DENIED"):
        actions.register(row, full_name="", actor=world.wit, now=later(world, 5))
    with refused("RY-ABSENT"):
        actions.register(row, full_name="", actor=world.arun, now=later(world, 5))


def test_whose_file_was_begun_stays_a_possible_victim(world, raid):
    row, _ = met(world, raid)
    fresh, _her = actions.register(row, full_name="", actor=world.nok, now=later(world, 5))
    with refused("RY-OPERATION-REGISTERED", "outcome"):
        decided(world, fresh, outcome="home", expected=2)
    assert decided(world, fresh, outcome="presumed", expected=2).outcome == "presumed"


def test_the_time_line_of_her_case_says_it_to_those_who_may_know(world, raid):
    row, _ = met(world, raid)
    _row, her = actions.register(row, full_name="", actor=world.nok, now=later(world, 5))
    case = cases.open_case(her, manager=world.nok.member, actor=world.nok, now=later(world, 5))

    def kinds(reader):
        line = case_queries.timeline(world.again(reader), case, now=later(world, 6))
        return {one.kind for one in line.happenings}

    assert "operation" in kinds(world.nok)
    assert "operation" not in kinds(world.arun)
    assert "operation" not in kinds(world.mali)
    world.exclude(world.nok, raid.node)
    assert "operation" not in kinds(world.nok)


# --- papers


def test_arrests_are_counted_and_their_words_sealed(world, raid):
    facts = Arrested(men=2, women=1, standing="held", names="Fictional A, fictional B")
    row = actions.record_arrest(raid, facts, actor=world.wit, now=later(world, 5))
    assert row.people == 3
    assert opened(world, row, "names")["names"] == "Fictional A, fictional B"
    later_on = Arrested(men=2, women=1, standing="bailed")
    fresh = actions.edit_arrest(row, later_on, expected=1, actor=world.nok, now=later(world, 6))
    assert opened(world, fresh, "names")["names"] == "Fictional A, fictional B"
    with refused("RY-EDIT-CONFLICT"):
        actions.edit_arrest(row, later_on, expected=1, actor=world.nok, now=later(world, 6))


@pytest.mark.parametrize("counts", [{}, {"men": -1, "women": 3}, {"others": 1_001}])
def test_nobody_and_too_many_are_no_arrest(world, raid, counts):
    with refused("RY-OPERATION-COUNT", "women"):
        actions.record_arrest(raid, Arrested(**counts), actor=world.nok, now=later(world, 5))


def test_the_debrief_is_one_and_grows(world, raid):
    told = {"actor": world.wit, "now": later(world, 6)}
    one = actions.debrief(
        raid, staff_care="yes", went="Calmly.", lessons="More interpreters.", expected=0, **told
    )
    again = actions.debrief(raid, staff_care="given", agreed="Two more.", expected=1, **told)
    assert Debrief.objects.get() == one == again
    assert opened(world, again, "went", "agreed") == {
        "went": "Calmly.",
        "agreed": "Two more.",
    }
    with refused("RY-EDIT-CONFLICT"):
        actions.debrief(raid, staff_care="no", expected=1, **told)


def test_no_debrief_of_what_is_still_planned(world):
    with refused("RY-OPERATION-NOT-YET"):
        actions.debrief(planned(world), staff_care="no", expected=0, actor=world.nok, now=world.now)
