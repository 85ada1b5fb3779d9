"""Shelters: a house, its sealed location, its beds, who stays there, and what happened in it.

The address is a class of its own, so that no list, export or page that reads a shelter can bring
it along: it has to be asked for by name (decision 0033).
"""

from django.db import models
from django.db.models import F, Q

from romyen.access.models import protected_node
from romyen.access.teamfield import protected_team
from romyen.cases.models import Case
from romyen.keys.fields import SealedField
from romyen.rules.ids import ID_LENGTH, new_id

MOST_PEOPLE = 500
MOST_FOR_ONE = 50


class Shelter(models.Model):
    """A house in which people stay. Of where it is, only the province is open."""

    unsealed = {
        "name": "internal name, chosen to say no address",
        "kind": "code",
        "province": "official code of an area of a million people; the address is sealed",
        "capacity": "coarse fact, needed for placing",
        "takes": "codes, needed for placing",
        "residents_per_staff": "coarse fact, for statistics",
        "licence_from": "needed for the calendar; the number is sealed with the address",
        "licence_until": "needed for the calendar; the number is sealed with the address",
        "active": "structure",
        "founded_at": "structure",
        "founded_by": "opaque id",
        "version": "structure",
    }

    node = protected_node()
    team = protected_team()
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    province = models.CharField(max_length=2)
    capacity = models.PositiveSmallIntegerField()
    takes = models.JSONField(default=list, blank=True)
    residents_per_staff = models.PositiveSmallIntegerField(null=True, blank=True)
    licence_from = models.DateField(null=True, blank=True)
    licence_until = models.DateField(null=True, blank=True)
    active = models.BooleanField(default=True)
    founded_at = models.DateTimeField()
    founded_by = models.CharField(max_length=ID_LENGTH)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["team", "name", "node"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=MOST_PEOPLE),
                name="shelter_holds_people",
            ),
            models.CheckConstraint(
                condition=Q(licence_from=None)
                | Q(licence_until=None)
                | Q(licence_until__gte=F("licence_from")),
                name="licence_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def sealed_subject(self) -> str:
        """The shelter itself."""
        return str(self.pk)


class Location(models.Model):
    """Where a shelter is. Sealed with a key pair of the shelter's own, not with its team's.

    Never listed, searched, exported, printed, mailed or drawn on a map: it is read on one page,
    by who holds the key, for a reason. The number of the licence stands here too, because a
    public register may tell the address for it.
    """

    FIELDS = ("address", "directions", "coordinates", "telephone", "arrival", "licence_no")
    node_path = "shelter__node"
    unsealed = {"changed_at": "structure", "changed_by": "opaque id", "version": "structure"}

    shelter = models.OneToOneField(
        Shelter, primary_key=True, on_delete=models.PROTECT, related_name="location"
    )
    address = SealedField(compartment="location")
    directions = SealedField(compartment="location")
    coordinates = SealedField(compartment="location")
    telephone = SealedField(compartment="location")
    arrival = SealedField(compartment="location")
    licence_no = SealedField(compartment="location")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=ID_LENGTH)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "•••"

    def sealed_subject(self) -> str:
        """The shelter's node, in the compartment that is its own."""
        return str(self.shelter_id)


class Bed(models.Model):
    """A bed by its label."""

    node_path = "shelter__node"
    unsealed = {
        "label": "label of a bed, no name",
        "active": "structure",
        "added_at": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="beds")
    label = models.CharField(max_length=20)
    active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shelter", "label"], name="bed_labelled_once")
        ]

    def __str__(self) -> str:
        return self.label


class Stay(models.Model):
    """One person's stay in one house, from arrival to exit. It belongs to her case.

    ``came_from`` is the stay before it, where she moved. ``warnings`` are the codes of what whoever
    placed her was warned of and went on; why the house took one more than it has places for stands
    in ``over_reason``.
    """

    node_path = "case__node"
    unsealed = {
        "arrived_on": "coarse fact, needed for lists and statistics",
        "arrived_at": "hour of arrival",
        "left_on": "coarse fact, needed for lists and statistics",
        "exit_reason": "code",
        "warnings": "codes",
        "placed_at": "structure",
        "placed_by": "opaque id",
        "ended_by": "opaque id",
        "version": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="stays")
    bed = models.ForeignKey(
        Bed, on_delete=models.PROTECT, null=True, blank=True, related_name="stays"
    )
    came_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="went_to"
    )
    arrived_on = models.DateField()
    arrived_at = models.TimeField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    exit_reason = models.CharField(max_length=20, blank=True)
    exit_words = SealedField(compartment="plan")
    warnings = models.JSONField(default=list, blank=True)
    over_reason = SealedField(compartment="plan")
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=ID_LENGTH)
    ended_by = models.CharField(max_length=ID_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["case", "-arrived_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["bed"], condition=Q(left_on=None, bed__isnull=False), name="bed_given_once"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(left_on=None), name="one_open_stay_per_case"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("arrived_on")),
                name="stay_ends_after_arrival",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, exit_reason="")
                | Q(left_on__isnull=False) & ~Q(exit_reason=""),
                name="stay_ends_for_a_reason",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether she stays there still."""
        return self.left_on is None

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.case_id)


class Leave(models.Model):
    """Nights away from the house, while the bed is kept."""

    node_path = "stay__case__node"
    unsealed = {
        "began_on": "coarse fact, needed for lists",
        "until_on": "coarse fact, needed for lists",
        "reason": "code",
        "at": "structure",
        "by": "opaque id",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="leaves")
    began_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=20)
    words = SealedField(compartment="plan")
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)

    class Meta:
        ordering = ("-began_on",)
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("began_on")), name="leave_ends_after_it_began"
            )
        ]

    def sealed_subject(self) -> str:
        """The case's node."""
        return str(self.stay.case_id)


class Incident(models.Model):
    """Something that happened in a house, what was done, and what has to follow.

    What concerns somebody's health is sealed for carers, the rest in the plan.
    """

    node_path = "shelter__node"
    unsealed = {
        "kind": "code",
        "on": "coarse fact, needed for lists",
        "hour": "hour of the day",
        "called": "codes",
        "follow_up_on": "needed for the calendar",
        "followed_at": "structure",
        "followed_by": "opaque id",
        "recorded_at": "structure",
        "recorded_by": "opaque id",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    hour = models.TimeField(null=True, blank=True)
    words = SealedField(compartment="plan")
    health = SealedField(compartment="care")
    done = SealedField(compartment="plan")
    called = models.JSONField(default=list, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    followed_at = models.DateTimeField(null=True, blank=True)
    followed_by = models.CharField(max_length=ID_LENGTH, blank=True)
    follow_up = SealedField(compartment="plan")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=ID_LENGTH)

    class Meta:
        indexes = [models.Index(fields=["shelter", "-on", "-recorded_at"])]

    @property
    def waits(self) -> bool:
        """Whether something has still to follow."""
        return self.follow_up_on is not None and self.followed_at is None

    def sealed_subject(self) -> str:
        """The shelter."""
        return str(self.shelter_id)


class Involved(models.Model):
    """Somebody whom an incident concerned."""

    node_path = "case__node"
    unsealed: dict[str, str] = {}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="involved")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "case"], name="involved_once")]
