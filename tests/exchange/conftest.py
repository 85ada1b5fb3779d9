"""Files are brought in by the operator into Nok's team, unless a story says otherwise."""

import pytest


@pytest.fixture
def bring(world):
    """Bring a file in: ``bring(table(...))``."""
    from romyen.access import operator
    from romyen.exchange.actions import bring_in
    from romyen.exchange.htcds import read

    def run(content, *, by=None, team=None, **how):
        return bring_in(
            read(content, "file"),
            team=(team or world.team).node,
            actor=by or operator(),
            now=world.now,
            **how,
        )

    return run
