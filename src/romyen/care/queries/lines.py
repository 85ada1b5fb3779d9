"""Measures over time: the points of each score, from what was opened to the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from romyen.care.models import Measure
from romyen.rules import measures
from romyen.rules.measures import Point, Score, Taken, Tool


@dataclass(frozen=True)
class Line:
    """One tool over time: a series of points for each of its scores that has any."""

    tool: Tool
    series: list[tuple[Score, list[Point]]]


def lines(rows: Iterable[Measure], taken: Mapping[str, Taken]) -> list[Line]:
    """A line for each tool of which something complete was opened (``taken`` by row).

    What is incomplete, entered in error or closed to the reader is no point.
    """
    by_tool: dict[str, list[tuple[date, Taken]]] = {}
    for row in rows:
        if row.pk in taken and not row.void_at:
            by_tool.setdefault(row.tool, []).append((row.on, taken[row.pk]))
    known = measures.tools()
    drawn = [_line(known[code], found) for code, found in by_tool.items() if code in known]
    return [one for one in drawn if one.series]


def _line(tool: Tool, found: list[tuple[date, Taken]]) -> Line:
    series = [(score, measures.line(score.code, found)) for score in tool.scores]
    return Line(tool, [(score, points) for score, points in series if points])
