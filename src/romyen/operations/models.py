"""Operations: what is planned with the police, whom it met, what it brought, and what leaked.

Until the day after an operation its day, its place and the police unit stand sealed and nowhere
else (docs/decisions/0032-sealed-until-the-day-after.md).
"""

from django.db import models

from romyen.access.models import protected_node
from romyen.access.teamfield import protected_team
from romyen.keys.fields import SealedField
from romyen.rules.ids import ID_LENGTH, new_id

PLAN = ("whereabouts", "officer", "order_no", "aim")
"""The sealed parts of a plan."""
AFTER = ("happened", "outcome", "off_reason")
"""The sealed parts that what became of it adds."""


class Operation(models.Model):
    """One operation. The organisation supports; whoever searches or arrests is the police.

    ``whereabouts`` (planned) and ``happened`` hold ``whereabouts.Whereabouts.text``: day,
    province, police unit and exact place. ``carried_on``, ``province`` and ``unit`` are filled
    from the day after on, and not before; the exact place never opens.
    """

    unsealed = {
        "kind": "code, for statistics",
        "roles": "codes of what the organisation does there",
        "contributions": "codes, for statistics",
        "counting": "code, for statistics",
        "state": "structure",
        "off_code": "code",
        "carried_on": "for statistics; empty until the day after",
        "province": "official code, for statistics; empty until the day after",
        "version": "structure",
        "planned_at": "structure: when the plan was written down",
        "planned_by": "opaque id",
        "carried_out_at": "structure: when it was recorded that it took place",
        "carried_out_by": "opaque id",
        "ended_at": "structure: when it was called off or found blown",
        "ended_by": "opaque id",
    }

    node = protected_node()
    team = protected_team()
    lead = models.ForeignKey(
        "leads.Lead", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=12)
    roles = models.JSONField(default=list, blank=True)
    contributions = models.JSONField(default=list, blank=True)
    counting = models.CharField(max_length=14, default="none")
    whereabouts = SealedField(compartment="operations")
    officer = SealedField(compartment="operations")
    order_no = SealedField(compartment="operations")
    aim = SealedField(compartment="operations")
    state = models.CharField(max_length=12, default="planned")
    happened = SealedField(compartment="operations")
    outcome = SealedField(compartment="operations")
    off_code = models.CharField(max_length=12, blank=True)
    off_reason = SealedField(compartment="operations")
    carried_on = models.DateField(null=True, blank=True)
    province = models.CharField(max_length=2, blank=True)
    unit = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=ID_LENGTH)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    carried_out_by = models.CharField(max_length=ID_LENGTH, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=ID_LENGTH, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["team", "-planned_at", "-node"]),
            models.Index(fields=["team", "state", "-planned_at", "-node"]),
        ]

    def __str__(self) -> str:
        return self.node.code

    @property
    def took_place(self) -> bool:
        """Whether it was carried out, also where it turned out to be blown."""
        return self.carried_out_at is not None

    def sealed_subject(self) -> str:
        """The operation itself."""
        return str(self.pk)


class Part(models.Model):
    """What belongs to an operation and is sealed under its node."""

    node_path = "operation__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="%(class)ss")
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)

    class Meta:
        abstract = True

    def sealed_subject(self) -> str:
        """The operation's node."""
        return str(self.operation_id)


class Encounter(Part):
    """One person who was met. ``number`` counts them in the order in which they were written.

    Nothing has to be known of a person to be counted. Whoever may be a victim can become a
    survivor's file, once (``survivor``).
    """

    unsealed = {
        "at": "structure",
        "by": "opaque id",
        "number": "structure",
        "named": "says only whether a name was told",
        "sex": "code, for statistics",
        "age": "coarse, for statistics: bands of several years",
        "nationality": "code, for statistics",
        "group": "code",
        "outcome": "code, for statistics",
        "asked": "code",
        "indicators": "codes: which elements showed signs",
        "decided_at": "structure",
        "decided_by": "opaque id",
        "version": "structure",
    }

    number = models.PositiveSmallIntegerField()
    name = SealedField(compartment="operations")
    named = models.BooleanField(default=False)
    sex = models.CharField(max_length=8, default="unknown")
    age = models.CharField(max_length=8, default="unknown")
    nationality = models.CharField(max_length=3, blank=True)
    group = models.CharField(max_length=8, default="none")
    outcome = models.CharField(max_length=12, default="open")
    asked = models.CharField(max_length=10, default="not_asked")
    indicators = models.JSONField(default=list, blank=True)
    words = SealedField(compartment="operations")
    survivor = models.ForeignKey(
        "survivors.Survivor", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=ID_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operation", "number"], name="one_number_per_operation")
        ]


class Arrest(Part):
    """Suspects whom the police took with them: one entry for those who stand alike."""

    unsealed = {
        "at": "structure",
        "by": "opaque id",
        "women": "count",
        "men": "count",
        "others": "count",
        "standing": "code",
        "version": "structure",
    }

    women = models.PositiveSmallIntegerField(default=0)
    men = models.PositiveSmallIntegerField(default=0)
    others = models.PositiveSmallIntegerField(default=0)
    standing = models.CharField(max_length=10)
    names = SealedField(compartment="operations")
    charges = SealedField(compartment="operations")
    reference = SealedField(compartment="operations")
    notes = SealedField(compartment="operations")
    version = models.PositiveIntegerField(default=1)

    @property
    def people(self) -> int:
        """How many."""
        return self.women + self.men + self.others


class Leak(Part):
    """That others knew of an operation: when it was noticed, and how it is thought to have got out.

    ``noticed_on`` may be the very day of the operation: by then nothing is secret any more.
    """

    unsealed = {
        "at": "structure",
        "by": "opaque id",
        "noticed_on": "structure: the day on which it was noticed",
        "suspected": "code",
    }

    noticed_on = models.DateField()
    suspected = models.CharField(max_length=10)
    words = SealedField(compartment="operations")


class Debrief(Part):
    """What those who took part learned, and what they agreed to do differently."""

    unsealed = {
        "at": "structure",
        "by": "opaque id",
        "staff_care": "code: whether somebody wishes for counselling, never who",
        "version": "structure",
    }

    staff_care = models.CharField(max_length=10, default="not_asked")
    went = SealedField(compartment="operations")
    lessons = SealedField(compartment="operations")
    agreed = SealedField(compartment="operations")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operation"], name="one_debrief_per_operation")
        ]
