"""The tables of the log. Entries, their subjects, leaves and checkpoints are only ever added to:
triggers (``triggers.py``) refuse every change, on SQLite and on PostgreSQL.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from romyen.audit.canonical import instant, spell
from romyen.rules.ids import ID_LENGTH, new_id

ID = 32
"""Room for the opaque ids of actors and subjects."""

VERB = 64
PURPOSE = 120


def leaf_bytes(
    *,
    ref: str,
    at: datetime,
    actor: str,
    verb: str,
    subjects: Iterable[str],
    purpose: str,
    commitment: str,
) -> bytes:
    """What is hashed into the tree for one entry. This spelling is version 1 and never changes.

    ``ref`` is random, so a leaf hash cannot be guessed from what may have happened; the details
    are there only as their commitment and can be shredded without breaking the log.
    """
    return spell(
        {
            "actor": actor,
            "at": instant(at),
            "details": commitment,
            "purpose": purpose,
            "ref": ref,
            "subjects": sorted(subjects),
            "v": 1,
            "verb": verb,
        }
    ).encode()


class Entry(models.Model):
    """One thing that someone did. ``ref`` is its public name; the number only keeps the order.

    Actor and subjects are opaque ids, verb and purpose are codes or fixed phrases: nothing here
    says who a person is.
    """

    unsealed = {
        "id": "order of writing; never shown",
        "ref": "random",
        "at": "when something was done has to be open to be checked",
        "actor": "opaque id",
        "verb": "code",
        "purpose": "code or fixed phrase of the programme",
        "commitment": "salted hash",
    }

    id = models.BigAutoField(primary_key=True)
    ref = models.CharField(max_length=ID_LENGTH, default=new_id, unique=True, editable=False)
    at = models.DateTimeField()
    actor = models.CharField(max_length=ID)
    verb = models.CharField(max_length=VERB)
    purpose = models.CharField(max_length=PURPOSE, blank=True)
    commitment = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["actor", "-id"], name="audit_entry_by_actor")]

    def __str__(self) -> str:
        """The public name and the verb."""
        return f"{self.ref} {self.verb}"

    def leaf_bytes(self) -> bytes:
        """The entry as it is hashed into the tree, read back from its rows."""
        return leaf_bytes(
            ref=self.ref,
            at=self.at,
            actor=self.actor,
            verb=self.verb,
            subjects=[row.subject for row in self.subjects.all()],
            purpose=self.purpose,
            commitment=self.commitment,
        )


class EntrySubject(models.Model):
    """Whom or what an entry is about; the list of a caseload names every survivor on it."""

    unsealed = {"id": "number", "entry": "key", "subject": "opaque id"}

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="subjects", db_index=False
    )
    subject = models.CharField(max_length=ID)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "subject"], name="audit_subject_once")
        ]
        indexes = [models.Index(fields=["subject", "-entry"], name="audit_entry_by_subject")]


class Detail(models.Model):
    """The particulars of an entry (ids, codes, counts) with the salt of their commitment.

    May be deleted, never changed: with the salt gone the commitment says nothing any more, and
    the log still verifies.
    """

    unsealed = {"entry": "key", "salt": "random", "body": "ids, codes and counts only"}

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="detail"
    )
    salt = models.BinaryField(max_length=32)
    body = models.TextField()


class Leaf(models.Model):
    """The place of an entry in the tree. Apart from entries, which exist a moment before it."""

    unsealed = {"index": "place in the log", "entry": "key", "hash": "hash"}

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="leaf")
    hash = models.CharField(max_length=64)


class Frontier(models.Model):
    """From where the sequencer appends: one row, changed in the transaction that adds leaves.

    It saves reading the tree and proves nothing; what it says is checked by recomputing.
    """

    unsealed = {
        "id": "always 1",
        "size": "count",
        "peaks": "hashes",
        "newest": "number of the newest entry in the log",
    }

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    peaks = models.BinaryField(default=bytes)
    newest = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_frontier")]


class Checkpoint(models.Model):
    """A signed state of the log; at most one for each size."""

    unsealed = {"size": "count", "root": "hash", "note": "made to be shown", "at": "when"}

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    at = models.DateTimeField()


class Outbox(models.Model):
    """Work that follows from an entry: which handler still has to hear of it.

    The state of a job stands here and never in the entry.
    """

    unsealed: dict[str, Any] = {
        "id": "number",
        "entry": "key",
        "name": "the event, a verb",
        "handler": "name of a function",
        "attempts": "count",
        "due_at": "when",
        "done_at": "when",
        "failure": "name of the kind of error, never its text",
    }

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=VERB)
    handler = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "handler"], name="audit_outbox_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="audit_outbox_open", condition=models.Q(done_at=None)
            )
        ]
