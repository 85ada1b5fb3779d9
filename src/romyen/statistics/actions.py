"""Verb: take stock."""

from datetime import datetime

from django.db import transaction

from romyen import access, audit
from romyen.access import Actor
from romyen.access.nodes import ORGANISATION_ID
from romyen.rules.refusals import refuse
from romyen.statistics.counting import count, relations
from romyen.statistics.indicators import Indicator, book
from romyen.statistics.models import Figure, Stock
from romyen.statistics.periods import Window, window
from romyen.statistics.suppressing import hidden

VERB = "statistics.take"
AT_ONCE = 500


def take_stock(*, actor: Actor, now: datetime) -> Stock:
    """Count everything as it stands, hide what is small, and keep it as of now.

    Once for each quarter that is over: a second look would only show what was recorded late,
    and so of whom. Refuses with ``RY-STATISTICS-TAKEN``.
    """
    if not access.can(actor, VERB, now=now):
        raise refuse("RY-ACCESS-DENIED")
    known = book()
    asked = window(now, known.years)
    with transaction.atomic():
        facts = {
            "taken_at": now,
            "taken_by": actor.id,
            "fewest": known.fewest,
            "periods": [one.code for one in (*asked.years, *asked.quarters)],
        }
        stock, fresh = Stock.objects.get_or_create(until=asked.until, defaults=facts)
        if not fresh:
            raise refuse("RY-STATISTICS-TAKEN")
        for indicator in known.indicators.values():
            rows = _figures(stock, indicator, asked, known.fewest)
            Figure.objects.bulk_create(rows, batch_size=AT_ONCE)
        details = {"until": asked.until.isoformat(), "stock": stock.pk}
        audit.record(actor=actor.id, verb=VERB, subject=ORGANISATION_ID, details=details, at=now)
    return stock


def _figures(stock: Stock, indicator: Indicator, asked: Window, fewest: int) -> list[Figure]:
    cells = count(indicator, asked)
    fewest = 1 if indicator.nobody else fewest
    shut = hidden(cells, relations(indicator, cells, asked), fewest)
    return [
        Figure(
            stock=stock,
            indicator=indicator.code,
            version=indicator.version,
            period=period,
            dimension=dimension,
            code=code,
            value=None if (period, dimension, code) in shut else one.value,
            hidden=shut.get((period, dimension, code), ""),
        )
        for (period, dimension, code), one in cells.items()
    ]


def is_due(stock: Stock | None, *, now: datetime) -> bool:
    """Whether a quarter is over that this stock, the latest, does not hold."""
    return stock is None or stock.until < window(now, book().years).until


def take_due(*, now: datetime) -> Stock | None:
    """Take stock when a quarter is over (a chore beside the server); None when it was taken."""
    if not is_due(Stock.objects.order_by("-until").first(), now=now):
        return None
    return take_stock(actor=access.operator(), now=now)
