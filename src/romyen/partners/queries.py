"""Reading the directory. It has no nodes: whoever reads partners anywhere reads all of it."""

from datetime import datetime

from django.db.models import QuerySet

from romyen import access
from romyen.access import Actor
from romyen.partners.models import Partner
from romyen.partners.words import POLICE
from romyen.rules.refusals import refuse


def partners(
    actor: Actor, *, kind: str = "", province: str = "", words: str = "", now: datetime
) -> QuerySet[Partner]:
    """The directory by name; of one kind, in one province, with these words in the name."""
    if not access.can(actor, "partner.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    found = Partner.objects.order_by("-active", "name", "pk")
    if kind:
        found = found.filter(kind=kind)
    if province:
        found = found.filter(province=province)
    for word in words.split():
        found = found.filter(name__icontains=word)
    return found


def partner(actor: Actor, ref: str, *, now: datetime) -> Partner:
    """One organisation, or ``RY-ABSENT``."""
    return access.one(partners(actor, now=now), ref)


def offered(actor: Actor, *, now: datetime) -> QuerySet[Partner]:
    """The organisations that a form offers: those still active."""
    return partners(actor, now=now).filter(active=True)


def police(actor: Actor, *, now: datetime) -> QuerySet[Partner]:
    """The police units that a form offers."""
    return offered(actor, now=now).filter(kind=POLICE)


def may_record(actor: Actor, *, now: datetime) -> None:
    """Refuse to show a form to someone whose role does not record."""
    if not access.can(actor, "partner.record", now=now):
        raise refuse("RY-ACCESS-DENIED")
