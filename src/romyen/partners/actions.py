"""Verbs: take an organisation into the directory, change what is known of it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from romyen import audit
from romyen.access import Actor
from romyen.partners.models import Partner
from romyen.partners.queries import may_record
from romyen.partners.words import HERE, countries, kinds
from romyen.rules import places
from romyen.rules.refusals import refuse


def record(
    *,
    name: str,
    kind: str,
    country: str = HERE,
    province: str = "",
    contact: str = "",
    actor: Actor,
    now: datetime,
) -> Partner:
    """Take an organisation into the directory.

    Refuses with ``RY-PARTNER-NAME`` without a name and ``RY-PARTNER-SAME`` when it stands there
    already (same name, kind and province).
    """
    with transaction.atomic():
        may_record(actor, now=now)
        partner = Partner(created_at=now, created_by=actor.id)
        _fill(partner, name=name, kind=kind, country=country, province=province, contact=contact)
        _save(partner)
        audit.record(
            actor=actor.id,
            verb="partner.record",
            subject=partner.pk,
            details={"kind": kind},
            at=now,
        )
    return partner


def edit(
    partner: Partner,
    *,
    expected: int,
    name: str,
    kind: str,
    country: str,
    province: str,
    contact: str,
    active: bool,
    actor: Actor,
    now: datetime,
) -> Partner:
    """Change an organisation's entry; one that is not ``active`` is no longer offered.

    ``expected`` is the version that the editor saw; another one refuses with
    ``RY-EDIT-CONFLICT``.
    """
    with transaction.atomic():
        may_record(actor, now=now)
        fresh = Partner.objects.select_for_update().get(pk=partner.pk)
        if fresh.version != expected:
            raise refuse("RY-EDIT-CONFLICT", version=fresh.version)
        _fill(fresh, name=name, kind=kind, country=country, province=province, contact=contact)
        fresh.active = active
        fresh.version += 1
        _save(fresh)
        audit.record(
            actor=actor.id,
            verb="partner.edit",
            subject=fresh.pk,
            details={"version": fresh.version, "active": active},
            at=now,
        )
    return fresh


def _fill(
    partner: Partner, *, name: str, kind: str, country: str, province: str, contact: str
) -> None:
    """Set what is known, after looking at every code."""
    if not name.strip():
        raise refuse("RY-PARTNER-NAME", field="name")
    kinds().item(kind, field="kind")
    countries().item(country, field="country")
    if province:
        places.place(province, field="province")
    if province and (country != HERE or len(province) != 2):
        raise refuse("RY-PARTNER-PROVINCE", field="province")
    partner.name, partner.kind, partner.country = " ".join(name.split()), kind, country
    partner.province, partner.contact = province, contact.strip()


def _save(partner: Partner) -> None:
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError:
        raise refuse("RY-PARTNER-SAME", field="name") from None
