"""What the stories of survivors begin with."""

from datetime import date

import pytest


@pytest.fixture
def malee(world):
    """Malee, fifteen, registered by Nok."""
    from tests.survivors.cast import MALEE

    from romyen.survivors import actions

    return actions.register(MALEE, team=world.team.node, actor=world.nok, now=world.now)


@pytest.fixture
def agreed(world, malee):
    """Malee agreed to being interviewed by this organisation."""
    from romyen.survivors import actions

    return actions.give_consent(
        malee,
        purpose="interview",
        giver="herself",
        way="signed",
        given_on=date(2026, 3, 1),
        actor=world.nok,
        now=world.now,
    )
