"""Incidents of a house: absent where they concern somebody who is hidden from the reader."""

from datetime import datetime

from django.db.models import QuerySet

from romyen import access
from romyen.access import Actor, Opened
from romyen.cases.models import Case
from romyen.shelters.models import Incident, Involved, Shelter, Stay

MOST = 20
WORDS = ("words", "health", "done", "follow_up")


def visible(actor: Actor, *, now: datetime) -> QuerySet[Incident]:
    """The incidents that the actor may read.

    One that concerns a case hidden from the actor is absent altogether: its words may name her,
    and a line without words would say that there is somebody.
    """
    seen = access.visible_to(actor, "case.read", Case.objects.all(), now=now)
    hidden = Involved.objects.exclude(case__in=seen.values("pk")).values("incident")
    open_ones = Incident.objects.exclude(pk__in=hidden).select_related("shelter__node")
    return access.visible_to(actor, "shelter.read", open_ones, now=now)


def incidents(actor: Actor, shelter: Shelter, *, now: datetime) -> list[Incident]:
    """The latest incidents of a house: what waits for its follow-up among them."""
    mine = visible(actor, now=now).filter(shelter=shelter)
    return list(mine.order_by("-on", "-recorded_at")[:MOST])


def incident(actor: Actor, shelter_ref: str, ref: str, *, now: datetime) -> Incident:
    """One incident of one house, or ``RY-ABSENT``."""
    mine = visible(actor, now=now).filter(shelter=shelter_ref)
    return access.one(mine.prefetch_related("involved__case__node"), ref)


def open_incident(
    reader: Actor, incident: Incident, *, purpose: str, now: datetime
) -> dict[str, Opened]:
    """Its words, as far as the reader holds keys: one read entry."""
    return access.reveal(reader, [incident], WORDS, purpose=purpose, now=now)[incident.pk]


def residents(actor: Actor, shelter: Shelter, *, now: datetime) -> list[Case]:
    """The cases of those who stay in the house now, as far as the actor may read them."""
    here = Stay.objects.filter(shelter=shelter, left_on=None)
    cases = Case.objects.select_related("node", "survivor").filter(pk__in=here.values("case"))
    return list(access.visible_to(actor, "case.read", cases, now=now).order_by("node__code"))
