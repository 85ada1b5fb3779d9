"""What is written in a case: notes, people, referrals, and the sheet of a referral."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from romyen import access
from romyen.cases.models import Case, Note, Person, Referral
from romyen.survivors.models import Alert, Consent, Contact, Document, Name, Survivor
from romyen.survivors.queries import NAMES, consents


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


@dataclass(frozen=True)
class Papers:
    """What has left the house for her and what she agreed to: the panels and the time line of a
    page speak of the same rows.
    """

    referrals: list[Referral]
    consents: list[Consent]


def papers_of(case: Case) -> Papers:
    """The referrals of a case and every consent of hers. Two queries."""
    return Papers(referrals(case), consents(case.survivor))


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


def reviewers(referral: Referral, *, now: datetime) -> list[access.Member]:
    """Who may look over a disclosure as second person: whoever may refer, its maker apart."""
    able = access.who_can("case.review", referral.case.node, now=now)
    return [member for member in able if member.pk != referral.made_by]


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
    "name": NAMES,
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
    parts = [_parts(kind, survivor, fact in shown) for fact, kind in _PARTS.items()]
    alerts = _alerts(survivor, "alerts" in shown)
    hers, asked, *held, warned = access.reveal_all(
        reader,
        ([survivor] if fields else [], fields),
        ([referral], ("request",)),
        *((rows, ("content",)) for rows in parts),
        (alerts, Alert.COLUMNS),
        purpose="referral",
        now=now,
    )
    names, contacts, documents = (
        [opened[row.pk]["content"] for row in rows]
        for rows, opened in zip(parts, held, strict=True)
    )
    return Sheet(
        referral=referral,
        survivor=hers.get(survivor.pk, {}),
        names=names,
        contacts=contacts,
        documents=documents,
        alerts=[_filled(warned[alert.pk]) for alert in alerts],
        request=asked[referral.pk]["request"],
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
