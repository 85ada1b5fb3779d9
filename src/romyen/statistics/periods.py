"""Periods that are counted: years and quarters C.E., and only quarters that are over."""

from dataclasses import dataclass
from datetime import date, datetime

from romyen.rules.spans import local_day

YEAR, QUARTER = "year", "quarter"


@dataclass(frozen=True)
class Period:
    """A year (``2026``) or a quarter (``2026-Q1``); ``end`` is the first day after it."""

    code: str
    begin: date
    end: date

    @property
    def year(self) -> int:
        """The year that it is, or lies in."""
        return self.begin.year

    @property
    def quarter(self) -> int:
        """1 to 4; 0 for a year."""
        return int(self.code[-1]) if "Q" in self.code else 0


@dataclass(frozen=True)
class Window:
    """The quarters that are counted, and the day before which something must have happened."""

    quarters: tuple[Period, ...]
    until: date

    @property
    def years(self) -> list[Period]:
        """The years of these quarters; the last may not be over."""
        return [_year(year) for year in sorted({one.year for one in self.quarters})]

    @property
    def begin(self) -> date:
        """The first day."""
        return self.quarters[0].begin

    def end_of(self, period: Period) -> date:
        """The first day after what is counted of a period."""
        return min(period.end, self.until)


def window(now: datetime, years: int) -> Window:
    """So many years up to the beginning of the present quarter in Thailand.

    What runs is left out: nobody shall see, by looking twice, that something was recorded in
    between.
    """
    today = local_day(now)
    until = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    quarters = [
        _quarter(year, number)
        for year in range(until.year - years + 1, until.year + 1)
        for number in range(1, 5)
    ]
    return Window(tuple(one for one in quarters if one.begin < until), until)


def period(code: str) -> Period:
    """The period with this code; ValueError for any other text."""
    year, _q, number = code.partition("-Q")
    return _quarter(int(year), int(number)) if number else _year(int(year))


def _year(year: int) -> Period:
    return Period(f"{year}", date(year, 1, 1), date(year + 1, 1, 1))


def _quarter(year: int, number: int) -> Period:
    month = 3 * number - 2
    end = date(year, month + 3, 1) if number < 4 else date(year + 1, 1, 1)
    return Period(f"{year}-Q{number}", date(year, month, 1), end)
