"""What is kept of an exchange: the rest of a record, by what it is known again, what waits."""

from django.db import models
from django.db.models import Q

from romyen.access.models import Member, Node
from romyen.keys.fields import SealedField
from romyen.rules.ids import ID_LENGTH, new_id
from romyen.survivors.models import Survivor


class Imported(models.Model):
    """What a record says beyond our tables (``records.rest``), so that it goes out as it came.

    The two sealed columns are JSON, named after their compartments.
    """

    unsealed = {"at": "structure", "by": "opaque id"}
    node_path = "survivor__node"

    survivor = models.OneToOneField(
        Survivor, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    identity = SealedField(compartment="identity")
    narrative = SealedField(compartment="narrative")
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)

    def sealed_subject(self) -> str:
        """The survivor's node."""
        return str(self.survivor_id)


class Mark(models.Model):
    """By what a record is known again: an HMAC under the box key, of no use to anyone else.

    ``instance`` and ``row`` say which record it is; ``content`` what it has said so far, here
    or in a file that we gave out ourselves.
    """

    INSTANCE, ROW, CONTENT = "instance", "row", "content"
    unsealed = {"kind": "structure", "mark": "HMAC under the box key"}
    node_path = "survivor__node"

    survivor = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    mark = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["mark", "kind"])]
        constraints = [
            models.UniqueConstraint(fields=["survivor", "kind", "mark"], name="marked_once")
        ]


class Difference(models.Model):
    """A known record that came with other content, sealed until a key holder has decided.

    The sealed columns are JSON: the values of the record that came, apart by compartment, and
    under ``narrative`` its unmapped columns too.
    """

    unsealed = {
        "mark": "HMAC under the box key",
        "at": "structure",
        "by": "opaque id",
        "decided_at": "structure",
        "decided_by": "opaque id",
        "decision": "code: ours, theirs, both",
    }
    node_path = "survivor__node"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    survivor = models.ForeignKey(Survivor, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=64)
    identity = SealedField(compartment="identity")
    narrative = SealedField(compartment="narrative")
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=ID_LENGTH, blank=True)
    decision = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survivor", "mark"], condition=Q(decided_at=None), name="differs_once"
            )
        ]

    def sealed_subject(self) -> str:
        """The survivor's node."""
        return str(self.survivor_id)


class Upload(models.Model):
    """A file that someone brings in through the browser, sealed to that person alone.

    ``sealed`` is the file until it is done, ``report`` what is said about it, ``errors`` the
    workbook of refused rows: all three open only with the uploader's own key. The counts are
    the progress; they hold nothing of the file. It is new, read (running, then ready), brought
    in (running, then done); either may be stopped. ``run`` names the work that may still write
    here: whoever stops it takes the name away.
    """

    NEW, RUNNING, READY, STOPPED, DONE = "new", "running", "ready", "stopped", "done"
    unsealed = {
        "sealed": "encrypted to its uploader",
        "report": "encrypted to its uploader",
        "errors": "encrypted to its uploader",
        "state": "structure",
        "run": "opaque id",
        "code": "code of a refusal",
        "rows": "count",
        "done": "count",
        "imported": "count",
        "refused": "count",
        "unchanged": "count",
        "waiting": "count",
        "at": "structure",
        "beat_at": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    report = models.BinaryField(default=bytes)
    errors = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, default=NEW)
    run = models.CharField(max_length=ID_LENGTH, blank=True)
    code = models.CharField(max_length=40, blank=True)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    imported = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    beat_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["member", "-at"])]
