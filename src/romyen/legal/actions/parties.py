"""Cases in a proceeding: who takes part, who has to come and how she is protected, s.31."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.cases.models import Case
from romyen.legal.actions.ground import (
    add,
    change,
    check_order,
    check_past,
    guard,
    log,
    new,
    on_proceeding,
    put_in,
)
from romyen.legal.models import Attendance, Hearing, Party, Proceeding, Testimony
from romyen.legal.words import words
from romyen.rules.refusals import refuse

ROLE = {"role": "party_roles"}
ASKED = {"asked_by": "testimony_askers"}


class PartyFacts(TypedDict, total=False):
    """Her part in it. What is left out stays; an empty text clears."""

    role: str
    lawyer: str
    interpreter: str


class AttendanceFacts(TypedDict, total=False):
    """How she comes to a hearing."""

    measures: list[str]
    prepared_on: date | None
    words: str


class TestimonyFacts(TypedDict, total=False):
    """The steps of testimony before the charge."""

    asked_by: str
    asked_on: date
    filed_on: date | None
    ordered_on: date | None
    held_on: date | None
    hearing: Hearing | None
    words: str


def join(
    proceeding: Proceeding, case: Case, *, actor: Actor, now: datetime, **facts: Unpack[PartyFacts]
) -> Party:
    """Another case becomes part of a proceeding; twice is refused with ``RY-LEGAL-TWICE``."""
    with transaction.atomic():
        on_proceeding(actor, proceeding, now)
        return add_party(proceeding, case, facts, actor=actor, now=now)


def add_party(
    proceeding: Proceeding, case: Case, facts: PartyFacts, *, actor: Actor, now: datetime
) -> Party:
    """Add a party, in the transaction of the verb that asked about the proceeding."""
    access.require(actor, "legal.record", case.node, now=now)
    if Party.objects.filter(proceeding=proceeding, case=case, void_at=None).exists():
        raise refuse("RY-LEGAL-TWICE", field="code")
    party = new(Party, actor=actor, now=now, proceeding=proceeding, case=case)
    put_in(party, facts, ROLE, actor=actor, now=now)
    party.save(force_insert=True)
    _log_party(party, actor, now)
    return party


def _log_party(party: Party, actor: Actor, now: datetime) -> None:
    """About the case alone: who reads the log of the proceeding need not know of the case."""
    log(actor, Party.entry, party.case_id, now, part=party.pk, role=party.role)


def change_party(
    party: Party, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[PartyFacts]
) -> Party:
    """Correct her part in it."""
    with transaction.atomic():
        guard(party, actor, now)
        put_in(party, facts, ROLE, actor=actor, now=now)
        change(party, expected, actor=actor, now=now)
    return party


def attend(
    party: Party, hearing: Hearing, *, actor: Actor, now: datetime, **facts: Unpack[AttendanceFacts]
) -> Attendance:
    """She has to come to a hearing of the same proceeding; twice is refused."""
    with transaction.atomic():
        row = new(Attendance, actor=actor, now=now, party=party, hearing=hearing)
        guard(row, actor, now)
        if hearing.proceeding_id != party.proceeding_id:
            raise refuse("RY-ABSENT")
        if Attendance.objects.filter(party=party, hearing=hearing, void_at=None).exists():
            raise refuse("RY-LEGAL-TWICE", field="hearing")
        _fill_attendance(row, facts, actor, now)
        add(row, actor=actor, now=now, hearing=hearing.pk)
    return row


def change_attendance(
    row: Attendance, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[AttendanceFacts]
) -> Attendance:
    """How she is protected there, and the day on which she was prepared."""
    with transaction.atomic():
        guard(row, actor, now)
        _fill_attendance(row, facts, actor, now)
        change(row, expected, actor=actor, now=now)
    return row


def _fill_attendance(row: Attendance, facts: Any, actor: Actor, now: datetime) -> None:
    put_in(row, facts, {}, actor=actor, now=now)
    for code in row.measures:
        words("measures").item(code, field="measures")
    row.measures = [item.code for item in words("measures") if item.code in row.measures]
    check_past(now, prepared_on=row.prepared_on)


def testify_early(
    party: Party, *, actor: Actor, now: datetime, **facts: Unpack[TestimonyFacts]
) -> Testimony:
    """Write down that testimony before the charge was asked for (section 31 of the Act)."""
    with transaction.atomic():
        row = new(Testimony, actor=actor, now=now, party=party)
        guard(row, actor, now)
        _fill_testimony(row, facts, actor, now)
        add(row, actor=actor, now=now)
    return row


def change_testimony(
    row: Testimony, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[TestimonyFacts]
) -> Testimony:
    """What became of it: filed, ordered, held, each on a day."""
    with transaction.atomic():
        guard(row, actor, now)
        _fill_testimony(row, facts, actor, now)
        change(row, expected, actor=actor, now=now)
    return row


def _fill_testimony(row: Testimony, facts: Any, actor: Actor, now: datetime) -> None:
    put_in(row, facts, ASKED, actor=actor, now=now)
    days = {name: getattr(row, name) for name in ("asked_on", "filed_on", "ordered_on", "held_on")}
    check_past(now, **days)
    check_order(**days)
    if row.hearing is not None and row.hearing.proceeding_id != row.party.proceeding_id:
        raise refuse("RY-ABSENT")
