"""Days as people know them: whole, or only a year or a month, in either era.

Dates are stored in the Common Era (C.E., ISO 8601). Thai papers write the Buddhist Era
(B.E. = C.E. + 543). A year of the other era is refused and never converted: a silent
conversion would turn a slip of the pen into a fact.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from romyen.rules.refusals import refuse

Era = Literal["be", "ce"]

BE_OFFSET = 543
"""Years between the eras. Before 1 January B.E. 2484 (1941) the Thai year began on 1 April, so
January to March of those years would be one off; births that old are entered by C.E. year."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""The years C.E. that a case file can sensibly hold; B.E. 2443 to 2643."""

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def thai_digits(text: str) -> str:
    """The text with Thai digits (๐-๙) written as 0-9."""
    return text.translate(_THAI_DIGITS)


def to_be(year: int) -> int:
    """The Buddhist Era year of a year C.E."""
    return year + BE_OFFSET


def to_ce(year: int) -> int:
    """The year C.E. of a Buddhist Era year."""
    return year - BE_OFFSET


@dataclass(frozen=True)
class PartialDay:
    """A day, or only a month or a year, C.E. ``day`` needs ``month``.

    An impossible date refuses with ``RY-DAY-IMPOSSIBLE``, a day without its month with
    ``RY-DAY-INCOMPLETE``.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no calendar holds."""
        if self.day is not None and self.month is None:
            raise refuse("RY-DAY-INCOMPLETE")
        _day(self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, day: date) -> Self:
        """The whole day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """Read ``2010``, ``2010-05`` or ``2010-05-17``; anything else refuses."""
        found = _ISO.fullmatch(text)
        if found is None:
            raise refuse("RY-DAY-IMPOSSIBLE")
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]

    @property
    def earliest(self) -> date:
        """The first day that this can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that this can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def surely_before(self, other: "PartialDay") -> bool:
        """Whether every reading of this lies before every reading of the other."""
        return self.latest < other.earliest

    def surely_after(self, other: "PartialDay") -> bool:
        """Whether every reading of this lies after every reading of the other."""
        return other.surely_before(self)

    def __str__(self) -> str:
        """ISO 8601, as long as it is known: ``2010``, ``2010-05``, ``2010-05-17``."""
        rest = [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join([f"{self.year:04d}", *rest])


def read_day(
    day: str | int, month: str | int, year: str | int, era: Era, *, field: str = ""
) -> date:
    """The whole day that a person typed, in the era that they write.

    Refuses with ``RY-DAY-INCOMPLETE``, ``RY-DAY-NOT-DIGITS``, ``RY-DAY-OTHER-ERA``,
    ``RY-DAY-YEAR-RANGE`` or ``RY-DAY-IMPOSSIBLE``, beside ``field``.
    """
    parts = [_number(part, field) for part in (day, month, year)]
    if None in parts:
        raise refuse("RY-DAY-INCOMPLETE", field=field)
    d, m, y = (part or 0 for part in parts)
    return _day(_year(y, era, field), m, d, field)


def read_partial_day(
    day: str | int, month: str | int, year: str | int, era: Era, *, field: str = ""
) -> PartialDay:
    """What a person typed of a day; day and month may be empty. Refuses as ``read_day``."""
    d, m, y = (_number(part, field) for part in (day, month, year))
    if y is None or (d is not None and m is None):
        raise refuse("RY-DAY-INCOMPLETE", field=field)
    ce = _year(y, era, field)
    _day(ce, 1 if m is None else m, 1 if d is None else d, field)
    return PartialDay(ce, m, d)


def _number(typed: str | int, field: str) -> int | None:
    """The number typed, or None when nothing was."""
    text = thai_digits(str(typed)).strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise refuse("RY-DAY-NOT-DIGITS", field=field)
    return int(text)


def _year(typed: int, era: Era, field: str) -> int:
    """The year C.E., unless it fits the other era only, or none."""
    here, there = (to_ce(typed), typed) if era == "be" else (typed, to_ce(typed))
    if FIRST_YEAR <= here <= LAST_YEAR:
        return here
    if FIRST_YEAR <= there <= LAST_YEAR:
        raise refuse("RY-DAY-OTHER-ERA", field=field, typed=typed)
    raise refuse("RY-DAY-YEAR-RANGE", field=field, typed=typed)


def _day(year: int, month: int, day: int, field: str = "") -> date:
    """The day, or the refusal of a day that does not exist."""
    try:
        return date(year, month, day)
    except ValueError:
        raise refuse("RY-DAY-IMPOSSIBLE", field=field) from None
