"""The course of a case: opened, closed, reopened. Handing over stands in ``handing``."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from romyen import access
from romyen.access.models import Member
from romyen.cases.actions.ground import log, require_able, require_past, require_work, today, worded
from romyen.cases.book import listed
from romyen.cases.models import Case, Deadline, Offer, Turn
from romyen.cases.versions import take_version
from romyen.leads.actions import became_case
from romyen.notices.actions import notify
from romyen.rules.codes import new_code
from romyen.rules.refusals import refuse

if TYPE_CHECKING:
    from romyen.leads.models import Lead
    from romyen.survivors.models import Survivor


def open_case(
    survivor: "Survivor",
    *,
    manager: Member,
    lead: "Lead | None" = None,
    opened_on: date | None = None,
    actor: access.Actor,
    now: datetime,
) -> Case:
    """Open a survivor's case; the lead that it came from is closed as "became a case".

    ``opened_on`` is today unless the case began earlier on paper. Refuses a second open case
    that the actor can see with ``RY-CASE-ALREADY-OPEN``; one that is hidden from the actor is
    not given away.
    """
    with transaction.atomic():
        access.require(actor, "case.open", survivor.node, now=now)
        if survivor.over:
            raise refuse("RY-CASE-VOID")
        day = opened_on or today(now)
        require_past(day, field="opened_on", now=now)
        require_able(manager, survivor.node, field="manager", now=now)
        _require_no_other(survivor, actor, now)
        node = access.found_node("case", survivor.node, now=now, code=new_code("case"))
        case = Case.objects.create(
            node=node, survivor=survivor, manager=manager, lead=lead, opened_on=day, opened_at=now
        )
        turn(case, Turn.OPENED, on=day, actor=actor, now=now)
        if lead is not None:
            became_case(lead, actor=actor, now=now)
        tell(case, actor, now)
        log(actor, "case.open", case, now=now, survivor=survivor.pk, manager=manager.pk)
    return case


def _require_no_other(survivor: "Survivor", actor: access.Actor, now: datetime) -> None:
    """Refuse a second open case that the actor can see. One of two at the same time waits here."""
    type(survivor).objects.select_for_update(of=("self",)).get(pk=survivor.pk)
    hers = Case.objects.filter(survivor=survivor, status="open")
    if access.visible_to(actor, "case.read", hers, now=now).exists():
        raise refuse("RY-CASE-ALREADY-OPEN")


def turn(
    case: Case,
    kind: str,
    *,
    on: date,
    actor: access.Actor,
    now: datetime,
    reason: str = "",
    words: str = "",
    former: str = "",
) -> Turn:
    """Write a turn of the case's course down, in the verb's own transaction."""
    one = Turn(
        case=case,
        kind=kind,
        on=on,
        at=now,
        by=actor.id,
        reason=reason,
        former=former,
        manager=case.manager_id,
    )
    access.seal(one, actor=actor, now=now, words=words.strip())
    one.save(force_insert=True)
    return one


def tell(case: Case, actor: access.Actor, now: datetime) -> None:
    """Tell the manager, unless it was the manager who did it."""
    if case.manager_id != actor.id:
        notify([case.manager_id], "case.assigned", subject=case.pk, now=now)


def close_case(
    case: Case,
    *,
    outcome: str,
    closed_on: date,
    words: str = "",
    confirmed: Collection[str] = (),
    expected: int,
    actor: access.Actor,
    now: datetime,
) -> Case:
    """Close a case with its outcome. ``confirmed`` are the open deadlines that the closer saw.

    Refuses with ``RY-CASE-CLOSED-BEFORE-OPENED``, ``RY-CASE-FUTURE``, ``RY-LIST-UNKNOWN``, or
    ``RY-CASE-OPEN-DEADLINES`` while a running deadline was not confirmed. They stay as they
    are, and run again should the case be reopened.
    """
    with transaction.atomic():
        require_work(actor, case, now=now, verb="case.close")
        listed("outcomes").item(outcome, field="outcome")
        require_past(closed_on, field="closed_on", now=now)
        if closed_on < case.opened_on:
            raise refuse("RY-CASE-CLOSED-BEFORE-OPENED", field="closed_on")
        _require_confirmed(case, confirmed)
        take_version(case, expected)
        access.seal(case, actor=actor, now=now, closing=words.strip())
        case.status, case.closed_on, case.outcome = "closed", closed_on, outcome
        case.save(update_fields=["status", "closed_on", "outcome", "closing"])
        overtake(case, now=now)
        turn(case, Turn.CLOSED, on=closed_on, actor=actor, now=now, reason=outcome, words=words)
        log(actor, "case.close", case, now=now, outcome=outcome)
    return case


def overtake(case: Case, *, now: datetime) -> None:
    """An offer that still waits is empty: the case was closed, or has another manager now."""
    waiting = Offer.objects.filter(case=case, ended_at=None)
    waiting.update(ended=Offer.OVERTAKEN, ended_at=now)


def _require_confirmed(case: Case, confirmed: Collection[str]) -> None:
    running = Deadline.objects.filter(case=case, settled_at=None).values_list("pk", flat=True)
    missing = set(running) - set(confirmed)
    if missing:
        raise refuse("RY-CASE-OPEN-DEADLINES", field="confirmed", count=len(missing))


def reopen(
    case: Case,
    *,
    reason: str,
    words: str,
    expected: int,
    actor: access.Actor,
    now: datetime,
) -> Case:
    """Open a closed case again, saying why. Its closure stays in its course.

    Refuses as ``open_case`` does while another case of hers is open.
    """
    with transaction.atomic():
        access.require(actor, "case.reopen", case.node, now=now)
        listed("reopening_reasons").item(reason, field="reason")
        words = worded(words, field="words")
        if not Case.objects.filter(pk=case.pk, status="closed").exists():
            raise refuse("RY-CASE-NOT-CLOSED")
        if case.survivor.void:
            raise refuse("RY-CASE-VOID")
        _require_no_other(case.survivor, actor, now)
        take_version(case, expected)
        case.status, case.closed_on, case.outcome, case.closing = "open", None, "", None
        case.save(update_fields=["status", "closed_on", "outcome", "closing"])
        turn(case, Turn.REOPENED, on=today(now), actor=actor, now=now, reason=reason, words=words)
        tell(case, actor, now)
        log(actor, "case.reopen", case, now=now, reason=reason)
    return case


def record_wish(
    case: Case, *, wish: str, expected: int, actor: access.Actor, now: datetime
) -> Case:
    """Write down whether she wishes to take part in proceedings. Nothing else depends on it."""
    with transaction.atomic():
        require_work(actor, case, now=now)
        listed("proceedings_wishes").item(wish, field="wish")
        take_version(case, expected)
        case.wish = wish
        case.save(update_fields=["wish"])
        log(actor, "case.wish", case, now=now, wish=wish)
    return case
