"""What happens in the stories of operations: fictional, and nobody comes to harm."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from romyen.leads import actions as leads
from romyen.operations import actions
from romyen.operations.actions.people import Met
from romyen.operations.actions.planning import Plan
from romyen.operations.models import Operation
from romyen.operations.whereabouts import Whereabouts
from romyen.partners import actions as partner_actions
from romyen.partners.models import Partner
from romyen.rules.refusals import Refusal
from romyen.survivors import actions as survivors
from romyen.survivors.particulars import Particulars

TODAY = date(2026, 3, 2)
DAY = date(2026, 3, 5)
PLACE = "The blue house behind the ice factory"
OFFICER = "Police Lieutenant Colonel Somchai"
AIM = "Two interpreters, six beds."
NAME = "มาลี ใจดี"


@contextmanager
def refused(code, field=None):
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.code == code
    assert field in (None, caught.value.field)


def a_station(world):
    found = Partner.objects.filter(kind="LawEnforcement").first()
    return found or partner_actions.record(
        name="Fictional Police Station", kind="LawEnforcement", province="27",
        actor=world.nok, now=world.now,
    )  # fmt: skip


def a_lead(world, by=None):
    return leads.take_down(
        team=world.team, account="A call from inside.", source="public", imminence="ongoing",
        actor=by or world.nok, now=world.now,
    )  # fmt: skip


def a_survivor(world, name=NAME):
    """Somebody of that name who is on record already."""
    return survivors.register(
        Particulars(full_name=name, gender="Feminine"), team=world.team.node, lead=None,
        actor=world.nok, now=world.now,
    )  # fmt: skip


def there(world, **facts):
    given = {"on": DAY, "province": "27", "unit": a_station(world), "place": PLACE}
    return Whereabouts(**{**given, **facts})


def the_plan(world, **facts):
    given = {
        "kind": "joint",
        "whereabouts": there(world),
        "officer": OFFICER,
        "order_no": "12/2569",
        "aim": AIM,
        "roles": ["interpreting", "victim_support"],
    }
    return Plan(**{**given, **facts})


def planned(world, by=None, lead=None, **facts):
    return actions.plan(
        the_plan(world, **facts), team=world.team, lead=lead, actor=by or world.nok, now=world.now
    )


def later(world, days):
    """The same hour, so many days after the stories begin."""
    return world.now + timedelta(days=days)


def carried_out(world, operation=None, by=None, days=4, **facts):
    """Four days on: the day after the planned one."""
    operation = operation or planned(world)
    return actions.carry_out(
        operation, there(world, **facts), outcome="Six people were found.",
        expected=operation.version, actor=by or world.nok, now=later(world, days),
    )  # fmt: skip


def met(world, operation, people=None, by=None, days=4):
    people = people or [
        Met(name=NAME, sex="female", age="9--17", nationality="LA", outcome="possible"),
        Met(sex="male", age="24--26", nationality="KH", group="group_2"),
    ]
    return actions.meet(operation, people, actor=by or world.nok, now=later(world, days))


def as_stored(operation):
    return Operation.objects.select_related("node__team").get(pk=operation.pk)
