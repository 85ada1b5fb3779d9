"""Permits to stay and work, and papers that prove who she is."""

from django.db import models

from romyen.cases.models import Case
from romyen.keys.fields import SealedField
from romyen.legal.models.parts import Part


class Permit(Part):
    """A permit or paper with its end. A renewal is a new one that names the one before."""

    node_path = "case__node"
    entry = "legal.permit"
    unsealed = {
        "kind": "code",
        "state": "code",
        "granted_on": "coarse fact",
        "expires_on": "needed for the calendar; names nobody",
        **Part.WRITTEN,
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    number = SealedField(compartment="legal")
    authority = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=12)
    granted_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewed_by"
    )
    words = SealedField(compartment="legal")

    class Meta:
        indexes = [
            models.Index(fields=["case", "-recorded_at"]),
            models.Index(fields=["state", "expires_on"]),
        ]

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)
