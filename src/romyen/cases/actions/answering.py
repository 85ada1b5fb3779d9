"""What becomes of an offer: accepted, declined, taken back, or too old."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from romyen import access
from romyen.cases.actions.ground import log, require_work
from romyen.cases.actions.handing import move
from romyen.cases.actions.transferring import require_receiver, take_on
from romyen.cases.book import listed
from romyen.cases.models import Case, Offer
from romyen.notices.actions import notify
from romyen.rules.refusals import refuse


def accept(offers: Iterable[Offer], *, actor: access.Actor, now: datetime) -> list[Case]:
    """Take over the cases that were offered to the actor: all of these, or none.

    A case of the team is hers at once; a file of another team once it was handed on.
    RY-CASE-OFFER-OVER where one was withdrawn, has lapsed, or was answered already.
    """
    with transaction.atomic():
        mine = _answerable(offers, actor, now)
        told = _whom([offer for offer in mine if not offer.team_id], actor)
        for offer in mine:
            if offer.team_id:
                take_on(offer, actor=actor, now=now)
                continue
            _end(offer, Offer.ACCEPTED, now)
            move(offer.case, offer.to, offer.reason, actor, now)
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
        mine = _answerable(offers, actor, now)
        for offer in mine:
            offer.declined_because = because
            access.seal(offer, actor=actor, now=now, words=words.strip())
            _end(offer, Offer.DECLINED, now)
            offer.save(update_fields=["declined_because", "words"])
            log(actor, "case.decline", offer.case, now=now, offer=offer.pk, because=because)
        _tell(Counter(offer.by for offer in mine), "case.declined", now)
    return mine


def withdraw(offer: Offer, *, actor: access.Actor, now: datetime) -> Offer:
    """Take an offer back before it was answered, or a file before it was handed on."""
    with transaction.atomic():
        access.require(actor, "case.hand_over", offer.case.node, now=now)
        _end(offer, Offer.WITHDRAWN, now)
        log(actor, "case.withdraw_offer", offer.case, now=now, offer=offer.pk)
    return offer


def lapse(*, now: datetime) -> int:
    """End what nobody answered, or handed on, in time and tell who offered it; how many.

    A chore beside the server, in any number of processes.
    """
    over = list(Offer.objects.filter(ended_at=None, ends_at__lte=now))
    with transaction.atomic():
        ended = [offer for offer in over if offer.end(Offer.LAPSED, now)]
        _tell(Counter(offer.by for offer in ended), "case.lapsed", now)
    return len(ended)


def _answerable(offers: Iterable[Offer], actor: access.Actor, now: datetime) -> list[Offer]:
    """These, each the actor's to answer, once, in time, while she may work on the case."""
    mine = list(offers)
    if not mine:
        raise refuse("RY-CASE-NOTHING-CHOSEN", field="offers")
    for offer in mine:
        if offer.to_id != actor.id:
            raise refuse("RY-ABSENT")
        if offer.team_id:
            require_receiver(offer, now)
        else:
            require_work(actor, offer.case, now=now)
        if not offer.waits(now):
            raise refuse("RY-CASE-OFFER-OVER")
    return mine


def _whom(offers: list[Offer], actor: access.Actor) -> Counter[str]:
    """Who hears that a case was taken: who offered it, and whose it was."""
    pairs = {(one, offer.pk) for offer in offers for one in (offer.by, offer.case.manager_id)}
    return Counter(one for one, _pk in pairs if one != actor.id)


def _end(offer: Offer, how: str, now: datetime) -> None:
    if not offer.end(how, now):
        raise refuse("RY-CASE-OFFER-OVER")


def _tell(whom: Counter[str], kind: str, now: datetime) -> None:
    for one, count in sorted(whom.items()):
        notify([one], kind, count=count, now=now)
