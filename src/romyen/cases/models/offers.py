"""A case that is offered to a colleague: it changes hands when the colleague accepts."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from romyen.access.models import Member
from romyen.cases.models.file import Case
from romyen.keys.fields import SealedField
from romyen.rules.ids import ID_LENGTH, new_id


class Offer(models.Model):
    """One case, offered to one colleague until a day. ``ended`` says how it ended: accepted,
    declined, withdrawn, lapsed, or overtaken by what happened to the case in the meantime.

    Until then the case has its manager as before.
    """

    ACCEPTED, DECLINED, WITHDRAWN = "accepted", "declined", "withdrawn"
    LAPSED, OVERTAKEN = "lapsed", "overtaken"
    unsealed = {
        "reason": "code",
        "at": "structure",
        "by": "opaque id",
        "ends_at": "structure",
        "ended": "code",
        "ended_at": "structure",
        "declined_because": "code",
    }
    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offers")
    to = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)
    ends_at = models.DateTimeField()
    ended = models.CharField(max_length=12, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.CharField(max_length=40, blank=True)
    words = SealedField(compartment="narrative")

    class Meta:
        indexes = [
            models.Index(fields=["to", "at"], condition=Q(ended_at=None), name="offer_waiting"),
            models.Index(fields=["case", "-at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_open_offer"
            )
        ]

    def waits(self, now: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.ended_at is None and now < self.ends_at

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)
