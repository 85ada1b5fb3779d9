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
    side_by_side: bool = False,
) -> Chart:
    """Bars in the order given. ``parts`` names the pieces of a stack (at most four).

    ``most`` is the value that fills the width; else the longest bar does. ``side_by_side`` draws
    the parts below each other instead of as a stack: what is compared, not summed.
    """
    full = most or max((_length(row, side_by_side) for row in rows), default=0.0) or 1.0
    names = list(parts[:MOST_PARTS])
    return Chart(
        "bars",
        key,
        title,
        about,
        {
            "bars": [_bar(row, full, unit, key, side_by_side) for row in rows],
            "legend": [{"place": place, "name": name} for place, name in enumerate(names, 1)],
        },
        ["", *(names or [gettext("How many")])],
        [[row.label, *(written(value, unit) for value in row.parts)] for row in rows],
    )


def _length(row: Bar, side_by_side: bool) -> float:
    lengths = [height_of(value) for value in row.parts]
    return max(lengths, default=0.0) if side_by_side else sum(lengths)


def _bar(row: Bar, full: float, unit: str, key: str, side_by_side: bool) -> dict[str, Any]:
    pieces = [
        _piece(place, value, full, key)
        for place, value in enumerate(row.parts[:MOST_PARTS], start=1)
    ]
    lanes = [[piece] for piece in pieces] if side_by_side else [_stacked(pieces)]
    between = " → " if side_by_side else " · "
    said = between.join(written(value, unit) for value in row.parts)
    drawn = [[piece for piece in lane if piece["width"] != "0"] for lane in lanes]
    return {"label": row.label, "href": row.href, "lanes": drawn, "said": said}


def _piece(place: int, value: Value, full: float, key: str) -> dict[str, Any]:
    """One part from the left edge; what is hidden or very small is seen all the same."""
    hidden = isinstance(value, Hidden)
    width = min(100.0 * height_of(value) / full, 100.0)
    width = max(width, 1.0) if hidden or width > 0 else 0.0
    return {"place": place, "x": "0", "width": number(width), "hatch": key if hidden else ""}


def _stacked(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same parts, each beginning where the one before ends."""
    start = 0.0
    for piece in pieces:
        width = min(float(piece["width"]), 100.0 - start)
        piece.update(x=number(start), width=number(width))
        start += width
    return pieces
