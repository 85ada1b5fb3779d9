"""Verbs: something happened in a house, and what followed."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.cases.models import Case
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.shelters.actions.ground import log, require_day, worded
from romyen.shelters.models import Incident, Involved, Shelter
from romyen.shelters.words import listed

RECORD = "incident.record"


def record_incident(
    shelter: Shelter,
    *,
    kind: str,
    on: date,
    hour: time | None = None,
    words: str,
    health: str = "",
    done: str = "",
    called: Iterable[str] = (),
    cases: Iterable[Case] = (),
    follow_up_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Incident:
    """Write down what happened. ``health`` is sealed for carers, everything else in the plan.

    Refuses a case that the actor may not read: nobody is written into what they cannot see.
    """
    with transaction.atomic():
        access.require(actor, RECORD, shelter.node, now=now)
        listed("incident_kinds").item(kind, field="kind")
        require_day(on, field="on", now=now)
        if follow_up_on is not None and follow_up_on < on:
            raise refuse("RY-SHELTER-FOLLOW-UP", field="follow_up_on")
        incident = Incident(
            shelter=shelter,
            kind=kind,
            on=on,
            hour=hour,
            called=[listed("called").item(code, field="called").code for code in called],
            follow_up_on=follow_up_on,
            recorded_at=now,
            recorded_by=actor.id,
        )
        texts = {"words": worded(words, field="words"), "health": health, "done": done}
        access.seal(incident, actor=actor, now=now, **{k: t.strip() for k, t in texts.items()})
        incident.save(force_insert=True)
        _involve(incident, cases, actor, now)
        log(actor, RECORD, shelter, now=now, incident=incident.pk, kind=kind)
    return incident


def _involve(incident: Incident, cases: Iterable[Case], actor: Actor, now: datetime) -> None:
    for case in cases:
        access.require(actor, "case.read", case.node, now=now)
        Involved.objects.get_or_create(incident=incident, case=case)
        log(actor, RECORD, case, now=now, incident=incident.pk)


def record_follow_up(incident: Incident, *, words: str, actor: Actor, now: datetime) -> Incident:
    """What had to follow was done; once."""
    with transaction.atomic():
        access.require(actor, RECORD, incident.shelter.node, now=now)
        texts = {"follow_up": worded(words, field="words")}
        waiting = Incident.objects.select_for_update().filter(pk=incident.pk, followed_at=None)
        if not waiting.exists():
            raise refuse("RY-SHELTER-FOLLOWED")
        access.seal(incident, actor=actor, now=now, **texts)
        incident.followed_at, incident.followed_by = now, actor.id
        incident.follow_up_on = incident.follow_up_on or local_day(now)
        incident.save(update_fields=["followed_at", "followed_by", "follow_up_on", "follow_up"])
        log(actor, "incident.follow_up", incident.shelter, now=now, incident=incident.pk)
    return incident
