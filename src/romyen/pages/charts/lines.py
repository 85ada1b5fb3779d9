"""Measures over time: one or more series over days, gaps and hidden values allowed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from romyen.pages.charts.scale import day_ticks, ticks
from romyen.pages.charts.values import Chart, Hidden, Value, greatest, height_of, number, written
from romyen.pages.era import written_day

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 346, 12, 176
"""The frame inside the drawing; letters stand outside it."""

MOST_SERIES = 4


@dataclass(frozen=True)
class Series:
    """One line: its name and its points. A None between two points is a gap."""

    name: str
    points: Sequence[tuple[date, Value]]


@dataclass(frozen=True)
class _Frame:
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        """Across: a single day stands in the middle."""
        length = (self.last - self.first).days
        part = (day - self.first).days / length if length else 0.5
        return LEFT + 10 + (RIGHT - LEFT - 20) * part

    def y(self, value: float) -> float:
        """Upwards."""
        return BOTTOM - (BOTTOM - TOP) * (value - self.low) / (self.high - self.low)


def line(
    title: str,
    series: Sequence[Series],
    *,
    key: str,
    unit: str = "",
    low: float | None = 0,
    high: float | None = None,
    about: str = "",
) -> Chart:
    """Series over days. ``low`` and ``high`` are the ends of a measure's scale where it has them.

    At most four series: more cannot be told apart. Points are sorted by day.
    """
    kept = [Series(one.name, sorted(one.points, key=_day)) for one in series[:MOST_SERIES]]
    days = sorted({day for one in kept for day, _value in one.points})
    drawn = _drawn(kept, days, low, high) if days else {}
    return Chart(
        "line",
        key,
        title,
        about,
        drawn,
        [gettext("Day"), *(one.name for one in kept)],
        [_row(day, kept, unit) for day in days],
    )


def _day(point: tuple[date, Value]) -> date:
    return point[0]


def _row(day: date, series: Sequence[Series], unit: str) -> list[str]:
    values = [dict(one.points).get(day) for one in series]
    return [written_day(day), *(written(value, unit) for value in values)]


def _drawn(
    series: Sequence[Series], days: Sequence[date], low: float | None, high: float | None
) -> dict[str, Any]:
    values = [value for one in series for _day, value in one.points if value is not None]
    least = min((height_of(value) for value in values), default=0.0) if low is None else low
    whole = not any(isinstance(value, float) for value in values)
    rounds = ticks(least, greatest(values) if high is None else high, whole=whole)
    frame = _Frame(days[0], days[-1], rounds[0], rounds[-1])
    return {
        "box": f"0 0 {WIDTH} {HEIGHT}",
        "rounds": [_round(tick, frame) for tick in rounds],
        "days": [
            {"x": number(frame.x(tick.day)), "text": tick.text, "year": tick.year}
            for tick in day_ticks(days[0], days[-1])
        ],
        "left": LEFT,
        "right": RIGHT,
        "bottom": BOTTOM,
        "day_line": BOTTOM + 18,
        "year_line": BOTTOM + 34,
        "series": [_series(place, one, frame) for place, one in enumerate(series, start=1)],
        "legend": len(series) > 1,
    }


def _round(tick: float, frame: _Frame) -> dict[str, str]:
    y = frame.y(tick)
    value = int(tick) if tick == int(tick) else tick
    return {"y": number(y), "text_y": number(y + 4), "text": written(value)}


def _series(place: int, one: Series, frame: _Frame) -> dict[str, Any]:
    return {
        "place": place,
        "name": one.name,
        "lines": [" ".join(run) for run in _runs(one, frame) if len(run) > 1],
        "marks": [_mark(place, day, value, frame) for day, value in one.points if _known(value)],
        "hidden": [
            _hatched(day, value, frame) for day, value in one.points if isinstance(value, Hidden)
        ],
    }


def _known(value: Value) -> bool:
    return value is not None and not isinstance(value, Hidden)


def _runs(one: Series, frame: _Frame) -> Iterator[list[str]]:
    """The points that follow each other without a gap."""
    run: list[str] = []
    for day, value in one.points:
        if _known(value):
            run.append(f"{number(frame.x(day))},{number(frame.y(height_of(value)))}")
        else:
            yield run
            run = []
    yield run


def _mark(place: int, day: date, value: Value, frame: _Frame) -> dict[str, str]:
    """A point; each series has its own shape, so that nobody needs to see colours."""
    x, y = frame.x(day), frame.y(height_of(value))
    return {"path": mark_path(place, x, y), "said": f"{written_day(day)}: {written(value)}"}


def mark_path(place: int, x: float, y: float) -> str:
    """Circle, square, diamond, triangle around a point."""
    shapes = {
        1: f"M{number(x - 4)} {number(y)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z",
        2: f"M{number(x - 3.5)} {number(y - 3.5)}h7v7h-7Z",
        3: f"M{number(x)} {number(y - 5)}l5 5l-5 5l-5 -5Z",
        4: f"M{number(x)} {number(y - 5)}l5 9h-10Z",
    }
    return shapes[place]


def _hatched(day: date, value: Hidden, frame: _Frame) -> dict[str, str]:
    top = min(frame.y(height_of(value)), BOTTOM - 6)
    return {
        "x": number(frame.x(day) - 5),
        "y": number(top),
        "height": number(BOTTOM - top),
        "said": f"{written_day(day)}: {value}",
    }
