"""Advocacy: what we recommend to whom, and what became of it."""

from django.db import models

from romyen.access.models import protected_node
from romyen.access.teamfield import protected_team
from romyen.partners.models import Partner
from romyen.rules.ids import ID_LENGTH, new_id


class Recommendation(models.Model):
    """A recommendation to an authority: from whom it comes, what it asks, who follows it up.

    Its words were published, or are written to be read by an authority, and whoever keeps it may
    open no compartment: so they are open, and the form asks for no name and no single case.
    """

    unsealed = {
        "source": "code",
        "source_year": "year of a publication",
        "text": "published, or written to be published; the form asks for no names",
        "theme": "code",
        "in_charge": "opaque id of a member",
        "status": "code, of the latest turn",
        "turned_on": "day of the latest turn",
        "review_on": "day in our own calendar",
        "recorded_at": "structure",
        "recorded_by": "opaque id",
        "version": "structure",
    }

    node = protected_node()
    team = protected_team()
    source = models.CharField(max_length=20)
    source_year = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField()
    theme = models.CharField(max_length=20)
    owner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    in_charge = models.CharField(max_length=ID_LENGTH, blank=True)
    status = models.CharField(max_length=20)
    turned_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["team", "-recorded_at", "-node"]),
            models.Index(fields=["team", "review_on"]),
        ]

    def __str__(self) -> str:
        return self.node.code


class Turn(models.Model):
    """What became of a recommendation on a day, and by which evidence: words, a public address."""

    node_path = "recommendation__node"
    unsealed = {
        "status": "code",
        "on": "day of something public",
        "evidence": "what was said or published openly; the form asks for no names",
        "url": "public address; shown as text, never fetched",
        "recorded_at": "structure",
        "recorded_by": "opaque id",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="turns"
    )
    status = models.CharField(max_length=20)
    on = models.DateField()
    evidence = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)

    class Meta:
        indexes = [models.Index(fields=["recommendation", "-on", "-recorded_at"])]
