"""Handing cases over: offered, accepted or declined; at once where nobody has to be asked."""

from collections import Counter
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
        _move(case, to, reason, actor, now)
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


def _move(case: Case, to: Member, reason: str, actor: access.Actor, now: datetime) -> None:
    """The case has another manager; open tasks of the former one go along."""
    former = case.manager_id
    case.manager = to
    Case.objects.filter(pk=case.pk).update(manager=to, version=F("version") + 1)
    Task.objects.filter(case=case, assigned=former, done_at=None, dropped_at=None).update(
        assigned=to
    )
    turn(case, Turn.HANDED_OVER, on=today(now), actor=actor, now=now, reason=reason, former=former)
    log(actor, "case.hand_over", case, now=now, former=former, manager=to.pk, reason=reason)


def accept(offers: Iterable[Offer], *, actor: access.Actor, now: datetime) -> list[Case]:
    """Take over the cases that were offered to the actor: all of these, or none.

    RY-CASE-OFFER-OVER where one was withdrawn, has lapsed, or was answered already.
    """
    with transaction.atomic():
        mine = _answerable(offers)
        told = _whom(mine, actor)
        for offer in mine:
            _end(offer, Offer.ACCEPTED, actor, now)
            _move(offer.case, offer.to, offer.reason, actor, now)
        _tell(told, "case.taken", now)
    return [offer.case for offer in mine]


def decline(
    offers: Iterable[Offer],
    *,
    because: str,
    words: str = "",
    actor: access.Actor,
    now: datetime,
) -> list[Offer]:
    """Say no to cases that were offered to the actor, and why; whoever offered them is told."""
    with transaction.atomic():
        listed("decline_reasons").item(because, field="because")
        mine = _answerable(offers)
        for offer in mine:
            offer.declined_because = because
            access.seal(offer, actor=actor, now=now, words=words.strip())
            _end(offer, Offer.DECLINED, actor, now)
            log(actor, "case.decline", offer.case, now=now, offer=offer.pk, because=because)
        _tell(Counter(offer.by for offer in mine), "case.declined", now)
    return mine


def withdraw(offer: Offer, *, actor: access.Actor, now: datetime) -> Offer:
    """Take an offer back before it was answered."""
    with transaction.atomic():
        access.require(actor, "case.hand_over", offer.case.node, now=now)
        _close(offer, Offer.WITHDRAWN, now)
        log(actor, "case.withdraw_offer", offer.case, now=now, offer=offer.pk)
    return offer


def lapse(*, now: datetime) -> int:
    """End the offers that nobody answered in time and tell who made them; how many.

    A chore beside the server, in any number of processes.
    """
    over = list(Offer.objects.filter(ended_at=None, ends_at__lte=now))
    with transaction.atomic():
        ended = [offer for offer in over if _ended(offer, Offer.LAPSED, now)]
        _tell(Counter(offer.by for offer in ended), "case.lapsed", now)
    return len(ended)


def _answerable(offers: Iterable[Offer]) -> list[Offer]:
    mine = list(offers)
    if not mine:
        raise refuse("RY-CASE-NOTHING-CHOSEN", field="offers")
    return mine


def _whom(offers: list[Offer], actor: access.Actor) -> Counter[str]:
    """Who hears that a case was taken: who offered it, and whose it was."""
    pairs = {(one, offer.pk) for offer in offers for one in (offer.by, offer.case.manager_id)}
    return Counter(one for one, _pk in pairs if one != actor.id)


def _end(offer: Offer, how: str, actor: access.Actor, now: datetime) -> None:
    """The receiver answers, once, in time, while she may work on the case."""
    if offer.to_id != actor.id:
        raise refuse("RY-ABSENT")
    require_work(actor, offer.case, now=now)
    if not offer.waits(now):
        raise refuse("RY-CASE-OFFER-OVER")
    _close(offer, how, now)
    offer.save(update_fields=["declined_because", "words"])


def _close(offer: Offer, how: str, now: datetime) -> None:
    if not _ended(offer, how, now):
        raise refuse("RY-CASE-OFFER-OVER")


def _ended(offer: Offer, how: str, now: datetime) -> bool:
    """Compare-and-swap: of any number of answers one counts."""
    waiting = Offer.objects.filter(pk=offer.pk, ended_at=None)
    offer.ended, offer.ended_at = how, now
    return bool(waiting.update(ended=how, ended_at=now))


def _tell(whom: Counter[str], kind: str, now: datetime) -> None:
    for one, count in sorted(whom.items()):
        notify([one], kind, count=count, now=now)
