"""A survivor's file that goes to another team: offered, accepted, its keys passed on, handed on."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from romyen.access.models import Member, Node
from romyen.cases.models.file import Case
from romyen.rules.ids import ID_LENGTH, new_id


class Transfer(models.Model):
    """One file, offered to a colleague of another team until a day.

    It changes hands in three steps: the colleague accepts, whoever holds its keys passes them on,
    and the giver hands it over. ``ended`` says how it ended: handed on, declined, withdrawn,
    lapsed, or overtaken. Until the last step nothing changes for anybody.
    """

    DONE, DECLINED, WITHDRAWN = "done", "declined", "withdrawn"
    LAPSED, OVERTAKEN = "lapsed", "overtaken"
    unsealed = {
        "reason": "code",
        "wish": "code",
        "at": "structure",
        "by": "opaque id",
        "ends_at": "structure",
        "accepted_at": "structure",
        "ended": "code",
        "ended_at": "structure",
        "declined_because": "code",
    }
    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="transfers")
    team = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    wish = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=12, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to", "at"], condition=Q(ended_at=None), name="transfer_waiting"),
            models.Index(fields=["case", "-at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_open_transfer"
            )
        ]

    def goes_on(self, now: datetime) -> bool:
        """Whether it is open and in time."""
        return self.ended_at is None and now < self.ends_at

    def waits(self, now: datetime) -> bool:
        """Whether the colleague can still answer."""
        return self.goes_on(now) and self.accepted_at is None
