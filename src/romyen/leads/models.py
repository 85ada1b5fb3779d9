"""Leads: what somebody told us, what we owe because of it, and what became of it."""

from django.db import models

from romyen.access.models import protected_node
from romyen.access.teamfield import protected_team
from romyen.keys.fields import SealedField
from romyen.partners.models import Partner
from romyen.rules.ids import ID_LENGTH, new_id

SEALED = ("account", "reporter", "contact", "place_detail")
"""The sealed parts that a reporter gives."""


class Lead(models.Model):
    """A report that somebody may be trafficked, from any source.

    Who told it and what they told is sealed in the compartment *operations*; what stays open are
    codes, coarse places and times. ``name_keys`` holds ``rules.namekeys`` of the reporter.
    """

    unsealed = {
        "source": "code of a kind of source, never a name",
        "contact_safe": "code",
        "place": "official code of an area; the exact place is sealed",
        "imminence": "code; the inbox sorts and warns by it",
        "child": "code; a duty follows from it",
        "exploitation": "codes of suspected kinds",
        "red_flags": "codes",
        "received_at": "structure",
        "taken_by": "opaque id",
        "status": "structure",
        "decision": "code",
        "decided_at": "structure",
        "decided_by": "opaque id",
        "outcome": "code",
        "closing_reason": "code",
        "ended_at": "structure",
        "ended_by": "opaque id",
        "version": "structure",
    }

    node = protected_node()
    team = protected_team()
    source = models.CharField(max_length=20)
    account = SealedField(compartment="operations")
    reporter = SealedField(compartment="operations")
    name_keys = SealedField(compartment="operations")
    contact = SealedField(compartment="operations")
    contact_safe = models.CharField(max_length=10, default="unknown")
    place = models.CharField(max_length=6, blank=True)
    place_detail = SealedField(compartment="operations")
    imminence = models.CharField(max_length=10)
    child = models.CharField(max_length=12, default="unknown")
    exploitation = models.JSONField(default=list, blank=True)
    red_flags = models.JSONField(default=list, blank=True)
    received_at = models.DateTimeField()
    taken_by = models.CharField(max_length=ID_LENGTH)
    status = models.CharField(max_length=10, default="new")
    decision = models.CharField(max_length=12, blank=True)
    decision_reason = SealedField(compartment="operations")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=ID_LENGTH, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    closing_reason = models.CharField(max_length=20, blank=True)
    closing_note = SealedField(compartment="operations")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=ID_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["team", "-received_at", "-node"]),
            models.Index(fields=["team", "status", "-received_at", "-node"]),
            models.Index(fields=["team", "imminence", "-received_at", "-node"]),
        ]

    def __str__(self) -> str:
        return self.node.code

    def sealed_subject(self) -> str:
        """The lead itself."""
        return str(self.pk)


class Receipt(models.Model):
    """That a lead was passed to a police unit: when, who took it over, under which number."""

    node_path = "lead__node"
    unsealed = {
        "passed_on": "structure",
        "recorded_at": "structure",
        "recorded_by": "opaque id",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    officer = SealedField(compartment="operations")
    receipt_no = SealedField(compartment="operations")
    passed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)

    def sealed_subject(self) -> str:
        """The lead that was passed on."""
        return str(self.lead_id)


class Duty(models.Model):
    """Something that has to be done because of what a lead says.

    ``key`` names clock, version of the law and occurrence in ``data/clocks.yaml``; the version
    in force when the duty began stays its own.
    """

    node_path = "lead__node"
    unsealed = {
        "key": "clock and version of the law",
        "event": "code",
        "began_at": "structure",
        "done_at": "structure",
        "done_by": "opaque id",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="duties")
    key = models.CharField(max_length=60)
    event = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    note = SealedField(compartment="operations")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=ID_LENGTH, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "key"], name="one_duty_per_lead")]

    def sealed_subject(self) -> str:
        """The lead that it follows from."""
        return str(self.lead_id)
