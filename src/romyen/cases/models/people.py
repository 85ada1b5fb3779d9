"""What was written down, and who else is in the story."""

from django.db import models

from romyen.cases.models.file import Case
from romyen.keys.fields import SealedField
from romyen.rules.ids import ID_LENGTH, new_id


class Note(models.Model):
    """A sealed note; its kind decides the compartment. Never edited: a correction is a new note.

    Exactly one of the three sealed columns is filled, the one of the note's kind.
    """

    COLUMNS = {"case": "narrative", "health": "care", "legal": "legal"}
    """Kind of note → the column, named after the compartment, that holds its text."""
    unsealed = {"kind": "code", "author": "opaque id", "at": "structure"}
    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10)
    narrative = SealedField(compartment="narrative")
    care = SealedField(compartment="care")
    legal = SealedField(compartment="legal")
    author = models.CharField(max_length=ID_LENGTH)
    at = models.DateTimeField()
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-at"])]

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)


class Person(models.Model):
    """Someone else in the story: suspect, relative, guardian, witness … with a sealed identity.

    ``in_conflict`` says that a guardian's or relative's interest runs against hers: such a
    person's consent does not count. ``name_keys`` holds ``rules.namekeys`` of the name.
    """

    unsealed = {
        "role": "code",
        "in_conflict": "shown as a warning; names nobody",
        "added_at": "structure",
        "added_by": "opaque id",
        "removed_at": "structure",
        "version": "structure",
    }
    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=20)
    name = SealedField(compartment="identity")
    name_keys = SealedField(compartment="identity")
    contact = SealedField(compartment="identity")
    known = SealedField(compartment="narrative")
    in_conflict = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=ID_LENGTH)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)
