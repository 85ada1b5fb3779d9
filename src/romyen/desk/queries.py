"""What waits for one person today."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from romyen import access
from romyen.access.approvals import open_approvals
from romyen.access.noticed import Noticed, noticed
from romyen.access.queries import waiting_for_admission
from romyen.audit.models import Checkpoint
from romyen.cases.panels import referral
from romyen.cases.queries import offered_to, reviews_waiting
from romyen.desk.agenda import Agenda, agenda, of_teams
from romyen.leads.models import Lead
from romyen.leads.queries import Filters, Inbox, inbox
from romyen.notices.actions import unread

MOST, MOST_NOTICES = 5, 30


@dataclass(frozen=True)
class Question:
    """Something that waits for the reader's answer, and where it is given."""

    text: str
    href: str
    code: str = ""
    left: str = ""


@dataclass(frozen=True)
class News:
    """A notice, or several that say the same."""

    text: str
    href: str
    count: int
    at: datetime


@dataclass
class Day:
    """The home page: who may be in danger, what waits for an answer, what becomes due, notices."""

    agenda: Agenda
    urgent: list[Lead] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    teams: list[Question] = field(default_factory=list)
    notices: list[News] = field(default_factory=list)

    @property
    def is_free(self) -> bool:
        """Whether nothing waits at all."""
        return not (self.agenda or self.urgent or self.questions or self.notices)


def day(reader: access.Reader, *, now: datetime) -> Day:
    """Everything that waits for the reader. Nothing sealed is opened."""
    leads = inbox(reader, filters=Filters(status="new"), now=now)
    return Day(
        agenda(reader, now=now),
        leads.urgent,
        [*_of_cases(reader, now), *_of_leads(leads), *_of_people(reader, now)],
        _of_teams(reader, now),
        _news(noticed(reader, unread(reader.id)[:MOST_NOTICES], now=now)),
    )


def _news(rows: list[Noticed]) -> list[News]:
    """Notices that say the same are said once, with their number; the newest first."""
    same: dict[str, list[Noticed]] = {}
    for row in rows:
        same.setdefault(row.text, []).append(row)
    every = reverse("access:notices")
    found = [
        News(text, of[0].href if len(of) == 1 else every, len(of), of[0].notice.at)
        for text, of in same.items()
    ]
    return found[:MOST]


def _of_teams(reader: access.Reader, now: datetime) -> list[Question]:
    """What a manager looks after, in two numbers."""
    late, coming = of_teams(reader, now=now) or (0, 0)
    over = ngettext("%(count)s is late", "%(count)s are late", late)
    due = ngettext(
        "%(count)s becomes due in the coming days",
        "%(count)s become due in the coming days",
        coming,
    )
    return [
        *_counted(over, late, "desk:calendar", "?whose=teams&view=list"),
        *_counted(due, coming, "desk:calendar", "?whose=teams"),
    ]


def _of_cases(reader: access.Reader, now: datetime) -> list[Question]:
    """Cases that are offered to the reader, and disclosures without consent to look over."""
    words = gettext("A disclosure without consent: look it over as second person")
    offers = len(offered_to(reader, now=now))
    found = _counted(
        ngettext("%(count)s case is offered to you", "%(count)s cases are offered to you", offers),
        offers,
        "cases:offers",
    )
    for row in reviews_waiting(reader, now=now)[:MOST]:
        shown = referral(row, now)
        found.append(Question(words, shown["href"], row.case.node.code, shown["review_left"]))
    return found


def _of_leads(new: Inbox) -> list[Question]:
    count = len(new.rows)
    text = ngettext("%(count)s new lead", "%(count)s new leads", count)
    if new.older:
        text = gettext("More than %(count)s new leads")
    return _counted(text, count, "leads:inbox", "?status=new")


def _of_people(reader: access.Reader, now: datetime) -> list[Question]:
    """Requests for a second person, and colleagues at the door."""
    asked = open_approvals(reader, now=now).count()
    people = len(waiting_for_admission(reader, now=now))
    requests = ngettext(
        "%(count)s request waits for a second person",
        "%(count)s requests wait for a second person",
        asked,
    )
    newcomers = ngettext(
        "%(count)s colleague waits to be admitted",
        "%(count)s colleagues wait to be admitted",
        people,
    )
    return [
        *_counted(requests, asked, "access:approvals"),
        *_counted(newcomers, people, "access:people"),
    ]


def _counted(text: str, count: int, route: str, query: str = "") -> list[Question]:
    return [Question(text % {"count": count}, reverse(route) + query)] if count else []


def last_checkpoint() -> Checkpoint | None:
    """The newest signed checkpoint of the log."""
    return Checkpoint.objects.order_by("-size", "-pk").first()
