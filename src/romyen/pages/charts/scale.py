"""Axes: round steps for numbers, and days that a reader knows."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import MONTHS_3

from romyen.pages.era import written_year

STEPS = (1, 2, 2.5, 5, 10)


def ticks(low: float, high: float, most: int = 5, *, whole: bool = False) -> list[float]:
    """Round numbers from at or below ``low`` to at or above ``high``, at most ``most`` + 2.

    ``whole`` keeps to whole numbers: half a person is nobody.
    """
    if high <= low:
        high = low + 1
    step = _step((high - low) / most)
    step = max(1.0, step) if whole else step
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * place, 10) for place in range(first, last + 1)]


def _step(rough: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not smaller."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * step for step in STEPS if power * step >= rough - 1e-9)


@dataclass(frozen=True)
class DayTick:
    """A day on the axis: its short words, and its year where that is new."""

    day: date
    text: str
    year: str


def day_ticks(first: date, last: date, most: int = 4) -> list[DayTick]:
    """Days evenly spread from the first to the last, both included."""
    length = (last - first).days
    parts = min(most - 1, max(length, 1))
    days = [first + timedelta(days=round(length * part / parts)) for part in range(parts + 1)]
    days = list(dict.fromkeys(days))
    shown, seen = [], 0
    for day in days:
        year = "" if day.year == seen else written_year(day.year)
        shown.append(DayTick(day, f"{day.day} {str(MONTHS_3[day.month]).capitalize()}", year))
        seen = day.year
    return shown
