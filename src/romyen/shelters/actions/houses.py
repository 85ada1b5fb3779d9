"""Verbs: begin a shelter's record, change it, keep its beds."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from romyen import access
from romyen.access import Actor, Node
from romyen.cases.versions import take_version
from romyen.rules import places
from romyen.rules.codes import new_code
from romyen.rules.refusals import refuse
from romyen.shelters.actions.ground import locked, log
from romyen.shelters.models import MOST_FOR_ONE, MOST_PEOPLE, Bed, Shelter, Stay
from romyen.shelters.words import listed

LONGEST_NAME = 60
LONGEST_LABEL = 20


class More(TypedDict, total=False):
    """What may be known of a house."""

    takes: Iterable[str]
    residents_per_staff: int | None
    licence_from: date | None
    licence_until: date | None
    active: bool


class Facts(More, total=False):
    """Everything that is open of a house."""

    name: str
    kind: str
    province: str
    capacity: int


def found_shelter(
    team: Node,
    *,
    name: str,
    kind: str,
    province: str,
    capacity: int,
    actor: Actor,
    now: datetime,
    **more: Unpack[More],
) -> Shelter:
    """Begin the record of a house. Its address is written down apart (``found_location``)."""
    with transaction.atomic():
        access.require(actor, "shelter.keep", team, now=now)
        node = access.found_node("shelter", team, code=new_code("shelter"), now=now)
        shelter = Shelter(node=node, founded_at=now, founded_by=actor.id)
        facts: dict[str, Any] = {
            "name": name,
            "kind": kind,
            "province": province,
            "capacity": capacity,
            **more,
        }
        _put_in(shelter, facts)
        shelter.save(force_insert=True)
        log(actor, "shelter.found", shelter, now=now, kind=kind)
    return shelter


def edit_shelter(
    shelter: Shelter, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[Facts]
) -> Shelter:
    """Change what is open of a house; what isn't named stays. A full house can be made smaller."""
    with transaction.atomic():
        access.require(actor, "shelter.keep", shelter.node, now=now)
        fresh = locked(shelter)
        take_version(fresh, expected)
        _put_in(fresh, dict(facts))
        if fresh.capacity < fresh.beds.filter(active=True).count():
            raise refuse("RY-SHELTER-MORE-BEDS", field="capacity")
        fresh.save()
        log(actor, "shelter.edit", fresh, now=now, changed=sorted(facts))
    return fresh


def _put_in(shelter: Shelter, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(shelter, name, value)
    shelter.name = _plain(shelter.name, LONGEST_NAME, field="name")
    listed("kinds").item(shelter.kind, field="kind")
    if places.place(shelter.province, field="province").level != "province":
        raise refuse("RY-PLACE-UNKNOWN", field="province")
    shelter.takes = [listed("takes").item(code, field="takes").code for code in shelter.takes]
    _check_numbers(shelter)


def _plain(text: str, longest: int, *, field: str) -> str:
    plain = " ".join(text.split())
    if not 0 < len(plain) <= longest:
        raise refuse("RY-SHELTER-NAME", field=field, longest=longest)
    return plain


def _check_numbers(shelter: Shelter) -> None:
    if not 1 <= shelter.capacity <= MOST_PEOPLE:
        raise refuse("RY-SHELTER-CAPACITY", field="capacity", most=MOST_PEOPLE)
    ratio = shelter.residents_per_staff
    if ratio is not None and not 1 <= ratio <= MOST_FOR_ONE:
        raise refuse("RY-SHELTER-RATIO", field="residents_per_staff", most=MOST_FOR_ONE)
    begins, ends = shelter.licence_from, shelter.licence_until
    if begins and ends and ends < begins:
        raise refuse("RY-SHELTER-LICENCE", field="licence_until")


def add_beds(shelter: Shelter, labels: Iterable[str], *, actor: Actor, now: datetime) -> list[Bed]:
    """Add beds by their labels, each once. No more beds than the house has places.

    A label that was retired comes back as the same bed.
    """
    wanted = dict.fromkeys(_plain(one, LONGEST_LABEL, field="labels") for one in labels)
    if not wanted:
        raise refuse("RY-SHELTER-NAME", field="labels", longest=LONGEST_LABEL)
    with transaction.atomic():
        access.require(actor, "shelter.keep", shelter.node, now=now)
        fresh = locked(shelter)
        beds = [_bed(fresh, one, now) for one in wanted]
        if fresh.beds.filter(active=True).count() > fresh.capacity:
            raise refuse("RY-SHELTER-MORE-BEDS", field="labels")
        log(actor, "shelter.beds", fresh, now=now, added=len(beds))
    return beds


def _bed(shelter: Shelter, label: str, now: datetime) -> Bed:
    bed, made = Bed.objects.get_or_create(shelter=shelter, label=label, defaults={"added_at": now})
    if not made and bed.active:
        raise refuse("RY-SHELTER-BED-SAME", field="labels")
    if not bed.active:
        bed.active = True
        bed.save(update_fields=["active"])
    return bed


def retire_bed(bed: Bed, *, actor: Actor, now: datetime) -> Bed:
    """A bed is no longer given to anyone; ``RY-SHELTER-BED-TAKEN`` while somebody sleeps in it."""
    with transaction.atomic():
        access.require(actor, "shelter.keep", bed.shelter.node, now=now)
        locked(bed.shelter)
        if Stay.objects.filter(bed=bed, left_on=None).exists():
            raise refuse("RY-SHELTER-BED-TAKEN")
        bed.active = False
        bed.save(update_fields=["active"])
        log(actor, "shelter.beds", bed.shelter, now=now, retired=bed.pk)
    return bed
