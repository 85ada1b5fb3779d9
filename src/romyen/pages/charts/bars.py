"""Horizontal bars: the words are text of the page, so Thai labels wrap as all text does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from romyen.pages.charts.values import Chart, Hidden, Value, height_of, number, written

MOST_PARTS = 4


@dataclass(frozen=True)
class Bar:
    """One bar: its label and its value, or one value for each part of a stack."""

    label: str
    values: Value | Sequence[Value]
    href: str = ""

    @property
    def parts(self) -> Sequence[Value]:
        """The values, one or several."""
        given = self.values
        return [given] if isinstance(given, int | float | Hidden | None) else list(given)


def bars(
    title: str,
    rows: Sequence[Bar],
    *,
    key: str,
    parts: Sequence[str] = (),
    unit: str = "",
    about: str = "",
    most: float | None = None,
) -> Chart:
    """Bars in the order given. ``parts`` names the pieces of a stack (at most four).

    ``most`` is the value that fills the width; else the longest bar does.
    """
    full = most or max((_length(row) for row in rows), default=0.0) or 1.0
    names = list(parts[:MOST_PARTS])
    return Chart(
        "bars",
        key,
        title,
        about,
        {
            "bars": [_bar(row, full, unit, key) for row in rows],
            "legend": [{"place": place, "name": name} for place, name in enumerate(names, 1)],
        },
        ["", *(names or [gettext("How many")])],
        [[row.label, *(written(value, unit) for value in row.parts)] for row in rows],
    )


def _length(row: Bar) -> float:
    return sum(height_of(value) for value in row.parts)


def _bar(row: Bar, full: float, unit: str, key: str) -> dict[str, Any]:
    pieces, start = [], 0.0
    for place, value in enumerate(row.parts[:MOST_PARTS], start=1):
        width = min(100.0 * height_of(value) / full, 100.0 - start)
        hidden = isinstance(value, Hidden)
        width = max(width, 1.0) if hidden or width > 0 else 0.0
        if width:
            pieces.append(_piece(place, start, width, key if hidden else ""))
        start += width
    return {"label": row.label, "href": row.href, "pieces": pieces, "said": _said(row, unit)}


def _piece(place: int, start: float, width: float, hatch: str) -> dict[str, Any]:
    return {"place": place, "x": number(start), "width": number(width), "hatch": hatch}


def _said(row: Bar, unit: str) -> str:
    """What stands beside the bar; of a stack each part, in order."""
    return " · ".join(written(value, unit) for value in row.parts)
