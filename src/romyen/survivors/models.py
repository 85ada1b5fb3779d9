"""A survivor: who she is, how sure anyone is of it, and what she has agreed to.

Everything that names or describes her is sealed under her own node. What stands open is coarse
and needed for lists, statistics or a rule, and says so in ``unsealed``.
"""

from django.db import models
from django.db.models import F, Q

from romyen.access.models import protected_node
from romyen.access.teamfield import protected_team
from romyen.keys.fields import SealedField
from romyen.rules import consent as rule
from romyen.rules.days import PartialDay
from romyen.rules.ids import ID_LENGTH, new_id
from romyen.rules.ladder import Step
from romyen.rules.refusals import refuse


class Survivor(models.Model):
    """One person. She *is* a node below her team's; nothing has to be known to register her.

    ``name_keys`` holds ``rules.namekeys`` of her names, so that a search need not make them anew;
    ``birth`` holds ``rules.births.Birth.to_text``; ``languages``, ``safe_contact`` and
    ``unmapped`` are JSON. ``unmapped`` keeps what an import brought and no field takes.
    ``age_band``, ``minor`` and ``consent_age`` are as of the day of registration.
    """

    unsealed = {
        "name_known": "says only whether a name was told",
        "age_band": "coarse, for statistics: bands of several years",
        "minor": "coarse, for statistics and for the rules on children",
        "consent_age": "code that the consent rule needs: ten or more when registered",
        "birth_method": "code",
        "gender": "code, for statistics",
        "nationalities": "codes, for statistics",
        "interpreter": "needed to plan interviews from lists",
        "exploitation": "codes, for statistics",
        "status": "code of the standing identification, for lists and statistics",
        "guardian_conflict": "code that the consent rule needs; names nobody",
        "version": "structure",
        "registered_at": "structure",
        "registered_by": "opaque id",
        "voided_at": "structure",
        "voided_by": "opaque id",
    }

    node = protected_node()
    team = protected_team()
    lead = models.ForeignKey(
        "leads.Lead", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    folded_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="folded",
        db_index=False,  # nearly all rows have none: an index of those that do, below
    )
    full_name = SealedField(compartment="identity")
    given_name = SealedField(compartment="identity")
    family_name = SealedField(compartment="identity")
    name_keys = SealedField(compartment="identity")
    name_known = models.BooleanField(default=False)
    birth = SealedField(compartment="identity")
    birth_method = models.CharField(max_length=12, blank=True)
    age_band = models.CharField(max_length=8, blank=True)
    minor = models.CharField(max_length=8)
    consent_age = models.CharField(max_length=8, blank=True)
    gender = models.CharField(max_length=24)
    nationalities = models.JSONField(default=list)
    languages = SealedField(compartment="identity")
    interpreter = models.BooleanField(default=False)
    exploitation = models.JSONField(default=list)
    status = models.CharField(max_length=10, blank=True)
    safe_contact = SealedField(compartment="identity")
    guardian_conflict = models.CharField(max_length=10, default="none")
    guardian_detail = SealedField(compartment="narrative")
    unmapped = SealedField(compartment="narrative")
    version = models.PositiveIntegerField(default=1)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=ID_LENGTH)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=ID_LENGTH, blank=True)
    void_reason = SealedField(compartment="narrative")

    class Meta:
        indexes = [
            models.Index(
                fields=["team", "-registered_at", "-node"],
                condition=Q(voided_at=None, folded_into=None),
                name="survivor_listed",
            ),
            models.Index(
                fields=["folded_into"],
                condition=Q(folded_into__isnull=False),
                name="survivor_folded",
            ),
        ]

    def __str__(self) -> str:
        return self.node.code

    @property
    def void(self) -> bool:
        """Whether the record was entered in error."""
        return self.voided_at is not None

    @property
    def over(self) -> bool:
        """Whether nothing more is written here: entered in error, or folded into another."""
        return self.void or self.folded_into_id is not None

    def refuse_if_over(self) -> None:
        """Refuse with ``RY-SURVIVOR-VOID`` or ``RY-SURVIVOR-FOLDED``."""
        if self.over:
            raise refuse("RY-SURVIVOR-VOID" if self.void else "RY-SURVIVOR-FOLDED")

    @property
    def guardian_in_conflict(self) -> bool:
        """Whether a guardian's consent cannot count."""
        return self.guardian_conflict != "none"

    def sealed_subject(self) -> str:
        """Her own node."""
        return str(self.pk)


class Part(models.Model):
    """What belongs to a survivor's file and is sealed under her node."""

    node_path = "survivor__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)

    class Meta:
        abstract = True

    def sealed_subject(self) -> str:
        """The survivor's node."""
        return str(self.survivor_id)  # type: ignore[attr-defined]


class Name(Part):
    """A name beside the first one: a nickname, an alias, the spelling of another script.

    ``content`` is JSON: kind, text.
    """

    unsealed = {"at": "structure", "by": "opaque id", "removed_at": "structure"}

    survivor = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="names")
    content = SealedField(compartment="identity")
    name_keys = SealedField(compartment="identity")
    removed_at = models.DateTimeField(null=True, blank=True)


class Document(Part):
    """An identity or travel paper. ``content`` is JSON: kind, number, expires, keeper, note."""

    unsealed = {"at": "structure", "by": "opaque id", "removed_at": "structure"}

    survivor = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="documents")
    content = SealedField(compartment="identity")
    removed_at = models.DateTimeField(null=True, blank=True)


class Contact(Part):
    """A way to reach her, or an address. ``content`` is JSON: kind, value, whose, safe."""

    unsealed = {"at": "structure", "by": "opaque id", "removed_at": "structure"}

    survivor = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="contacts")
    content = SealedField(compartment="identity")
    removed_at = models.DateTimeField(null=True, blank=True)


class Alert(Part):
    """A warning that comes first. Only whoever opens its compartment learns its kind.

    One of the two sealed columns holds JSON: kind, text. ``lowered_care`` and
    ``lowered_identity`` hold why it was lowered.
    """

    COLUMNS = ("care", "identity")
    unsealed = {
        "at": "structure",
        "by": "opaque id",
        "lowered_at": "structure",
        "lowered_by": "opaque id",
    }

    survivor = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="alerts")
    care = SealedField(compartment="care")
    identity = SealedField(compartment="identity")
    lowered_at = models.DateTimeField(null=True, blank=True)
    lowered_by = models.CharField(max_length=ID_LENGTH, blank=True)
    lowered_care = SealedField(compartment="care")
    lowered_identity = SealedField(compartment="identity")


class Identification(Part):
    """One step on the ladder: who decided what, when, on which basis.

    ``number`` counts the steps of one survivor in the order in which they were written.
    """

    unsealed = {
        "at": "structure",
        "by": "opaque id",
        "number": "structure",
        "status": "code, for statistics",
        "organisation": "code, for statistics",
        "on": "needed for statistics",
        "basis": "code",
        "corrects": "structure",
        "imported": "structure",
    }

    survivor = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="identifications")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10)
    organisation = models.CharField(max_length=12)
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    on = models.DateField()
    basis = models.CharField(max_length=20)
    words = SealedField(compartment="narrative")
    corrects = models.BooleanField(default=False)
    reason = SealedField(compartment="narrative")
    imported = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survivor", "number"], name="step_numbered_once")
        ]
        ordering = ("number",)

    @property
    def step(self) -> Step:
        """What the ladder's rule needs to know."""
        return Step(
            self.status,  # type: ignore[arg-type]
            self.organisation,
            self.on,
            corrects=self.corrects,
            has_reason=self.reason is not None,
            imported=self.imported,
        )


class Consent(Part):
    """A consent for one purpose and one recipient; no partner means this organisation.

    ``limits`` are her own conditions. A withdrawn consent stays as a fact.
    """

    unsealed = {
        "at": "structure",
        "by": "opaque id",
        "purpose": "code that the consent rule needs",
        "giver": "code that the consent rule needs",
        "given_on": "the consent rule needs it",
        "expires_on": "the consent rule needs it",
        "withdrawn_on": "the consent rule needs it",
        "withdrawn_at": "structure",
        "withdrawn_by": "opaque id",
        "way": "code",
        "language": "code",
    }

    survivor = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20)
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    giver = models.CharField(max_length=10)
    guardian = SealedField(compartment="identity")
    way = models.CharField(max_length=20)
    language = models.CharField(max_length=8, blank=True)
    limits = SealedField(compartment="narrative")
    given_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=ID_LENGTH, blank=True)
    withdrawal = SealedField(compartment="narrative")

    class Meta:
        indexes = [models.Index(fields=["survivor", "purpose"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("given_on")),
                name="consent_expires_after_given",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
            ),
        ]
        ordering = ("given_on", "at")

    @property
    def recipient(self) -> str:
        """The partner's id, or “ourselves”."""
        return self.partner_id or rule.OURSELVES

    def as_rule(self, *, guardian_conflict: bool) -> rule.Consent:
        """What the consent rule needs to know."""
        return rule.Consent(
            purpose=self.purpose,
            recipient=self.recipient,
            giver=self.giver,  # type: ignore[arg-type]
            given_on=self.given_on,
            expires_on=self.expires_on,
            withdrawn_on=self.withdrawn_on,
            guardian_conflict=guardian_conflict,
            ref=str(self.pk),
        )


class Screening(Part):
    """One screening talk. ``findings`` is JSON: element, code, kind, evidence, who for each.

    ``began`` is the first day of the events, or its year or month (ISO); empty where it is not
    known. It decides whether she was a child then.
    """

    unsealed = {
        "at": "structure",
        "by": "opaque id",
        "began": "coarse fact, needed for the rule on children",
        "interpreter": "structure",
    }

    survivor = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="screenings")
    began = models.CharField(max_length=10, blank=True)
    interpreter = models.BooleanField(default=False)
    findings = SealedField(compartment="narrative")
    words = SealedField(compartment="narrative")

    class Meta:
        ordering = ("-at",)

    @property
    def began_on(self) -> PartialDay | None:
        """When the events began, as far as it is known."""
        return PartialDay.from_iso(self.began) if self.began else None
