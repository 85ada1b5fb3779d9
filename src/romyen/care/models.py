"""The tables of care. Every row is a part of a case and is sealed under it.

Three keys keep them apart: *plan* (goals, services, follow-ups), *care* (appointments and
measures, because they speak of health) and *counselling* (what was said in a session).
"""

from datetime import datetime

from django.db import models
from django.db.models import Q

from romyen.access.models import Member
from romyen.cases.models import Case
from romyen.keys.fields import SealedField
from romyen.partners.models import Partner
from romyen.rules.ids import ID_LENGTH, new_id
from romyen.rules.spans import BANGKOK, Moment

WRITTEN = {"at": "structure", "by": "opaque id"}
STRUCK = {"void_at": "structure", "void_by": "opaque id"}
"""What is entered in error stays on the page, crossed out, with the reason."""


def _member() -> "models.ForeignKey[Member | None, Member | None]":
    return models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


def _partner() -> "models.ForeignKey[Partner | None, Partner | None]":
    return models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


class Part(models.Model):
    """What every row has: its case, when it was written and by whom."""

    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)

    class Meta:
        abstract = True

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)


class Goal(Part):
    """What she wants, in her own words, and what is done towards it.

    The row holds what stands now; each version before it stays as a ``GoalTurn``.
    """

    OPEN, REACHED, PAUSED, CHANGED, GIVEN_UP = "open", "reached", "paused", "changed", "given_up"
    unsealed = {
        **WRITTEN,
        "kind": "code (HTCDS spl_Type)",
        "set_on": "coarse fact",
        "review_on": "needed for the calendar",
        "state": "code",
        "state_on": "coarse fact",
        "version": "structure",
    }

    kind = models.CharField(max_length=40)
    words = SealedField(compartment="plan")
    steps = SealedField(compartment="plan")
    member = _member()
    partner = _partner()
    set_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, default=OPEN)
    state_on = models.DateField()
    why = SealedField(compartment="plan")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["case", "state", "set_on"]),
            models.Index(fields=["review_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state_on__gte=models.F("set_on")), name="goal_moves_after_it_was_set"
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether work towards it goes on."""
        return self.state == self.OPEN

    @property
    def reached_on(self) -> object:
        """The day on which it was reached, or None."""
        return self.state_on if self.state == self.REACHED else None


class GoalTurn(models.Model):
    """A goal as it stood from one version on: set, rewritten or reviewed, by whom, and why."""

    SET, REWRITTEN, REVIEWED = "set", "rewritten", "reviewed"
    unsealed = {
        **WRITTEN,
        "turn": "code",
        "number": "structure",
        "kind": "code (HTCDS spl_Type)",
        "state": "code",
        "on": "coarse fact",
        "review_on": "needed for the calendar",
    }
    node_path = "goal__case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="turns")
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)
    turn = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10)
    on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    words = SealedField(compartment="plan")
    steps = SealedField(compartment="plan")
    why = SealedField(compartment="plan")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "number"], name="goal_version_once")]

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.goal.case_id)


class Service(Part):
    """Help that was given, by us or by another organisation."""

    unsealed = {
        **WRITTEN,
        **STRUCK,
        "kind": "code (HTCDS spl_Type)",
        "on": "coarse fact",
        "hours": "coarse fact, counted",
        "amount": "baht; coarse fact, counted",
    }

    kind = models.CharField(max_length=40)
    on = models.DateField()
    partner = _partner()
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = SealedField(compartment="plan")
    void_at = models.DateTimeField(null=True, blank=True)
    void_by = models.CharField(max_length=ID_LENGTH, blank=True)
    void_reason = SealedField(compartment="plan")

    class Meta:
        indexes = [models.Index(fields=["case", "-on"])]


class Session(Part):
    """A counselling session. That it took place is no secret of the house; what was said is.

    ``notes`` is JSON: the words, and the code of what the question about safety brought.
    """

    unsealed = {
        **WRITTEN,
        **STRUCK,
        "on": "coarse fact",
        "kind": "code; shown to counsellors only",
        "minutes": "coarse fact, counted",
        "next_on": "needed for the calendar",
    }

    on = models.DateField()
    kind = models.CharField(max_length=12)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    counsellor = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    next_on = models.DateField(null=True, blank=True)
    notes = SealedField(compartment="counselling")
    void_at = models.DateTimeField(null=True, blank=True)
    void_by = models.CharField(max_length=ID_LENGTH, blank=True)
    void_reason = SealedField(compartment="counselling")

    class Meta:
        indexes = [models.Index(fields=["case", "-on"])]


class Appointment(Part):
    """A medical appointment. What it is about opens with the key to her health.

    ``about`` is JSON: the code of its kind, and the reason in words.
    """

    PLANNED, KEPT, MISSED, MOVED, CANCELLED = "planned", "kept", "missed", "moved", "cancelled"
    unsealed = {
        **WRITTEN,
        **STRUCK,
        "on": "needed for the calendar",
        "hour": "needed for the calendar",
        "former_on": "the day from which it was moved",
        "province": "official code",
        "state": "code",
        "interpreter": "needed by whoever goes along",
        "version": "structure",
    }

    on = models.DateField()
    hour = models.TimeField(null=True, blank=True)
    former_on = models.DateField(null=True, blank=True)
    about = SealedField(compartment="care")
    partner = _partner()
    province = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=10, default=PLANNED)
    outcome = SealedField(compartment="care")
    moving = SealedField(compartment="care")
    interpreter = models.BooleanField(default=False)
    companion = _member()
    version = models.PositiveIntegerField(default=1)
    void_at = models.DateTimeField(null=True, blank=True)
    void_by = models.CharField(max_length=ID_LENGTH, blank=True)
    void_reason = SealedField(compartment="care")

    class Meta:
        indexes = [models.Index(fields=["case", "-on"]), models.Index(fields=["state", "on"])]

    @property
    def moment(self) -> Moment:
        """Day and hour, or the day where the hour is not known."""
        return datetime.combine(self.on, self.hour, BANGKOK) if self.hour else self.on


class Measure(Part):
    """A questionnaire that was taken. Which one and when is open; what came out is sealed."""

    unsealed = {
        **WRITTEN,
        **STRUCK,
        "tool": "code",
        "on": "coarse fact",
        "complete": "whether it belongs on the line",
    }

    tool = models.CharField(max_length=12)
    on = models.DateField()
    complete = models.BooleanField()
    taken = SealedField(compartment="care")
    words = SealedField(compartment="care")
    void_at = models.DateTimeField(null=True, blank=True)
    void_by = models.CharField(max_length=ID_LENGTH, blank=True)
    void_reason = SealedField(compartment="care")

    class Meta:
        indexes = [models.Index(fields=["case", "tool", "on"])]


class FollowUp(Part):
    """A follow-up after she left: planned with the others, done when somebody reached her.

    It outlives the case: closing does not touch it. ``found`` holds coarse codes; what would
    endanger or shame stands sealed in ``told``, together with the words.
    """

    PLANNED, DONE, NOT_REACHED, REPLACED = "planned", "done", "not_reached", "replaced"
    unsealed = {
        **WRITTEN,
        "start": "code",
        "start_on": "coarse fact",
        "months": "structure",
        "due_on": "needed for the calendar",
        "state": "code",
        "done_on": "coarse fact",
        "way": "code",
        "found": "codes, counted; those that endanger are sealed",
        "why_not": "code",
        "version": "structure",
    }

    start = models.CharField(max_length=10)
    start_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, default=PLANNED)
    done_on = models.DateField(null=True, blank=True)
    way = models.CharField(max_length=10, blank=True)
    found = models.JSONField(default=list, blank=True)
    told = SealedField(compartment="plan")
    why_not = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["case", "due_on"]),
            models.Index(fields=["state", "due_on"]),
        ]

    @property
    def waits(self) -> bool:
        """Whether somebody still has to reach her."""
        return self.state in (self.PLANNED, self.NOT_REACHED)
