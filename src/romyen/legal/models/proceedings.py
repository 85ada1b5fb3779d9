"""A proceeding that several cases may be part of: its course, charges and days at court."""

from datetime import datetime

from django.db import models

from romyen.access.models import protected_node
from romyen.access.teamfield import protected_team
from romyen.keys.fields import SealedField
from romyen.legal.models.parts import Part
from romyen.rules.ids import ID_LENGTH, new_id
from romyen.rules.spans import BANGKOK, Moment

PLANNED, HELD, POSTPONED = "planned", "held", "postponed"


class Proceeding(models.Model):
    """One matter before police, prosecutor, court or another authority.

    It belongs to the team and not to a case: whoever may read it sees of its parties only those
    whose case they may read too. Official numbers and the accused are sealed; how many they are
    and whether one is detained stay open, because the time of a trial hangs on it.
    """

    unsealed = {
        "kind": "code",
        "stage": "code",
        "stage_on": "coarse fact",
        "accused_count": "a number that names nobody",
        "detained": "the time of a trial hangs on it; names nobody",
        "detained_on": "the time of a trial hangs on it; names nobody",
        "recorded_at": "structure",
        "recorded_by": "opaque id",
        "version": "structure",
    }

    node = protected_node()
    team = protected_team()
    kind = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    stage_on = models.DateField()
    police = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    prosecutor = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    court = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    police_no = SealedField(compartment="legal")
    prosecutor_no = SealedField(compartment="legal")
    black_no = SealedField(compartment="legal")
    red_no = SealedField(compartment="legal")
    accused = SealedField(compartment="legal")
    accused_count = models.PositiveSmallIntegerField(default=0)
    detained = models.BooleanField(default=False)
    detained_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["team", "-recorded_at", "-node"]),
            models.Index(fields=["team", "kind", "-recorded_at", "-node"]),
            models.Index(fields=["team", "stage", "-recorded_at", "-node"]),
        ]

    def __str__(self) -> str:
        return self.node.code

    def sealed_subject(self) -> str:
        """The proceeding itself."""
        return str(self.pk)


class Stage(models.Model):
    """That a proceeding came to a stage on a day. The latest stands on the proceeding too."""

    node_path = "proceeding__node"
    unsealed = {
        "code": "code",
        "on": "coarse fact",
        "recorded_at": "structure",
        "recorded_by": "opaque id",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="stages")
    code = models.CharField(max_length=20)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)


class Charge(Part):
    """One charge by law and section, and what became of it."""

    node_path = "proceeding__node"
    entry = "proceeding.charge"
    unsealed = {
        "offence": "code of law and section",
        "charged_on": "coarse fact",
        "result": "code",
        "judged_on": "coarse fact",
        **Part.WRITTEN,
    }

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="charges")
    offence = models.CharField(max_length=20)
    detail = SealedField(compartment="legal")
    charged_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=12, default="pending")
    judged_on = models.DateField(null=True, blank=True)
    sentence = SealedField(compartment="legal")

    class Meta:
        indexes = [models.Index(fields=["proceeding", "charged_on"])]

    def sealed_subject(self) -> str:
        """The proceeding."""
        return str(self.proceeding_id)


class Hearing(Part):
    """A day at court or before another authority. Moved, it leads on to the next one."""

    node_path = "proceeding__node"
    entry = "proceeding.hearing"
    unsealed = {
        "kind": "code",
        "on": "needed for the calendar; names nobody and no place",
        "hour": "needed for the calendar; names nobody and no place",
        "outcome": "code",
        **Part.WRITTEN,
    }

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="hearings")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    hour = models.TimeField(null=True, blank=True)
    room = SealedField(compartment="legal")
    outcome = models.CharField(max_length=10, default=PLANNED)
    words = SealedField(compartment="legal")
    moved_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="moved_to"
    )

    class Meta:
        indexes = [
            models.Index(fields=["proceeding", "on"]),
            models.Index(fields=["outcome", "on"]),
        ]

    @property
    def moment(self) -> Moment:
        """The day, or the moment in Bangkok where an hour is known."""
        return datetime.combine(self.on, self.hour, BANGKOK) if self.hour else self.on

    def sealed_subject(self) -> str:
        """The proceeding."""
        return str(self.proceeding_id)
