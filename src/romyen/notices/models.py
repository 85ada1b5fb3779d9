"""Notices inside the application, and the sealed queue of mails."""

from django.db import models

from romyen.rules.ids import ID_LENGTH, new_id


class Notice(models.Model):
    """Something waits for a member: a code of what, and the record it is about."""

    unsealed = {
        "recipient": "opaque id",
        "kind": "code",
        "subject": "opaque id",
        "count": "how many of the kind; says nothing of which",
        "at": "structure",
        "read_at": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    recipient = models.CharField(max_length=ID_LENGTH)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=ID_LENGTH, blank=True)
    count = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-at"])]


class Mail(models.Model):
    """A mail waiting to be sent: address and text are sealed by the box key."""

    unsealed = {
        "sealed": "encrypted under the box key",
        "queued_at": "structure",
        "sent_at": "structure",
        "attempts": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    sealed = models.BinaryField()
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "queued_at"])]
