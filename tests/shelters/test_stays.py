"""Stays: a bed once, a person once, an end after the beginning."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from tests.cases.story import a_case
from tests.shelters.story import TODAY, a_house, as_stored, beds_of, placed, refused

from romyen.cases import actions as casework
from romyen.shelters import actions, queries
from romyen.shelters.actions import stays
from romyen.shelters.models import Leave, Stay

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def house(world):
    return a_house(world)


@pytest.fixture
def bed(world, house):
    return beds_of(world, house, "A1", "A2")[0]


def ended(world, stay, **facts):
    given = {"left_on": TODAY, "reason": "home_family", "expected": 1, **facts}
    return actions.end_stay(stay, **given, actor=world.nok, now=world.now)


def moved(world, stay, to, **facts):
    given = {"on": TODAY, "expected": 1, **facts}
    return actions.transfer(stay, to, **given, actor=world.nok, now=world.now)


# --- placing


def test_she_is_placed_in_a_bed(world, house, bed):
    stay = placed(world, house, bed=bed, by=world.arun)
    assert (stay.placed_by, stay.warnings) == (world.arun.id, [])
    board = queries.board(world.mali, house, now=world.now)
    assert [(one.bed.label, one.taken) for one in board.places] == [("A1", True), ("A2", False)]
    assert board.taken == 1


def test_who_may_not_is_refused(world, house):
    case = a_case(world)
    with refused("RY-ACCESS-DENIED"):
        placed(world, house, case, by=world.mali)
    with refused("RY-ABSENT"):
        placed(world, house, case, by=world.dao)
    world.exclude(world.prasit, case.node)
    with refused("RY-ABSENT"):
        placed(world, house, case, by=world.prasit)
    world.exclude(world.arun, house.node)
    with refused("RY-ABSENT"):
        placed(world, house, case, by=world.arun)
    assert not Stay.objects.exists()


def test_a_bed_is_given_once(world, house, bed):
    placed(world, house, bed=bed)
    with refused("RY-SHELTER-BED-TAKEN", "bed"):
        placed(world, house, bed=bed)


def test_of_two_at_the_same_moment_the_database_refuses_one(world, house, bed, monkeypatch):
    """Both looked before either wrote: what the verb saw was true, and is no more."""
    placed(world, house, bed=bed)
    looked = iter([False, True])
    monkeypatch.setattr(stays, "_taken", lambda *asked: next(looked))
    with refused("RY-SHELTER-BED-TAKEN", "bed"):
        placed(world, house, bed=bed)
    assert Stay.objects.count() == 1


def test_a_bed_was_not_given_twice_in_the_past(world, house, bed):
    first = placed(world, house, bed=bed, arrived_on=date(2026, 2, 1))
    ended(world, first, left_on=date(2026, 2, 20))
    with refused("RY-SHELTER-BED-TAKEN", "bed"):
        placed(world, house, bed=bed, arrived_on=date(2026, 2, 10))
    assert placed(world, house, bed=bed, arrived_on=date(2026, 2, 20))


def test_a_person_stays_in_one_house(world, house):
    case = a_case(world)
    placed(world, house, case)
    other = a_house(world, name="House of the Well")
    with refused("RY-SHELTER-STAYS"):
        placed(world, other, case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(
            case=case, shelter=other, arrived_on=TODAY, placed_at=world.now, placed_by="x"
        )


def test_she_was_not_in_two_houses_at_once(world, house):
    case = a_case(world)
    ended(world, placed(world, house, case, arrived_on=date(2026, 2, 1)))
    with refused("RY-SHELTER-OVERLAP", "arrived_on"):
        placed(world, house, case, arrived_on=YESTERDAY)


def test_a_day_to_come_a_foreign_bed_a_closed_house_and_case_are_refused(world, house, bed):
    with refused("RY-SHELTER-FUTURE", "arrived_on"):
        placed(world, house, arrived_on=TODAY + timedelta(days=1))
    other = a_house(world, name="House of the Well")
    with refused("RY-SHELTER-NO-BED", "bed"):
        placed(world, other, bed=bed)
    actions.retire_bed(bed, actor=world.nok, now=world.now)
    with refused("RY-SHELTER-NO-BED", "bed"):
        placed(world, house, bed=bed)
    actions.edit_shelter(house, expected=1, active=False, actor=world.nok, now=world.now)
    with refused("RY-SHELTER-NOT-ACTIVE"):
        placed(world, house)
    case = a_case(world)
    casework.close_case(
        case, outcome="other", closed_on=TODAY, expected=1, actor=world.nok, now=world.now
    )
    with refused("RY-CASE-CLOSED"):
        placed(world, other, case)


# --- warnings


def test_a_full_house_takes_one_more_only_for_a_reason(world):
    house = a_house(world, capacity=1)
    placed(world, house)
    case = a_case(world)
    with refused("RY-SHELTER-WARNED", "confirmed"):
        placed(world, house, case)
    with refused("RY-SHELTER-REASON", "over_reason"):
        placed(world, house, case, confirmed=["full"])
    stay = placed(world, house, case, confirmed=["full"], over_reason="One night, a storm.")
    assert stay.warnings == ["full"]
    told = queries.open_words(world.nok, [stay], purpose="care", now=world.now)
    assert told[stay.pk]["over_reason"] == "One night, a storm."


@pytest.mark.parametrize(
    ("facts", "takes", "warned"),
    [
        ({"minor": "no"}, ["women"], []),
        ({"minor": "yes"}, ["women"], ["unfit"]),
        ({"minor": "presumed"}, ["women"], []),
        ({"minor": "yes"}, ["women", "girls"], []),
        ({"minor": "no"}, ["men", "boys"], ["unfit"]),
        ({"minor": "no"}, ["families"], []),
        ({"minor": "no"}, [], []),
    ],
)
def test_whom_a_house_takes_in(world, facts, takes, warned):
    house, case = a_house(world, takes=takes), a_case(world, **facts)
    if warned:
        with refused("RY-SHELTER-WARNED", "confirmed"):
            placed(world, house, case)
    assert placed(world, house, case, confirmed=warned).warnings == warned


def test_a_boy_in_a_house_for_girls_is_warned_of(world):
    house, case = a_house(world, takes=["girls"]), a_case(world, minor="yes")
    case.survivor.gender = "Masculine"
    case.survivor.save()
    with refused("RY-SHELTER-WARNED", "confirmed"):
        placed(world, house, case)


@pytest.mark.parametrize("until", [YESTERDAY, TODAY, TODAY + timedelta(days=60)])
def test_a_stay_across_the_end_of_a_licence_is_warned_of(world, until):
    house, case = a_house(world, licence_until=until), a_case(world)
    with refused("RY-SHELTER-WARNED", "confirmed"):
        placed(world, house, case)
    assert placed(world, house, case, confirmed=["licence"]).warnings == ["licence"]


# --- leave, exit, move


def leave(world, stay, began, until, **facts):
    given = {"reason": "family", **facts}
    return actions.record_leave(
        stay, began_on=began, until_on=until, **given, actor=world.nok, now=world.now
    )


def test_a_leave_keeps_the_bed(world, house, bed):
    stay = placed(world, house, bed=bed, arrived_on=YESTERDAY)
    leave(world, stay, TODAY, TODAY + timedelta(days=3), words="At her aunt's.")
    with refused("RY-SHELTER-BED-TAKEN"):
        placed(world, house, bed=bed)
    told = queries.open_words(world.nok, [stay], purpose="care", now=world.now)
    assert told[Leave.objects.get().pk]["words"] == "At her aunt's."


def test_a_leave_that_cannot_be_is_refused(world, house):
    stay = placed(world, house)
    with refused("RY-SHELTER-LEAVE-ORDER", "until_on"):
        leave(world, stay, TODAY + timedelta(days=2), TODAY + timedelta(days=1))
    with refused("RY-SHELTER-LEAVE-EARLY", "began_on"):
        leave(world, stay, YESTERDAY, TODAY)
    with refused("RY-LIST-UNKNOWN", "reason"):
        leave(world, stay, TODAY, TODAY, reason="holiday")
    leave(world, stay, TODAY, TODAY + timedelta(days=3))
    with refused("RY-SHELTER-LEAVE-TWICE", "began_on"):
        leave(world, stay, TODAY + timedelta(days=2), TODAY + timedelta(days=5))
    ended(world, stay)
    with refused("RY-SHELTER-ENDED"):
        leave(world, stay, TODAY, TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.update(until_on=YESTERDAY)


def test_an_exit_that_cannot_be_is_refused(world, house):
    stay = placed(world, house)
    with refused("RY-SHELTER-BEFORE-ARRIVAL", "left_on"):
        ended(world, stay, left_on=YESTERDAY)
    with refused("RY-SHELTER-FUTURE", "left_on"):
        ended(world, stay, left_on=TODAY + timedelta(days=1))
    for reason in ("transferred", "vanished"):
        with refused("RY-LIST-UNKNOWN", "reason"):
            ended(world, stay, reason=reason)
    with refused("RY-EDIT-CONFLICT"):
        ended(world, stay, expected=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.update(left_on=YESTERDAY, exit_reason="other")
    ended(world, stay, words="Her mother came.")
    with refused("RY-SHELTER-ENDED"):
        ended(world, stay)


def test_she_leaves_also_after_her_case_was_closed(world, house):
    stay = placed(world, house)
    casework.close_case(
        stay.case, outcome="other", closed_on=TODAY, expected=1, actor=world.nok, now=world.now
    )
    assert ended(world, stay).left_on == TODAY


def test_she_moves_to_another_house(world, house, bed):
    stay = placed(world, house, bed=bed, arrived_on=YESTERDAY)
    other = a_house(world, name="House of the Well")
    begun = moved(world, stay, other, words="Nearer to the school.")
    assert (begun.came_from_id, begun.arrived_on, begun.is_open) == (stay.pk, TODAY, True)
    assert as_stored(stay).exit_reason == "transferred"
    assert queries.board(world.nok, house, now=world.now).taken == 0


def test_a_move_to_where_she_is_is_refused(world, house, bed):
    stay = placed(world, house, bed=bed)
    with refused("RY-SHELTER-SAME-PLACE", "bed"):
        moved(world, stay, house, bed=bed)
    assert moved(world, stay, house).bed is None
    without = placed(world, house)
    with refused("RY-SHELTER-SAME-PLACE", "bed"):
        moved(world, without, house)


def test_a_move_that_fails_ends_nothing(world, house, bed):
    placed(world, house, bed=bed)
    stay = placed(world, house)
    with refused("RY-SHELTER-BED-TAKEN"):
        moved(world, stay, house, bed=bed)
    assert as_stored(stay).is_open


def test_another_bed_in_a_full_house_is_no_one_more(world):
    house = a_house(world, capacity=2)
    [bed] = beds_of(world, house, "A1")
    placed(world, house)
    assert moved(world, placed(world, house), house, bed=bed).warnings == []


# --- who sees what


def test_a_bed_that_somebody_hidden_has_shows_as_taken(world, house, bed):
    stay = placed(world, house, bed=bed)
    world.exclude(world.arun, stay.case.node)
    board = queries.board(world.arun, house, now=world.now)
    assert next((one.taken, one.stay) for one in board.places) == (True, None)
    assert (board.taken, board.stays) == (1, [])


def test_somebody_hidden_without_a_bed_takes_a_place(world, house):
    stay = placed(world, house)
    world.exclude(world.arun, stay.case.node)
    board = queries.board(world.arun, house, now=world.now)
    assert [(one.bed, one.taken, one.stay) for one in board.places] == [(None, True, None)]


def test_who_came_and_left_on_one_day_left_last(world, house):
    from romyen.cases.queries import timeline

    stay = ended(world, placed(world, house, arrived_on=TODAY))
    line = timeline(world.nok, stay.case, now=world.now)
    assert [one.kind for one in line.happenings if one.kind in ("stay", "exit")] == ["exit", "stay"]


def test_the_time_line_tells_the_house_to_who_may_read_it(world, house):
    stay = ended(world, placed(world, house))

    def told(who):
        with translation.override("en"):
            found = queries.happenings(who, stay.case, most=9, now=world.now)
        return [(one.kind, one.said["title"], one.said["text"]) for one in found]

    assert told(world.mali) == [
        ("stay", "Arrived in House of the Lamp", "Chiang Mai"),
        ("exit", "Left House of the Lamp", "Returned home or to the family"),
    ]
    world.exclude(world.mali, house.node)
    assert [title for _kind, title, _text in told(world.mali)] == [
        "Arrived in a shelter",
        "Left a shelter",
    ]
    world.exclude(world.mali, stay.case.node)
    assert told(world.mali) == []
