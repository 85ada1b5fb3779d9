"""Planning an operation, and changing the plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from romyen import access
from romyen.access import Actor, Team
from romyen.leads.models import Lead
from romyen.operations.actions.holding import check_version, held, known, log, store
from romyen.operations.models import Operation
from romyen.operations.whereabouts import Whereabouts, said_in
from romyen.operations.words import PLANNED, by_police, words
from romyen.rules.codes import new_code
from romyen.rules.refusals import refuse


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is planned. Of the parts that are sealed, None leaves as it is and empty clears."""

    kind: str
    roles: Iterable[str] = ()
    contributions: Iterable[str] = ()
    counting: str = "none"
    whereabouts: Whereabouts | None = None
    officer: str | None = None
    order_no: str | None = None
    aim: str | None = None

    def check(self) -> None:
        """Refuse what is in no list, and a unit that is no police unit, beside the field."""
        words("kinds").item(self.kind, field="kind")
        words("counting").item(self.counting, field="counting")
        if self.whereabouts is not None:
            self.whereabouts.check()

    def open_parts(self) -> dict[str, object]:
        """The columns that are open."""
        return {
            "kind": self.kind,
            "counting": self.counting,
            "roles": listed(self.roles, "roles"),
            "contributions": listed(self.contributions, "contributions"),
        }

    def sealed(self) -> dict[str, str]:
        """The sealed columns that were said, by name."""
        there = self.whereabouts.text() if self.whereabouts else None
        said = {
            "whereabouts": there,
            "officer": self.officer,
            "order_no": self.order_no,
            "aim": self.aim,
        }
        return {name: text.strip() for name, text in said.items() if text is not None}


def listed(codes: Iterable[str], name: str) -> list[str]:
    """The codes without repetition, in the order of their list."""
    asked = set(codes)
    if not asked <= set(words(name).items):
        raise refuse("RY-LIST-UNKNOWN", field=name)
    return [code for code in words(name).items if code in asked]


def plan(
    facts: Plan, *, team: Team, lead: Lead | None = None, actor: Actor, now: datetime
) -> Operation:
    """Write a plan down for a team. Day, place, unit and officer are sealed until the day after.

    Refuses with ``RY-OPERATION-NO-UNIT`` where the kind stands under the authority of a police
    unit and none is named.
    """
    with transaction.atomic():
        access.require(actor, "operation.plan", team.node, now=now)
        facts.check()
        _check_unit(facts, None, actor)
        node = access.found_node("operation", team.node, code=new_code("operation"), now=now)
        made = Operation(
            node=node, lead=lead, planned_at=now, planned_by=actor.id, **facts.open_parts()
        )
        access.seal(made, actor=actor, now=now, **facts.sealed())
        made.save(force_insert=True)
        log(made, "operation.plan", actor, now, **({"lead": lead.pk} if lead else {}))
    return made


def edit(
    operation: Operation, facts: Plan, *, expected: int, actor: Actor, now: datetime
) -> Operation:
    """Change a plan. ``expected`` is the version that the writer saw (``RY-EDIT-CONFLICT``).

    Refuses with ``RY-OPERATION-ENDED`` once it was carried out, called off or blown.
    """
    with transaction.atomic():
        fresh = held(operation, "operation.plan", actor, now)
        check_version(fresh, expected)
        if fresh.state != PLANNED:
            raise refuse("RY-OPERATION-ENDED")
        facts.check()
        _check_unit(facts, fresh, actor)
        for name, value in facts.open_parts().items():
            setattr(fresh, name, value)
        access.seal(fresh, actor=actor, now=now, **facts.sealed())
        store(fresh)
        log(fresh, "operation.edit", actor, now, version=fresh.version)
    return fresh


def _check_unit(facts: Plan, before: Operation | None, actor: Actor) -> None:
    """A kind that needs a police unit has one, in what is said now or what stands already."""
    if not by_police(facts.kind):
        return
    named = bool(facts.whereabouts and facts.whereabouts.unit)
    if facts.whereabouts is None and before is not None:
        named = bool(said_in(known(before, "whereabouts", actor)).get("unit"))
    if not named:
        raise refuse("RY-OPERATION-NO-UNIT", field="unit")
