"""Verbs: place somebody in a house, a leave, a move, the exit."""

from collections.abc import Collection
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.db.models import Q

from romyen import access
from romyen.access import Actor
from romyen.cases.actions.ground import require_work
from romyen.cases.models import Case
from romyen.cases.versions import take_version
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.shelters.actions.ground import locked, log, require_day, worded
from romyen.shelters.fitting import warnings
from romyen.shelters.models import Bed, Leave, Shelter, Stay
from romyen.shelters.words import TRANSFERRED, listed

RECORD = "stay.record"


def place(
    case: Case,
    shelter: Shelter,
    *,
    bed: Bed | None = None,
    arrived_on: date,
    arrived_at: time | None = None,
    confirmed: Collection[str] = (),
    over_reason: str = "",
    actor: Actor,
    now: datetime,
) -> Stay:
    """She arrived in a house. ``confirmed`` are the warnings that whoever places her has read.

    Refuses a bed that is given, a second open stay, a day to come; ``RY-SHELTER-WARNED`` while a
    warning was not confirmed, and a house above its places without a reason.
    """
    with transaction.atomic():
        require_work(actor, case, now=now, verb=RECORD)
        house = _house(shelter, bed, actor, now)
        _require_alone(case, arrived_on, actor, now)
        stay = _begin(
            Stay(case=case, shelter=house, bed=bed, arrived_on=arrived_on, arrived_at=arrived_at),
            confirmed,
            over_reason,
            actor,
            now,
        )
        log(actor, "stay.place", case, now=now, stay=stay.pk, shelter=house.pk)
    return stay


def _house(shelter: Shelter, bed: Bed | None, actor: Actor, now: datetime) -> Shelter:
    """The house as it stands, locked, if the actor may place people there."""
    access.require(actor, RECORD, shelter.node, now=now)
    house = locked(shelter)
    if not house.active:
        raise refuse("RY-SHELTER-NOT-ACTIVE")
    if bed is not None and (bed.shelter_id != house.pk or not bed.active):
        raise refuse("RY-SHELTER-NO-BED", field="bed")
    return house


def _require_alone(case: Case, arrived_on: date, actor: Actor, now: datetime) -> None:
    """Refuse a person who stays somewhere already, or did on that day.

    What is hidden from the actor is not given away, as with a second case.
    """
    hers = Stay.objects.filter(case__survivor=case.survivor_id)
    seen = access.visible_to(actor, "case.read", hers, now=now)
    if seen.filter(left_on=None).exists():
        raise refuse("RY-SHELTER-STAYS")
    if seen.filter(left_on__gt=arrived_on).exists():
        raise refuse("RY-SHELTER-OVERLAP", field="arrived_on")


def _begin(
    stay: Stay, confirmed: Collection[str], over_reason: str, actor: Actor, now: datetime
) -> Stay:
    """Check the day, the bed and the warnings, and save. The house is locked."""
    require_day(stay.arrived_on, field="arrived_on", now=now)
    if stay.bed and _taken(stay.bed, stay.arrived_on):
        raise refuse("RY-SHELTER-BED-TAKEN", field="bed")
    stay.warnings = _warned(stay, confirmed, over_reason, now)
    stay.placed_at, stay.placed_by = now, actor.id
    access.seal(stay, actor=actor, now=now, over_reason=over_reason.strip())
    _save(stay)
    return stay


def _taken(bed: Bed, since: date) -> bool:
    """Whether somebody slept in the bed after that day. On the day of an exit it is free again."""
    return Stay.objects.filter(Q(left_on=None) | Q(left_on__gt=since), bed=bed).exists()


def _warned(stay: Stay, confirmed: Collection[str], over_reason: str, now: datetime) -> list[str]:
    taken = occupied(stay.shelter)
    found = warnings(stay.shelter, stay.case.survivor, taken=taken, today=local_day(now))
    if missing := set(found) - set(confirmed):
        raise refuse("RY-SHELTER-WARNED", field="confirmed", count=len(missing))
    if "full" in found:
        worded(over_reason, field="over_reason")
    return found


def occupied(shelter: Shelter) -> int:
    """How many people the house has now, those on leave with them."""
    return Stay.objects.filter(shelter=shelter, left_on=None).count()


def _save(stay: Stay) -> None:
    """Two at the same moment, from two servers: the second is refused by the database."""
    try:
        with transaction.atomic():
            stay.save(force_insert=True)
    except IntegrityError as error:
        if stay.bed and _taken(stay.bed, stay.arrived_on):
            raise refuse("RY-SHELTER-BED-TAKEN", field="bed") from error
        raise refuse("RY-SHELTER-STAYS") from error


def _open(stay: Stay, actor: Actor, now: datetime) -> None:
    """Refuse unless the actor records stays on the case, and she stays there still."""
    access.require(actor, RECORD, stay.case.node, now=now)
    if not Stay.objects.select_for_update().filter(pk=stay.pk, left_on=None).exists():
        raise refuse("RY-SHELTER-ENDED")


def record_leave(
    stay: Stay,
    *,
    began_on: date,
    until_on: date,
    reason: str,
    words: str = "",
    actor: Actor,
    now: datetime,
) -> Leave:
    """She is, was or will be away for some nights; her bed is kept."""
    with transaction.atomic():
        _open(stay, actor, now)
        listed("leave_reasons").item(reason, field="reason")
        if until_on < began_on:
            raise refuse("RY-SHELTER-LEAVE-ORDER", field="until_on")
        if began_on < stay.arrived_on:
            raise refuse("RY-SHELTER-LEAVE-EARLY", field="began_on")
        if stay.leaves.filter(began_on__lt=until_on, until_on__gt=began_on).exists():
            raise refuse("RY-SHELTER-LEAVE-TWICE", field="began_on")
        leave = Leave(
            stay=stay, began_on=began_on, until_on=until_on, reason=reason, at=now, by=actor.id
        )
        access.seal(leave, actor=actor, now=now, words=words.strip())
        leave.save(force_insert=True)
        log(actor, "stay.leave", stay.case, now=now, stay=stay.pk, leave=leave.pk)
    return leave


def end_stay(
    stay: Stay,
    *,
    left_on: date,
    reason: str,
    words: str = "",
    expected: int,
    actor: Actor,
    now: datetime,
) -> Stay:
    """She left the house, for a reason. Open also after her case was closed."""
    with transaction.atomic():
        _open(stay, actor, now)
        offered = listed("exit_reasons").item(reason, field="reason")
        if not offered.more.get("offered", True):
            raise refuse("RY-LIST-UNKNOWN", field="reason")
        _end(stay, left_on, reason, words, expected, actor, now)
        log(actor, "stay.end", stay.case, now=now, stay=stay.pk, reason=reason)
    return stay


def _end(
    stay: Stay, day: date, reason: str, words: str, expected: int, actor: Actor, now: datetime
) -> None:
    require_day(day, field="left_on", now=now)
    if day < stay.arrived_on:
        raise refuse("RY-SHELTER-BEFORE-ARRIVAL", field="left_on")
    take_version(stay, expected)
    access.seal(stay, actor=actor, now=now, exit_words=words.strip())
    stay.left_on, stay.exit_reason, stay.ended_by = day, reason, actor.id
    stay.save(update_fields=["left_on", "exit_reason", "exit_words", "ended_by"])


def transfer(
    stay: Stay,
    shelter: Shelter,
    *,
    bed: Bed | None = None,
    on: date,
    words: str = "",
    confirmed: Collection[str] = (),
    over_reason: str = "",
    expected: int,
    actor: Actor,
    now: datetime,
) -> Stay:
    """She moved to another house, or to another bed: one stay ends, the next begins, linked.

    Refuses the place where she is (``RY-SHELTER-SAME-PLACE``), else as ``place`` and ``end_stay``.
    """
    with transaction.atomic():
        require_work(actor, stay.case, now=now, verb=RECORD)
        _open(stay, actor, now)
        if shelter.pk == stay.shelter_id and (bed.pk if bed else None) == stay.bed_id:
            raise refuse("RY-SHELTER-SAME-PLACE", field="bed")
        house = _house(shelter, bed, actor, now)
        _end(stay, on, TRANSFERRED, words, expected, actor, now)
        begun = Stay(case=stay.case, shelter=house, bed=bed, arrived_on=on, came_from=stay)
        _begin(begun, confirmed, over_reason, actor, now)
        log(actor, "stay.transfer", stay.case, now=now, stay=stay.pk, next=begun.pk)
    return begun
