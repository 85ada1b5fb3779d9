"""What the police did, as far as it was told, and what those who took part learned."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.operations.actions.holding import check_version, held, log, store, taken_place
from romyen.operations.models import Arrest, Debrief, Operation
from romyen.operations.words import PLANNED, by_police, words
from romyen.rules.refusals import refuse

MOST = 1_000


@dataclass(frozen=True, kw_only=True)
class Arrested:
    """Suspects who stand alike. Of the words, None leaves as it is and empty clears."""

    women: int = 0
    men: int = 0
    others: int = 0
    standing: str = "unknown"
    names: str | None = None
    charges: str | None = None
    reference: str | None = None
    notes: str | None = None

    def check(self) -> None:
        """Refuse with ``RY-OPERATION-COUNT`` what is nobody, or more than can be."""
        words("standings").item(self.standing, field="standing")
        counts = (self.women, self.men, self.others)
        if min(counts) < 0 or not 1 <= sum(counts) <= MOST:
            raise refuse("RY-OPERATION-COUNT", field="women", most=MOST)

    def put(self, row: Arrest, actor: Actor, now: datetime) -> None:
        """Set it on the row; the verb saves."""
        row.women, row.men, row.others = self.women, self.men, self.others
        row.standing = self.standing
        said = {name: getattr(self, name) for name in ("names", "charges", "reference", "notes")}
        sealed = {name: text.strip() for name, text in said.items() if text is not None}
        access.seal(row, actor=actor, now=now, **sealed)


def record_arrest(operation: Operation, facts: Arrested, *, actor: Actor, now: datetime) -> Arrest:
    """Record arrests that the police made.

    Refuses with ``RY-OPERATION-NO-FORCE`` where no police unit had authority.
    """
    with transaction.atomic():
        fresh = taken_place(operation, actor, now)
        if not by_police(fresh.kind):
            raise refuse("RY-OPERATION-NO-FORCE")
        facts.check()
        row = Arrest(operation=fresh, at=now, by=actor.id)
        facts.put(row, actor, now)
        row.save(force_insert=True)
        log(fresh, "operation.arrest", actor, now, arrest=row.pk, people=row.people)
    return row


def edit_arrest(
    arrest: Arrest, facts: Arrested, *, expected: int, actor: Actor, now: datetime
) -> Arrest:
    """Correct an entry, or say how the suspects stand now."""
    with transaction.atomic():
        operation = taken_place(arrest.operation, actor, now)
        fresh = Arrest.objects.select_for_update().get(pk=arrest.pk)
        check_version(fresh, expected)
        facts.check()
        facts.put(fresh, actor, now)
        store(fresh)
        log(operation, "operation.arrest", actor, now, arrest=fresh.pk, people=fresh.people)
    return fresh


def debrief(
    operation: Operation,
    *,
    staff_care: str,
    went: str | None = None,
    lessons: str | None = None,
    agreed: str | None = None,
    expected: int,
    actor: Actor,
    now: datetime,
) -> Debrief:
    """Write down how it went, what was learned and what was agreed; later ones add to it.

    Of the words, None leaves as it is. ``expected`` is 0 for the first. Also for a plan that was
    called off or blown; not before (``RY-OPERATION-NOT-YET``).
    """
    with transaction.atomic():
        fresh = _over(operation, actor, now)
        words("staff_care").item(staff_care, field="staff_care")
        row = fresh.debriefs.select_for_update().first() or Debrief(operation=fresh, version=0)
        check_version(row, expected)
        row.staff_care, row.at, row.by = staff_care, now, actor.id
        said = {"went": went, "lessons": lessons, "agreed": agreed}
        sealed = {name: text.strip() for name, text in said.items() if text is not None}
        access.seal(row, actor=actor, now=now, **sealed)
        store(row)
        log(fresh, "operation.debrief", actor, now, staff_care=staff_care)
    return row


def _over(operation: Operation, actor: Actor, now: datetime) -> Operation:
    fresh = held(operation, "operation.record", actor, now)
    if fresh.state == PLANNED:
        raise refuse("RY-OPERATION-NOT-YET")
    return fresh
