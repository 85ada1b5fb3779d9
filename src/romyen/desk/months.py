"""A month as a calendar on a wall shows it: whole weeks, in the order of the reader's language."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import get_format

from romyen.pages.era import written_day
from romyen.rules.days import FIRST_YEAR, LAST_YEAR, PartialDay
from romyen.rules.spans import BANGKOK


@dataclass(frozen=True)
class Month:
    """One month C.E.; its heading is written in the reader's era."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str, today: date) -> Self:
        """The month that an address names (``2026-03``); what names none is the present one."""
        year, _dash, number = text.partition("-")
        if not (len(text) == 7 and text.isascii() and (year + number).isdigit()):
            return cls(today.year, today.month)
        known = FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(number) <= 12
        return cls(int(year), int(number)) if known else cls(today.year, today.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def heading(self) -> str:
        """The month and the year as they are read aloud."""
        return written_day(PartialDay(self.year, self.number))

    @property
    def since(self) -> datetime:
        """Its first moment in Thailand."""
        return datetime.combine(date(self.year, self.number, 1), time(), BANGKOK)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return self.next.since

    @property
    def next(self) -> "Month":
        """The month after it."""
        return self._by(1)

    @property
    def last(self) -> "Month":
        """The month before it."""
        return self._by(-1)

    def _by(self, months: int) -> "Month":
        years, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, number + 1)

    def weeks(self) -> list[list[date]]:
        """Its weeks, whole: the first and the last reach into the months beside it."""
        return calendar.Calendar(_first_day()).monthdatescalendar(self.year, self.number)


def weekdays() -> list[tuple[str, str]]:
    """The days of a week, long and short, in the order in which they stand in it."""
    order = [(_first_day() + n) % 7 for n in range(7)]
    return [(str(WEEKDAYS[n]), str(WEEKDAYS_ABBR[n])) for n in order]


def _first_day() -> int:
    """On which day a week begins in the reader's language (Monday is 0)."""
    return (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
