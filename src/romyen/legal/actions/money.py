"""Compensation claimed, ordered and paid; the Fund's help by expense head."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.cases.models import Case
from romyen.legal.actions.ground import (
    add,
    change,
    check_amounts,
    check_past,
    guard,
    log,
    new,
    on_case,
    put_in,
)
from romyen.legal.models import (
    Compensation,
    FundApplication,
    FundHead,
    FundStep,
    Party,
    Payment,
)
from romyen.partners.models import Partner
from romyen.rules.refusals import refuse

COMPENSATION = {
    "head": "compensation_heads",
    "payer": "payers",
    "enforcement": "enforcement_states",
}
FUND = {"applicant": "fund_applicants"}
HEAD = {"head": "fund_heads"}
STEP = {"step": "fund_steps", "decision": "fund_decisions"}


class CompensationFacts(TypedDict, total=False):
    """One head of compensation, in whole baht. What is left out stays."""

    head: str
    payer: str
    claimed: int | None
    claimed_on: date | None
    ordered: int | None
    ordered_on: date | None
    enforcement: str
    words: str


class FundFacts(TypedDict, total=False):
    """An application to the Fund."""

    applicant: str
    applied_on: date
    office: Partner | None
    words: str


class HeadFacts(TypedDict, total=False):
    """One expense head, in whole baht."""

    asked: int
    approved: int | None
    paid: int | None
    paid_on: date | None


def compensate(
    party: Party, *, actor: Actor, now: datetime, **facts: Unpack[CompensationFacts]
) -> Compensation:
    """Write down what is claimed or was ordered for her under one head.

    An order without a claim is allowed: the court may order it unasked (Act of 2016, s.13).
    Refuses with ``RY-LEGAL-AMOUNT``, ``RY-LEGAL-NOTHING`` where neither is named, and
    ``RY-LEGAL-FUTURE``.
    """
    with transaction.atomic():
        row = new(Compensation, actor=actor, now=now, party=party)
        guard(row, actor, now)
        _fill(row, facts, actor, now)
        add(row, actor=actor, now=now, head=row.head)
    return row


def change_compensation(
    row: Compensation,
    *,
    expected: int,
    actor: Actor,
    now: datetime,
    **facts: Unpack[CompensationFacts],
) -> Compensation:
    """What was ordered, and how its enforcement stands."""
    with transaction.atomic():
        guard(row, actor, now)
        _fill(row, facts, actor, now)
        change(row, expected, actor=actor, now=now, enforcement=row.enforcement)
    return row


def _fill(row: Compensation, facts: Any, actor: Actor, now: datetime) -> None:
    put_in(row, facts, COMPENSATION, actor=actor, now=now)
    if row.claimed is None and row.ordered is None:
        raise refuse("RY-LEGAL-NOTHING", field="claimed")
    check_amounts(claimed=row.claimed, ordered=row.ordered)
    check_past(now, claimed_on=row.claimed_on, ordered_on=row.ordered_on)


def pay(row: Compensation, *, amount: int, paid_on: date, actor: Actor, now: datetime) -> Payment:
    """An instalment reached her. More than ordered, or sooner, is warned of and not refused."""
    with transaction.atomic():
        made = new(Payment, actor=actor, now=now, compensation=row)
        guard(made, actor, now)
        if row.void_at is not None:
            raise refuse("RY-LEGAL-STRUCK")
        check_amounts(amount=amount)
        check_past(now, paid_on=paid_on)
        made.amount, made.paid_on = amount, paid_on
        add(made, actor=actor, now=now, compensation=row.pk)
    return made


def apply_to_fund(
    case: Case, *, asked: dict[str, int], actor: Actor, now: datetime, **facts: Unpack[FundFacts]
) -> FundApplication:
    """Write down an application to the Fund: ``asked`` holds the amount of each expense head."""
    with transaction.atomic():
        row = new(FundApplication, actor=actor, now=now, case=case)
        guard(row, actor, now)
        _fill_fund(row, facts, actor, now)
        if not asked:
            raise refuse("RY-LEGAL-NOTHING", field="applied_on")
        add(row, actor=actor, now=now)
        for head, amount in asked.items():
            ask_fund_for(row, head=head, asked=amount, actor=actor, now=now)
    return row


def change_fund(
    row: FundApplication, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[FundFacts]
) -> FundApplication:
    """Correct an application."""
    with transaction.atomic():
        guard(row, actor, now)
        _fill_fund(row, facts, actor, now)
        change(row, expected, actor=actor, now=now)
    return row


def _fill_fund(row: FundApplication, facts: Any, actor: Actor, now: datetime) -> None:
    put_in(row, facts, FUND, actor=actor, now=now)
    check_past(now, applied_on=row.applied_on)


def ask_fund_for(
    application: FundApplication, *, head: str, asked: int, actor: Actor, now: datetime
) -> FundHead:
    """Ask for one expense head more; the same one twice is refused."""
    with transaction.atomic():
        row = new(FundHead, actor=actor, now=now, application=application)
        guard(row, actor, now)
        if FundHead.objects.filter(application=application, head=head, void_at=None).exists():
            raise refuse("RY-LEGAL-TWICE", field="head")
        put_in(row, {"head": head, "asked": asked}, HEAD, actor=actor, now=now)
        check_amounts(asked=asked)
        add(row, actor=actor, now=now, head=head)
    return row


def change_fund_head(
    row: FundHead, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[HeadFacts]
) -> FundHead:
    """What was approved and paid under one head. Above the notice's figure only warns."""
    with transaction.atomic():
        guard(row, actor, now)
        put_in(row, facts, {}, actor=actor, now=now)
        check_amounts(asked=row.asked, approved=row.approved, paid=row.paid)
        check_past(now, paid_on=row.paid_on)
        change(row, expected, actor=actor, now=now)
    return row


def step_of_fund(
    application: FundApplication,
    *,
    step: str,
    on: date,
    decision: str = "",
    words: str = "",
    actor: Actor,
    now: datetime,
) -> FundStep:
    """An application went a step further, with a decision or without."""
    with transaction.atomic():
        subject = on_case(actor, application.case, now)
        row = FundStep(application=application, recorded_at=now, recorded_by=actor.id)
        put_in(row, {"step": step, "on": on, "decision": decision}, STEP, actor=actor, now=now)
        check_past(now, on=on)
        access.seal(row, actor=actor, now=now, words=words.strip())
        row.save(force_insert=True)
        log(actor, "legal.fund_step", subject, now, part=row.pk, step=step)
    return row
