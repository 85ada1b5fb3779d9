"""What became of a plan: carried out, called off, blown. And the day after, its day and place."""

from datetime import date, datetime

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.notices.actions import notify
from romyen.operations.actions.holding import check_version, held, known, log, store
from romyen.operations.models import Leak, Operation
from romyen.operations.whereabouts import Whereabouts, said_in
from romyen.operations.words import BLOWN, CALLED_OFF, CARRIED_OUT, PLANNED, by_police, words
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day


def carry_out(
    operation: Operation,
    there: Whereabouts,
    *,
    outcome: str = "",
    expected: int,
    actor: Actor,
    now: datetime,
) -> Operation:
    """Record that it took place. On the same day day and place stay sealed; later they open.

    ``outcome`` is told in words (sealed). Refuses with ``RY-OPERATION-FUTURE`` for a day to come,
    ``RY-OPERATION-EARLY`` for one before the planned day, ``RY-OPERATION-ENDED`` the second time.
    """
    with transaction.atomic():
        fresh = held(operation, "operation.record", actor, now)
        if fresh.state != PLANNED:
            raise refuse("RY-OPERATION-ENDED")
        check_version(fresh, expected)
        day = _checked(fresh, there, actor, now)
        fresh.state, fresh.carried_out_at, fresh.carried_out_by = CARRIED_OUT, now, actor.id
        sealed = {"outcome": outcome.strip(), "happened": there.text()}
        access.seal(fresh, actor=actor, now=now, **sealed)
        if day < local_day(now):
            fresh.carried_on, fresh.province, fresh.unit = day, there.province, there.unit
        store(fresh)
        log(fresh, "operation.carry_out", actor, now)
    return fresh


def _checked(fresh: Operation, there: Whereabouts, actor: Actor, now: datetime) -> date:
    """The day on which it took place; refuses one that cannot be."""
    if there.on is None:
        raise refuse("RY-DAY-INCOMPLETE", field="on")
    if there.on > local_day(now):
        raise refuse("RY-OPERATION-FUTURE", field="on")
    planned = said_in(known(fresh, "whereabouts", actor)).get("on")
    if planned and there.on < date.fromisoformat(planned):
        raise refuse("RY-OPERATION-EARLY", field="on")
    there.check()
    if there.unit is None and by_police(fresh.kind):
        raise refuse("RY-OPERATION-NO-UNIT", field="unit")
    return there.on


def open_day(operation: Operation, *, actor: Actor, now: datetime) -> Operation:
    """Open day, province and unit of what took place, the day after at the earliest.

    The exact place stays sealed. Refuses with ``RY-OPERATION-SAME-DAY`` before that,
    ``RY-KEYS-CLOSED`` for whoever holds no key to them. The second time nothing is left to do.
    """
    with transaction.atomic():
        fresh = held(operation, "operation.record", actor, now)
        if not fresh.took_place or fresh.carried_on:
            return fresh
        said = said_in(known(fresh, "happened", actor))
        if not said:
            raise refuse("RY-KEYS-CLOSED")
        day = date.fromisoformat(said["on"])
        if local_day(now) <= day:
            raise refuse("RY-OPERATION-SAME-DAY")
        fresh.carried_on, fresh.province = day, said["province"]
        fresh.unit_id = said["unit"] or None
        store(fresh)
        log(fresh, "operation.open_day", actor, now)
    return fresh


def call_off(
    operation: Operation, *, off_code: str, reason: str, expected: int, actor: Actor, now: datetime
) -> Operation:
    """Call a plan off, with a code and a reason in words (sealed)."""
    with transaction.atomic():
        fresh = held(operation, "operation.plan", actor, now)
        if fresh.state != PLANNED:
            raise refuse("RY-OPERATION-ENDED")
        check_version(fresh, expected)
        words("calling_off").item(off_code, field="off_code")
        if not reason.strip():
            raise refuse("RY-OPERATION-REASON", field="reason")
        access.seal(fresh, actor=actor, now=now, off_reason=reason.strip())
        fresh.off_code, fresh.state = off_code, CALLED_OFF
        fresh.ended_at, fresh.ended_by = now, actor.id
        store(fresh)
        log(fresh, "operation.call_off", actor, now, reason=off_code)
    return fresh


def blow(
    operation: Operation,
    *,
    suspected: str,
    noticed_on: date,
    how: str,
    actor: Actor,
    now: datetime,
) -> Leak:
    """Record that others knew: when it was noticed, how it is thought to have got out (sealed).

    Before or after it took place, and again when more is found. Everyone who plans there finds
    a notice at once. Refuses with ``RY-OPERATION-ENDED`` after it was called off.
    """
    with transaction.atomic():
        fresh = held(operation, "operation.record", actor, now)
        if fresh.state == CALLED_OFF:
            raise refuse("RY-OPERATION-ENDED")
        words("leaks").item(suspected, field="suspected")
        if noticed_on > local_day(now):
            raise refuse("RY-OPERATION-FUTURE", field="noticed_on")
        leak = Leak(
            operation=fresh, noticed_on=noticed_on, suspected=suspected, at=now, by=actor.id
        )
        access.seal(leak, actor=actor, now=now, words=how.strip())
        leak.save(force_insert=True)
        if fresh.state != BLOWN:
            fresh.state, fresh.ended_at, fresh.ended_by = BLOWN, now, actor.id
            store(fresh)
        _warn(fresh, actor, now)
        log(fresh, "operation.blown", actor, now, suspected=suspected, leak=leak.pk)
    return leak


def _warn(operation: Operation, actor: Actor, now: datetime) -> None:
    told = {one.pk for one in access.who_can("operation.plan", operation.node, now=now)}
    notify(told - {actor.id}, "operation.blown", subject=operation.pk, now=now)
