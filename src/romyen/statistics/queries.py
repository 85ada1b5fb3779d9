"""Reading figures: the latest stock, and those of one of its periods."""

from datetime import datetime

from romyen import access
from romyen.access import Actor
from romyen.rules.refusals import refuse
from romyen.statistics.models import Figure, Stock

VERB = "statistics.read"


def latest(actor: Actor, *, now: datetime) -> Stock | None:
    """The latest stock, or None before the first. The same for whoever reads numbers at all."""
    if not access.can(actor, VERB, now=now):
        raise refuse("RY-ACCESS-DENIED")
    return Stock.objects.order_by("-until").first()


def figures(stock: Stock, period: str) -> list[Figure]:
    """Every figure of a period. The stock was read through ``latest``."""
    return list(stock.figures.filter(period=period).order_by("id"))


def course(stock: Stock, indicators: list[str]) -> list[Figure]:
    """The wholes of these indicators over all periods of a stock."""
    found = stock.figures.filter(indicator__in=indicators, dimension="")
    return list(found.order_by("period", "id"))
