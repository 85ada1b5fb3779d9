"""What happened in a house: absent where it concerns somebody who is hidden."""

from datetime import date, timedelta

import pytest
from tests.cases.story import a_case
from tests.shelters.story import TODAY, a_house, a_manager, placed, refused

from romyen import access
from romyen.audit.models import Entry
from romyen.rules.spans import start_of
from romyen.shelters import actions, queries

pytestmark = pytest.mark.django_db


def happened(world, house, by=None, **facts):
    given = {"kind": "medical", "on": TODAY, "words": "She fell on the stairs.", **facts}
    return actions.record_incident(house, **given, actor=by or world.nok, now=world.now)


def told(world, who, incident):
    return queries.open_incident(who, incident, purpose="care", now=world.now)


def test_what_concerns_health_opens_to_carers_only(world):
    house = a_house(world)
    one = happened(world, house, health="A sprain.", done="Ice.", called=["hospital"])
    assert told(world, world.mali, one)["health"] == "A sprain."
    assert told(world, world.arun, one)["words"] == "She fell on the stairs."
    assert told(world, world.arun, one)["health"] is access.CLOSED


def test_who_works_in_the_house_writes_it_down(world):
    house = a_house(world)
    mai = a_manager(world)
    assert happened(world, house, by=mai)
    for other, code in ((world.arun, "RY-ACCESS-DENIED"), (world.dao, "RY-ABSENT")):
        with refused(code):
            happened(world, house, by=other)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "RY-SHELTER-FUTURE", "on"),
        ({"kind": "party"}, "RY-LIST-UNKNOWN", "kind"),
        ({"words": " "}, "RY-SHELTER-REASON", "words"),
        ({"called": ["nobody"]}, "RY-LIST-UNKNOWN", "called"),
        ({"follow_up_on": TODAY - timedelta(days=1)}, "RY-SHELTER-FOLLOW-UP", "follow_up_on"),
    ],
)
def test_what_cannot_be_is_refused(world, facts, code, field):
    with refused(code, field):
        happened(world, a_house(world), **facts)


def test_it_is_absent_for_whom_somebody_in_it_is_hidden(world):
    house, hers, other = a_house(world), a_case(world), a_case(world)
    one = happened(world, house, cases=[hers, other])
    assert queries.incidents(world.arun, house, now=world.now) == [one]
    world.exclude(world.arun, hers.node)
    assert queries.incidents(world.arun, house, now=world.now) == []
    with refused("RY-ABSENT"):
        queries.incident(world.arun, house.pk, one.pk, now=world.now)
    with refused("RY-ABSENT"):
        happened(world, house, by=world.again(world.dao), cases=[hers])


def test_nobody_hidden_is_written_into_it(world):
    house, hers = a_house(world), a_case(world)
    mai = a_manager(world)
    world.exclude(mai, hers.node)
    with refused("RY-ABSENT"):
        happened(world, house, by=world.mai, cases=[hers])


def test_it_stands_in_the_log_of_the_house_and_of_the_case(world):
    house, hers = a_house(world), a_case(world)
    happened(world, house, cases=[hers])
    for record in (house, hers):
        assert (
            Entry.objects.filter(verb="incident.record", subjects__subject=record.pk).count() == 1
        )


def test_a_follow_up_waits_in_the_calendar_until_it_is_done(world):
    house = a_house(world)
    one = happened(world, house, follow_up_on=date(2026, 3, 5))
    span = {"since": start_of(TODAY), "until": start_of(date(2026, 3, 31)), "now": world.now}
    [due] = queries.dues(world.nok, **span)
    assert (due.kind, due.at, due.code) == ("follow_up", date(2026, 3, 5), house.node.code)
    actions.record_follow_up(one, words="The doctor saw her.", actor=world.nok, now=world.now)
    assert queries.dues(world.nok, **span) == []
    with refused("RY-SHELTER-FOLLOWED"):
        actions.record_follow_up(one, words="Again.", actor=world.nok, now=world.now)


def test_those_who_live_there_are_offered(world):
    house = a_house(world)
    stay, away = placed(world, house), placed(world, house)
    world.exclude(world.arun, away.case.node)
    assert queries.residents(world.arun, house, now=world.now) == [stay.case]
