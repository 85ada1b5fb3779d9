"""The page of numbers, and taking stock."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from romyen import access
from romyen.pages import era
from romyen.rules.refusals import refuse
from romyen.statistics import actions, queries, reading
from romyen.statistics.indicators import book
from romyen.statistics.models import Stock


def dashboard(request: HttpRequest) -> HttpResponse:
    """What was counted: a year or a quarter of the latest stock, the same for everybody."""
    reader, now = access.open(request), access.clock()
    stock = queries.latest(reader, now=now)
    context: dict[str, Any] = {
        "stock": stock,
        "fewest": stock.fewest if stock else book().fewest,
        "may_take": access.can(reader, actions.VERB, now=now) and actions.is_due(stock, now=now),
    }
    if stock and stock.periods:
        period = _period(request, stock)
        context |= {
            "period": period,
            "words": reading.period_words(period),
            "periods": [(code, reading.period_words(code)) for code in stock.periods[::-1]],
            "figures": reading.drawn(stock, period, era.current()),
        }
    return render(request, "statistics/dashboard.html", context)


def _period(request: HttpRequest, stock: Stock) -> str:
    """The period asked for; without one the latest year of the stock."""
    asked = request.GET.get("period", "") or f"{stock.periods[-1][:4]}"
    if asked not in stock.periods:
        raise refuse("RY-BAD-INPUT")
    return asked


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take stock of the quarters that are over."""
    reader, now = access.open(request), access.clock()

    def act() -> str:
        actions.take_stock(actor=reader, now=now)
        return reverse("statistics:dashboard")

    return access.once(request, act)
