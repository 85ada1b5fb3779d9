"""A proceeding: begun from a case, edited, moved on to its next stage."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.cases.models import Case
from romyen.cases.versions import take_version
from romyen.legal.actions.ground import check_order, check_past, log, on_proceeding, put_in
from romyen.legal.actions.parties import PartyFacts, add_party
from romyen.legal.models import Proceeding, Stage
from romyen.partners.models import Partner
from romyen.rules.codes import new_code
from romyen.rules.refusals import refuse

LISTS = {"kind": "proceeding_kinds", "stage": "stages"}


class ProceedingFacts(TypedDict, total=False):
    """What is known of a proceeding. What is left out stays; an empty text clears."""

    kind: str
    police: Partner | None
    prosecutor: Partner | None
    court: Partner | None
    police_no: str
    prosecutor_no: str
    black_no: str
    red_no: str
    accused: str
    accused_count: int
    detained: bool
    detained_on: date | None


def begin(
    case: Case,
    *,
    stage: str,
    stage_on: date,
    party: PartyFacts,
    actor: Actor,
    now: datetime,
    **facts: Unpack[ProceedingFacts],
) -> Proceeding:
    """Write down a proceeding that a case is part of; it belongs to the case's team.

    Other cases join it later. Refuses with ``RY-LIST-UNKNOWN``, ``RY-LEGAL-FUTURE`` and
    ``RY-LEGAL-ORDER`` beside the field.
    """
    with transaction.atomic():
        access.require(actor, "proceeding.record", case.node, now=now)
        node = access.found_node(
            "proceeding", access.Node.objects.get(pk=case.node.team_id),
            now=now, code=new_code("proceeding"),
        )  # fmt: skip
        made = Proceeding(node=node, recorded_at=now, recorded_by=actor.id)
        _fill(made, {**facts, "stage": stage, "stage_on": stage_on}, actor, now)
        made.save(force_insert=True)
        _stage(made, actor, now)
        log(actor, "proceeding.begin", made.pk, now, kind=made.kind)
        add_party(made, case, party, actor=actor, now=now)
    return made


def edit(
    proceeding: Proceeding,
    *,
    expected: int,
    actor: Actor,
    now: datetime,
    **facts: Unpack[ProceedingFacts],
) -> Proceeding:
    """Complete or correct a proceeding; what isn't named stays."""
    with transaction.atomic():
        on_proceeding(actor, proceeding, now)
        take_version(proceeding, expected)
        _fill(proceeding, facts, actor, now)
        proceeding.save()
        log(actor, "proceeding.edit", proceeding.pk, now, version=proceeding.version)
    return proceeding


def reach_stage(
    proceeding: Proceeding, *, stage: str, on: date, expected: int, actor: Actor, now: datetime
) -> Proceeding:
    """The proceeding came to a stage on a day, not before the day of the stage before."""
    with transaction.atomic():
        on_proceeding(actor, proceeding, now)
        check_past(now, on=on)
        check_order(before=proceeding.stage_on, on=on)
        take_version(proceeding, expected)
        _fill(proceeding, {"stage": stage, "stage_on": on}, actor, now)
        proceeding.save()
        _stage(proceeding, actor, now)
        log(actor, "proceeding.stage", proceeding.pk, now, stage=stage)
    return proceeding


def _fill(proceeding: Proceeding, facts: Any, actor: Actor, now: datetime) -> None:
    put_in(proceeding, facts, LISTS, actor=actor, now=now)
    check_past(now, stage_on=proceeding.stage_on, detained_on=proceeding.detained_on)
    if proceeding.accused_count > 999:
        raise refuse("RY-LEGAL-COUNT", field="accused_count")


def _stage(proceeding: Proceeding, actor: Actor, now: datetime) -> None:
    Stage.objects.create(
        proceeding=proceeding,
        code=proceeding.stage,
        on=proceeding.stage_on,
        recorded_at=now,
        recorded_by=actor.id,
    )
