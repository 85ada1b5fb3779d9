"""A map of Thailand's provinces, shaded by bands of a count."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, gettext

from romyen.pages.charts.values import Chart, Hidden, Value, height_of, written
from romyen.rules import places

BOX = "0 0 412 750"
MOST_BANDS = 5
BANDS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Where a band may begin; the last ones that a map needs are taken."""


@cache
def outlines() -> dict[str, str]:
    """The path of each province by its official code (data/SOURCE.md)."""
    file = Path(__file__).parent.parent / "data" / "provinces.json"
    return dict(json.loads(file.read_text("utf-8")))


def province_map(
    title: str,
    values: Mapping[str, Value],
    *,
    key: str,
    unit: str = "",
    about: str = "",
) -> Chart:
    """Provinces by official code. One that ``values`` does not name is drawn as none.

    Codes that no present province has stand in the table only.
    """
    shown = {code: value for code, value in values.items() if value not in (0, None)}
    starts = bands([height_of(value) for value in shown.values() if not isinstance(value, Hidden)])
    hidden = [value for value in shown.values() if isinstance(value, Hidden)]
    return Chart(
        "map",
        key,
        title,
        about,
        {
            "box": BOX,
            "provinces": [_province(code, shown.get(code, 0), starts) for code in outlines()],
            "legend": _legend(starts),
            "hidden": str(hidden[0]) if hidden else "",
        },
        [gettext("Province"), gettext("How many")],
        [[name_of(code), written(value, unit)] for code, value in _sorted(shown)],
        [gettext("A province that is not listed has none.")],
    )


def bands(counts: Sequence[float]) -> list[int]:
    """Where each band begins: round numbers up to the greatest count, at most five."""
    top = max(counts, default=0)
    return [start for start in BANDS if start <= top][-MOST_BANDS:]


def name_of(code: str) -> str:
    """The name of a province in the reader's language."""
    return places.place(code).name(get_language() or "en")


def _sorted(values: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """The greatest first, hidden ones last, each by code."""
    return sorted(
        values.items(),
        key=lambda pair: (isinstance(pair[1], Hidden), -height_of(pair[1]), pair[0]),
    )


def _province(code: str, value: Value, starts: Sequence[int]) -> dict[str, Any]:
    hidden = isinstance(value, Hidden)
    shade = 0 if hidden else shade_of(height_of(value), starts)
    said = f"{name_of(code)}: {written(value)}"
    return {"path": outlines()[code], "shade": shade, "hidden": hidden, "said": said}


def shade_of(count: float, starts: Sequence[int]) -> int:
    """0 for none, else the number of the band, the palest first."""
    if count <= 0:
        return 0
    place = sum(count >= start for start in starts)
    return max(place, 1)


def _legend(starts: Sequence[int]) -> list[dict[str, Any]]:
    """The bands in words; what lies below the first of them belongs to it."""
    ends = [*(start - 1 for start in starts[1:]), None][: len(starts)]
    spans = zip([1, *starts[1:]], ends, strict=False)
    return [{"shade": shade, "text": _span(*span)} for shade, span in enumerate(spans, start=1)]


def _span(start: int, end: int | None) -> str:
    if end is None:
        return gettext("%(number)s and more") % {"number": f"{start:,}"}
    return f"{start:,}" if start == end else f"{start:,}–{end:,}"
