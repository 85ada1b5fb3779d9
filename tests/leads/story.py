"""What happens in the stories of leads: mild, fictional."""

from contextlib import contextmanager
from datetime import date

import pytest

from romyen.leads import actions
from romyen.leads.models import Lead
from romyen.partners import actions as partner_actions
from romyen.rules.refusals import Refusal

ACCOUNT = "A neighbour heard that the girls upstairs may not leave the house."
REASON = "Two neighbours said the same."


@contextmanager
def refused(code):
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.code == code


def a_lead(world, by=None, **facts):
    given = {"account": ACCOUNT, "source": "public", "imminence": "ongoing"}
    return actions.take_down(
        team=world.team, **{**given, **facts}, actor=by or world.nok, now=world.now
    )


def a_station(world):
    return partner_actions.record(
        name="Fictional Police Station", kind="LawEnforcement", province="50",
        actor=world.nok, now=world.now,
    )  # fmt: skip


def passed(world, lead, unit, by=None, **facts):
    given = {
        "officer": "Captain at the desk",
        "receipt_no": "12/2569",
        "passed_on": date(2026, 3, 2),
    }
    return actions.pass_to_police(
        lead, unit=unit, **{**given, **facts}, actor=by or world.nok, now=world.now
    )


def as_stored(lead):
    return Lead.objects.select_related("node").get(pk=lead.pk)
