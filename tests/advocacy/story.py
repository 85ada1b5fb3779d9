"""What happens in the stories of advocacy: fictional words to a fictional authority."""

from contextlib import contextmanager
from datetime import date

import pytest

from romyen.advocacy import actions
from romyen.advocacy.models import Recommendation
from romyen.partners import actions as partners
from romyen.rules.refusals import Refusal

TEXT = "Let survivors keep their telephones (fictional)."


@contextmanager
def refused(code, field=None):
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code == code
    assert field is None or caught.value.field == field


def an_authority(world, name="Fictional ministry"):
    return partners.record(name=name, kind="NGO", province="10", actor=world.nok, now=world.now)


def a_recommendation(world, by=None, team=None, **facts):
    given = {"source": "us_tip", "theme": "movement", "text": TEXT, "on": date(2025, 7, 1)}
    return actions.record(
        team=team or world.team, **{**given, **facts}, actor=by or world.nok, now=world.now
    )


def turned(world, kept, by=None, **facts):
    given = {
        "status": "promised",
        "on": date(2026, 2, 1),
        "evidence": "Said in a public meeting.",
        "url": "",
        "review_on": None,
    }
    return actions.turn(kept, **{**given, **facts}, actor=by or world.nok, now=world.now)


def as_stored(kept):
    return Recommendation.objects.select_related("node", "owner").get(pk=kept.pk)
