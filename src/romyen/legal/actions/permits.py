"""Permits and papers, and the renewals that follow each other."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from romyen.access import Actor
from romyen.cases.models import Case
from romyen.legal.actions.ground import add, change, check_past, guard, log, new, on_case, put_in
from romyen.legal.models import Permit
from romyen.partners.models import Partner
from romyen.rules.refusals import refuse

PERMIT = {"kind": "permit_kinds", "state": "permit_states"}
GRANTED, RENEWED = "granted", "renewed"


class PermitFacts(TypedDict, total=False):
    """A permit. What is left out stays; an empty text clears."""

    kind: str
    number: str
    authority: Partner | None
    state: str
    granted_on: date | None
    expires_on: date | None
    words: str


def record_permit(
    case: Case, *, actor: Actor, now: datetime, **facts: Unpack[PermitFacts]
) -> Permit:
    """Write down a permit or paper; one that ends before it begins: ``RY-LEGAL-PERMIT-ENDS``."""
    with transaction.atomic():
        row = new(Permit, actor=actor, now=now, case=case)
        guard(row, actor, now)
        _fill(row, facts, actor, now)
        add(row, actor=actor, now=now, kind=row.kind)
    return row


def change_permit(
    row: Permit, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[PermitFacts]
) -> Permit:
    """Correct a permit, or write down what became of it."""
    with transaction.atomic():
        guard(row, actor, now)
        _fill(row, facts, actor, now)
        change(row, expected, actor=actor, now=now, state=row.state)
    return row


def renew_permit(
    old: Permit, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[PermitFacts]
) -> Permit:
    """Another permit of the same kind follows this one, which is renewed once and no more."""
    with transaction.atomic():
        subject = on_case(actor, old.case, now)
        if Permit.objects.filter(renews=old).exists():
            raise refuse("RY-LEGAL-TWICE")
        row = new(Permit, actor=actor, now=now, case=old.case, renews=old)
        _fill(row, {**facts, "kind": old.kind}, actor, now)
        old.state = RENEWED
        change(old, expected, actor=actor, now=now, state=RENEWED)
        add(row, actor=actor, now=now, kind=row.kind)
        log(actor, "legal.renewal", subject, now, part=row.pk, renews=old.pk)
    return row


def _fill(row: Permit, facts: Any, actor: Actor, now: datetime) -> None:
    put_in(row, facts, PERMIT, actor=actor, now=now)
    if row.state == GRANTED and row.granted_on is None:
        raise refuse("RY-LEGAL-GRANTED-ON", field="granted_on")
    check_past(now, granted_on=row.granted_on)
    if row.granted_on and row.expires_on and row.expires_on < row.granted_on:
        raise refuse("RY-LEGAL-PERMIT-ENDS", field="expires_on")
