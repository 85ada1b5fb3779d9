"""The verbs of the log: write an entry, in the caller's transaction or alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes
from typing import Any

from django.db import transaction

from romyen.audit import outbox
from romyen.audit.canonical import canonical, commitment, instant
from romyen.audit.models import ID, PURPOSE, VERB, Detail, Entry, EntrySubject

SALT_BYTES = 32


def record(
    *,
    actor: str,
    verb: str,
    subject: str = "",
    subjects: Collection[str] = (),
    purpose: str = "",
    details: dict[str, Any] | None = None,
    at: datetime,
) -> Entry:
    """Write what is being done, in the transaction of the verb that does it.

    The entry stands exactly when the verb's own rows do. ``subject`` and ``subjects`` are opaque
    ids and are written as one list; ``details`` hold ids, codes, counts and dates, never sealed
    content. Handlers that the doors named for the verb get their outbox rows here.

    RuntimeError outside a transaction (a read or a refusal wants :func:`record_alone`);
    ValueError or TypeError for values that no entry can hold.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record belongs in the verb's transaction; see record_alone")
    names = sorted({*subjects, *([subject] if subject else [])})
    _check(actor, verb, purpose, names)
    instant(at)
    salt, body = token_bytes(SALT_BYTES), canonical(details) if details else ""
    entry = Entry.objects.create(
        at=at,
        actor=actor,
        verb=verb,
        purpose=purpose,
        commitment=commitment(salt, body) if body else "",
    )
    EntrySubject.objects.bulk_create(EntrySubject(entry=entry, subject=name) for name in names)
    if body:
        Detail.objects.create(entry=entry, salt=salt, body=body)
    outbox.announce(entry)
    return entry


@dataclass(frozen=True)
class One:
    """One of many entries of the same verb: whom it is about, and its details."""

    subjects: tuple[str, ...]
    details: dict[str, Any]


def record_many(
    entries: Sequence[One], *, actor: str, verb: str, purpose: str = "", at: datetime
) -> list[Entry]:
    """As :func:`record` for many entries at once, with three inserts instead of three for each.

    For verbs that write many records in one transaction, such as an import.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record_many belongs in the verb's transaction")
    for one in entries:
        _check(actor, verb, purpose, list(one.subjects))
    instant(at)
    sealed = [(token_bytes(SALT_BYTES), canonical(one.details)) for one in entries]
    made = Entry.objects.bulk_create(
        Entry(at=at, actor=actor, verb=verb, purpose=purpose, commitment=commitment(salt, body))
        for salt, body in sealed
    )
    EntrySubject.objects.bulk_create(
        EntrySubject(entry=entry, subject=name)
        for entry, one in zip(made, entries, strict=True)
        for name in sorted(set(one.subjects))
    )
    Detail.objects.bulk_create(
        Detail(entry=entry, salt=salt, body=body)
        for entry, (salt, body) in zip(made, sealed, strict=True)
    )
    for entry in made:
        outbox.announce(entry)
    return made


def record_alone(
    *,
    actor: str,
    verb: str,
    subject: str = "",
    subjects: Collection[str] = (),
    purpose: str = "",
    details: dict[str, Any] | None = None,
    at: datetime,
) -> Entry:
    """Write an entry that is committed before this returns: reads, refusals, sign-ins.

    No entry, no plaintext: a caller reveals only after this came back. RuntimeError inside a
    transaction, which could still take the entry back.
    """
    with transaction.atomic(durable=True):
        return record(
            actor=actor,
            verb=verb,
            subject=subject,
            subjects=subjects,
            purpose=purpose,
            details=details,
            at=at,
        )


def shred_details(subject: str, *, actor: str, purpose: str, at: datetime) -> int:
    """Delete the details (with their salts) of every entry about a subject; how many went.

    The entries and the log stay and still verify. Who may do this is decided above.
    """
    with transaction.atomic():
        gone, _ = Detail.objects.filter(entry__subjects__subject=subject).delete()
        record(
            actor=actor,
            verb="audit.shred-details",
            subject=subject,
            purpose=purpose,
            details={"shredded": gone},
            at=at,
        )
    return gone


def _check(actor: str, verb: str, purpose: str, names: list[str]) -> None:
    """SQLite does not keep lengths, and an entry cannot be mended later."""
    if not actor or not verb or not all(names):
        raise ValueError("an entry needs an actor, a verb and non-empty subjects")
    if max(len(actor), *map(len, names), 0) > ID or len(verb) > VERB or len(purpose) > PURPOSE:
        raise ValueError("a part of the entry is too long")
