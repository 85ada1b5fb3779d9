"""Charts drawn by the server as SVG, each with a table of the same numbers behind it.

A view makes one with ``line``, ``bars`` or ``province_map``; a template shows it with
``{% load charts %}{% chart it %}``. No script and no inline style: colours are classes, lengths
are attributes. A value may be a number, None (not known: a gap) or ``Hidden`` (a small number
that is not shown: hatched).
"""

from romyen.pages.charts.bars import Bar, bars
from romyen.pages.charts.lines import Series, line
from romyen.pages.charts.maps import province_map
from romyen.pages.charts.values import Chart, Hidden, Value, written

__all__ = [
    "Bar",
    "Chart",
    "Hidden",
    "Series",
    "Value",
    "bars",
    "line",
    "province_map",
    "written",
]
