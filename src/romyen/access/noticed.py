"""A member's notices in words, each with the page where it can be seen to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from romyen.access.actors import Reader
from romyen.access.decisions import READ, visible_to
from romyen.access.models import Node
from romyen.notices.kinds import KINDS
from romyen.notices.models import Notice

PAGES = {
    "approval.asked": "access:approvals",
    "approval.given": "access:approvals",
    "member.waiting": "access:people",
    "keys.pending": "access:keys",
}
"""Kinds that are seen to on a page of their own; every other on the page of its record.
``settings.ROMYEN_NOTICE_PAGES`` names those of higher floors."""


@dataclass(frozen=True)
class Noticed:
    """One notice: its words say nothing of a record, its address leads there."""

    notice: Notice
    text: str
    href: str


def noticed(reader: Reader, notices: Iterable[Notice], *, now: datetime) -> list[Noticed]:
    """The notices that still concern the reader.

    One about a record that was hidden from the reader since then is left out: a line without a
    link would say that there is something.
    """
    mine = list(notices)
    records = dict(
        Node.objects.filter(pk__in={one.subject for one in mine}, kind__in=READ).values_list(
            "pk", "kind"
        )
    )
    pages = _pages(reader, records, now)
    return [
        Noticed(one, said(one), _page(one, pages))
        for one in mine
        if one.subject not in records or one.subject in pages
    ]


def said(notice: Notice) -> str:
    """The words of a notice, and how many where its kind says so."""
    words = gettext(KINDS[notice.kind])
    return words % {"count": notice.count} if notice.count else words


def _pages(reader: Reader, records: dict[str, str], now: datetime) -> dict[str, str]:
    """The page of every record that the reader may see; empty for a kind without one."""
    routes: dict[str, str] = settings.ROMYEN_RECORD_PAGES
    found: dict[str, str] = {}
    for kind in set(records.values()):
        refs = [ref for ref, its in records.items() if its == kind]
        seen = visible_to(reader, READ[kind], Node.objects.filter(pk__in=refs), now=now)
        for ref in seen.values_list("pk", flat=True):
            found[ref] = reverse(routes[kind], args=[ref]) if kind in routes else ""
    return found


def _page(notice: Notice, pages: dict[str, str]) -> str:
    own = (PAGES | settings.ROMYEN_NOTICE_PAGES).get(notice.kind)
    return reverse(own) if own else pages.get(notice.subject, "")
