"""What was brought together, by whom and why, and what is needed to part it again."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from romyen.keys.fields import SealedField
from romyen.rules.ids import ID_LENGTH, new_id
from romyen.survivors.models import Survivor


class Merge(models.Model):
    """Two records of one person: ``folded`` went into ``kept``.

    ``taken`` is ``survivors.actions.folding.Taken`` as JSON: sealed columns as the bytes that they
    were. They open to whoever opens the record, and to nobody by standing here. ``cases`` and
    ``added`` are ids: of the cases that moved, and of names that the merge added.
    """

    node_path = "kept__node"
    unsealed = {
        "reason": "code",
        "taken": "sealed bytes, codes and opaque ids, as the record itself held them",
        "cases": "opaque ids",
        "added": "opaque ids",
        "at": "structure",
        "by": "opaque id",
        "undone_at": "structure",
        "undone_by": "opaque id",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    kept = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="+")
    folded = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20)
    words = SealedField(compartment="narrative")
    taken: Any = models.JSONField()
    cases: Any = models.JSONField(default=list)
    added: Any = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=ID_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["folded"], condition=Q(undone_at=None), name="folded_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("folded")), name="merge_of_two"),
        ]

    def sealed_subject(self) -> str:
        """The record that was kept."""
        return str(self.kept_id)
