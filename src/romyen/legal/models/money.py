"""Money that is hers: compensation claimed, ordered and paid, and the Fund's help.

Amounts stay open, in whole baht: statistics may use nothing sealed, and whether compensation
reaches people is what they are asked for most (decision 0035).
"""

from django.db import models
from django.db.models import Q

from romyen.cases.models import Case
from romyen.keys.fields import SealedField
from romyen.legal.models.parties import Party
from romyen.legal.models.parts import Part
from romyen.rules.ids import ID_LENGTH, new_id

FOR_FIGURES = "needed for the enforcement and compensation figures; names nobody"


class Compensation(Part):
    """One head of compensation for one party. A court may order it unasked (Act 2559, s.13)."""

    node_path = "party__case__node"
    entry = "legal.compensation"
    unsealed = {
        "head": "code",
        "payer": "code",
        "claimed": FOR_FIGURES,
        "claimed_on": FOR_FIGURES,
        "ordered": FOR_FIGURES,
        "ordered_on": FOR_FIGURES,
        "enforcement": "code",
        **Part.WRITTEN,
    }

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="compensations")
    head = models.CharField(max_length=12)
    payer = models.CharField(max_length=12)
    claimed = models.PositiveBigIntegerField(null=True, blank=True)
    claimed_on = models.DateField(null=True, blank=True)
    ordered = models.PositiveBigIntegerField(null=True, blank=True)
    ordered_on = models.DateField(null=True, blank=True)
    enforcement = models.CharField(max_length=12, default="none")
    words = SealedField(compartment="legal")

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.party.case_id)


class Payment(Part):
    """An instalment that reached her."""

    node_path = "compensation__party__case__node"
    entry = "legal.payment"
    unsealed = {"amount": FOR_FIGURES, "paid_on": FOR_FIGURES, **Part.WRITTEN}

    compensation = models.ForeignKey(
        Compensation, on_delete=models.PROTECT, related_name="payments"
    )
    amount = models.PositiveBigIntegerField()
    paid_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="paid_something")]


class FundApplication(Part):
    """An application to the Anti-Trafficking Fund, by expense head, step after step."""

    node_path = "case__node"
    entry = "legal.fund"
    unsealed = {"applicant": "code", "applied_on": FOR_FIGURES, **Part.WRITTEN}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    applicant = models.CharField(max_length=12)
    applied_on = models.DateField()
    office = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = SealedField(compartment="legal")

    class Meta:
        indexes = [models.Index(fields=["case", "-applied_on"])]

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)


class FundHead(Part):
    """One expense head of an application: asked for, approved, paid."""

    node_path = "application__case__node"
    entry = "legal.fund_head"
    unsealed = {
        "head": "code",
        "asked": FOR_FIGURES,
        "approved": FOR_FIGURES,
        "paid": FOR_FIGURES,
        "paid_on": FOR_FIGURES,
        **Part.WRITTEN,
    }

    application = models.ForeignKey(FundApplication, on_delete=models.PROTECT, related_name="heads")
    head = models.CharField(max_length=20)
    asked = models.PositiveBigIntegerField()
    approved = models.PositiveBigIntegerField(null=True, blank=True)
    paid = models.PositiveBigIntegerField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "head"], condition=Q(void_at=None), name="fund_head_once"
            )
        ]


class FundStep(models.Model):
    """A step of an application, as the form has them; never edited: a later one follows."""

    node_path = "application__case__node"
    unsealed = {
        "step": "code",
        "on": "coarse fact",
        "decision": "code",
        "recorded_at": "structure",
        "recorded_by": "opaque id",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    application = models.ForeignKey(FundApplication, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    on = models.DateField()
    decision = models.CharField(max_length=12, blank=True)
    words = SealedField(compartment="legal")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.application.case_id)
