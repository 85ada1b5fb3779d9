"""Flags: a word or two on a case that its lists show at once."""

from django.db import models
from django.db.models import Q

from romyen.cases.models.file import Case
from romyen.rules.ids import ID_LENGTH, new_id


class Flag(models.Model):
    """A flag on a case, from when until when. Its code is of a list and says nothing that names."""

    unsealed = {
        "code": "code",
        "at": "structure",
        "by": "opaque id",
        "ended_at": "structure",
        "ended_by": "opaque id",
    }
    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="flags")
    code = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=ID_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(ended_at=None), name="flagged_once"
            )
        ]
