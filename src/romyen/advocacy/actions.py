"""Verbs: keep a recommendation, change it, record what became of it."""

from datetime import date, datetime
from typing import Any, Unpack

from django.db import transaction

from romyen import access, audit
from romyen.access import Actor, Team
from romyen.advocacy.facts import LONGEST, Facts, More, address, check_review, put_in
from romyen.advocacy.models import Recommendation, Turn
from romyen.advocacy.words import PROPOSED, open_statuses, words
from romyen.rules.codes import new_code
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

VERB = "recommendation.record"


def record(
    *,
    team: Team,
    source: str,
    theme: str,
    text: str,
    on: date,
    actor: Actor,
    now: datetime,
    **more: Unpack[More],
) -> Recommendation:
    """Keep a recommendation that was made on a day; its first turn is "proposed".

    Refuses as ``facts.put_in`` does, and ``RY-ADVOCACY-FUTURE``.
    """
    facts: Facts = {"source": source, "theme": theme, "text": text, **more}
    with transaction.atomic():
        access.require(actor, VERB, team.node, now=now)
        if on > local_day(now):
            raise refuse("RY-ADVOCACY-FUTURE", field="on")
        node = access.found_node(
            "recommendation", team.node, code=new_code("recommendation"), now=now
        )
        kept = Recommendation(node=node, recorded_at=now, recorded_by=actor.id)
        kept.status, kept.turned_on = PROPOSED, on
        put_in(kept, facts, now=now)
        kept.save(force_insert=True)
        _turned(kept, "", "", actor, now)
        _log(kept, "recommendation.record", actor, now, source=source, theme=theme)
    return kept


def edit(
    kept: Recommendation, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[Facts]
) -> Recommendation:
    """Change what is known; ``expected`` is the version that the writer saw."""
    with transaction.atomic():
        fresh = _held(kept, actor, now)
        if fresh.version != expected:
            raise refuse("RY-EDIT-CONFLICT", version=fresh.version)
        changed = put_in(fresh, facts, now=now)
        _store(fresh)
        _log(fresh, "recommendation.edit", actor, now, changed=changed, version=fresh.version)
    return fresh


def turn(
    kept: Recommendation,
    *,
    status: str,
    on: date,
    evidence: str,
    url: str,
    review_on: date | None,
    actor: Actor,
    now: datetime,
) -> Turn:
    """Record what became of it on a day, with words or a public address as evidence.

    Also after an end: what was refused may be taken up later. Refuses with ``RY-LIST-UNKNOWN``,
    ``RY-ADVOCACY-FUTURE``, ``-EARLY``, ``-EVIDENCE``, ``-URL`` or ``-REVIEW-PAST``.
    """
    with transaction.atomic():
        fresh = _held(kept, actor, now)
        words("statuses").item(status, field="status")
        _check_day(fresh, on, now)
        where = address(url)
        if not (evidence.strip() or where):
            raise refuse("RY-ADVOCACY-EVIDENCE", field="evidence")
        check_review(review_on, now)
        fresh.status, fresh.turned_on = status, on
        fresh.review_on = review_on if status in open_statuses() else None
        _store(fresh)
        made = _turned(fresh, evidence.strip()[:LONGEST], where, actor, now)
        _log(fresh, "recommendation.turn", actor, now, status=status, on=on.isoformat())
    return made


def _check_day(kept: Recommendation, on: date, now: datetime) -> None:
    if on > local_day(now):
        raise refuse("RY-ADVOCACY-FUTURE", field="on")
    if on < kept.turned_on:
        raise refuse("RY-ADVOCACY-EARLY", field="on")


def _turned(kept: Recommendation, evidence: str, url: str, actor: Actor, now: datetime) -> Turn:
    """The row of the turn that the recommendation stands at."""
    return Turn.objects.create(
        recommendation=kept,
        status=kept.status,
        on=kept.turned_on,
        evidence=evidence,
        url=url,
        recorded_at=now,
        recorded_by=actor.id,
    )


def _held(kept: Recommendation, actor: Actor, now: datetime) -> Recommendation:
    """The recommendation as it stands, locked for whoever keeps it."""
    access.require(actor, VERB, kept.node, now=now)
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("node")
    return rows.get(pk=kept.pk)


def _store(kept: Recommendation) -> None:
    kept.version += 1
    kept.save()


def _log(kept: Recommendation, verb: str, actor: Actor, now: datetime, **details: Any) -> None:
    audit.record(actor=actor.id, verb=verb, subject=kept.pk, details=details, at=now)
