"""What happens in the stories of prevention: a lesson at a fictional school."""

from contextlib import contextmanager
from datetime import date

import pytest

from romyen.prevention import actions
from romyen.prevention.models import Session
from romyen.rules.refusals import Refusal

LINES = """GECKO7; bacba; bacba
heron 2; aabca; bacba

TAMARIND; b.c-a; bacba
๙ดาว; ccccc; aaaaa
x1\tbbbbb\tbacba
"""


@contextmanager
def refused(code, field=None):
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.code == code
    assert field is None or caught.value.field == field


def a_session(world, by=None, team=None, **facts):
    given = {"on": date(2026, 2, 10), "kind": "school", "topics": ["whom_to_call", "safe_touch"]}
    return actions.record(
        team=team or world.team, **{**given, **facts}, actor=by or world.nok, now=world.now
    )


def as_stored(session):
    return Session.objects.select_related("node", "partner").get(pk=session.pk)
