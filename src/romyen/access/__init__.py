"""Access: who may do what, on what, why, and until when.

Verbs and queries of the floors above import from here; names load on first use, so that the
package can be named before Django's models are ready.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from romyen.access.actors import Actor, Reader, operator, stranger
    from romyen.access.decisions import (
        can,
        decide,
        first_visible,
        one,
        require,
        unbarred,
        visible_to,
        who_can,
    )
    from romyen.access.doors import clock, once, open, public  # noqa: A004
    from romyen.access.models import Member, Node, Team, protected_node
    from romyen.access.naming import names_of
    from romyen.access.nodes import found_node, planned_node
    from romyen.access.sealing import (
        CLOSED,
        Closed,
        Column,
        Opened,
        compare,
        found_keys,
        reveal,
        reveal_all,
        seal,
    )
    from romyen.access.teamfield import protected_team

_HOMES = {
    "actors": ("Actor", "Reader", "operator", "stranger"),
    "decisions": (
        "can",
        "decide",
        "first_visible",
        "one",
        "require",
        "unbarred",
        "visible_to",
        "who_can",
    ),
    "doors": ("clock", "once", "open", "public"),
    "models": ("Member", "Node", "Team", "protected_node"),
    "naming": ("names_of",),
    "nodes": ("found_node", "planned_node"),
    "sealing": (
        "CLOSED",
        "Closed",
        "Column",
        "Opened",
        "compare",
        "found_keys",
        "reveal",
        "reveal_all",
        "seal",
    ),
    "teamfield": ("protected_team",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "CLOSED",
    "Actor",
    "Closed",
    "Column",
    "Member",
    "Node",
    "Opened",
    "Reader",
    "Team",
    "can",
    "clock",
    "compare",
    "decide",
    "first_visible",
    "found_keys",
    "found_node",
    "names_of",
    "once",
    "one",
    "open",
    "operator",
    "planned_node",
    "protected_node",
    "protected_team",
    "public",
    "require",
    "reveal",
    "reveal_all",
    "seal",
    "stranger",
    "unbarred",
    "visible_to",
    "who_can",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"romyen.access.{_HOME[name]}"), name)
