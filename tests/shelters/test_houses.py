"""Houses, their beds, and who sees them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.shelters.story import TODAY, a_house, a_manager, as_stored, beds_of, placed, refused

from romyen.rules.codes import check_code
from romyen.shelters import actions, queries
from romyen.shelters.models import Shelter
from romyen.shelters.words import licence_state

pytestmark = pytest.mark.django_db


def test_a_house_is_begun_by_who_keeps_houses(world):
    shelter = a_house(world, by=a_manager(world), takes=["girls"], residents_per_staff=4)
    assert check_code(shelter.node.code).startswith("H-")
    assert shelter.team_id == world.team.pk
    for other, code in ((world.arun, "RY-ACCESS-DENIED"), (world.dao, "RY-ABSENT")):
        with refused(code):
            a_house(world, by=other)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"capacity": 0}, "RY-SHELTER-CAPACITY", "capacity"),
        ({"capacity": 10_000}, "RY-SHELTER-CAPACITY", "capacity"),
        ({"capacity": -1}, "RY-SHELTER-CAPACITY", "capacity"),
        ({"residents_per_staff": 0}, "RY-SHELTER-RATIO", "residents_per_staff"),
        ({"name": "  "}, "RY-SHELTER-NAME", "name"),
        ({"name": "x" * 61}, "RY-SHELTER-NAME", "name"),
        ({"kind": "hotel"}, "RY-LIST-UNKNOWN", "kind"),
        ({"province": "5001"}, "RY-PLACE-UNKNOWN", "province"),
        ({"province": "00"}, "RY-PLACE-UNKNOWN", "province"),
        ({"takes": ["everyone"]}, "RY-LIST-UNKNOWN", "takes"),
        (
            {"licence_from": TODAY, "licence_until": TODAY - timedelta(days=1)},
            "RY-SHELTER-LICENCE",
            "licence_until",
        ),
    ],
)
def test_what_cannot_be_is_refused(world, facts, code, field):
    with refused(code, field):
        a_house(world, **facts)
    shelter = a_house(world)
    with refused(code, field):
        actions.edit_shelter(shelter, expected=1, actor=world.nok, now=world.now, **facts)
    assert as_stored(shelter).version == 1


@pytest.mark.parametrize("capacity", [0, 501])
def test_the_database_itself_refuses_a_size_that_cannot_be(world, capacity):
    shelter = a_house(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shelter.objects.filter(pk=shelter.pk).update(capacity=capacity)


def test_the_second_of_two_editors_is_told(world):
    shelter = a_house(world)
    actions.edit_shelter(shelter, expected=1, capacity=6, actor=world.nok, now=world.now)
    with refused("RY-EDIT-CONFLICT"):
        actions.edit_shelter(shelter, expected=1, capacity=9, actor=world.nok, now=world.now)
    assert as_stored(shelter).capacity == 6


def test_no_more_beds_than_places(world):
    shelter = a_house(world, capacity=2)
    first, _second = beds_of(world, shelter, " A1 ", "A2")
    assert first.label == "A1"
    with refused("RY-SHELTER-MORE-BEDS", "labels"):
        beds_of(world, shelter, "A3")
    with refused("RY-SHELTER-MORE-BEDS", "capacity"):
        actions.edit_shelter(shelter, expected=1, capacity=1, actor=world.nok, now=world.now)
    with refused("RY-SHELTER-BED-SAME", "labels"):
        beds_of(world, shelter, "A1")
    actions.retire_bed(first, actor=world.nok, now=world.now)
    [again] = beds_of(world, shelter, "A1")
    assert again.pk == first.pk


def test_a_bed_in_which_somebody_sleeps_stays(world):
    shelter = a_house(world)
    [bed] = beds_of(world, shelter, "A1")
    placed(world, shelter, bed=bed)
    with refused("RY-SHELTER-BED-TAKEN"):
        actions.retire_bed(bed, actor=world.nok, now=world.now)


def test_a_house_is_seen_by_its_team_and_not_behind_a_wall(world):
    shelter = a_house(world)
    names = lambda who: [r.shelter.name for r in queries.shelters(who, now=world.now).rows]  # noqa: E731
    assert names(world.arun) == names(world.mali) == ["House of the Lamp"]
    assert names(world.dao) == names(world.wit) == []
    world.exclude(world.arun, shelter.node)
    assert names(world.arun) == []
    with refused("RY-ABSENT"):
        queries.shelter(world.arun, shelter.pk, now=world.now)


def test_the_list_goes_on_by_a_mark(world):
    for name in ("C", "A", "B", "A"):
        a_house(world, name=name)
    how = {"size": 2, "now": world.now}
    first = queries.shelters(world.arun, **how)
    second = queries.shelters(world.arun, after=first.older, **how)
    assert [one.shelter.name for one in [*first.rows, *second.rows]] == ["A", "A", "B", "C"]
    assert len({one.shelter.pk for one in [*first.rows, *second.rows]}) == 4
    assert second.older == ""
    assert queries.shelters(world.arun, after="nobody", **how) == first


@pytest.mark.parametrize(
    ("begins", "ends", "state"),
    [
        (None, None, "none"),
        (None, TODAY - timedelta(days=1), "over"),
        (None, TODAY, "ending"),
        (None, TODAY + timedelta(days=60), "ending"),
        (None, TODAY + timedelta(days=61), "valid"),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=400), "early"),
    ],
)
def test_how_a_licence_stands(begins, ends, state):
    assert licence_state(begins, ends, TODAY) == state


def test_the_end_of_a_licence_stands_in_the_calendar(world):
    shelter = a_house(world, licence_until=date(2026, 6, 1))
    a_house(world, name="Closed", licence_until=date(2026, 6, 1), active=False)

    def due(who, since, until):
        from romyen.rules.spans import start_of

        found = queries.dues(who, since=start_of(since), until=start_of(until), now=world.now)
        return [(one.at, one.code) for one in found]

    code = shelter.node.code
    assert due(world.nok, date(2026, 4, 1), date(2026, 4, 30)) == [(date(2026, 4, 2), code)]
    assert due(world.nok, date(2026, 6, 1), date(2026, 6, 1)) == [(date(2026, 6, 1), code)]
    assert due(world.nok, date(2026, 5, 1), date(2026, 5, 31)) == []
    assert due(world.dao, date(2026, 4, 1), date(2026, 6, 30)) == []
