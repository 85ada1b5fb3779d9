"""What becomes due: hearings and the ends of permits, for the calendar. It names nobody."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Actor
from romyen.legal.models import Hearing, Party, Permit
from romyen.legal.models.proceedings import PLANNED
from romyen.legal.queries import visible
from romyen.legal.words import label
from romyen.rules.dues import MOST, Due
from romyen.rules.spans import local_day


def dues(
    reader: Actor, *, since: datetime, until: datetime, now: datetime, mine: bool = False
) -> list[Due]:
    """Planned hearings and the last days of permits, from ``since`` until before ``until``.

    ``mine``: only those of cases that the reader manages. Two queries.
    """
    span = {"gte": local_day(since), "lt": local_day(until)}
    found = [_hearing(row) for row in _hearings(reader, span, mine, now)[:MOST]]
    found += [_permit(row, reader) for row in _permits(reader, span, mine, now)[:MOST]]
    return sorted(found, key=lambda due: due.order)


def _hearings(
    reader: Actor, span: dict[str, date], mine: bool, now: datetime
) -> QuerySet[Any, Any]:
    """Planned hearings that the reader may know of, and whether one of the reader's own is in."""
    own = Party.objects.filter(proceeding=OuterRef("proceeding"), void_at=None)
    own = visible(reader, own.filter(case__manager=reader.id), now=now)
    days = {f"on__{end}": day for end, day in span.items()}
    rows = Hearing.objects.filter(outcome=PLANNED, void_at=None, **days)
    marked = rows.select_related("proceeding__node").annotate(mine=Exists(own))
    seen = access.visible_to(reader, "proceeding.read", marked, now=now)
    return (seen.filter(Exists(own)) if mine else seen).order_by("on", "pk")


def _permits(reader: Actor, span: dict[str, date], mine: bool, now: datetime) -> QuerySet[Permit]:
    """Permits in force that end in the span."""
    days = {f"expires_on__{end}": day for end, day in span.items()}
    rows = Permit.objects.filter(state="granted", void_at=None, **days)
    rows = rows.filter(case__manager=reader.id) if mine else rows
    seen = access.visible_to(reader, "legal.read", rows.select_related("case__node"), now=now)
    return seen.order_by("expires_on", "pk")


def _hearing(row: Any) -> Due:
    """A day at court: its kind and the code of the proceeding, no place and nobody."""
    href = reverse("legal:proceeding", args=[row.proceeding_id])
    what = label("hearing_kinds", row.kind)
    return Due(row.pk, "hearing", row.moment, what, row.proceeding.node.code, href, row.mine)


def _permit(row: Permit, reader: Actor) -> Due:
    """The last day of a permit."""
    href = reverse("legal:of-case", args=[row.case_id])
    what = gettext("Ends: %(permit)s") % {"permit": label("permit_kinds", row.kind)}
    mine = row.case.manager_id == reader.id
    at = row.expires_on or date.max
    return Due(row.pk, "permit", at, what, row.case.node.code, href, mine)
