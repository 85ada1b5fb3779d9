"""Dates that people typed. What can be read in two ways is not read at all."""

import re
from dataclasses import dataclass
from datetime import date

from romyen.rules.days import FIRST_YEAR, LAST_YEAR, PartialDay, thai_digits, to_ce
from romyen.rules.refusals import Refusal

_ENGLISH = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_THAI = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม"),
    *("กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
_THAI_SHORT = (
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค."),
    *("ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
)

_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ]\S+)?)?")
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ](?!00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:00)?$)\S+")
_YEAR = re.compile(r"\d{4}")
_NUMBERS = re.compile(r"(\d{1,2})\s*([/.\- ])\s*(\d{1,2})\s*\2\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*([/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})")
_DAY_MONTH = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([^\W\d_][^\d,]*?)[\s,-]+(\d{4})")
_MONTH_DAY = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_ERA = re.compile(r"^(?:วันที่)?\s*|พ\s*\.?\s*ศ\s*\.?|b\.?\s*e\.?(?=\s|\d|$)|ค\s*\.?\s*ศ\s*\.?")
_BUDDHIST = re.compile(r"พ\s*\.?\s*ศ\s*\.?\s*\d|\bb\.?\s*e\.?(?=\s|\d|$)")


@dataclass(frozen=True)
class ReadDay:
    """A day as far as it was typed. ``plain`` says that it stood there as ISO 8601."""

    day: PartialDay | None = None
    problem: str = ""
    plain: bool = False
    timed: bool = False


def read_date(typed: str) -> ReadDay:
    """The day that a text means, or the conflict code of why it cannot be read."""
    text = " ".join(thai_digits(typed).split()).casefold()
    if _BUDDHIST.search(text):
        return ReadDay(problem="RY-DAY-OTHER-ERA")
    found = _ISO.fullmatch(text.upper()) or _YEAR.fullmatch(text)
    if found:
        parts = [int(part) if part else None for part in (found.groups() or (text,))]
        read = _day(*[*parts, None, None][:3])
        timed = _ISO_TIME.fullmatch(text.upper()) is not None
        return ReadDay(read.day, read.problem, plain=True, timed=timed)
    return _spoken(" ".join(_ERA.sub(" ", text).split()))


def check_year(day: date) -> str:
    """The conflict code when a day from a spreadsheet has a year that cannot be meant."""
    return _day(day.year, day.month, day.day).problem


def _spoken(text: str) -> ReadDay:
    """A day in words or with day, month and year in some order."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _NUMBERS.fullmatch(text):
        return _either(int(found[1]), int(found[3]), int(found[4]))
    if found := _DAY_MONTH.fullmatch(text):
        month, day = _month(found[2]), int(found[1]) if found[1] else None
        return _day(int(found[3]), month, day) if month else _UNREADABLE
    if found := _MONTH_DAY.fullmatch(text):
        month = _month(found[1])
        return _day(int(found[3]), month, int(found[2])) if month else _UNREADABLE
    return _UNREADABLE


_UNREADABLE = ReadDay(problem="RY-HTCDS-DATE-UNREADABLE")


def _either(first: int, second: int, year: int) -> ReadDay:
    """Day and month in an order that only their size can tell."""
    ways = {(first, second), (second, first)}
    readings = [read for way in ways if not (read := _day(year, way[1], way[0])).problem]
    if len(readings) > 1:
        return ReadDay(problem="RY-HTCDS-DATE-AMBIGUOUS")
    return readings[0] if readings else _day(year, 1, 1) if _other_era(year) else _UNREADABLE


def _other_era(year: int) -> bool:
    return not FIRST_YEAR <= year <= LAST_YEAR and FIRST_YEAR <= to_ce(year) <= LAST_YEAR


def _day(year: int | None, month: int | None, day: int | None) -> ReadDay:
    year = year or 0
    if _other_era(year):
        return ReadDay(problem="RY-DAY-OTHER-ERA")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _UNREADABLE
    try:
        return ReadDay(PartialDay(year, month, day))
    except Refusal:
        return _UNREADABLE


def _month(text: str) -> int | None:
    """The number of a month in English or Thai, whole or shortened."""
    word = text.strip(" .")
    for at in range(12):
        short = _THAI_SHORT[at].strip(".")
        if word in (_THAI[at], short, short.replace(".", ""), _ENGLISH[at], _ENGLISH[at][:3]):
            return at + 1
    return 9 if word == "sept" else None
