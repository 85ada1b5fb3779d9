"""What happens in the stories of cases: mild, fictional."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from romyen import access
from romyen.cases import actions
from romyen.cases.models import Case
from romyen.partners import actions as partner_actions
from romyen.rules.codes import new_code
from romyen.rules.refusals import Refusal
from romyen.survivors.models import Consent, Survivor

NAME = "Dokmai Rakthai"
NOTE = "She likes the garden and asked for paper and colours."
ENTERED = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)
"""14:00 in Bangkok on 1 March, twenty hours before the world's now."""


@contextmanager
def refused(code, field=None):
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.code == code
    assert field is None or caught.value.field == field


def a_survivor(world, by=None, team=None, minor="no", **facts):
    """A registered survivor of the team; by her rows alone, so that this story stands by itself."""
    actor = by or world.nok
    node = access.found_node(
        "survivor", (team or world.team).node, now=world.now, code=new_code("survivor")
    )
    survivor = Survivor(
        node=node,
        minor=minor,
        gender="Feminine",
        name_known=True,
        registered_at=world.now,
        registered_by=actor.id,
        **facts,
    )
    access.seal(survivor, actor=actor, now=world.now, full_name=NAME)
    survivor.save(force_insert=True)
    return survivor


def a_case(world, by=None, manager=None, opened_on=None, **facts):
    actor = by or world.nok
    return actions.open_case(
        a_survivor(world, by=actor, **facts),
        manager=(manager or actor).member,
        opened_on=opened_on,
        actor=actor,
        now=world.now,
    )


def happened(world, case, code, at=ENTERED, by=None, **more):
    return actions.record_event(
        case, code=code, at=at, source="seen", actor=by or world.nok, now=world.now, **more
    )


def a_partner(world, kind="NGO", name="Fictional Clinic of the Hill"):
    return partner_actions.record(
        name=name, kind=kind, province="50", actor=world.nok, now=world.now
    )


def consented(world, case, partner, **facts):
    given = {"purpose": "referral", "giver": "herself", "way": "spoken", **facts}
    given.setdefault("given_on", date(2026, 2, 1))
    return Consent.objects.create(
        survivor=case.survivor, partner=partner, at=world.now, by=world.nok.id, **given
    )


def referred(world, case, partner, by=None, **facts):
    given = {"shown": ["name", "gender"], **facts}
    return actions.refer(case, partner=partner, **given, actor=by or world.nok, now=world.now)


def as_stored(case):
    return Case.objects.select_related("node", "survivor__node").get(pk=case.pk)
