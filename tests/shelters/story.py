"""What happens in the stories of shelters: mild, fictional."""

from contextlib import contextmanager
from datetime import date

import pytest
from tests.cases.story import a_case

from romyen.access import approvals, people
from romyen.access.installation import reader_of
from romyen.rules.refusals import Refusal
from romyen.shelters import actions
from romyen.shelters.models import Shelter, Stay
from world import PASSPHRASE

ADDRESS = "99/9 Soi Nowhere, behind the blue gate"
TODAY = date(2026, 3, 2)


@contextmanager
def refused(code, field=None):
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.code == code
    assert field is None or caught.value.field == field


def a_house(world, by=None, team=None, **facts):
    given = {"name": "House of the Lamp", "kind": "ours", "province": "50", "capacity": 4, **facts}
    team = team or world.team
    return actions.found_shelter(team.node, **given, actor=by or world.nok, now=world.now)


def beds_of(world, shelter, *labels, by=None):
    return actions.add_beds(shelter, labels, actor=by or world.nok, now=world.now)


def located(world, shelter, by=None, **where):
    """The address written down; Nok holds it from now on."""
    by = by or world.nok
    made = actions.found_location(shelter, **{"address": ADDRESS, **where}, actor=by, now=world.now)
    world.again(by)
    return made


def placed(world, shelter, case=None, by=None, **facts):
    given = {"arrived_on": TODAY, **facts}
    case = case or a_case(world)
    return actions.place(case, shelter, **given, actor=by or world.nok, now=world.now)


def asked(world, shelter, who, until=date(2026, 3, 9), by=None):
    by = world.again(by or world.nok)
    how = {"purpose": "brings a new resident", "until": until}
    return actions.ask_to_open(shelter, who.member, **how, actor=by, now=world.now)


def agreed(world, approval, by=None):
    """Pim, whom the team trusts, says yes."""
    return approvals.give(approval, actor=world.again(by or world.pim), now=world.now)


def opened(world, shelter, who, **how):
    """Two people open the address to somebody."""
    approval = agreed(world, asked(world, shelter, who, **how))
    given = actions.open_to(approval, actor=world.nok, now=world.now)
    who.member.refresh_from_db()
    name = next(name for name, reader in world.readers.items() if reader.id == who.id)
    world.readers[name] = reader_of(who.member, PASSPHRASE)
    return given


def a_manager(world):
    """Mai keeps the houses of the team."""
    return world.join("mai", "shelter_manager", world.team, by=world.founder)


def dismissed(world, who):
    people.deactivate(who.member, actor=world.lek, now=world.now)


def as_stored(row):
    if isinstance(row, Stay):
        return Stay.objects.select_related("case__node", "shelter__node", "bed").get(pk=row.pk)
    return Shelter.objects.select_related("node").get(pk=row.pk)
