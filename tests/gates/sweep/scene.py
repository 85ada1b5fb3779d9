"""The stage of the sweep: a world with one of everything in two teams, and everyone in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.test import override_settings
from django.utils import timezone
from tests.gates.canaries import Canaries
from tests.gates.sweep.cast import Player, full_world, players
from tests.gates.sweep.story import Story

from romyen.access import Node
from romyen.access.models import Member

HERE, THERE = "mine", "other"
"""The two sides: Nok's own team, and the other one."""


@dataclass
class Scene:
    """The world, its objects by side and kind, who is there, and the words that were sealed."""

    world: Any
    things: dict[str, dict[str, Any]]
    players: dict[str, Player]
    canaries: Canaries

    def typed(self, side: str, kind: str) -> Any:
        """How an object stands in an address or a form: its id, or itself where it has none."""
        thing = self.things[side][kind]
        return thing.pk if hasattr(thing, "pk") else thing


def node_of(thing: Any) -> Node:
    """A row's own node, or the one its ``node_path`` leads to; a member's first team."""
    if isinstance(thing, Member):
        return thing.assignments.order_by("starts_at", "pk").select_related("node")[0].node
    found = thing
    for step in getattr(thing, "node_path", "node").split("__"):
        found = getattr(found, step)
    if not isinstance(found, Node):
        raise TypeError(f"{thing!r} leads to no node")
    return found


@contextmanager
def _an_hour_later(world: Any) -> Iterator[None]:
    """The pages read the clock an hour after the story: what was asked for still waits."""
    mails = {"default": {"BACKEND": "romyen.notices.mail.QueueBackend"}}
    later = world.now + timedelta(hours=1)
    with patch.object(timezone, "now", lambda: later), override_settings(MAILERS=mails):
        yield


@contextmanager
def told() -> Iterator[Scene]:
    """The world, told through the verbs; the pages come an hour later."""
    with full_world() as world:
        canaries = Canaries()
        mine = Story(world, canaries, world.team, world.nok, world.somsri).tell()
        other = Story(world, canaries, world.other_team, world.founder, world.somsri).tell()
        with _an_hour_later(world):
            yield Scene(world, {HERE: mine, THERE: other}, players(world), canaries)
