"""Houses: the list, one, and who sleeps where in it.

Nothing here reads a ``Location``.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from romyen import access
from romyen.access import Actor, Team
from romyen.rules.ids import ID_LENGTH
from romyen.shelters.models import Bed, Shelter, Stay

PAGE = 25


@dataclass(frozen=True)
class Row:
    """A house with how many people it has now."""

    shelter: Shelter
    taken: int

    @property
    def free(self) -> int:
        """Places left; never below none."""
        return max(0, self.shelter.capacity - self.taken)


@dataclass(frozen=True)
class Listed:
    """One page of houses by name; ``older`` leads to the next (empty: none)."""

    rows: list[Row]
    older: str


def _shelters(actor: Actor, *, now: datetime) -> QuerySet[Shelter]:
    whole = Shelter.objects.select_related("node")
    return access.visible_to(actor, "shelter.read", whole, now=now)


def shelter(actor: Actor, ref: str, *, now: datetime) -> Shelter:
    """One house, or ``RY-ABSENT``."""
    return access.one(_shelters(actor, now=now), ref)


def shelter_for(actor: Actor, ref: str, verb: str, *, now: datetime) -> Shelter:
    """One house on which the actor does ``verb``: nobody is shown a form that they may not send."""
    found = shelter(actor, ref, now=now)
    access.require(actor, verb, found.node, now=now)
    return found


def shelters(actor: Actor, *, after: str = "", size: int = PAGE, now: datetime) -> Listed:
    """A page of the houses that the actor may read, by name.

    ``after`` is the id of the last house of the page before; one that is not there or not to be
    read begins anew.
    """
    rows = Shelter.objects.select_related("node").order_by("name", "node")
    mark = _shelters(actor, now=now).filter(pk=after[:ID_LENGTH]).first() if after else None
    if mark is not None:
        behind = Q(name__gt=mark.name) | Q(name=mark.name, node__gt=mark.pk)
        rows = rows.filter(behind, name__gte=mark.name)
    found = access.first_visible(actor, "shelter.read", rows, most=size + 1, now=now)
    more = found[size - 1].pk if len(found) > size else ""
    return Listed(_counted(found[:size]), more)


def _counted(found: Iterable[Shelter]) -> list[Row]:
    houses = list(found)
    here = Stay.objects.filter(shelter__in=houses, left_on=None)
    taken = Counter(here.values_list("shelter", flat=True)) if houses else Counter()
    return [Row(one, taken[one.pk]) for one in houses]


def teams(actor: Actor, *, now: datetime) -> list[Team]:
    """The teams for which the actor may begin the record of a house."""
    found = Team.objects.select_related("node").order_by("name")
    return list(access.visible_to(actor, "shelter.keep", found, now=now))


def placeable(actor: Actor, *, now: datetime) -> list[Row]:
    """The houses in which the actor may place somebody, by name."""
    active = Shelter.objects.select_related("node").filter(active=True)
    seen = access.visible_to(actor, "stay.record", active, now=now).order_by("name", "node")
    return _counted(access.visible_to(actor, "shelter.read", seen, now=now))


def bed(shelter: Shelter, ref: str) -> Bed:
    """One bed of a house, or ``RY-ABSENT``."""
    return access.one(shelter.beds.select_related("shelter__node"), ref)


@dataclass(frozen=True)
class Place:
    """A bed, or a place without one. ``stay`` is None also where it is hidden from the reader."""

    bed: Bed | None
    taken: bool
    stay: Stay | None


@dataclass(frozen=True)
class Board:
    """Who sleeps where, as far as the reader may know. That a bed is taken everyone may know."""

    places: list[Place]
    taken: int
    stays: list[Stay]

    @property
    def free_beds(self) -> list[Bed]:
        """The beds that can be given."""
        return [one.bed for one in self.places if one.bed is not None and not one.taken]


def board(reader: Actor, shelter: Shelter, *, now: datetime) -> Board:
    """The beds of a house and its people of today. Three queries.

    How full a house is, is a fact about the house (decision 0033): a stay that is hidden from the
    reader still takes its bed.
    """
    beds = list(shelter.beds.filter(active=True).order_by("label"))
    here = Stay.objects.filter(shelter=shelter, left_on=None)
    taken = dict(here.values_list("pk", "bed"))
    rows = here.select_related("case__node", "case__survivor__node").prefetch_related("leaves")
    seen = list(access.visible_to(reader, "case.read", rows, now=now).order_by("arrived_on", "pk"))
    by_bed = {one.bed_id: one for one in seen if one.bed_id}
    given = set(taken.values())
    places = [Place(one, one.pk in given, by_bed.get(one.pk)) for one in beds]
    without = [Place(None, True, one) for one in seen if one.bed_id is None]
    hidden = sum(bed is None for bed in taken.values()) - len(without)
    places += [*without, *(Place(None, True, None) for _ in range(hidden))]
    return Board(places, len(taken), seen)
