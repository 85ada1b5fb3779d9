"""Handing cases over within the team: offered, or at once where nobody has to be asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from romyen import access
from romyen.access.models import Member
from romyen.cases.actions.course import overtake, tell, turn
from romyen.cases.actions.ground import log, require_work, today
from romyen.cases.book import listed
from romyen.cases.models import Case, Offer, Task, Turn
from romyen.notices.actions import notify
from romyen.rules.refusals import refuse

OFFER_DAYS = 7
"""So long an offer waits. Then it lapses, and whoever made it is told."""


@dataclass
class Handed:
    """What became of cases that were handed over: moved at once, or offered."""

    moved: list[Case] = field(default_factory=list)
    offered: list[Offer] = field(default_factory=list)


def hand_over(
    cases: Iterable[Case], *, to: Member, reason: str, actor: access.Actor, now: datetime
) -> Handed:
    """Give cases to another manager, all or none. The colleague has to accept each.

    At once go cases that the actor takes over, and those of a manager who cannot work on them
    any more: nobody is left to keep them meanwhile. A new offer takes the place of one that
    waits. Cases that are the receiver's already stay as they are.
    """
    with transaction.atomic():
        listed("hand_over_reasons").item(reason, field="reason")
        chosen = [case for case in cases if case.manager_id != to.pk]
        if not chosen:
            raise refuse("RY-CASE-NOTHING-CHOSEN", field="cases")
        handed = Handed()
        for case in chosen:
            _hand_over(case, to, reason, handed, actor, now)
        if handed.offered:
            notify([to.pk], "case.offered", count=len(handed.offered), now=now)
    return handed


def _hand_over(
    case: Case, to: Member, reason: str, handed: Handed, actor: access.Actor, now: datetime
) -> None:
    require_work(actor, case, now=now, verb="case.hand_over")
    able = access.who_can("case.work", case.node, now=now)
    if to not in able:
        raise refuse("RY-CASE-MEMBER", field="to")
    overtake(case, now=now)
    orphan = case.manager_id not in {member.pk for member in able}
    if orphan or to.pk == actor.id:
        move(case, to, reason, actor, now)
        tell(case, actor, now)
        handed.moved.append(case)
    else:
        handed.offered.append(_offer(case, to, reason, actor, now))


def _offer(case: Case, to: Member, reason: str, actor: access.Actor, now: datetime) -> Offer:
    offer = Offer.objects.create(
        case=case,
        to=to,
        reason=reason,
        at=now,
        by=actor.id,
        ends_at=now + timedelta(days=OFFER_DAYS),
    )
    log(actor, "case.offer", case, now=now, offer=offer.pk, to=to.pk, reason=reason)
    return offer


def move(case: Case, to: Member, reason: str, actor: access.Actor, now: datetime) -> None:
    """The case has another manager; open tasks of the former one go along."""
    former = case.manager_id
    case.manager = to
    Case.objects.filter(pk=case.pk).update(manager=to, version=F("version") + 1)
    Task.objects.filter(case=case, assigned=former, done_at=None, dropped_at=None).update(
        assigned=to
    )
    turn(case, Turn.HANDED_OVER, on=today(now), actor=actor, now=now, reason=reason, former=former)
    log(actor, "case.hand_over", case, now=now, former=former, manager=to.pk, reason=reason)
