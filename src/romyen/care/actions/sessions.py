"""Counselling sessions."""

import json
from datetime import date, datetime

from django.db import transaction

from romyen import access
from romyen.access.models import Member
from romyen.care.actions.ground import new_part, require_amount, require_over
from romyen.care.models import Session
from romyen.care.words import listed
from romyen.cases.actions.ground import log, require_work
from romyen.cases.models import Case
from romyen.rules.refusals import refuse
from romyen.survivors import actions as survivors

LONGEST = 24 * 60
IMMEDIATE = "immediate"


def record_session(
    case: Case,
    *,
    on: date,
    kind: str,
    safety: str,
    counsellor: Member,
    minutes: int | None = None,
    next_on: date | None = None,
    notes: str = "",
    alarm_words: str = "",
    actor: access.Actor,
    now: datetime,
) -> Session:
    """Record a session that was held. What was said opens to counsellors only.

    ``safety`` is what the question about her safety brought. ``immediate`` raises an alert, whose
    words (``alarm_words``) those open who care for her; the notes stay closed to them.
    """
    with transaction.atomic():
        require_work(actor, case, now=now, verb="counselling.record")
        listed("session_kinds").item(kind, field="kind")
        listed("safety_outcomes").item(safety, field="safety")
        require_over(on, field="on", now=now, code="RY-CARE-SESSION-FUTURE")
        require_amount(minutes, most=LONGEST, field="minutes")
        if next_on is not None and next_on <= on:
            raise refuse("RY-CARE-NEXT", field="next_on")
        _require_counsellor(case, counsellor, now)
        facts = {"on": on, "kind": kind, "minutes": minutes, "counsellor": counsellor}
        row: Session = new_part(Session, case, actor=actor, now=now, next_on=next_on, **facts)
        said = json.dumps({"words": notes.strip(), "safety": safety}, ensure_ascii=False)
        access.seal(row, actor=actor, now=now, notes=said)
        row.save(force_insert=True)
        log(actor, "counselling.record", case, now=now, session=row.pk)
        if safety == IMMEDIATE:
            her, text = case.survivor, alarm_words.strip()
            survivors.raise_alert(her, kind="self_harm", text=text, actor=actor, now=now)
    return row


def _require_counsellor(case: Case, member: Member, now: datetime) -> None:
    if member not in access.who_can("counselling.record", case.node, now=now):
        raise refuse("RY-CARE-COUNSELLOR", field="counsellor")
