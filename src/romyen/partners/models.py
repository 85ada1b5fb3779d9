"""Other organisations: whom we refer to, report to and work with."""

from django.db import models

from romyen.rules.ids import ID_LENGTH, new_id


class Partner(models.Model):
    """Another organisation, or one office of it. Everyone who works here sees the same directory.

    It holds no person: ``contact`` is the office's own telephone, address or page. Police units
    are partners of the kind ``LawEnforcement``.
    """

    unsealed = {
        "name": "public name of an organisation",
        "kind": "HTCDS code (org_Type)",
        "country": "ISO 3166-1 code",
        "province": "official code",
        "contact": "of an office, not of a person; said so beside the field",
        "active": "structure",
        "created_at": "structure",
        "created_by": "opaque id",
        "version": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    country = models.CharField(max_length=2, default="TH")
    province = models.CharField(max_length=2, blank=True)
    contact = models.TextField(blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=ID_LENGTH)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["kind", "name"]), models.Index(fields=["name"])]
        constraints = [
            models.UniqueConstraint(fields=["name", "kind", "province"], name="partner_once")
        ]

    def __str__(self) -> str:
        return self.name
