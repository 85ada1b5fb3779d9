"""Those who act: a signed-in reader, and the few that are not people."""

from dataclasses import dataclass, field
from functools import cached_property

from romyen.access.models import Assignment, Exclusion, Member
from romyen.access.nodes import TEAM
from romyen.keys.rings import Ring
from romyen.keys.sealing import Sealer
from romyen.rules.policy import Assigned, Facts


@dataclass
class Actor:
    """Anyone who acts. ``id`` is what the log calls them: opaque, never a name.

    One Actor lives as long as one request or one command: facts and data keys that it
    remembers die with it.
    """

    id: str
    role: str = ""

    @cached_property
    def facts(self) -> Facts:
        """What the rule table knows of this actor; a system actor has its role everywhere."""
        return Facts(active=bool(self.role))

    @cached_property
    def sealer(self) -> Sealer:
        """What this actor puts in with."""
        return Sealer(self.id)

    @property
    def everywhere(self) -> bool:
        """Whether the role holds on every node (system actors)."""
        return bool(self.role)


@dataclass
class Reader(Actor):
    """A signed-in member with open keys. Sealed values open only to a Reader."""

    member: Member = field(kw_only=True)
    ring: Ring = field(kw_only=True)

    @cached_property
    def facts(self) -> Facts:
        """The member's assignments and exclusions. Two queries, once.

        A pair that nobody has admitted opens nothing and reads nothing, whoever's it is.
        """
        if self.waits:
            return Facts(active=False)
        return facts_of(self.member)

    @property
    def waits(self) -> bool:
        """Whether these keys are not the member's own: a new pair that waits to be admitted."""
        return self.ring.holder_id != self.member.holder_id

    @cached_property
    def sealer(self) -> Sealer:
        """Puts in, reusing the data keys that the ring opens."""
        return Sealer(self.id, self.ring)


@dataclass
class Away(Actor):
    """A member who is not here: what they may see is known, and nothing opens. For chores."""

    member: Member = field(kw_only=True)

    @cached_property
    def facts(self) -> Facts:
        """The member's assignments and exclusions, as they stand."""
        return facts_of(self.member)


def facts_of(member: Member) -> Facts:
    """What the rule table has to know of a member."""
    held = list(Assignment.objects.filter(member=member).select_related("node"))
    return Facts(
        active=member.is_active and member.has_usable_keys(),
        assignments=tuple(Assigned(a.node_id, a.role, a.starts_at, a.ends_at) for a in held),
        teams=frozenset(a.node_id for a in held if a.node.kind == TEAM),
        barred=frozenset(
            Exclusion.objects.filter(member=member, lifted_at=None).values_list(
                "node_id", flat=True
            )
        ),
    )


def operator() -> Actor:
    """Whoever has the shell of the server: imports and sets up, opens nothing."""
    return Actor("operator", role="operator")


def stranger() -> Actor:
    """Nobody known: a failed sign-in, a public page."""
    return Actor("stranger")
