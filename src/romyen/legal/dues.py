"""What becomes due: hearings and the ends of permits, for the calendar. It names nobody."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Actor
from romyen.legal.models import Hearing, Permit
from romyen.legal.models.proceedings import PLANNED
from romyen.legal.words import label
from romyen.rules.dues import Due
from romyen.rules.spans import local_day


def dues(reader: Actor, *, since: datetime, until: datetime, now: datetime) -> list[Due]:
    """Planned hearings and permits that end between two moments. Two queries."""
    first, last = local_day(since), local_day(until)
    hearings = Hearing.objects.filter(
        on__gte=first, on__lte=last, outcome=PLANNED, void_at=None
    ).select_related("proceeding__node")
    permits = Permit.objects.filter(
        expires_on__gte=first, expires_on__lte=last, state="granted", void_at=None
    ).select_related("case__node")
    found = [
        _hearing(row) for row in access.visible_to(reader, "proceeding.read", hearings, now=now)
    ]
    found += [_permit(row) for row in access.visible_to(reader, "legal.read", permits, now=now)]
    return sorted(found, key=lambda due: due.order)


def _hearing(row: Hearing) -> Due:
    """A day at court: its kind and the code of the proceeding, no place and nobody."""
    href = reverse("legal:proceeding", args=[row.proceeding_id])
    what = label("hearing_kinds", row.kind)
    return Due(row.pk, "hearing", row.moment, what, row.proceeding.node.code, href)


def _permit(row: Permit) -> Due:
    """The last day of a permit."""
    href = reverse("legal:of-case", args=[row.case_id])
    what = gettext("Ends: %(permit)s") % {"permit": label("permit_kinds", row.kind)}
    assert row.expires_on is not None  # noqa: S101 - asked for above
    return Due(row.pk, "permit", row.expires_on, what, row.case.node.code, href)
