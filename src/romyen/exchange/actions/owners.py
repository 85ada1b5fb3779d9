"""Who manages the cases that come in."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from romyen import access
from romyen.access import Actor, Member, Node
from romyen.access.models import Assignment
from romyen.rules.refusals import refuse

MANAGER = "case_manager"


@dataclass(frozen=True)
class Owners:
    """The members who can work on cases of a team, by name and address; and who else gets one."""

    by_name: dict[str, Member]
    default: Member | None

    def of(self, text: str) -> Member:
        """The member whom a case owner's name or address means, else the default.

        Refuses with ``RY-HTCDS-NO-MANAGER`` where nobody can.
        """
        found = self.by_name.get(_folded(text)) or self.default
        if found is None:
            raise refuse("RY-HTCDS-NO-MANAGER")
        return found

    def knows(self, text: str) -> bool:
        """Whether a text means one of them."""
        return _folded(text) in self.by_name


def owners_of(team: Node, *, actor: Actor, now: datetime) -> Owners:
    """The team's people. By default a case goes to whoever brings it in, else to the first case
    manager by name. A name that two people have means neither.
    """
    able = access.who_can("case.work", team, now=now)
    times = Counter(_folded(member.name) for member in able)
    by_name = {_folded(member.email): member for member in able}
    by_name |= {_folded(m.name): m for m in able if times[_folded(m.name)] == 1}
    managing = set(
        Assignment.objects.filter(role=MANAGER, member__in=able).values_list("member", flat=True)
    )
    order = sorted(able, key=lambda m: (m.pk != actor.id, m.pk not in managing, m.name, m.pk))
    return Owners(by_name, order[0] if order else None)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
