"""Founding nodes: the tree that everything protected hangs on."""

from datetime import datetime

from romyen.access.models import Node
from romyen.rules.ids import new_id

ORGANISATION, TEAM, SHELTER = "organisation", "team", "shelter"
ORGANISATION_ID = "organisation"
"""The id of the one organisation's node: an installation serves one organisation."""


def found_node(kind: str, parent: Node | None, *, now: datetime, code: str = "") -> Node:
    """A new node below ``parent`` (saved). Its team is the nearest team on the way up."""
    node = planned_node(kind, parent, now=now, code=code)
    node.save(force_insert=True)
    return node


def planned_node(kind: str, parent: Node | None, *, now: datetime, code: str = "") -> Node:
    """As :func:`found_node`, not saved yet: for whoever founds many at once."""
    own_id = ORGANISATION_ID if kind == ORGANISATION else new_id()
    node = Node(id=own_id, kind=kind, parent=parent, code=code, created_at=now)
    if parent is not None:
        node.team_id = parent.id if parent.kind == TEAM else parent.team_id
    return node
