"""Spans of time as the law counts them, in Thai time: hours, days, months, years.

Hours run from the moment. Days, months and years end with a day. Whether the day of the event
counts, and whether only working days do, is a matter of the rule (``Counting``).
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
"""Thailand keeps one offset all year since 1920; no time-zone database is needed."""

Unit = Literal["hours", "days", "months", "years"]
Moment = datetime | date
"""An aware datetime, or a date when the hour is not known."""


@dataclass(frozen=True)
class Span:
    """A length of time in the unit that the law uses."""

    value: int
    unit: Unit


@dataclass(frozen=True)
class Counting:
    """How the time is counted; ``known`` says that the rule was read, not assumed."""

    first_day: bool = False
    working_days: bool = False
    known: bool = False


def local_day(at: Moment) -> date:
    """The day in Thailand."""
    return at.astimezone(BANGKOK).date() if isinstance(at, datetime) else at


def start_of(at: Moment) -> datetime:
    """The moment, in Thai time; the beginning of the day when the hour is not known."""
    if isinstance(at, datetime):
        return at.astimezone(BANGKOK)
    return datetime.combine(at, time(), BANGKOK)


def end_of_day(day: date) -> datetime:
    """The last second of a day in Thailand."""
    return datetime.combine(day, time(23, 59, 59), BANGKOK)


def due_after(at: Moment, span: Span, counting: Counting | None = None) -> datetime:
    """The last second in time of a span that starts then.

    Hours run from the moment; when only the day is known, from its first second, the earliest
    that it can have been. Days, months and years end with a day. A month without the day ends
    on its last one (31 January + 1 month = 28 or 29 February).
    """
    counting = counting or Counting()
    if span.unit == "hours":
        end = start_of(at) + timedelta(hours=span.value)
        return end if isinstance(at, datetime) else end - timedelta(seconds=bool(span.value))
    day = local_day(at)
    if span.value == 0:
        return end_of_day(day)
    if span.unit == "days":
        last = _plus_days(day, span.value - counting.first_day, counting.working_days)
    else:
        months = span.value * (12 if span.unit == "years" else 1)
        last = plus_months(day, months) - timedelta(days=counting.first_day)
    return end_of_day(last)


def plus_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _plus_days(day: date, days: int, working: bool) -> date:
    """So many days later; working days skip Saturday and Sunday (holidays are not known)."""
    if not working:
        return day + timedelta(days=days)
    while days > 0 or day.weekday() >= 5:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
