"""What every verb of the legal file asks, checks and writes."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from romyen import access, audit
from romyen.access import Actor
from romyen.cases.models import Case
from romyen.cases.versions import take_version
from romyen.keys.fields import SealedField
from romyen.legal.models import (
    Attendance,
    Charge,
    Compensation,
    FundApplication,
    FundHead,
    Hearing,
    Party,
    Payment,
    Permit,
    Proceeding,
    Testimony,
)
from romyen.legal.models.parts import Part
from romyen.legal.words import words
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

MOST_BAHT = 999_999_999
"""More than that is a slip of the hand."""


def on_proceeding(actor: Actor, proceeding: Proceeding, now: datetime) -> str:
    """Refuse unless the actor records proceedings there; the id that the entry is about."""
    access.require(actor, "proceeding.record", proceeding.node, now=now)
    return str(proceeding.pk)


def on_case(actor: Actor, case: Case, now: datetime) -> str:
    """Refuse unless the actor records legal aid on the case; the id that the entry is about.

    A closed case stays open to this: courts order and pay years after the work has ended.
    """
    access.require(actor, "legal.record", case.node, now=now)
    return str(case.pk)


def on_party(actor: Actor, party: Party, now: datetime) -> str:
    """As :func:`on_case`; whoever may not know of the proceeding writes nothing about it."""
    access.require(actor, "proceeding.read", party.proceeding.node, now=now)
    return on_case(actor, party.case, now)


_GUARDS: dict[type[Part], Callable[[Any, Actor, datetime], str]] = {
    Charge: lambda row, actor, now: on_proceeding(actor, row.proceeding, now),
    Hearing: lambda row, actor, now: on_proceeding(actor, row.proceeding, now),
    Party: lambda row, actor, now: on_party(actor, row, now),
    Attendance: lambda row, actor, now: on_party(actor, row.party, now),
    Testimony: lambda row, actor, now: on_party(actor, row.party, now),
    Compensation: lambda row, actor, now: on_party(actor, row.party, now),
    Payment: lambda row, actor, now: on_party(actor, row.compensation.party, now),
    Permit: lambda row, actor, now: on_case(actor, row.case, now),
    FundApplication: lambda row, actor, now: on_case(actor, row.case, now),
    FundHead: lambda row, actor, now: on_case(actor, row.application.case, now),
}


def guard(row: Part, actor: Actor, now: datetime) -> str:
    """Refuse unless the actor writes such rows there; the id that the entry is about."""
    return _GUARDS[type(row)](row, actor, now)


def new[Row: Part](kind: type[Row], *, actor: Actor, now: datetime, **links: Any) -> Row:
    """A row that nobody has filled in yet."""
    return kind(recorded_at=now, recorded_by=actor.id, **links)


def put_in(
    row: Any, facts: Mapping[str, Any], lists: Mapping[str, str], *, actor: Actor, now: datetime
) -> None:
    """Check the codes and set the facts on the row; what isn't named stays as it is."""
    for name, of in lists.items():
        if facts.get(name):
            words(of).item(facts[name], field=name)
    sealed = {field.name for field in row._meta.fields if isinstance(field, SealedField)}
    for name in facts.keys() - sealed:
        setattr(row, name, facts[name])
    given = {name: facts[name].strip() for name in facts.keys() & sealed}
    if given:
        access.seal(row, actor=actor, now=now, **given)


def add(row: Part, *, actor: Actor, now: datetime, **details: Any) -> None:
    """Save a new row and log it. Its guard is asked here, before anything is written."""
    subject = guard(row, actor, now)
    row.save(force_insert=True)
    log(actor, row.entry, subject, now, part=row.pk, **details)


def change(row: Part, expected: int, *, actor: Actor, now: datetime, **details: Any) -> None:
    """Save a changed row as its next version and log it.

    Refuses with ``RY-LEGAL-STRUCK`` for what was struck out, and ``RY-EDIT-CONFLICT``.
    """
    subject = guard(row, actor, now)
    if row.void_at is not None:
        raise refuse("RY-LEGAL-STRUCK")
    take_version(row, expected)
    row.save()
    log(actor, row.entry, subject, now, part=row.pk, version=row.version, **details)


def strike(row: Part, *, actor: Actor, now: datetime) -> Part:
    """A row was entered in error: it stays, struck out, and counts for nothing."""
    with transaction.atomic():
        subject = guard(row, actor, now)
        if row.void_at is not None:
            raise refuse("RY-LEGAL-STRUCK")
        take_version(row, row.version)
        row.void_at, row.void_by = now, actor.id
        row.save(update_fields=["void_at", "void_by"])
        log(actor, "legal.strike", subject, now, part=row.pk, kind=row.entry)
    return row


def check_amounts(**amounts: int | None) -> None:
    """Refuse with ``RY-LEGAL-AMOUNT`` what is no sum of money, beside its field."""
    for field, amount in amounts.items():
        if amount is not None and not 0 < amount <= MOST_BAHT:
            raise refuse("RY-LEGAL-AMOUNT", field=field)


def check_past(now: datetime, **days: date | None) -> None:
    """Refuse with ``RY-LEGAL-FUTURE`` days that have not come yet, beside their field."""
    for field, day in days.items():
        if day is not None and day > local_day(now):
            raise refuse("RY-LEGAL-FUTURE", field=field)


def check_order(**days: date | None) -> None:
    """Refuse with ``RY-LEGAL-ORDER`` a day before one that has to come earlier."""
    before = None
    for field, day in days.items():
        if day is not None and before is not None and day < before:
            raise refuse("RY-LEGAL-ORDER", field=field)
        before = day or before


def log(actor: Actor, verb: str, subject: str, now: datetime, **details: Any) -> None:
    """One entry, in the verb's own transaction."""
    audit.record(actor=actor.id, verb=verb, subject=subject, details=details or None, at=now)
