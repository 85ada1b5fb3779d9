"""The rule table of access, asked three ways: may she, what may she see, who can?

Plain facts in, plain answers out. ``access`` loads the facts and turns :func:`reach` and
``Facts.barred`` into database conditions, so that one table serves every answer (design §4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Role:
    """Two sets of verbs, what it does and which roles it may confer, and what it opens.

    A ``trustee`` may be the second person of an approval without holding keys (design §4). A role
    ``by_two`` is given by no page of roles: only by a verb that two people wanted.
    """

    code: str
    does: frozenset[str]
    may_confer: frozenset[str] = frozenset()
    compartments: tuple[str, ...] = ()
    trustee: bool = False
    name_en: str = ""
    name_th: str = ""
    by_two: bool = False


@dataclass(frozen=True)
class Assigned:
    """A role on a node, for a purpose, from ``starts`` until ``ends`` (None: open-ended)."""

    node: str
    role: str
    starts: datetime
    ends: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether the assignment is in force at ``now``; its last moment is before ``ends``."""
        return self.starts <= now and (self.ends is None or now < self.ends)


@dataclass(frozen=True)
class Facts:
    """What is known of one actor: active or not, assignments, and the nodes closed to them.

    ``teams`` says which of the nodes assigned are teams. No answer depends on it; it only helps
    to look through one team after the other.
    """

    active: bool = True
    assignments: tuple[Assigned, ...] = ()
    barred: frozenset[str] = field(default_factory=frozenset)
    teams: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Decision:
    """Yes or no, with the reason as a code and the assignment it rests on."""

    allowed: bool
    reason: str
    role: str = ""
    node: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def assignments_for(
    facts: Facts, roles: Mapping[str, Role], verb: str, now: datetime
) -> list[Assigned]:
    """The assignments in force whose role does ``verb``."""
    if not facts.active:
        return []
    able = {code for code, role in roles.items() if verb in role.does}
    return [a for a in facts.assignments if a.role in able and a.holds(now)]


def reach(facts: Facts, roles: Mapping[str, Role], verb: str, now: datetime) -> frozenset[str]:
    """The nodes at and below which the actor does ``verb``, exclusions not yet taken away."""
    return frozenset(a.node for a in assignments_for(facts, roles, verb, now))


def decide(
    facts: Facts, roles: Mapping[str, Role], verb: str, ancestry: Sequence[str], now: datetime
) -> Decision:
    """Whether the actor may do ``verb`` on the node whose ``ancestry`` (itself first) is given.

    An exclusion anywhere on the way up wins over every role.
    """
    if not facts.active:
        return Decision(False, "not-active")
    for node in ancestry:
        if node in facts.barred:
            return Decision(False, "excluded", node=node)
    able = {a.node: a for a in assignments_for(facts, roles, verb, now)}
    for node in ancestry:
        if node in able:
            return Decision(True, "role", role=able[node].role, node=node)
    return Decision(False, "no-role")


def may_confer(
    facts: Facts, roles: Mapping[str, Role], role: str, ancestry: Sequence[str], now: datetime
) -> bool:
    """Whether the actor may give ``role`` on the node: nobody confers beyond their own table."""
    if not facts.active or facts.barred.intersection(ancestry):
        return False
    return any(
        a.holds(now) and a.node in ancestry and a.role in roles and role in roles[a.role].may_confer
        for a in facts.assignments
    )
