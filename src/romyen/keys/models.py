"""Holders, what they were given, data keys and grants. No column here opens anything by itself."""

from django.db import models
from django.db.models import Q

from romyen.rules.ids import ID_LENGTH, new_id


class Holder(models.Model):
    """A key pair that data keys can be granted to: a user's, or a team compartment's.

    ``person`` is the id of the user whose pair it is (empty for a compartment): it is signed with
    the rest, so that an admitted pair cannot be hung under somebody else's name. The row is a
    public statement, signed by the holder who admitted it; ``chain`` checks it up to the root
    made by ``romyen init``.
    """

    USER, COMPARTMENT = "user", "compartment"

    unsealed = {
        "kind": "structure",
        "person": "opaque id",
        "team": "opaque id",
        "compartment": "structure",
        "version": "structure",
        "public": "public key",
        "verify": "public key",
        "sealed_private": "encrypted under the user's passphrase and the pepper",
        "signature": "public",
        "founded_at": "structure",
        "retired_at": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    kind = models.CharField(max_length=12)
    person = models.CharField(max_length=ID_LENGTH, blank=True)
    team = models.CharField(max_length=ID_LENGTH, blank=True)
    compartment = models.CharField(max_length=16, blank=True)
    version = models.PositiveIntegerField(default=1)
    public = models.BinaryField()
    verify = models.BinaryField(default=b"")
    sealed_private = models.BinaryField(default=b"")
    admitted_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="admitted"
    )
    signature = models.BinaryField(default=b"")
    founded_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "compartment", "version"],
                condition=Q(kind="compartment"),
                name="one_holder_per_compartment_version",
            )
        ]

    def __str__(self) -> str:
        return self.id


class Admission(models.Model):
    """A compartment's private key, wrapped for one user (HPKE)."""

    unsealed = {"wrapped": "encrypted to the member", "at": "structure"}

    compartment = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="admissions")
    member = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="compartments")
    wrapped = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compartment", "member"], name="admitted_once")
        ]


class RecoveryKey(models.Model):
    """The public half of an offline recovery identity (age X25519), signed by the root."""

    unsealed = {
        "recipient": "public key",
        "signature": "public",
        "founded_at": "structure",
        "retired_at": "structure",
    }

    recipient = models.CharField(max_length=80, unique=True)
    signature = models.BinaryField()
    founded_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)


class DataKey(models.Model):
    """The key of one compartment of one subject; only its grants can produce it."""

    unsealed = {
        "subject": "opaque id",
        "compartment": "structure",
        "version": "structure",
        "founded_at": "structure",
        "retired_at": "structure",
    }

    subject = models.CharField(max_length=ID_LENGTH)
    compartment = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    founded_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "compartment", "version"], name="one_data_key_per_version"
            )
        ]


class Grant(models.Model):
    """A data key, wrapped for one holder (HPKE) or for a recovery identity (age)."""

    unsealed = {
        "wrapped": "encrypted to the holder",
        "granted_by": "opaque id",
        "at": "structure",
    }

    data_key = models.ForeignKey(DataKey, on_delete=models.CASCADE, related_name="grants")
    holder = models.ForeignKey(
        Holder, on_delete=models.CASCADE, null=True, blank=True, related_name="grants"
    )
    recovery = models.ForeignKey(
        RecoveryKey, on_delete=models.CASCADE, null=True, blank=True, related_name="grants"
    )
    wrapped = models.BinaryField()
    granted_by = models.CharField(max_length=ID_LENGTH)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["data_key", "holder"], name="granted_once"),
            models.UniqueConstraint(fields=["data_key", "recovery"], name="recoverable_once"),
            models.CheckConstraint(
                condition=Q(holder__isnull=False) ^ Q(recovery__isnull=False),
                name="grant_to_holder_or_recovery",
            ),
        ]
