"""Verbs: record a session, change it, record what a group answered."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Unpack

from django.db import transaction

from romyen import access, audit
from romyen.access import Actor, Team
from romyen.prevention import survey
from romyen.prevention.facts import Facts, More, put_in
from romyen.prevention.models import Answers, Session
from romyen.prevention.survey import Sums
from romyen.prevention.words import LATER, questionnaire, words
from romyen.rules.codes import new_code
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

VERB = "session.record"


def record(
    *,
    team: Team,
    on: date,
    kind: str,
    topics: list[str],
    actor: Actor,
    now: datetime,
    **more: Unpack[More],
) -> Session:
    """Record a session of a team; one that lies ahead is planned and has no results yet.

    Refuses as ``facts.put_in`` does.
    """
    facts: Facts = {"on": on, "kind": kind, "topics": topics, **more}
    with transaction.atomic():
        access.require(actor, VERB, team.node, now=now)
        node = access.found_node("session", team.node, code=new_code("session"), now=now)
        session = Session(node=node, recorded_at=now, recorded_by=actor.id)
        put_in(session, facts, now=now)
        session.save(force_insert=True)
        _log(session, "session.record", actor, now, kind=session.kind, reached=session.reached)
    return session


def edit(
    session: Session, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[Facts]
) -> Session:
    """Correct a session or add its results; ``expected`` is the version that the writer saw."""
    with transaction.atomic():
        fresh = _held(session, actor, now)
        if fresh.version != expected:
            raise refuse("RY-EDIT-CONFLICT", version=fresh.version)
        changed = put_in(fresh, facts, now=now)
        fresh.version += 1
        fresh.save()
        _log(fresh, "session.edit", actor, now, changed=changed, version=fresh.version)
    return fresh


def count_answers(
    session: Session,
    *,
    stage: str,
    asked: int,
    right: Mapping[str, tuple[int | None, int | None]],
    actor: Actor,
    now: datetime,
) -> Answers:
    """Keep answers counted by hand; those of the same stage are replaced."""
    return _keep(session, stage, survey.counted(asked, right), False, actor=actor, now=now)


def match_answers(
    session: Session, *, stage: str, lines: str, actor: Actor, now: datetime
) -> Answers:
    """Keep the sums of matched lines (``survey.matched``); codes and answers are forgotten."""
    return _keep(session, stage, survey.matched(lines), True, actor=actor, now=now)


def _keep(
    session: Session, stage: str, sums: Sums, matched: bool, *, actor: Actor, now: datetime
) -> Answers:
    with transaction.atomic():
        fresh = _held(session, actor, now)
        words("stages").item(stage, field="stage")
        if fresh.on > local_day(now) or (stage == LATER and fresh.on == local_day(now)):
            raise refuse("RY-SESSION-FUTURE", field="stage")
        if fresh.reached and sums.asked > fresh.reached:
            raise refuse("RY-SESSION-ASKED", field="asked", reached=fresh.reached)
        kept, _new = Answers.objects.update_or_create(
            session=fresh,
            stage=stage,
            defaults={
                "questionnaire": questionnaire().code,
                "matched": matched,
                "asked": sums.asked,
                "results": sums.results,
                "recorded_at": now,
                "recorded_by": actor.id,
            },
        )
        _log(fresh, "session.answers", actor, now, stage=stage, asked=sums.asked, matched=matched)
    return kept


def _held(session: Session, actor: Actor, now: datetime) -> Session:
    """The session as it stands, locked for whoever records."""
    access.require(actor, VERB, session.node, now=now)
    rows = Session.objects.select_for_update(of=("self",)).select_related("node")
    return rows.get(pk=session.pk)


def _log(session: Session, verb: str, actor: Actor, now: datetime, **details: Any) -> None:
    audit.record(actor=actor.id, verb=verb, subject=session.pk, details=details, at=now)
