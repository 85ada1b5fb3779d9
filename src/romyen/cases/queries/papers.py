"""What is written in a case: notes, people, referrals, and the sheet of a referral."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from romyen import access, audit
from romyen.access.actors import Reader
from romyen.cases.models import Case, Note, Person, Referral
from romyen.keys.sealing import decrypt_rows
from romyen.survivors.models import Alert, Contact, Document, Name, Survivor


def notes(case: Case) -> QuerySet[Note]:
    """The notes of a case, newest first, still sealed. The case was read through ``case``."""
    return Note.objects.filter(case=case).select_related("corrects").order_by("-at", "pk")


def read_notes(
    reader: access.Actor, rows: Sequence[Note], *, purpose: str, now: datetime
) -> dict[str, access.Opened]:
    """The text of notes by id; ``CLOSED`` where the reader's compartments do not reach."""
    fields = tuple(Note.COLUMNS.values())
    opened = access.reveal(reader, rows, fields, purpose=purpose, now=now)
    return {note.pk: opened[note.pk][Note.COLUMNS[note.kind]] for note in rows}


def people(case: Case) -> list[Person]:
    """The other people of a case, still sealed."""
    return list(Person.objects.filter(case=case, removed_at=None).order_by("added_at", "pk"))


def read_people(
    reader: access.Actor, rows: Sequence[Person], *, purpose: str, now: datetime
) -> dict[str, dict[str, access.Opened]]:
    """Name, contact and what is known of people, by id."""
    return access.reveal(reader, rows, ("name", "contact", "known"), purpose=purpose, now=now)


def referrals(case: Case) -> list[Referral]:
    """The referrals of a case, newest first."""
    return list(
        Referral.objects.filter(case=case)
        .select_related("partner", "consent")
        .order_by("-made_at", "pk")
    )


def reviews_waiting(reader: access.Actor, *, now: datetime) -> list[Referral]:
    """Disclosures without consent that wait for the reader as second person (home page)."""
    waiting = Referral.objects.filter(reviewed_at=None, review_due__isnull=False)
    waiting = waiting.exclude(made_by=reader.id).select_related("case__node", "partner")
    return list(
        access.visible_to(reader, "case.review", waiting, now=now).order_by("review_due", "pk")
    )


@dataclass(frozen=True)
class Sheet:
    """What a referral may show, opened: values of the survivor, her parts, and the request.

    Only what the referral's facts name was read at all.
    """

    referral: Referral
    survivor: dict[str, access.Opened]
    names: list[access.Opened]
    contacts: list[access.Opened]
    documents: list[access.Opened]
    alerts: list[access.Opened]
    request: access.Opened


_OF_SURVIVOR = {
    "name": ("full_name", "given_name", "family_name"),
    "birth": ("birth",),
    "languages": ("languages",),
    "safe_contact": ("safe_contact",),
}
"""Fact of a referral → the sealed fields of the survivor that it shows."""


def sheet(reader: access.Actor, referral: Referral, *, now: datetime) -> Sheet:
    """Open exactly what a referral may show: one read entry over survivor and case.

    The disclosure itself is the verb ``disclose``; this comes after it, outside a transaction.
    """
    shown = set(referral.shown)
    survivor = Survivor.objects.select_related("node").get(pk=referral.case.survivor_id)
    fields = tuple(name for fact, names in _OF_SURVIVOR.items() if fact in shown for name in names)
    wanted: list[tuple[list[Any], tuple[str, ...]]] = [
        ([survivor], fields),
        ([referral], ("request",)),
        *[(_parts(kind, survivor, fact in shown), ("content",)) for fact, kind in _PARTS.items()],
        (_alerts(survivor, "alerts" in shown), Alert.COLUMNS),
    ]
    opened = _open_together(reader, wanted, purpose="referral", now=now)
    other, contacts, documents = (
        [opened[row.pk]["content"] for row in rows] for rows, _ in wanted[2:5]
    )
    return Sheet(
        referral=referral,
        survivor=opened[survivor.pk],
        names=other,
        contacts=contacts,
        documents=documents,
        alerts=[_filled(opened[row.pk]) for row in wanted[5][0]],
        request=opened[referral.pk]["request"],
    )


_PARTS: dict[str, type[Name] | type[Contact] | type[Document]] = {
    "other_names": Name,
    "contacts": Contact,
    "documents": Document,
}


def _parts(kind: Any, survivor: Survivor, wanted: bool) -> list[Any]:
    rows = kind.objects.filter(survivor=survivor, removed_at=None)
    return list(rows.order_by("at", "pk")) if wanted else []


def _alerts(survivor: Survivor, wanted: bool) -> list[Alert]:
    rows = Alert.objects.filter(survivor=survivor, lowered_at=None)
    return list(rows.order_by("at", "pk")) if wanted else []


def _filled(values: dict[str, access.Opened]) -> access.Opened:
    """The one column of an alert that is filled."""
    return next((value for value in values.values() if value is not None), None)


def _open_together(
    reader: access.Actor,
    wanted: Iterable[tuple[list[Any], Sequence[str]]],
    *,
    purpose: str,
    now: datetime,
) -> dict[str, dict[str, access.Opened]]:
    """Open rows of several tables after one read entry, committed first, naming every subject."""
    found = [(rows, fields) for rows, fields in wanted if rows]
    if not isinstance(reader, Reader):
        return {
            row.pk: dict.fromkeys(fields, access.CLOSED) for rows, fields in found for row in rows
        }
    audit.record_alone(
        actor=reader.id,
        verb="sealed.read",
        subjects=sorted({row.sealed_subject() for rows, _ in found for row in rows}),
        purpose=purpose,
        details={rows[0]._meta.db_table: sorted(fields) for rows, fields in found},
        at=now,
    )
    opened: dict[str, dict[str, access.Opened]] = {}
    for rows, fields in found:
        opened.update(decrypt_rows(rows, fields, reader.ring))
    return opened
