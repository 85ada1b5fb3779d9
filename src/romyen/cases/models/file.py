"""A case: one survivor's file, its course from opening to closure, and its family ties."""

from django.db import models
from django.db.models import F, Q

from romyen.access.models import Member, protected_node
from romyen.access.teamfield import protected_team
from romyen.keys.fields import SealedField
from romyen.rules.ids import ID_LENGTH, new_id

OPEN, CLOSED = "open", "closed"


class Case(models.Model):
    """One survivor's file. It *is* a node below the survivor's, so walls around her hold here.

    Whether she wishes to take part in proceedings stands apart from everything that she gets:
    help never depends on testifying.
    """

    unsealed = {
        "opened_on": "coarse fact, needed for lists",
        "opened_at": "structure",
        "status": "structure",
        "closed_on": "coarse fact, needed for lists",
        "outcome": "code",
        "wish": "code",
        "version": "structure",
    }

    node = protected_node()
    team = protected_team()
    survivor = models.ForeignKey("survivors.Survivor", on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(
        "leads.Lead", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    status = models.CharField(max_length=8, default=OPEN)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    closing = SealedField(compartment="narrative")
    wish = models.CharField(max_length=20, default="not_asked")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["manager", "status"]),
            models.Index(fields=["team", "status", "-opened_on", "-opened_at", "node"]),
            models.Index(fields=["team", "-opened_on", "-opened_at", "node"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="case_closed_after_opened",
            ),
            models.CheckConstraint(
                condition=Q(status=OPEN, closed_on=None)
                | Q(status=CLOSED, closed_on__isnull=False),
                name="case_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.node.code

    @property
    def is_open(self) -> bool:
        """Whether work goes on."""
        return self.status == OPEN

    def sealed_subject(self) -> str:
        """The case's own node."""
        return str(self.pk)


class Turn(models.Model):
    """A turn in a case's course: opened, handed over (in the team, or to another), closed,
    reopened; when, by whom, why.

    ``at`` is when it was entered, ``on`` the day that it is said to have happened.
    """

    OPENED, HANDED_OVER, CLOSED, REOPENED = "opened", "handed_over", "closed", "reopened"
    TRANSFERRED = "transferred"
    unsealed = {
        "kind": "code",
        "on": "coarse fact",
        "at": "structure",
        "by": "opaque id",
        "reason": "code",
        "former": "opaque id",
        "manager": "opaque id",
    }
    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=12)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)
    reason = models.CharField(max_length=40, blank=True)
    words = SealedField(compartment="narrative")
    former = models.CharField(max_length=ID_LENGTH, blank=True)
    manager = models.CharField(max_length=ID_LENGTH)

    class Meta:
        indexes = [models.Index(fields=["case", "-at"])]

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)


class Link(models.Model):
    """Two cases of one family. Stored once: ``first`` has the id that sorts first."""

    unsealed = {"kind": "code", "at": "structure", "by": "opaque id"}

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    first = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="linked_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="link_of_two"),
        ]
