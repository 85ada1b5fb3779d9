"""Prevention: sessions, whom they reached, and what was known before and after."""

from django.db import models

from romyen.access.models import protected_node
from romyen.access.teamfield import protected_team
from romyen.partners.models import Partner
from romyen.rules.ids import ID_LENGTH, new_id


class Session(models.Model):
    """One session: a lesson, a talk, a training, a stall.

    Educators open no compartment, so nothing here is sealed, and there is no free word about
    anybody: only codes, counts, and the name of a public place.
    """

    unsealed = {
        "on": "day of a public event",
        "kind": "code",
        "topics": "codes",
        "place": "official code of an area",
        "venue": "public place such as a school or hall; the form asks for no names of people",
        "facilitators": "opaque ids of members",
        "reach": "counts by sex and age band",
        "reporting_points": "count",
        "disclosures": "count; what was told goes to a lead, sealed",
        "recorded_at": "structure",
        "recorded_by": "opaque id",
        "version": "structure",
    }

    node = protected_node()
    team = protected_team()
    on = models.DateField()
    kind = models.CharField(max_length=20)
    topics = models.JSONField(default=list)
    place = models.CharField(max_length=6, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    facilitators = models.JSONField(default=list, blank=True)
    reach = models.JSONField(default=dict, blank=True)
    reporting_points = models.PositiveIntegerField(default=0)
    disclosures = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["team", "-on", "-node"]),
            models.Index(fields=["on"]),
        ]

    def __str__(self) -> str:
        return self.node.code

    @property
    def reached(self) -> int:
        """How many people were there."""
        return sum(self.reach.values())


class Answers(models.Model):
    """What a group answered before and after: sums over five people or more, never one person.

    ``results`` holds for each question how many were right ``before`` and ``after``; where
    answers were matched also how many ``gained`` and ``lost``.
    """

    node_path = "session__node"
    unsealed = {
        "stage": "code",
        "questionnaire": "code of the questions",
        "matched": "structure",
        "asked": "count",
        "results": "counts over a group, nobody's own answers",
        "recorded_at": "structure",
        "recorded_by": "opaque id",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="answers")
    stage = models.CharField(max_length=10)
    questionnaire = models.CharField(max_length=20)
    matched = models.BooleanField()
    asked = models.PositiveIntegerField()
    results = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "stage"], name="answers_once_a_stage")
        ]
