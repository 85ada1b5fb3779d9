"""Offers of cases: what was offered to me, what I offered, and what waits on a case."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from romyen import access
from romyen.access.moving import Part, parts
from romyen.cases.models import Case, Offer

REMEMBERED = timedelta(days=30)
"""So long an offer stands in one's list after it ended."""


def _offers(reader: access.Actor, *, now: datetime) -> QuerySet[Offer]:
    whole = Offer.objects.select_related("case__node", "case__manager", "to", "team")
    return access.visible_to(reader, "case.read", whole, now=now)


def offered_to(reader: access.Actor, *, now: datetime) -> list[Offer]:
    """What waits for the reader's answer, the oldest first.

    A file of another team she cannot read yet: its offer is hers to see, unless it is hidden
    from her.
    """
    waiting = {"to": reader.id, "ended_at": None, "ends_at__gt": now, "accepted_at": None}
    mine = _offers(reader, now=now).filter(team=None, **waiting)
    files = Offer.objects.select_related("case__node", "case__manager", "to", "team")
    coming = access.unbarred(reader, files.filter(team__isnull=False, **waiting))
    found = [*mine.filter(case__status="open"), *coming.filter(case__status="open")]
    return sorted(found, key=lambda offer: (offer.at, offer.pk))


def offered_by(reader: access.Actor, *, now: datetime) -> list[Offer]:
    """What the reader offered lately, and what became of it; the newest first."""
    lately = _offers(reader, now=now).filter(by=reader.id, at__gt=now - REMEMBERED)
    return list(lately.order_by("-at", "pk")[:100])


def waiting_on(case: Case) -> Offer | None:
    """The offer that was not answered yet, lapsed or not. The case was read through ``case``."""
    return Offer.objects.filter(case=case, ended_at=None).select_related("to", "team").first()


def parts_of(offer: Offer, team: access.Node, *, now: datetime) -> list[Part]:
    """How far the parts of a file are on their way to the other team."""
    return parts(offer.case.survivor.node, team, now=now)
