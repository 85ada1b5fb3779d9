"""Verbs: take a lead down, complete it, decide, pass it on, end it."""

from datetime import date, datetime
from typing import Any, Unpack

from django.db import transaction

from romyen import access, audit
from romyen.access import Actor, Team
from romyen.leads.duties import follow
from romyen.leads.facts import Facts, More, put_in
from romyen.leads.models import Lead, Receipt
from romyen.leads.words import CASE, CLOSED, DANGER_NOW, NEW, OPEN, PASSED, TRIAGED, words
from romyen.notices.actions import notify
from romyen.partners.models import Partner
from romyen.partners.words import POLICE
from romyen.rules.codes import new_code
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

LEADS_THE_TEAM = "member.admit"
"""The verb by which those who lead a team are known (data/roles.yaml of access)."""


def take_down(
    *,
    team: Team,
    account: str,
    source: str,
    imminence: str,
    actor: Actor,
    now: datetime,
    **more: Unpack[More],
) -> Lead:
    """Write a lead down for a team. Three facts are enough; the rest may come later.

    Refuses as ``facts.put_in`` does. Whoever leads the team finds a notice; danger now is said
    in it.
    """
    with transaction.atomic():
        access.require(actor, "lead.record", team.node, now=now)
        node = access.found_node("lead", team.node, code=new_code("lead"), now=now)
        lead = Lead(node=node, taken_by=actor.id, received_at=now, status=NEW)
        facts: Any = {**more, "account": account, "source": source, "imminence": imminence}
        put_in(lead, facts, actor=actor, now=now)
        lead.save(force_insert=True)
        follow(lead, now=now)
        _tell(lead, actor, now)
        _log(lead, "lead.take_down", actor, now, source=source, imminence=imminence)
    return lead


def complete(
    lead: Lead, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[Facts]
) -> Lead:
    """Add to a lead or correct it; what isn't named stays. Open also after its outcome.

    ``expected`` is the version that the writer saw; another one refuses with
    ``RY-EDIT-CONFLICT``.
    """
    with transaction.atomic():
        fresh = _held(lead, "lead.record", actor, now)
        if fresh.version != expected:
            raise refuse("RY-EDIT-CONFLICT", version=fresh.version)
        was = fresh.imminence
        changed = put_in(fresh, facts, actor=actor, now=now)
        fresh.version += 1
        fresh.save()
        follow(fresh, now=now)
        if fresh.imminence == DANGER_NOW != was:
            _tell(fresh, actor, now)
        _log(fresh, "lead.complete", actor, now, changed=changed, version=fresh.version)
    return fresh


def triage(lead: Lead, *, decision: str, reason: str, actor: Actor, now: datetime) -> Lead:
    """Decide what to do about a lead, with a reason (sealed). A later decision replaces it.

    Refuses with ``RY-LEAD-ENDED`` after its outcome.
    """
    with transaction.atomic():
        fresh = _held(lead, "lead.triage", actor, now)
        if fresh.status not in OPEN:
            raise refuse("RY-LEAD-ENDED")
        words("triage").item(decision, field="decision")
        _seal_reason(fresh, "decision_reason", reason, actor, now)
        fresh.status, fresh.decision = TRIAGED, decision
        fresh.decided_at, fresh.decided_by = now, actor.id
        _store(fresh)
        _log(fresh, "lead.triage", actor, now, decision=decision)
    return fresh


def pass_to_police(
    lead: Lead,
    *,
    unit: Partner,
    officer: str,
    receipt_no: str,
    passed_on: date,
    actor: Actor,
    now: datetime,
) -> Receipt:
    """Record that a police unit took the lead over: by whom (sealed), under which number.

    Another unit may get it too. Refuses with ``RY-LEAD-ENDED`` once it is closed,
    ``RY-LEAD-NOT-POLICE``, ``RY-LEAD-NO-OFFICER``, and for a day that cannot be.
    """
    with transaction.atomic():
        fresh = _held(lead, "lead.pass", actor, now)
        if fresh.status == CLOSED:
            raise refuse("RY-LEAD-ENDED")
        if unit.kind != POLICE or not unit.active:
            raise refuse("RY-LEAD-NOT-POLICE", field="unit")
        if not officer.strip():
            raise refuse("RY-LEAD-NO-OFFICER", field="officer")
        _check_day(fresh, passed_on, now)
        receipt = Receipt(
            lead=fresh, unit=unit, passed_on=passed_on, recorded_at=now, recorded_by=actor.id
        )
        sealed = {"officer": officer.strip(), "receipt_no": receipt_no.strip()}
        access.seal(receipt, actor=actor, now=now, **sealed)
        receipt.save()
        if fresh.status != CASE:
            _end(fresh, PASSED, "police", actor, now)
        details = {"receipt": receipt.pk, "unit": unit.pk}
        _log(fresh, "lead.pass", actor, now, **details)
    return receipt


def close_lead(
    lead: Lead, *, outcome: str, closing_reason: str, reason: str, actor: Actor, now: datetime
) -> Lead:
    """Close a lead without police or case: ``outcome`` is ``closed`` or ``referred``.

    ``closing_reason`` is a code, ``reason`` its words (sealed). Refuses with ``RY-LEAD-ENDED``
    after another outcome.
    """
    with transaction.atomic():
        fresh = _held(lead, "lead.triage", actor, now)
        if fresh.status not in OPEN:
            raise refuse("RY-LEAD-ENDED")
        if outcome not in ("closed", "referred"):
            raise refuse("RY-LIST-UNKNOWN", field="outcome")
        words("closing_reasons").item(closing_reason, field="closing_reason")
        _seal_reason(fresh, "closing_note", reason, actor, now)
        fresh.closing_reason = closing_reason
        _end(fresh, CLOSED, outcome, actor, now)
        _log(fresh, "lead.close", actor, now, outcome=outcome, reason=closing_reason)
    return fresh


def became_case(lead: Lead, *, actor: Actor, now: datetime) -> Lead:
    """A case was opened from this lead; called by the floor above, in its transaction.

    Several cases may come from one lead, also from one that was passed on or closed.
    """
    with transaction.atomic():
        fresh = _held(lead, "lead.triage", actor, now)
        if fresh.status != CASE:
            _end(fresh, CASE, "case", actor, now)
        _log(fresh, "lead.case", actor, now)
    return fresh


def _held(lead: Lead, verb: str, actor: Actor, now: datetime) -> Lead:
    """The lead as it stands, locked for this verb."""
    access.require(actor, verb, lead.node, now=now)
    rows = Lead.objects.select_for_update(of=("self",)).select_related("node")
    return rows.get(pk=lead.pk)


def _end(lead: Lead, status: str, outcome: str, actor: Actor, now: datetime) -> None:
    lead.status, lead.outcome, lead.ended_at, lead.ended_by = status, outcome, now, actor.id
    _store(lead)


def _store(lead: Lead) -> None:
    """Save, and let whoever is writing at the same time notice."""
    lead.version += 1
    lead.save()


def _seal_reason(lead: Lead, field: str, reason: str, actor: Actor, now: datetime) -> None:
    if not reason.strip():
        raise refuse("RY-LEAD-REASON", field="reason")
    access.seal(lead, actor=actor, now=now, **{field: reason.strip()})


def _check_day(lead: Lead, day: date, now: datetime) -> None:
    """Passed on between the day it was received and today, in Bangkok."""
    if day > local_day(now):
        raise refuse("RY-LEAD-FUTURE", field="passed_on")
    if day < local_day(lead.received_at):
        raise refuse("RY-LEAD-PASSED-EARLY", field="passed_on")


def _tell(lead: Lead, actor: Actor, now: datetime) -> None:
    """Leave a notice for those who lead the team, the writer apart."""
    kind = "lead.urgent" if lead.imminence == DANGER_NOW else "lead.new"
    told = {member.pk for member in access.who_can(LEADS_THE_TEAM, lead.node, now=now)}
    notify(told - {actor.id}, kind, subject=lead.pk, now=now)


def _log(lead: Lead, verb: str, actor: Actor, now: datetime, **details: Any) -> None:
    audit.record(actor=actor.id, verb=verb, subject=lead.pk, details=details, at=now)
