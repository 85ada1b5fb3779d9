"""A survivor's whole file to another team: offered, accepted, keys passed on, handed on.

Nobody there opens anything before the last step, and no key goes along that nobody passed on:
the counsellor's are the counsellor's to give (decision 0042).
"""

from datetime import datetime, timedelta

from django.db import transaction

from romyen import access
from romyen.access import moving
from romyen.access.models import Member, Node
from romyen.access.nodes import TEAM
from romyen.cases.actions.course import overtake, tell, turn
from romyen.cases.actions.ground import log, require_work, today
from romyen.cases.book import listed
from romyen.cases.models import Case, Deadline, Offer, Task, Turn
from romyen.notices.actions import notify
from romyen.rules.refusals import refuse
from romyen.survivors.actions import move_to

DAYS = 7
"""So long an offer waits, and so long, once accepted, the keys have to be passed on."""
VERB = "case.hand_over"


def receivers(case: Case, *, now: datetime) -> list[tuple[Node, Member]]:
    """Who may be offered a survivor's file: the members who do casework in another team.

    Without those from whom any of it is hidden.
    """
    walls = moving.walled_from(case.survivor.node)
    teams = Node.objects.filter(kind=TEAM).exclude(pk=case.node.team_id).order_by("code", "pk")
    return [
        (team, member)
        for team in teams
        for member in access.who_can("case.work", team, now=now)
        if member.pk not in walls
    ]


def offer_transfer(
    case: Case,
    *,
    team: Node,
    to: Member,
    reason: str,
    wish: str,
    actor: access.Actor,
    now: datetime,
) -> Offer:
    """Offer a survivor's file to a colleague of another team. ``wish``: what she says to it.

    Takes the place of whatever was offered of the case before. RY-CASE-MEMBER for somebody who
    does no casework there, or from whom it is hidden.
    """
    with transaction.atomic():
        _require(actor, case, now)
        listed("hand_over_reasons").item(reason, field="reason")
        listed("transfer_wishes").item(wish, field="wish")
        if (team, to) not in receivers(case, now=now):
            raise refuse("RY-CASE-MEMBER", field="to")
        overtake(case, now=now)
        offer = Offer.objects.create(
            case=case, team=team, to=to, reason=reason, wish=wish, at=now, by=actor.id,
            ends_at=now + timedelta(days=DAYS),
        )  # fmt: skip
        notify([to.pk], "case.offered", count=1, now=now)
        details = {"offer": offer.pk, "team": team.pk, "to": to.pk, "reason": reason}
        log(actor, "case.offer", case, now=now, **details)
    return offer


def _require(actor: access.Actor, case: Case, now: datetime) -> None:
    """The whole file goes, so the giver may give it as a whole."""
    require_work(actor, case, now=now, verb=VERB)
    access.require(actor, VERB, case.survivor.node, now=now)


def take_on(offer: Offer, *, actor: access.Actor, now: datetime) -> None:
    """The yes to a file. It opens nothing yet; whoever holds its keys is asked to pass them on."""
    until = now + timedelta(days=DAYS)
    waiting = Offer.objects.filter(pk=offer.pk, ended_at=None, accepted_at=None)
    if not waiting.update(accepted_at=now, ends_at=until):
        raise refuse("RY-CASE-OFFER-OVER")
    offer.accepted_at, offer.ends_at = now, until
    log(actor, "case.accept_transfer", offer.case, now=now, offer=offer.pk)
    asked = {offer.by, offer.case.manager_id}
    for part in moving.parts(offer.case.survivor.node, _team(offer), now=now):
        asked |= {member.pk for member in part.by}
    notify(asked - {actor.id}, "case.pass_on", subject=offer.case_id, now=now)


def require_receiver(offer: Offer, now: datetime) -> None:
    """Refuse unless the file could be hers: hidden, gone and never there answer alike."""
    if (offer.team, offer.to) not in receivers(offer.case, now=now):
        raise refuse("RY-ABSENT")
    if not offer.case.is_open:
        raise refuse("RY-CASE-OFFER-OVER")


def pass_keys_on(offer: Offer, *, actor: access.Reader, now: datetime) -> int:
    """Wrap what the actor holds of an accepted file for the team that takes it over."""
    with transaction.atomic():
        access.require(actor, "case.work", offer.case.node, now=now)
        _require_accepted(offer, now)
        return moving.pass_on(offer.case.survivor.node, _team(offer), actor=actor, now=now)


def hand_on(offer: Offer, *, leave: bool = False, actor: access.Reader, now: datetime) -> Case:
    """The last step: the file is the other team's, and this one holds it no more.

    Passes the actor's own keys on first. ``leave`` says that what nobody has passed on yet may
    stay closed; without it that is RY-CASE-KEYS-LEFT. All her cases go along.
    """
    case, team = offer.case, _team(offer)
    with transaction.atomic():
        _require(actor, case, now)
        _require_accepted(offer, now)
        if (team, offer.to) not in receivers(case, now=now):
            raise refuse("RY-CASE-MEMBER")
        moving.pass_on(case.survivor.node, team, actor=actor, now=now)
        left = [p for p in moving.parts(case.survivor.node, team, now=now) if not p.passed]
        if left and not leave:
            raise refuse("RY-CASE-KEYS-LEFT", count=len(left))
        if not offer.end(Offer.ACCEPTED, now):
            raise refuse("RY-CASE-OFFER-OVER")
        for one in Case.objects.filter(survivor=case.survivor, status="open"):
            _give(one, offer, team, actor, now)
        move_to(case.survivor, team, actor=actor, now=now)
        hers = Case.objects.filter(survivor=case.survivor)
        hers.update(team=team)
        for part in (Deadline, Task):
            part._default_manager.filter(case__in=hers).update(team=team)
        tell(Case.objects.get(pk=case.pk), actor, now)
    return case


def _give(one: Case, offer: Offer, team: Node, actor: access.Actor, now: datetime) -> None:
    """A case has its manager in the other team; open tasks of this one go to that manager."""
    overtake(one, now=now)
    former, one.manager = one.manager_id, offer.to
    one.version += 1
    one.save(update_fields=["manager", "version"])
    there = access.who_can("case.work", team, now=now)
    open_tasks = Task.objects.filter(case=one, done_at=None, dropped_at=None)
    open_tasks.exclude(assigned=None).exclude(assigned__in=there).update(assigned=offer.to)
    said = {"reason": offer.reason, "former": former}
    turn(one, Turn.TRANSFERRED, on=today(now), actor=actor, now=now, **said)
    details = {"former": former, "manager": offer.to_id, "team": team.pk}
    log(actor, "case.transfer", one, now=now, **details)


def _require_accepted(offer: Offer, now: datetime) -> None:
    if not offer.goes_on(now):
        raise refuse("RY-CASE-OFFER-OVER")
    if offer.accepted_at is None:
        raise refuse("RY-CASE-NOT-ACCEPTED")


def _team(offer: Offer) -> Node:
    """The other team; an offer within the team has none to pass anything on to."""
    if offer.team is None:
        raise refuse("RY-ABSENT")
    return offer.team
