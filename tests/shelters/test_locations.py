"""An address: sealed to its holders alone, opened by two people, for a time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.shelters.story import (
    ADDRESS,
    a_house,
    a_manager,
    agreed,
    as_stored,
    asked,
    dismissed,
    located,
    opened,
    refused,
)

from romyen import access
from romyen.access import holding, people, walls
from romyen.access.models import Assignment
from romyen.access.roles import conferrable, read_roles, roles
from romyen.audit.models import Entry
from romyen.keys.models import Admission, DataKey, Grant, Holder
from romyen.notices.models import Notice
from romyen.shelters import actions, queries
from romyen.shelters.models import Location

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world):
    """A house whose address Nok wrote down."""
    shelter = a_house(world)
    located(world, shelter)
    return as_stored(shelter)


def read(world, shelter, who, now=None):
    """What somebody gets who asks for the address."""
    location = queries.location(who, shelter, now=now or world.now)
    return queries.open_location(who, location, purpose="visit", now=now or world.now)["address"]


def location_key(shelter):
    return Holder.objects.get(team=shelter.pk, compartment="location")


def test_who_writes_it_down_holds_it_and_nobody_else(world, house):
    assert read(world, house, world.nok) == ADDRESS
    for other in (world.founder, world.arun, world.mali):
        with refused("RY-ACCESS-DENIED"):
            read(world, house, world.again(other))
    with refused("RY-ABSENT"):
        read(world, house, world.again(world.dao))
    assert [one.member_id for one in location_key(house).admissions.all()] == [
        world.nok.ring.holder_id
    ]


def test_a_key_of_the_team_opens_no_address(world, house):
    """Not the rules alone: past them, the keys of the team's leads open nothing."""
    location = Location.objects.get()
    for other in (world.founder, world.somsri, world.arun):
        taken = access.reveal(other, [location], Location.FIELDS, purpose="x", now=world.now)
        assert set(taken[location.pk].values()) == {access.CLOSED, None}
    [key] = DataKey.objects.filter(subject=house.pk, compartment="location")
    holders = Grant.objects.filter(data_key=key, holder__isnull=False)
    assert [one.holder.team for one in holders] == [house.pk]
    assert Grant.objects.filter(data_key=key, recovery__isnull=False).count() == 1


def test_signing_in_makes_no_key_of_an_address(world):
    shelter = a_house(world)
    Assignment.objects.create(
        member=world.arun.member, role="location_keeper", node=shelter.node,
        starts_at=world.now, conferred_by=world.nok.id,
    )  # fmt: skip
    people.found_missing(world.again(world.arun), now=world.now)
    assert not Holder.objects.filter(compartment="location").exists()


def test_an_address_is_written_down_once_by_who_keeps_the_house(world, house):
    with refused("RY-SHELTER-LOCATED"):
        located(world, house, by=world.founder)
    other = a_house(world, name="House of the Well")
    with refused("RY-ACCESS-DENIED"):
        located(world, other, by=world.arun)
    with refused("RY-SHELTER-NO-ADDRESS", "address"):
        located(world, other, address="  ")
    assert not Holder.objects.filter(team=other.pk).exists()


def test_what_is_left_empty_stays(world, house):
    location = Location.objects.select_related("shelter__node").get()
    how = {"actor": world.again(world.nok), "now": world.now}
    actions.edit_location(location, expected=1, address="", telephone="053 000 000", **how)
    assert read(world, house, world.nok) == ADDRESS
    with refused("RY-EDIT-CONFLICT"):
        actions.edit_location(location, expected=1, telephone="x", **how)
    with refused("RY-ACCESS-DENIED"):
        actions.edit_location(location, expected=2, actor=world.founder, now=world.now)


# --- opened by two


def test_two_people_open_it_until_a_day(world, house):
    given = opened(world, house, world.arun)
    assert given.ends_at == datetime(2026, 3, 9, 17, 0, tzinfo=UTC)  # midnight in Bangkok
    assert read(world, house, world.arun) == ADDRESS
    assert Notice.objects.filter(recipient=world.arun.id, kind="place.opened").count() == 1
    said = Entry.objects.filter(verb="shelter.open_location", subjects__subject=house.pk)
    assert said.get().actor == world.nok.id


def test_the_data_protection_officer_agrees_where_nobody_else_holds_it(world, house):
    approval = asked(world, house, world.arun)
    with refused("RY-ACCESS-APPROVER-KEYS"):
        agreed(world, approval, by=world.founder)
    with refused("RY-ACCESS-SELF"):
        agreed(world, approval, by=world.nok)
    assert agreed(world, approval, by=world.pim).given_by == world.pim.member


def test_another_holder_agrees(world, house):
    opened(world, house, world.founder, until=None)
    approval = agreed(world, asked(world, house, world.arun), by=world.founder)
    assert actions.open_to(approval, actor=world.nok, now=world.now)


def test_the_one_it_is_for_does_not_agree(world, house):
    opened(world, house, world.founder)
    longer = asked(world, house, world.founder, until=date(2026, 3, 20))
    with refused("RY-ACCESS-SELF"):
        agreed(world, longer, by=world.founder)


def test_nobody_opens_it_alone(world, house):
    approval = asked(world, house, world.arun)
    with refused("RY-ACCESS-APPROVAL-NEEDED"):
        actions.open_to(approval, actor=world.nok, now=world.now)
    assert not Assignment.objects.filter(member=world.arun.id, role="location_keeper").exists()


def test_an_approval_is_good_once_and_for_a_day(world, house):
    approval = agreed(world, asked(world, house, world.arun))
    late = world.now + timedelta(hours=25)
    with refused("RY-ACCESS-APPROVAL-OVER"):
        actions.open_to(approval, actor=world.nok, now=late)
    actions.open_to(approval, actor=world.nok, now=world.now)
    with refused("RY-ACCESS-APPROVAL-OVER"):
        actions.open_to(approval, actor=world.nok, now=world.now)


def test_an_approval_opens_to_nobody_else_and_no_longer(world, house):
    approval = agreed(world, asked(world, house, world.arun))
    for digest in (f"{world.mali.id} 2026-03-09", f"{world.arun.id} 2026-03-30", world.arun.id):
        approval.digest = digest
        with refused("RY-SHELTER-NEEDS-END" if digest == world.arun.id else "RY-ABSENT"):
            actions.open_to(approval, actor=world.nok, now=world.now)


def test_who_does_not_hold_it_cannot_ask(world, house):
    with refused("RY-ACCESS-DENIED"):
        asked(world, house, world.arun, by=world.founder)
    role = Assignment.objects.create(
        member=world.mali.member, role="location_keeper", node=house.node,
        starts_at=world.now, conferred_by=world.nok.id,
    )  # fmt: skip
    with refused("RY-KEYS-CLOSED"):  # a row in a table is no key
        asked(world, house, world.arun, by=world.mali)
    with refused("RY-KEYS-CLOSED"):
        read(world, house, world.again(world.mali))
    assert role


def test_the_time_is_short_but_for_who_keeps_the_house(world, house):
    for until in (date(2026, 4, 2), date(2026, 3, 1)):
        with refused("RY-SHELTER-TOO-LONG", "until"):
            asked(world, house, world.arun, until=until)
    with refused("RY-SHELTER-NEEDS-END", "until"):
        asked(world, house, world.arun, until=None)
    mai = a_manager(world)
    assert opened(world, house, mai, until=None).ends_at is None
    with refused("RY-SHELTER-KNOWS", "member"):
        asked(world, house, world.mai)
    with refused("RY-ACCESS-SELF"):
        asked(world, house, world.nok)


def test_somebody_away_or_excluded_is_not_asked_for(world, house):
    world.exclude(world.prasit, house.node)
    with refused("RY-ACCESS-EXCLUDED", "member"):
        asked(world, house, world.prasit)
    dismissed(world, world.arun)
    world.arun.member.refresh_from_db()
    with refused("RY-BAD-INPUT", "member"):
        asked(world, house, world.arun)


# --- closed again


def test_after_the_last_day_it_is_closed_and_the_keys_are_gone(world, house):
    opened(world, house, world.arun)
    over = datetime(2026, 3, 9, 17, 0, tzinfo=UTC)
    assert read(world, house, world.arun, now=over - timedelta(seconds=1)) == ADDRESS
    with refused("RY-ACCESS-DENIED"):
        read(world, house, world.arun, now=over)
    mine = {"member": world.arun.ring.holder_id}
    assert Admission.objects.filter(compartment=location_key(house), **mine).count() == 1
    holding.withdraw_lapsed(now=over)
    assert not Admission.objects.filter(compartment=location_key(house), **mine).exists()
    team = Admission.objects.filter(compartment__team=world.team.pk, **mine)
    assert team.exists()  # only what is over is taken back
    assert read(world, house, world.again(world.nok), now=over) == ADDRESS


def test_it_is_taken_back_at_once(world, house):
    opened(world, house, world.arun)
    actions.close_to(house, world.arun.member, actor=world.founder, now=world.now)
    with refused("RY-ACCESS-DENIED"):
        read(world, house, world.again(world.arun))
    assert location_key(house).admissions.count() == 1
    with refused("RY-ABSENT"):
        actions.close_to(house, world.arun.member, actor=world.founder, now=world.now)


def test_who_does_not_keep_the_house_takes_nothing_back(world, house):
    opened(world, house, world.mali)
    with refused("RY-ACCESS-DENIED"):
        actions.close_to(house, world.mali.member, actor=world.arun, now=world.now)


def test_one_who_holds_it_without_an_end_stays(world, house):
    opened(world, house, world.arun)
    with refused("RY-SHELTER-LAST-KEEPER"):
        actions.close_to(house, world.nok.member, actor=world.founder, now=world.now)
    opened(world, house, world.founder, until=None)
    actions.close_to(house, world.nok.member, actor=world.founder, now=world.now)
    assert read(world, house, world.founder) == ADDRESS


def test_a_wall_wins_over_the_key(world, house):
    opened(world, house, world.arun)
    world.exclude(world.arun, house.node, by=world.again(world.nok))
    with refused("RY-ABSENT"):
        read(world, house, world.arun)
    location = Location.objects.get()
    taken = access.reveal(world.arun, [location], ["address"], purpose="x", now=world.now)
    assert taken[location.pk]["address"] is access.CLOSED
    assert read(world, house, world.nok) == ADDRESS
    opened(world, house, world.founder)  # behind the wall each has a grant of their own
    assert read(world, house, world.founder) == ADDRESS


def test_who_leaves_opens_nothing_more(world, house):
    opened(world, house, world.arun)
    dismissed(world, world.arun)
    assert location_key(house).admissions.count() == 1
    assert [one.member.name for one in queries.keepers(house, now=world.now)] == ["Nok"]


# --- no page of roles gives it


def test_nobody_gives_the_role_by_a_page_of_roles(world, house):
    how = {"purpose": "", "actor": world.nok, "now": world.now}
    with refused("RY-ACCESS-MAY-NOT-CONFER"):
        walls.share(world.arun.member, "location_keeper", house.node, **how)
    with refused("RY-ACCESS-MAY-NOT-CONFER"):
        people.assign(world.arun.member, "location_keeper", house.node, **how)
    with refused("RY-ACCESS-MAY-NOT-CONFER"):
        people.assign(
            world.arun.member, "location_keeper", world.team.node, purpose="",
            actor=world.lek, now=world.now,
        )  # fmt: skip
    with refused("RY-ACCESS-MAY-NOT-CONFER"):
        people.invite(
            email="x@example.org", name="X", role="location_keeper", node=world.team.node,
            actor=world.lek, now=world.now,
        )  # fmt: skip
    given = opened(world, house, world.arun)
    with refused("RY-ACCESS-MAY-NOT-CONFER"):
        people.end_assignment(given, actor=world.nok, now=world.now)
    assert "location_keeper" not in conferrable()
    assert roles()["location_keeper"].by_two


def test_no_role_may_be_written_to_give_it_alone():
    text = """
roles:
  one: {en: One, th: หนึ่ง, compartments: [], does: [a.b], may_confer: [two]}
  two: {en: Two, th: สอง, compartments: [], does: [a.b], by_two: true}
"""
    with pytest.raises(ValueError, match="alone"):
        read_roles(text)


def test_a_keeper_on_a_team_would_want_nothing(world):
    """Were the role ever given on a team, it would open no address there."""
    Assignment.objects.create(
        member=world.arun.member, role="location_keeper", node=world.team.node,
        starts_at=world.now, conferred_by=world.nok.id,
    )  # fmt: skip
    wanted = holding.wanted_compartments(world.arun.member, now=world.now)
    assert "location" not in {compartment for _place, compartment in wanted}


def test_a_new_pair_of_keys_gets_the_address_again(world, house):
    """Who lost the passphrase and was admitted anew still knows it: two people wanted that."""
    opened(world, house, world.arun)
    Admission.objects.filter(
        member=world.arun.ring.holder_id, compartment=location_key(house)
    ).delete()
    assert people.wrap_missing(world.arun.member, actor=world.founder, now=world.now) == [
        "location"
    ]
    assert people.wrap_missing(world.arun.member, actor=world.again(world.nok), now=world.now) == []
    assert location_key(house).admissions.count() == 2
