"""Events, the deadlines that the law attaches to them, and what somebody has to do."""

from django.db import models
from django.db.models import Q

from romyen.access.models import Member
from romyen.access.teamfield import protected_team
from romyen.cases.models.file import Case
from romyen.keys.fields import SealedField
from romyen.rules.ids import ID_LENGTH, new_id
from romyen.rules.spans import Moment, local_day


class Event(models.Model):
    """Something that happened and was entered by a person; it starts clocks.

    ``at`` is the moment, or the first second of the day (Bangkok) where ``day_only``. An event
    entered in error stays, with its reason, and starts nothing any more.
    """

    unsealed = {
        "code": "code",
        "at": "needed to run clocks",
        "day_only": "structure",
        "source": "code",
        "recorded_at": "structure",
        "recorded_by": "opaque id",
        "void_at": "structure",
        "void_by": "opaque id",
    }
    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=60)
    at = models.DateTimeField()
    day_only = models.BooleanField(default=False)
    source = models.CharField(max_length=30)
    detail = SealedField(compartment="narrative")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)
    void_at = models.DateTimeField(null=True, blank=True)
    void_by = models.CharField(max_length=ID_LENGTH, blank=True)
    void_reason = SealedField(compartment="narrative")

    class Meta:
        indexes = [models.Index(fields=["case", "-at"])]

    @property
    def moment(self) -> Moment:
        """The moment, or the day where no hour is known."""
        return local_day(self.at) if self.day_only else self.at

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)


class Deadline(models.Model):
    """A clock that an event started, kept as it was shown.

    ``key`` names clock, version of the law and occurrence. ``due_at`` is what was computed on
    the day of entry (or at the last extension): a later change of the data does not move it.
    ``settled_at`` says that nothing runs any more: met, or not applicable.
    """

    unsealed = {
        "key": "code",
        "due_at": "needed to run clocks",
        "unsure": "codes of facts nobody entered",
        "met_at": "needed to run clocks",
        "met_day_only": "structure",
        "not_applicable": "structure",
        "settled_at": "structure",
        "settled_by": "opaque id",
        "extended_until": "needed to run clocks",
        "extended_by": "code",
        "warned_at": "structure",
        "version": "structure",
    }
    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    team = protected_team(of="case")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deadlines")
    key = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    unsure = models.CharField(max_length=120, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    met_day_only = models.BooleanField(default=False)
    not_applicable = models.BooleanField(default=False)
    reason = SealedField(compartment="narrative")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=ID_LENGTH, blank=True)
    extended_until = models.DateTimeField(null=True, blank=True)
    extended_by = models.CharField(max_length=20, blank=True)
    extension_paper = SealedField(compartment="legal")
    warned_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["case", "due_at"], condition=Q(settled_at=None), name="deadline_running"
            ),
            models.Index(
                fields=["team", "due_at", "id"],
                condition=Q(settled_at=None),
                name="deadline_of_team",
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="clock_runs_once")]

    @property
    def met_on(self) -> Moment | None:
        """When it was met; a day where no hour is known."""
        if self.met_at is None:
            return None
        return local_day(self.met_at) if self.met_day_only else self.met_at

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)


class Task(models.Model):
    """Something to do. Its title is a code of a list, a duty of the law, or sealed free words.

    ``key`` names the duty "at once" (clock, version, occurrence) that an event started.
    """

    unsealed = {
        "title": "code",
        "key": "code",
        "due_on": "needed for lists",
        "done_at": "structure",
        "done_by": "opaque id",
        "dropped_at": "structure",
        "created_at": "structure",
        "created_by": "opaque id",
        "version": "structure",
    }
    node_path = "case__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    team = protected_team(of="case")
    title = models.CharField(max_length=40, blank=True)
    words = SealedField(compartment="narrative")
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    key = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    assigned = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=ID_LENGTH, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_reason = SealedField(compartment="narrative")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=ID_LENGTH)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["assigned", "due_on"],
                condition=Q(done_at=None, dropped_at=None),
                name="task_open",
            ),
            models.Index(
                fields=["team", "due_on", "id"],
                condition=Q(done_at=None, dropped_at=None),
                name="task_of_team",
            ),
            models.Index(fields=["case", "-created_at"]),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.done_at is None and self.dropped_at is None

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)
