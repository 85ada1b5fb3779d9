"""Figures in words and drawings: cards by chapter, each with what stands behind its number."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

from romyen.leads.words import CONFIDENCE_WORDS, exploitations
from romyen.pages.charts import Bar, Chart, Hidden, Series, Value, bars, line, province_map, written
from romyen.pages.charts.values import height_of
from romyen.pages.era import written_day, written_year
from romyen.rules import lists, places
from romyen.rules.lists import CodeList
from romyen.statistics import queries
from romyen.statistics.counting import UNKNOWN
from romyen.statistics.indicators import Dimension, Indicator, book, label
from romyen.statistics.models import Figure, Stock
from romyen.statistics.periods import period as period_of
from romyen.statistics.suppressing import FEW
from romyen.survivors.listed import nationalities

KEPT_DRAWINGS = 24
"""Drawn pages of figures that are kept in memory: they are the same for everybody."""


def _language() -> str:
    return get_language() or "en"


def period_words(code: str) -> str:
    """A year or a quarter in the reader's language and era."""
    period = period_of(code)
    if not period.quarter:
        return written_year(period.year)
    return gettext("Quarter %(number)s of %(year)s") % {
        "number": period.quarter,
        "year": written_year(period.year),
    }


def drawn(stock: Stock, period: str, era: str) -> str:
    """The figures of a period, drawn once for each language and era."""
    key = (stock.pk, period, _language(), era)
    if key not in _drawings:
        while len(_drawings) >= KEPT_DRAWINGS:
            _drawings.pop(next(iter(_drawings)), None)
        _drawings[key] = render_to_string("statistics/figures.html", chapters(stock, period))
    return _drawings[key]


_drawings: dict[tuple[str, str, str, str], str] = {}


def chapters(stock: Stock, period: str) -> dict[str, Any]:
    """The cards of a period by chapter, and the course over time. Two queries."""
    known, here = book(), _language()
    by_indicator: dict[str, list[Figure]] = {}
    for figure in queries.figures(stock, period):
        by_indicator.setdefault(figure.indicator, []).append(figure)
    cards = {code: [] for code in known.chapters}  # type: dict[str, list[dict[str, Any]]]
    for indicator in known.indicators.values():
        found = by_indicator.get(indicator.code, [])
        cards[indicator.chapter].append(_card(indicator, found, stock, period))
    return {
        "course": _course(stock),
        "chapters": [
            {"code": code, "title": label(said, here), "cards": cards[code]}
            for code, said in known.chapters.items()
        ],
    }


def _card(indicator: Indicator, found: list[Figure], stock: Stock, period: str) -> dict[str, Any]:
    here, known = _language(), book()
    whole = next((one for one in found if not one.dimension), None)
    value = value_of(whole, stock)
    return {
        "title": label(indicator.said, here),
        "value": written(value, label(indicator.unit, here)),
        "hidden": isinstance(value, Hidden),
        "behind": [
            {"key": gettext("What it is"), "value": label(indicator.definition, here)},
            {"key": gettext("How it is counted"), "value": label(indicator.rule, here)},
            {"key": gettext("Period"), "value": period_words(period)},
            {"key": gettext("Counted on"), "value": written_day(stock.taken_at)},
            {"key": gettext("Only what happened before"), "value": written_day(stock.until)},
            {"key": gettext("Taken from"), "value": indicator.table},
            {"key": gettext("Version of the definition"), "value": _version(indicator, whole)},
            {"key": gettext("How sure"), "value": gettext(CONFIDENCE_WORDS[known.confidence])},
        ],
        "charts": [
            chart
            for dimension in indicator.by
            if (chart := _chart(indicator, dimension, found, stock))
        ],
    }


def _version(indicator: Indicator, whole: Figure | None) -> str:
    return str(whole.version if whole else indicator.version)


def value_of(figure: Figure | None, stock: Stock) -> Value:
    """The figure as it may be shown; where nothing was counted, zero."""
    if figure is None:
        return 0
    if figure.hidden:
        return Hidden(stock.fewest if figure.hidden == FEW else None)
    return figure.value


def _chart(
    indicator: Indicator, dimension: Dimension, found: list[Figure], stock: Stock
) -> Chart | None:
    """The parts of a figure by one dimension; None where nothing was counted."""
    parts = {one.code: value_of(one, stock) for one in found if one.dimension == dimension.code}
    if not parts:
        return None
    key = f"{indicator.code}-{dimension.code}".replace("_", "-")
    title = f"{label(indicator.said, _language())}: {label(dimension.said, _language())}"
    unit = label(indicator.unit, _language())
    about = gettext("One may count under several, so the parts may exceed the whole.")
    about = about if dimension.many else ""
    if dimension.words == "provinces":
        return _map(title, parts, key, unit)
    rows = [Bar(word(dimension, code), value) for code, value in _ordered(dimension, parts)]
    return bars(title, rows, key=key, unit=unit, about=about)


def _map(title: str, parts: dict[str, Value], key: str, unit: str) -> Chart:
    nowhere = parts.pop(UNKNOWN, 0)
    about = ""
    if nowhere:
        about = gettext("Without a known province: %(number)s.") % {"number": written(nowhere)}
    return province_map(title, parts, key=key, unit=unit, about=about)


def _ordered(dimension: Dimension, parts: dict[str, Value]) -> list[tuple[str, Value]]:
    """In the order of the list; where one counts under several, the greatest first."""
    order = {code: place for place, code in enumerate(_codes(dimension))}
    if dimension.many:
        return sorted(
            parts.items(), key=lambda part: (isinstance(part[1], Hidden), -height_of(part[1]))
        )
    return sorted(parts.items(), key=lambda part: order.get(part[0], len(order)))


def word(dimension: Dimension, code: str) -> str:
    """The words of a code of a dimension."""
    if code == UNKNOWN and code not in _codes(dimension):
        return gettext("Not known")
    if dimension.words == "provinces":
        return places.place(code).name(_language())
    if dimension.words == "exploitation":
        known = exploitations()
        return known[code].label(_language()) if code in known else code
    return _list(dimension.words).label(code, _language())


def _codes(dimension: Dimension) -> Iterable[str]:
    if dimension.words == "provinces":
        return ()
    return exploitations() if dimension.words == "exploitation" else _list(dimension.words).items


@cache
def _list(words: str) -> CodeList:
    """A code list by the name that a dimension gives it."""
    if words == "nationalities":
        return nationalities()
    package, _, name = words.partition(":")
    find: Callable[..., CodeList] = lists.htcds if package == "htcds" else lists.of
    return find(name) if package == "htcds" else find(package, name)


def _course(stock: Stock) -> Chart:
    """The main figures over the quarters."""
    known = [one for one in book().indicators.values() if one.trend]
    found = queries.course(stock, [one.code for one in known])
    values = {(one.indicator, one.period): value_of(one, stock) for one in found}
    quarters = [period_of(code) for code in stock.periods if "Q" in code]
    series = [
        Series(
            label(one.said, _language()),
            [(quarter.begin, values.get((one.code, quarter.code), 0)) for quarter in quarters],
        )
        for one in known
    ]
    return line(
        gettext("Quarter by quarter"),
        series,
        key="course",
        about=gettext("Each point is a quarter that begins on this day."),
    )
