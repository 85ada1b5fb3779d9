"""Cases that another system kept: many at once, each checked as a single one would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from romyen import access
from romyen.access.models import Member, Node
from romyen.cases.actions.ground import require_past, today
from romyen.cases.book import listed
from romyen.cases.models import Case, Turn
from romyen.cases.models.file import CLOSED, OPEN
from romyen.rules.codes import new_code
from romyen.rules.refusals import refuse
from romyen.survivors.models import Survivor

VERBS = ("case.open", "case.close")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What another system kept of one case. No ``opened_on``: the day of taking it over.

    A closed case has an ``outcome``, the day of closing as far as it is known, and why.
    """

    manager: Member
    opened_on: date | None = None
    closed: bool = False
    closed_on: date | None = None
    outcome: str = ""
    closing: str = ""


def check_kept(kept: Kept, *, now: datetime) -> Kept:
    """The same, or the refusal that opening or closing a single case would give.

    Whether the manager can work on it is the caller's to see, once for all of them.
    """
    opened, closed = days_of(kept, now=now)
    require_past(opened, field="opened_on", now=now)
    if closed is not None:
        listed("outcomes").item(kept.outcome, field="outcome")
        require_past(closed, field="closed_on", now=now)
        if closed < opened:
            raise refuse("RY-CASE-CLOSED-BEFORE-OPENED", field="closed_on")
    return kept


def days_of(kept: Kept, *, now: datetime) -> tuple[date, date | None]:
    """The days of opening and closing."""
    opened = kept.opened_on or today(now)
    return opened, (kept.closed_on or max(opened, today(now))) if kept.closed else None


def take_over(
    cases: Sequence[tuple[Survivor, Kept]], *, team: Node, actor: access.Actor, now: datetime
) -> list[Case]:
    """Open (and close) a case for each survivor of the team, new in this transaction.

    Every one was through :func:`check_kept`. The caller writes the entry of each, and tells the
    managers once instead of once a case.
    """
    with transaction.atomic():
        for verb in VERBS:
            access.require(actor, verb, team, now=now)
        nodes = Node.objects.bulk_create(
            access.planned_node("case", survivor.node, now=now, code=new_code("case"))
            for survivor, _ in cases
        )
        worded = [
            node for node, (_, kept) in zip(nodes, cases, strict=True) if kept.closing.strip()
        ]
        access.found_keys(worded, ("narrative",), actor=actor, now=now)
        made = [
            _case(survivor, kept, node, actor, now)
            for (survivor, kept), node in zip(cases, nodes, strict=True)
        ]
        Case.objects.bulk_create(made)
        Turn.objects.bulk_create(turn for case in made for turn in _turns(case, actor, now))
    return made


def _case(survivor: Survivor, kept: Kept, node: Node, actor: access.Actor, now: datetime) -> Case:
    opened, closed = days_of(kept, now=now)
    case = Case(
        node=node,
        survivor=survivor,
        manager=kept.manager,
        opened_on=opened,
        opened_at=now,
        status=CLOSED if kept.closed else OPEN,
        closed_on=closed,
        outcome=kept.outcome if kept.closed else "",
    )
    access.seal(case, actor=actor, now=now, closing=kept.closing.strip())
    return case


def _turns(case: Case, actor: access.Actor, now: datetime) -> list[Turn]:
    said = {"case": case, "at": now, "by": actor.id, "manager": case.manager_id}
    turns = [Turn(kind=Turn.OPENED, on=case.opened_on, **said)]
    if case.closed_on is not None:
        turns.append(Turn(kind=Turn.CLOSED, on=case.closed_on, reason=case.outcome, **said))
    return turns
