"""An address: read by who holds it, for a reason; and who that is."""

from datetime import datetime

from romyen import access
from romyen.access import Actor, Member, Opened, lending
from romyen.access.models import Approval, Assignment
from romyen.keys.compartments import LOCATION
from romyen.rules.refusals import refuse
from romyen.shelters.actions.locations import KEEPER, OPEN
from romyen.shelters.models import Location, Shelter


def location(actor: Actor, shelter: Shelter, *, now: datetime) -> Location | None:
    """The sealed location of a house, for who may read it; None where none was written down."""
    access.require(actor, "shelter.locate", shelter.node, now=now)
    return Location.objects.select_related("shelter__node").filter(shelter=shelter).first()


def open_location(
    reader: Actor, location: Location, *, purpose: str, now: datetime
) -> dict[str, Opened]:
    """The address and what belongs to it: one read entry. ``RY-KEYS-CLOSED`` without the key."""
    access.require(reader, "shelter.locate", location.shelter.node, now=now)
    if not lending.holds(reader, location.shelter.node, LOCATION):
        raise refuse("RY-KEYS-CLOSED")
    return access.reveal(reader, [location], Location.FIELDS, purpose=purpose, now=now)[location.pk]


def keepers(shelter: Shelter, *, now: datetime) -> list[Assignment]:
    """Who knows the address, and until when. The house was read through ``who_knows``."""
    return list(lending.lent(shelter.node, KEEPER, now=now))


def who_knows(actor: Actor, shelter: Shelter, *, now: datetime) -> list[Assignment]:
    """As ``keepers``, for who knows the address and for who keeps the house; nobody else."""
    if not access.decide(actor, "shelter.locate", shelter.node, now=now):
        access.require(actor, "shelter.keep", shelter.node, now=now)
    return keepers(shelter, now=now)


def requests(
    actor: Actor, shelter: Shelter, *, now: datetime
) -> list[tuple[Approval, Member | None]]:
    """The actor's own requests to open the address that are not over, with whom they are about."""
    found = lending.asked(shelter.node, OPEN, actor=actor, now=now)
    people = Member.objects.in_bulk({one.about for one in found}) if found else {}
    return [(one, people.get(one.about)) for one in found]


def request_of(actor: Actor, shelter: Shelter, ref: str) -> Approval:
    """One of the actor's own requests, whatever became of it, or ``RY-ABSENT``."""
    mine = Approval.objects.filter(node=shelter.node, verb=OPEN, asked_by=actor.id)
    return access.one(mine, ref)


def keeper(shelter: Shelter, ref: str, *, now: datetime) -> Member:
    """One of those who know the address, or ``RY-ABSENT``."""
    known = keepers(shelter, now=now)
    return access.one(Member.objects.filter(pk__in=[one.member_id for one in known]), ref)


def is_located(shelter: Shelter) -> bool:
    """Whether an address was written down. Nothing of it is read."""
    return Location.objects.filter(shelter=shelter).exists()
