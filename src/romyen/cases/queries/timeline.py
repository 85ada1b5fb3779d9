"""What happened in a case, newest first: every kind of thing in one line of time.

Nothing sealed is opened here: notes and referrals stand by their kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from romyen import access
from romyen.cases.kinds import LAST_OF_A_DAY, group_of
from romyen.cases.models import Case, Event, Note, Offer, Turn
from romyen.cases.queries.papers import Papers, papers_of
from romyen.rules.spans import Moment, local_day, start_of
from romyen.survivors.models import Identification

PER_PAGE = 20
NARROWED = 2000
"""So many of each source are looked through for one group; no case has had as many."""


@dataclass(frozen=True)
class Happening:
    """One entry: what kind, when, by whom (opaque id), and the row that says more.

    ``kind`` is event, turn, offer, note, referral, disclosure, review, identification, consent or
    withdrawal; the floors above (``settings.ROMYEN_HAPPENINGS``) add theirs, and tell them in
    ``said``: title, text, href, tag and colour of the time line's component.
    """

    kind: str
    at: Moment
    by: str
    row: Any
    said: Mapping[str, Any] | None = None

    @property
    def order(self) -> tuple[datetime, bool, str, str]:
        """Sorts by time; ties by kind and id, so that pages never overlap.

        Of things known by their day alone, who leaves had arrived before.
        """
        return start_of(self.at), self.kind in LAST_OF_A_DAY, self.kind, str(self.row.pk)


@dataclass(frozen=True)
class Timeline:
    """One page of happenings, and whether older ones follow."""

    happenings: list[Happening]
    page: int
    more: bool


type Source = Callable[[Case, int], list[Happening]]


@cache
def _above() -> list[Callable[..., list[Happening]]]:
    """What other packages add. Each asks for itself what the reader may see."""
    return [import_string(path) for path in settings.ROMYEN_HAPPENINGS]


def timeline(
    reader: access.Actor,
    case: Case,
    *,
    page: int = 1,
    papers: Papers | None = None,
    group: str = "",
    now: datetime,
) -> Timeline:
    """One page of a case's time line. The number of queries does not grow with the case.

    ``group`` (``cases.kinds``) narrows it. A source that tells several kinds is asked for far more
    then: what it has to say of one of them may lie behind the others.

    ``papers`` are those of the case, where the page has read them already.
    """
    access.require(reader, "case.read", case.node, now=now)
    page = max(1, min(page, 1000))
    most = NARROWED if group else page * PER_PAGE + 1
    papers = papers_of(case) if papers is None else papers
    found = [happening for source in _SOURCES for happening in source(case, most)]
    found += [*_referrals(papers), *_consents(papers)]
    for above in _above():
        found += above(reader, case, most=most, now=now)
    found = [one for one in found if not group or group_of(one.kind) == group]
    found.sort(key=lambda happening: happening.order, reverse=True)
    begin = (page - 1) * PER_PAGE
    return Timeline(found[begin : begin + PER_PAGE], page, len(found) > begin + PER_PAGE)


def _events(case: Case, most: int) -> list[Happening]:
    rows = Event.objects.filter(case=case).order_by("-at", "-pk")[:most]
    return [Happening("event", row.moment, row.recorded_by, row) for row in rows]


def _turns(case: Case, _most: int) -> list[Happening]:
    """On the day when it happened, which may lie before the day when it was entered."""
    rows = Turn.objects.filter(case=case)
    return [
        Happening("turn", row.on if row.on < local_day(row.at) else row.at, row.by, row)
        for row in rows
    ]


def _offers(case: Case, most: int) -> list[Happening]:
    """Offers that came to nothing; one that was accepted is a turn."""
    rows = Offer.objects.filter(case=case).exclude(ended=Offer.ACCEPTED).select_related("to")
    return [Happening("offer", row.at, row.by, row) for row in rows.order_by("-at", "-pk")[:most]]


def _notes(case: Case, most: int) -> list[Happening]:
    rows = Note.objects.filter(case=case).order_by("-at", "-pk")[:most]
    return [Happening("note", row.at, row.author, row) for row in rows]


def _referrals(papers: Papers) -> list[Happening]:
    """A referral, and apart from it the moment when its sheet was opened and its review.

    All of them: what happened to an old referral may be new.
    """
    found = []
    for row in papers.referrals:
        found.append(Happening("referral", row.made_at, row.made_by, row))
        if row.disclosed_at:
            found.append(Happening("disclosure", row.disclosed_at, "", row))
        if row.reviewed_at:
            found.append(Happening("review", row.reviewed_at, row.reviewed_by, row))
    return found


def _identifications(case: Case, most: int) -> list[Happening]:
    rows = Identification.objects.filter(survivor=case.survivor_id).order_by("-on", "-pk")[:most]
    return [Happening("identification", row.on, row.by, row) for row in rows]


def _consents(papers: Papers) -> list[Happening]:
    """Consents and their withdrawals; all of them, as above."""
    found = []
    for row in papers.consents:
        found.append(Happening("consent", row.given_on, row.by, row))
        if row.withdrawn_on:
            found.append(Happening("withdrawal", row.withdrawn_on, row.withdrawn_by, row))
    return found


_SOURCES: tuple[Source, ...] = (_events, _turns, _offers, _notes, _identifications)
