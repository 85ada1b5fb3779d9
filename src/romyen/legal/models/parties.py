"""What a proceeding is for one case: her part in it, how she is protected, her early testimony."""

from django.db import models
from django.db.models import Q

from romyen.cases.models import Case
from romyen.keys.fields import SealedField
from romyen.legal.models.parts import Part
from romyen.legal.models.proceedings import Hearing, Proceeding


class Party(Part):
    """That a case is part of a proceeding.

    It belongs to the case: only who may read both the case and the proceeding learns of it.
    Whether she wishes to take part is recorded on the case, and nothing depends on it.
    """

    node_path = "case__node"
    entry = "legal.party"
    unsealed = {"role": "code", **Part.WRITTEN}

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="parties")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    lawyer = SealedField(compartment="legal")
    interpreter = SealedField(compartment="legal")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "case"], condition=Q(void_at=None), name="party_once"
            )
        ]

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)


class Attendance(Part):
    """That she has to come to a hearing, what protects her there, and that she was prepared."""

    node_path = "party__case__node"
    entry = "legal.attendance"
    unsealed = {
        "measures": "codes of measures of protection",
        "prepared_on": "coarse fact",
        **Part.WRITTEN,
    }

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="attendances")
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="attendances")
    measures = models.JSONField(default=list, blank=True)
    prepared_on = models.DateField(null=True, blank=True)
    words = SealedField(compartment="legal")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "hearing"], condition=Q(void_at=None), name="attends_once"
            )
        ]

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.party.case_id)


class Testimony(Part):
    """Testimony before the charge (section 31): asked for, filed, ordered, held."""

    node_path = "party__case__node"
    entry = "legal.testimony"
    unsealed = {
        "asked_by": "code",
        "asked_on": "coarse fact",
        "filed_on": "coarse fact",
        "ordered_on": "coarse fact",
        "held_on": "coarse fact",
        **Part.WRITTEN,
    }

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="testimonies")
    hearing = models.ForeignKey(
        Hearing, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_by = models.CharField(max_length=12)
    asked_on = models.DateField()
    filed_on = models.DateField(null=True, blank=True)
    ordered_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    words = SealedField(compartment="legal")

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.party.case_id)
