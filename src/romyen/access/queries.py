"""Reads of access: people and what they hold, who can and who has, what waits for whom."""

from datetime import datetime
from typing import Any

from romyen.access.actors import Reader
from romyen.access.models import Assignment, OpenRing
from romyen.access.rings import usable
from romyen.keys import chain
from romyen.notices.kinds import KINDS
from romyen.notices.models import Notice

NOTICES_SHOWN = 50


def own_page(reader: Reader, *, now: datetime) -> dict[str, Any]:
    """What a member sees of themselves."""
    member = reader.member
    rings = OpenRing.objects.filter(member=member, staged=False).select_related("member")
    return {
        "member": member,
        "roles": roles_of(member.pk, now=now),
        "words": chain.fingerprint(member.holder) if member.holder else "",
        "places": sum(1 for ring in rings if usable(ring, now=now)),
    }


def roles_of(member_id: str, *, now: datetime) -> list[Assignment]:
    """A member's assignments in force, with their nodes."""
    mine = Assignment.objects.filter(member_id=member_id).select_related("node")
    return [a for a in mine.order_by("starts_at") if a.starts_at <= now < (a.ends_at or _ever(now))]


def _ever(now: datetime) -> datetime:
    return now.replace(year=9999)


def notices_page(reader: Reader) -> dict[str, Any]:
    """A member's newest notices, in words that say nothing of a case."""
    mine = Notice.objects.filter(recipient=reader.id).order_by("-at")[:NOTICES_SHOWN]
    rows = [{"notice": notice, "text": KINDS[notice.kind]} for notice in mine]
    return {"rows": rows, "unread": [row for row in rows if row["notice"].read_at is None]}
