"""A survivor's whole file to another team: offered, accepted, keys passed on, handed on.

Nobody there opens anything before the last step, and no key goes along that nobody passed on:
the counsellor's are the counsellor's to give (decision 0042).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from romyen import access
from romyen.access import moving
from romyen.access.models import Member, Node
from romyen.access.nodes import TEAM
from romyen.cases.actions.course import overtake, tell, turn
from romyen.cases.actions.ground import log, require_work, today
from romyen.cases.book import listed
from romyen.cases.models import Case, Deadline, Task, Transfer, Turn
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
) -> Transfer:
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
        transfer = Transfer.objects.create(
            case=case, team=team, to=to, reason=reason, wish=wish, at=now, by=actor.id,
            ends_at=now + timedelta(days=DAYS),
        )  # fmt: skip
        notify([to.pk], "case.offered", count=1, now=now)
        log(actor, "case.offer_transfer", case, now=now, team=team.pk, to=to.pk, reason=reason)
    return transfer


def _require(actor: access.Actor, case: Case, now: datetime) -> None:
    """The whole file goes, so the giver may give it as a whole."""
    require_work(actor, case, now=now, verb=VERB)
    access.require(actor, VERB, case.survivor.node, now=now)


def accept_transfer(transfer: Transfer, *, actor: access.Actor, now: datetime) -> Transfer:
    """Say yes to a file. It opens nothing yet; whoever holds its keys is asked to pass them on."""
    with transaction.atomic():
        _answer(transfer, actor, now)
        changed = {"accepted_at": now, "ends_at": now + timedelta(days=DAYS)}
        if not _open(transfer).filter(accepted_at=None).update(**changed):
            raise refuse("RY-CASE-OFFER-OVER")
        transfer.accepted_at, transfer.ends_at = now, changed["ends_at"]
        log(actor, "case.accept_transfer", transfer.case, now=now, transfer=transfer.pk)
        asked = {transfer.by, transfer.case.manager_id}
        for part in moving.parts(transfer.case.survivor.node, transfer.team, now=now):
            asked |= {member.pk for member in part.by}
        notify(asked - {actor.id}, "case.pass_on", subject=transfer.case_id, now=now)
    return transfer


def decline_transfer(
    transfer: Transfer, *, because: str, actor: access.Actor, now: datetime
) -> Transfer:
    """Say no to a file, and why; whoever offered it is told."""
    with transaction.atomic():
        listed("decline_reasons").item(because, field="because")
        _answer(transfer, actor, now)
        _end(transfer, Transfer.DECLINED, now)
        transfer.declined_because = because
        transfer.save(update_fields=["declined_because"])
        details = {"transfer": transfer.pk, "because": because}
        log(actor, "case.decline", transfer.case, now=now, **details)
        notify([transfer.by], "case.declined", count=1, now=now)
    return transfer


def withdraw_transfer(transfer: Transfer, *, actor: access.Actor, now: datetime) -> Transfer:
    """Take the offer of a file back, accepted or not, before it was handed on."""
    with transaction.atomic():
        access.require(actor, VERB, transfer.case.node, now=now)
        _end(transfer, Transfer.WITHDRAWN, now)
        log(actor, "case.withdraw_offer", transfer.case, now=now, offer=transfer.pk)
    return transfer


def pass_keys_on(transfer: Transfer, *, actor: access.Reader, now: datetime) -> int:
    """Wrap what the actor holds of an accepted file for the team that takes it over."""
    with transaction.atomic():
        access.require(actor, "case.work", transfer.case.node, now=now)
        _require_accepted(transfer, now)
        return moving.pass_on(transfer.case.survivor.node, transfer.team, actor=actor, now=now)


def hand_on(
    transfer: Transfer, *, leave: bool = False, actor: access.Reader, now: datetime
) -> Case:
    """The last step: the file is the other team's, and this one holds it no more.

    Passes the actor's own keys on first. ``leave`` says that what nobody has passed on yet may
    stay closed; without it that is RY-CASE-KEYS-LEFT. All her cases go along.
    """
    case, team = transfer.case, transfer.team
    with transaction.atomic():
        _require(actor, case, now)
        _require_accepted(transfer, now)
        if (team, transfer.to) not in receivers(case, now=now):
            raise refuse("RY-CASE-MEMBER")
        moving.pass_on(case.survivor.node, team, actor=actor, now=now)
        left = [p for p in moving.parts(case.survivor.node, team, now=now) if not p.passed]
        if left and not leave:
            raise refuse("RY-CASE-KEYS-LEFT", count=len(left))
        _end(transfer, Transfer.DONE, now)
        for one in Case.objects.filter(survivor=case.survivor, status="open"):
            _give(one, transfer, actor, now)
        move_to(case.survivor, team, actor=actor, now=now)
        hers = Case.objects.filter(survivor=case.survivor)
        hers.update(team=team)
        for part in (Deadline, Task):
            part._default_manager.filter(case__in=hers).update(team=team)
        tell(Case.objects.get(pk=case.pk), actor, now)
    return case


def _give(one: Case, transfer: Transfer, actor: access.Actor, now: datetime) -> None:
    """A case has its manager in the other team; open tasks of this one go to that manager."""
    overtake(one, now=now)
    former, one.manager = one.manager_id, transfer.to
    one.version += 1
    one.save(update_fields=["manager", "version"])
    there = access.who_can("case.work", transfer.team, now=now)
    open_tasks = Task.objects.filter(case=one, done_at=None, dropped_at=None)
    open_tasks.exclude(assigned=None).exclude(assigned__in=there).update(assigned=transfer.to)
    said = {"reason": transfer.reason, "former": former}
    turn(one, Turn.TRANSFERRED, on=today(now), actor=actor, now=now, **said)
    details = {"former": former, "manager": transfer.to_id, "team": transfer.team_id}
    log(actor, "case.transfer", one, now=now, **details)


def lapse_transfers(*, now: datetime) -> int:
    """End what nobody answered, or nobody handed on, in time; how many (a chore)."""
    over = Transfer.objects.filter(ended_at=None, ends_at__lte=now).select_related("case__node")
    ended = 0
    for transfer in over:
        with transaction.atomic():
            if _open(transfer).update(ended=Transfer.LAPSED, ended_at=now):
                notify([transfer.by], "case.lapsed", count=1, now=now)
                ended += 1
    return ended


def _open(transfer: Transfer) -> QuerySet[Transfer]:
    """Compare-and-swap: of any number of steps at the same moment one counts."""
    return Transfer.objects.filter(pk=transfer.pk, ended_at=None)


def _answer(transfer: Transfer, actor: access.Actor, now: datetime) -> None:
    """The receiver answers, once, in time, while the file could be hers."""
    if transfer.to_id != actor.id:
        raise refuse("RY-ABSENT")
    if (transfer.team, transfer.to) not in receivers(transfer.case, now=now):
        raise refuse("RY-ABSENT")
    if not transfer.waits(now) or not transfer.case.is_open:
        raise refuse("RY-CASE-OFFER-OVER")


def _require_accepted(transfer: Transfer, now: datetime) -> None:
    if not transfer.goes_on(now):
        raise refuse("RY-CASE-OFFER-OVER")
    if transfer.accepted_at is None:
        raise refuse("RY-CASE-NOT-ACCEPTED")


def _end(transfer: Transfer, how: str, now: datetime) -> None:
    transfer.ended, transfer.ended_at = how, now
    if not _open(transfer).update(ended=how, ended_at=now):
        raise refuse("RY-CASE-OFFER-OVER")
