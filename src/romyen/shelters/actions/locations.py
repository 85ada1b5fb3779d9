"""Verbs about an address: write it down, open it to a colleague with a second person, close it."""

from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction

from romyen import access
from romyen.access import Actor, Member, Reader, approvals, lending
from romyen.access.models import Approval, Assignment
from romyen.cases.versions import take_version
from romyen.keys.compartments import LOCATION
from romyen.notices.actions import notify
from romyen.rules.refusals import refuse
from romyen.rules.spans import end_of_day, local_day
from romyen.shelters.actions.ground import log
from romyen.shelters.models import Location, Shelter

KEEPER = "location_keeper"
OPEN = "shelter.open_location"
MOST_DAYS = 30
"""How long an address is open at most to somebody who does not keep the house."""


class Where(TypedDict, total=False):
    """What is sealed of where a house is."""

    address: str
    directions: str
    coordinates: str
    telephone: str
    arrival: str
    licence_no: str


def found_location(
    shelter: Shelter, *, actor: Reader, now: datetime, **where: Unpack[Where]
) -> Location:
    """Write an address down for the first time: its key is made, and the writer holds it.

    Nobody else does, until two people open it to them. Refuses without an address, and where
    one was written down already.
    """
    with transaction.atomic():
        access.require(actor, "shelter.keep", shelter.node, now=now)
        if not where.get("address", "").strip():
            raise refuse("RY-SHELTER-NO-ADDRESS", field="address")
        if Location.objects.filter(shelter=shelter).exists():
            raise refuse("RY-SHELTER-LOCATED")
        lending.found_place(shelter.node, LOCATION, KEEPER, actor=actor, now=now)
        location = Location(shelter=shelter)
        _write(location, where, actor, now)
        location.save(force_insert=True)
        log(actor, "shelter.write_location", shelter, now=now)
    return location


def edit_location(
    location: Location, *, expected: int, actor: Reader, now: datetime, **where: Unpack[Where]
) -> Location:
    """Write anew what is named and not empty; the rest stays as it is."""
    with transaction.atomic():
        access.require(actor, "shelter.locate", location.shelter.node, now=now)
        take_version(location, expected)
        _write(location, where, actor, now)
        location.save()
        log(actor, "shelter.write_location", location.shelter, now=now, changed=sorted(where))
    return location


def _write(location: Location, where: Where, actor: Actor, now: datetime) -> None:
    texts = {name: str(text).strip() for name, text in where.items() if str(text).strip()}
    access.seal(location, actor=actor, now=now, **texts)
    location.changed_at, location.changed_by = now, actor.id


def ask_to_open(
    shelter: Shelter,
    member: Member,
    *,
    purpose: str,
    until: date | None,
    actor: Reader,
    now: datetime,
) -> Approval:
    """Ask a second person to let a colleague know the address, until a day.

    Only who holds it asks, never for oneself. Without an end only for who keeps the house.
    """
    with transaction.atomic():
        access.require(actor, OPEN, shelter.node, now=now)
        _require_fit(shelter, member, until, actor, now)
        return approvals.ask(
            OPEN,
            shelter.node,
            purpose=purpose,
            digest=_pinned(member, until),
            actor=actor,
            now=now,
        )


def _pinned(member: Member, until: date | None) -> str:
    return f"{member.pk} {until.isoformat()}" if until else member.pk


def _require_fit(
    shelter: Shelter, member: Member, until: date | None, actor: Reader, now: datetime
) -> None:
    if member.pk == actor.id:
        raise refuse("RY-ACCESS-SELF")
    if not lending.holds(actor, shelter.node, LOCATION):
        raise refuse("RY-KEYS-CLOSED")
    lending.require_open_to(member, shelter.node)
    _require_time(shelter, member, until, now)
    known = lending.lent(shelter.node, KEEPER, now=now).filter(member=member)
    if any(one.ends_at is None or (until and one.ends_at >= _end(until)) for one in known):
        raise refuse("RY-SHELTER-KNOWS", field="member")


def _require_time(shelter: Shelter, member: Member, until: date | None, now: datetime) -> None:
    """Until a day at most thirty days ahead; without an end only for who keeps the house."""
    if until is None:
        if member not in access.who_can("shelter.keep", shelter.node, now=now):
            raise refuse("RY-SHELTER-NEEDS-END", field="until", days=MOST_DAYS)
    elif not local_day(now) <= until <= local_day(now) + timedelta(days=MOST_DAYS):
        raise refuse("RY-SHELTER-TOO-LONG", field="until", days=MOST_DAYS)


def _end(until: date) -> datetime:
    return end_of_day(until) + timedelta(seconds=1)


def open_to(approval: Approval, *, actor: Reader, now: datetime) -> Assignment:
    """What a second person agreed to: the colleague holds the address until the day agreed.

    The approval is spent; it says to whom and until when, so nothing else can be opened with it.
    """
    with transaction.atomic():
        shelter = Shelter.objects.select_related("node").get(pk=approval.node_id)
        access.require(actor, OPEN, shelter.node, now=now)
        member = Member.objects.select_related("holder__admitted_by").get(pk=approval.about)
        until = approval.until
        _require_time(shelter, member, until, now)
        given = lending.lend(
            member,
            KEEPER,
            shelter.node,
            verb=OPEN,
            approval=approval.pk,
            digest=_pinned(member, until),
            ends=_end(until) if until else None,
            actor=actor,
            now=now,
        )
        details = {"member": member.pk, "until": until.isoformat() if until else "no end"}
        log(actor, OPEN, shelter, now=now, **details)
        notify([member.pk], "place.opened", subject=shelter.pk, now=now)
    return given


def close_to(shelter: Shelter, member: Member, *, actor: Actor, now: datetime) -> None:
    """Take the address back from a colleague now. One person is enough to close.

    Somebody always stays who holds it without an end (``RY-SHELTER-LAST-KEEPER``): else the
    address would be lost on the day when the last one's time is over.
    """
    with transaction.atomic():
        access.require(actor, "shelter.keep", shelter.node, now=now)
        others = lending.lent(shelter.node, KEEPER, now=now).exclude(member=member)
        if not others.filter(ends_at=None).exists():
            raise refuse("RY-SHELTER-LAST-KEEPER")
        lending.take_back(member, KEEPER, shelter.node, actor=actor, now=now)
        log(actor, "shelter.close_location", shelter, now=now, member=member.pk)
