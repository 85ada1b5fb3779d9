"""Counting over the whole organisation: open, coarse columns only, one question for each table.

Nothing is opened, and nothing is asked about who reads: a figure is the same for everybody.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    Model,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from romyen.rules.spans import BANGKOK
from romyen.statistics.indicators import Dimension, Indicator
from romyen.statistics.periods import Period, Window
from romyen.statistics.suppressing import Cell, Counted

UNKNOWN = "unknown"
"""The code of a row that has none."""

type Cells = dict[Cell, Counted]


def count(indicator: Indicator, window: Window) -> Cells:
    """Every figure of an indicator that is not nothing, by period, dimension and code."""
    return _METHODS[indicator.method](indicator, window)


def relations(indicator: Indicator, cells: Iterable[Cell], window: Window) -> list[list[Cell]]:
    """What adds up: the codes of a dimension to the whole, the quarters of a year to the year."""
    known = set(cells)
    tables = {(dimension, code) for _period, dimension, code in known}
    periods = {period for period, _dimension, _code in known}
    found = [_column(known, period, one.code) for period in periods for one in indicator.by
             if not one.many]  # fmt: skip
    if indicator.sums_up:
        for year in window.years:
            quarters = [one.code for one in window.quarters if one.year == year.year]
            found += [[(code, *table) for code in (*quarters, year.code)] for table in tables]
    return found


def _column(known: set[Cell], period: str, dimension: str) -> list[Cell]:
    parts = sorted(cell for cell in known if cell[:2] == (period, dimension))
    return [*parts, (period, "", "")]


# --- what happens in a period


def _flow(indicator: Indicator, window: Window) -> Cells:
    found: Cells = {}
    for dimension in (None, *indicator.by):
        _gather(found, _grouped(indicator, dimension, window), dimension)
    return _with_years(found)


def _grouped(
    indicator: Indicator, dimension: Dimension | None, window: Window
) -> Iterable[tuple[str, Any, Counted]]:
    """Quarter, code or codes, figure: one aggregate question."""
    (day,) = indicator.day
    rows = _rows(indicator).filter(_between(indicator, day, window.begin, window.until))
    whens = [When(_between(indicator, day, one.begin, one.end), then=Value(one.code))
             for one in window.quarters]  # fmt: skip
    rows = rows.annotate(quarter=Case(*whens, output_field=CharField())).order_by()
    keys = ["quarter", dimension.field] if dimension else ["quarter"]
    rows = rows.values(*keys).annotate(**_figures(indicator))
    for row in rows:
        code = row[dimension.field] if dimension else ""
        yield row["quarter"], code, Counted(int(row["figure"] or 0), int(row["behind"] or 0))


def _figures(indicator: Indicator) -> dict[str, Any]:
    """What is added up, and how many people stand behind it."""
    rows = Count("pk")
    columns = [F(name) for name in indicator.sum]
    total = Sum(sum(columns[1:], columns[0])) if columns else rows
    if indicator.people:
        return {"figure": total, "behind": Count(indicator.people, distinct=True)}
    return {"figure": total, "behind": total}


def _gather(
    found: Cells, rows: Iterable[tuple[str, Any, Counted]], dimension: Dimension | None
) -> None:
    """Put rows into their cells; a province is the beginning of its areas' codes."""
    for quarter, given, one in rows:
        for code in _codes(given, dimension):
            _add(found, (quarter, dimension.code if dimension else "", code), one)


def _codes(given: Any, dimension: Dimension | None) -> list[str]:
    if dimension is None:
        return [""]
    if dimension.many:
        return list(dict.fromkeys(given or [])) or [UNKNOWN]
    code = str(given or UNKNOWN)
    return [code[:2] if dimension.words == "provinces" and given else code]


def _add(found: Cells, cell: Cell, one: Counted) -> None:
    before = found.get(cell, Counted(0, 0))
    found[cell] = Counted(before.value + one.value, before.people + one.people)


def _with_years(found: Cells) -> Cells:
    """The same with its years.

    Who stands behind a year is at least who does behind a quarter: one may stand behind several.
    """
    years: Cells = {}
    for (quarter, *table), one in found.items():
        cell = (quarter[:4], table[0], table[1])
        before = years.get(cell, Counted(0, 0))
        years[cell] = Counted(before.value + one.value, max(before.people, one.people))
    return found | years


# --- what runs at the end of a period


def _standing(indicator: Indicator, window: Window) -> Cells:
    begins, ends = indicator.day
    at = {one.code: _end_of(one, window) for one in (*window.quarters, *window.years)}
    counts = {
        f"at_{number}": Count("pk", filter=Q(**{f"{begins}__lt": end}) & _runs(ends, end))
        for number, end in enumerate(at.values())
    }
    row = _rows(indicator).aggregate(**counts)
    figures = (int(row[name]) for name in counts)
    return {
        (code, "", ""): Counted(figure, figure)
        for code, figure in zip(at, figures, strict=True)
        if figure
    }


def _end_of(period: Period, window: Window) -> date:
    return window.end_of(period)


def _runs(ends: str, at: date) -> Q:
    return Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": at})


# --- nights of shelter, reach of sessions


def _nights(indicator: Indicator, window: Window) -> Cells:
    """Nights between arrival and leaving, within each quarter."""
    begins, ends = indicator.day
    rows = _rows(indicator).filter(_runs(ends, window.begin), **{f"{begins}__lt": window.until})
    stays = list(rows.values_list(begins, ends, indicator.people))
    found: Cells = {}
    for quarter in window.quarters:
        spent = [(_overlap(begin, end, quarter, window), who) for begin, end, who in stays]
        nights = sum(count for count, _who in spent)
        if nights:
            who = {one for count, one in spent if count}
            found[quarter.code, "", ""] = Counted(nights, len(who))
    return _with_years(found)


def _overlap(begin: date, end: date | None, quarter: Period, window: Window) -> int:
    last = min(end or window.until, window.end_of(quarter))
    return max(0, (last - max(begin, quarter.begin)).days)


def _reach(indicator: Indicator, window: Window) -> Cells:
    """People at sessions, by sex and by age band."""
    (day,) = indicator.day
    rows = _rows(indicator).filter(_between(indicator, day, window.begin, window.until))
    found: Cells = {}
    for on, reach in rows.values_list(day, "reach"):
        quarter = f"{on.year}-Q{(on.month + 2) // 3}"
        for group, count in reach.items():
            sex, _, age = group.partition(":")
            for table in (("", ""), ("sex", sex), ("age", age)):
                _add(found, (quarter, *table), Counted(count, count))
    return _with_years(found)


# --- rows


def _rows(indicator: Indicator) -> QuerySet[Model]:
    model: Any = apps.get_model(indicator.table)
    found: QuerySet[Model] = model.objects.filter(**indicator.where)
    return found


def _between(indicator: Indicator, column: str, begin: date, end: date) -> Q:
    """From a day until before another, in Thai time where the column holds moments."""
    first: date | datetime = begin
    last: date | datetime = end
    if isinstance(_column_of(indicator, column), DateTimeField):
        first, last = (datetime.combine(one, time(), BANGKOK) for one in (begin, end))
    return Q(**{f"{column}__gte": first, f"{column}__lt": last})


def _column_of(indicator: Indicator, column: str) -> Any:
    model: Any = apps.get_model(indicator.table)
    *way, last = column.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)


_METHODS: Mapping[str, Callable[[Indicator, Window], Cells]] = {
    "flow": _flow,
    "standing": _standing,
    "nights": _nights,
    "reach": _reach,
}
