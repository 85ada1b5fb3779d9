"""A case that is offered to a colleague of the team or of another: first she has to say yes."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from romyen.access.models import Member, Node
from romyen.cases.models.file import Case
from romyen.keys.fields import SealedField
from romyen.rules.ids import ID_LENGTH, new_id


class Offer(models.Model):
    """One case, offered to one colleague until a day. ``ended`` says how it ended: accepted,
    declined, withdrawn, lapsed, or overtaken by what happened to the case in the meantime.

    Until then the case has its manager as before. With a ``team`` it is the survivor's whole file
    that goes to that other team: once ``accepted_at``, it waits until its keys were passed on and
    it is handed on, and only then has it ended. ``wish`` is what she says to it.
    """

    ACCEPTED, DECLINED, WITHDRAWN = "accepted", "declined", "withdrawn"
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
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offers")
    to = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(
        Node, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=40)
    wish = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
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
        return self.goes_on(now) and self.accepted_at is None

    def goes_on(self, now: datetime) -> bool:
        """Whether it is open and in time."""
        return self.ended_at is None and now < self.ends_at

    def end(self, how: str, now: datetime) -> bool:
        """Whether this was what ended it: of any number of answers one counts."""
        open_still = Offer.objects.filter(pk=self.pk, ended_at=None)
        self.ended, self.ended_at = how, now
        return bool(open_still.update(ended=how, ended_at=now))

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)
