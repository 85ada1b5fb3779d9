"""The directory of other organisations."""

import pytest

from romyen.audit.models import Entry
from romyen.partners import actions, queries
from romyen.partners.models import Partner
from romyen.rules.refusals import Refusal


def a_station(world, **facts):
    given = {"name": "Fictional Police Station", "kind": "LawEnforcement", "province": "50"}
    return actions.record(**{**given, **facts}, actor=world.arun, now=world.now)


def change(partner, world, **facts):
    given = {
        name: getattr(partner, name)
        for name in ("name", "kind", "country", "province", "contact", "active")
    }
    given |= {"expected": partner.version, "actor": world.nok, "now": world.now}
    return actions.edit(partner, **{**given, **facts})


def refused(code, call, *args, **facts):
    with pytest.raises(Refusal) as caught:
        call(*args, **facts)
    assert caught.value.code == code
    return caught.value


def test_arun_records_a_station_and_dao_of_another_team_finds_it(world):
    station = a_station(world, contact="Telephone 000 000")
    assert list(queries.police(world.dao, now=world.now)) == [station]
    entry = Entry.objects.get(verb="partner.record")
    assert (entry.actor, entry.subjects.get().subject) == (world.arun.id, station.pk)


def test_the_same_office_stands_there_once(world):
    a_station(world)
    assert refused("RY-PARTNER-SAME", a_station, world).field == "name"
    assert Partner.objects.count() == 1
    a_station(world, province="57")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": "  "}, "RY-PARTNER-NAME"),
        ({"kind": "Circus"}, "RY-LIST-UNKNOWN"),
        ({"country": "XX"}, "RY-LIST-UNKNOWN"),
        ({"province": "99"}, "RY-PLACE-UNKNOWN"),
        ({"province": "5001"}, "RY-PARTNER-PROVINCE"),
        ({"country": "MM"}, "RY-PARTNER-PROVINCE"),
    ],
)
def test_what_does_not_fit_is_refused(world, facts, code):
    refused(code, a_station, world, **facts)
    assert not Partner.objects.exists()


def test_only_recording_roles_record(world):
    refused(
        "RY-ACCESS-DENIED", actions.record, name="X", kind="NGO", actor=world.mali, now=world.now
    )
    refused("RY-ACCESS-DENIED", queries.partners, world.lek, now=world.now)


def test_a_second_editor_is_told(world):
    station = a_station(world)
    change(station, world, contact="Front desk")
    conflict = refused("RY-EDIT-CONFLICT", change, station, world, contact="Another desk")
    assert conflict.details == {"version": 2}
    assert Partner.objects.get().contact == "Front desk"


def test_a_closed_office_stays_but_is_not_offered(world):
    station = a_station(world)
    change(station, world, active=False)
    assert not queries.police(world.nok, now=world.now).exists()
    assert queries.partner(world.nok, station.pk, now=world.now).active is False


def test_words_and_kinds_narrow_the_directory(world):
    station = a_station(world)
    actions.record(
        name="Quiet River Clinic", kind="HealthServiceOrganisation", actor=world.nok, now=world.now
    )
    assert list(queries.partners(world.nok, words="police FICT", now=world.now)) == [station]
    assert list(queries.partners(world.nok, kind="LawEnforcement", now=world.now)) == [station]
    assert not queries.partners(world.nok, province="10", now=world.now).exists()
