"""What is late, what is due today and in the coming days, for one person's home page."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext, ngettext

from romyen import access
from romyen.cases.panels import Row, clock, task
from romyen.cases.queries import deadlines_of, tasks_of
from romyen.cases.queries.dues import dues
from romyen.cases.words import left
from romyen.desk import words
from romyen.desk.dues import gather
from romyen.rules.dues import Due
from romyen.rules.spans import BANGKOK, local_day

DAYS = 7
MOST, MOST_LATE = 6, 4
"""So many stand under one heading; the calendar and the caseload have them all."""
LOOKS_BACK = timedelta(days=30)
"""So far back the teams' late ones are counted: older ones are for the statistics."""
OF_ONE_PERSON = ("deadline", "task")
"""Kinds that somebody has to see to; who does not manage cases is not shown those of others."""


@dataclass(frozen=True)
class Item:
    """One line: what, on which record, and when in words. It names nobody."""

    what: str
    code: str
    href: str
    kind: str
    colour: str
    when: str


@dataclass
class Agenda:
    """The lines under each heading, and how many more there are."""

    late: list[Item] = field(default_factory=list)
    today: list[Item] = field(default_factory=list)
    week: list[Item] = field(default_factory=list)
    undated: list[Item] = field(default_factory=list)
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.late or self.today or self.week or self.undated)


def agenda(reader: access.Reader, *, now: datetime) -> Agenda:
    """Everything that the reader has before them, in a fixed number of queries; opens nothing."""
    today = local_day(now)
    late, undated = _left_over(reader, today, now)
    coming = _coming(reader, today, now)
    of_today = [_item(due, _hour(due, now)) for due in coming if local_day(due.at) == today]
    later = [_item(due, _day(due)) for due in coming if local_day(due.at) > today]
    more = any(len(part) > MOST for part in (of_today, later, undated)) or len(late) > MOST_LATE
    return Agenda(late[:MOST_LATE], of_today[:MOST], later[:MOST], undated[:MOST], more)


def _coming(reader: access.Reader, today: date, now: datetime) -> list[Due]:
    since = _start(today)
    mine = access.can(reader, "case.open", now=now)
    found = gather(reader, since=since, until=since + timedelta(days=DAYS), mine=mine, now=now)
    return [due for due in found.dues if mine or due.mine or due.kind not in OF_ONE_PERSON]


def of_teams(reader: access.Reader, *, now: datetime) -> tuple[int, int] | None:
    """How much is late, and becomes due within the days, in all that a manager sees."""
    if not access.can(reader, "case.hand_over", now=now):
        return None
    since = _start(local_day(now))
    late = dues(reader, since=since - LOOKS_BACK, until=since, now=now)
    coming = gather(reader, since=since, until=since + timedelta(days=DAYS), mine=False, now=now)
    return len(late), len(coming.dues)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)


def _left_over(reader: access.Reader, today: date, now: datetime) -> tuple[list[Item], list[Item]]:
    """What should have been done before today, and what has no day at all."""
    if not access.can(reader, "case.work", now=now):
        return [], []
    clocks = [clock(one, now) for one in deadlines_of(reader, now=now)]
    tasks = [task(one, now) for one in tasks_of(reader, now=now)]
    over = [_of_case("deadline", r, r["left"]) for r in clocks if local_day(r["due"]) < today]
    over += [_of_case("task", r, _over(r, today)) for r in tasks if r["late"]]
    undated = [_of_case("task", r, _undated(r)) for r in tasks if r["row"].due_on is None]
    return over, undated


def _over(row: Row, today: date) -> str:
    """Days on the calendar: a task of yesterday is late by one, at whatever hour."""
    count = (today - row["row"].due_on).days
    said = ngettext("over for %(count)s day", "over for %(count)s days", count)
    return said % {"count": count}


def _undated(row: Row) -> str:
    return gettext("At once") if row["at_once"] else gettext("No day set")


def _of_case(kind: str, row: Row, when: str) -> Item:
    case = row["row"].case
    what = row["title"] or gettext("A task in your own words")
    href = reverse("cases:case", args=[case.pk])
    return Item(what, case.node.code, href, words.kind(kind), words.colour(kind), when)


def _item(due: Due, when: str) -> Item:
    kind = due.kind
    return Item(due.what, due.code, due.href, words.kind(kind), words.colour(kind), when)


def _hour(due: Due, now: datetime) -> str:
    """How long is left of a clock that counts hours; of anything else its hour."""
    if not isinstance(due.at, datetime):
        return ""
    if due.kind == "deadline":
        return left(due.at, now)
    return f"{due.at.astimezone(BANGKOK):%H:%M}"


def _day(due: Due) -> str:
    """The day as it is said within a week: without its year."""
    day = local_day(due.at)
    said = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month]}"
    if isinstance(due.at, datetime):
        said += f" {due.at.astimezone(BANGKOK):%H:%M}"
    return said
