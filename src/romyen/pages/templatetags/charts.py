"""Template tag: a chart of ``pages.charts`` and the same numbers as a table. ``{% load charts %}``

{% chart it %}                   the drawing, its words, and "The same as a table"
"""

from typing import Any

from django import template

from romyen.pages.charts import Chart

register = template.Library()


@register.inclusion_tag("pages/chart.html")
def chart(it: Chart) -> dict[str, Any]:
    """One chart, as ``line``, ``bars`` or ``province_map`` made it."""
    return {"chart": it, "drawn": it.drawn}
