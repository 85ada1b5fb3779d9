"""What was passed on about her, to whom, and on what ground."""

from django.db import models
from django.db.models import Q

from romyen.cases.models.file import Case
from romyen.keys.fields import SealedField
from romyen.rules.ids import ID_LENGTH, new_id


class Referral(models.Model):
    """Chosen facts passed on to one partner, on her consent or on another lawful basis.

    ``shown`` holds codes of what may be shown, nothing else ever is. With a basis instead of
    consent ``review_due`` is set: a second person looks at it by then. ``disclosed_at`` is when
    the sheet was first opened.
    """

    unsealed = {
        "purpose": "code",
        "service": "code",
        "shown": "codes of facts, no values",
        "basis": "code",
        "urgent": "structure",
        "made_at": "structure",
        "made_by": "opaque id",
        "state": "code",
        "state_at": "structure",
        "disclosed_at": "structure",
        "review_due": "structure",
        "reviewed_at": "structure",
        "reviewed_by": "opaque id",
        "finding": "code",
        "version": "structure",
    }
    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, default="referral")
    service = models.CharField(max_length=40, blank=True)
    shown = models.JSONField(default=list)
    request = SealedField(compartment="narrative")
    consent = models.ForeignKey(
        "survivors.Consent", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    basis = models.CharField(max_length=40, blank=True)
    urgent = models.BooleanField(default=False)
    reason = SealedField(compartment="narrative")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=ID_LENGTH)
    state = models.CharField(max_length=12, default="waiting")
    state_at = models.DateTimeField()
    disclosed_at = models.DateTimeField(null=True, blank=True)
    review_due = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=ID_LENGTH, blank=True)
    finding = models.CharField(max_length=20, blank=True)
    review_words = SealedField(compartment="narrative")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-made_at"]),
            models.Index(
                fields=["review_due"], condition=Q(reviewed_at=None), name="review_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent__isnull=False, basis="")
                | (Q(consent=None, review_due__isnull=False) & ~Q(basis="")),
                name="referral_rests_on_something",
            )
        ]

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)
