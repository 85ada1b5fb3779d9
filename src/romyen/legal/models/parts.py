"""What every row of the legal file has: who wrote it, its version, whether it was an error."""

from typing import ClassVar

from django.db import models

from romyen.rules.ids import ID_LENGTH, new_id


class Part(models.Model):
    """A row of a proceeding or of a case. What was entered in error stays, struck out."""

    WRITTEN: ClassVar[dict[str, str]] = {
        "recorded_at": "structure",
        "recorded_by": "opaque id",
        "version": "structure",
        "void_at": "structure",
        "void_by": "opaque id",
    }
    entry: ClassVar[str] = ""
    """The verb that stands in the log when such a row is written."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)
    version = models.PositiveIntegerField(default=1)
    void_at = models.DateTimeField(null=True, blank=True)
    void_by = models.CharField(max_length=ID_LENGTH, blank=True)

    class Meta:
        abstract = True
