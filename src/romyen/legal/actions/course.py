"""Charges and days at court, and which may not come before which."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Q

from romyen.access import Actor
from romyen.legal.actions.ground import add, change, check_order, check_past, guard, new, put_in
from romyen.legal.actions.parties import attend
from romyen.legal.models import Attendance, Charge, Hearing, Party, Proceeding
from romyen.legal.models.proceedings import HELD, PLANNED, POSTPONED
from romyen.legal.words import is_criminal, marked
from romyen.rules.refusals import refuse

CHARGE = {"offence": "offences", "result": "results"}
HEARING = {"kind": "hearing_kinds", "outcome": "hearing_outcomes"}


class ChargeFacts(TypedDict, total=False):
    """One charge. What is left out stays; an empty text clears."""

    offence: str
    detail: str
    charged_on: date | None
    result: str
    judged_on: date | None
    sentence: str


class HearingFacts(TypedDict, total=False):
    """One day at court. What is left out stays; an empty text clears."""

    kind: str
    on: date
    hour: time | None
    room: str
    outcome: str
    words: str


def charge(
    proceeding: Proceeding, *, actor: Actor, now: datetime, **facts: Unpack[ChargeFacts]
) -> Charge:
    """Write down a charge by law and section."""
    with transaction.atomic():
        row = new(Charge, actor=actor, now=now, proceeding=proceeding)
        guard(row, actor, now)
        _fill_charge(row, facts, actor, now)
        add(row, actor=actor, now=now, offence=row.offence)
    return row


def change_charge(
    row: Charge, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[ChargeFacts]
) -> Charge:
    """Correct a charge, or write down what became of it."""
    with transaction.atomic():
        guard(row, actor, now)
        _fill_charge(row, facts, actor, now)
        change(row, expected, actor=actor, now=now, result=row.result)
    return row


def _fill_charge(row: Charge, facts: Any, actor: Actor, now: datetime) -> None:
    put_in(row, facts, CHARGE, actor=actor, now=now)
    if marked("offences", row.offence, "detail") and row.detail is None:
        raise refuse("RY-LEGAL-SECTION", field="detail")
    check_past(now, charged_on=row.charged_on, judged_on=row.judged_on)
    check_order(charged_on=row.charged_on, judged_on=row.judged_on)
    if marked("results", row.result, "judged") and row.judged_on is None:
        raise refuse("RY-LEGAL-JUDGED-ON", field="judged_on")


def plan_hearing(
    proceeding: Proceeding,
    *,
    people: Iterable[Party] = (),
    actor: Actor,
    now: datetime,
    **facts: Unpack[HearingFacts],
) -> Hearing:
    """Write down a day at court, past or to come, and which parties have to come.

    Refuses with ``RY-LEGAL-BEFORE-CHARGE`` a hearing of a criminal case while no charge is
    filed (testimony in advance apart), and with ``RY-LEGAL-BEFORE-FILING`` a judgment before
    what was filed.
    """
    with transaction.atomic():
        row = new(Hearing, actor=actor, now=now, proceeding=proceeding)
        guard(row, actor, now)
        _fill_hearing(row, facts, actor, now)
        add(row, actor=actor, now=now, kind=row.kind)
        for party in people:
            attend(party, row, actor=actor, now=now)
    return row


def change_hearing(
    row: Hearing, *, expected: int, actor: Actor, now: datetime, **facts: Unpack[HearingFacts]
) -> Hearing:
    """Correct a day at court, or write down what came of it. Moving it is another verb."""
    with transaction.atomic():
        guard(row, actor, now)
        was = row.outcome
        _fill_hearing(row, facts, actor, now)
        if POSTPONED in (was, row.outcome) and was != row.outcome:
            raise refuse("RY-LEGAL-MOVE-IT", field="outcome")
        change(row, expected, actor=actor, now=now, outcome=row.outcome)
    return row


def move_hearing(
    row: Hearing,
    *,
    on: date,
    hour: time | None = None,
    room: str = "",
    expected: int,
    actor: Actor,
    now: datetime,
) -> Hearing:
    """A hearing was put off to another day: the new one follows the old.

    Whoever had to come to the old has to come to the new, with the same protection; that she
    was prepared is not carried over.
    """
    with transaction.atomic():
        guard(row, actor, now)
        if row.outcome != PLANNED or on == row.on:
            raise refuse("RY-LEGAL-HEARING-OVER", field="on")
        row.outcome = POSTPONED
        change(row, expected, actor=actor, now=now, outcome=POSTPONED)
        following = new(Hearing, actor=actor, now=now, proceeding=row.proceeding, moved_from=row)
        facts = {"kind": row.kind, "on": on, "hour": hour, "room": room}
        _fill_hearing(following, facts, actor, now)
        add(following, actor=actor, now=now, kind=row.kind, moved_from=row.pk)
        _bring_along(row, following, actor, now)
    return following


def _bring_along(old: Hearing, following: Hearing, actor: Actor, now: datetime) -> None:
    rows = old.attendances.filter(void_at=None, party__void_at=None)
    Attendance.objects.bulk_create(
        new(
            Attendance, actor=actor, now=now,
            party_id=row.party_id, hearing=following, measures=row.measures,
        )
        for row in rows
    )  # fmt: skip


def _fill_hearing(row: Hearing, facts: Any, actor: Actor, now: datetime) -> None:
    put_in(row, facts, HEARING, actor=actor, now=now)
    if row.outcome == HELD:
        check_past(now, on=row.on)
    if marked("hearing_kinds", row.kind, "after_filing"):
        _require_filing(row)
    if is_criminal(row.proceeding.kind) and not marked("hearing_kinds", row.kind, "before_charge"):
        _require_charge(row)


def _require_charge(row: Hearing) -> None:
    """A charge stands, filed by that day; one whose day nobody knows counts."""
    charges = Charge.objects.filter(proceeding=row.proceeding, void_at=None)
    if not charges.filter(Q(charged_on=None) | Q(charged_on__lte=row.on)).exists():
        raise refuse("RY-LEGAL-BEFORE-CHARGE", field="on")


def _require_filing(row: Hearing) -> None:
    """Whatever is known to have been filed was not filed later."""
    filed = Hearing.objects.filter(proceeding=row.proceeding, kind="filing", void_at=None)
    first = filed.order_by("on").values_list("on", flat=True).first()
    if first is not None and first > row.on:
        raise refuse("RY-LEGAL-BEFORE-FILING", field="on")
