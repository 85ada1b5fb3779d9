"""The page of numbers: one for the whole organisation, whoever reads it."""

from typing import Any

from tests.gates.sweep.needs import BUTTON, READING, anywhere

from romyen.statistics.models import Stock

ROUTES = {
    "statistics:dashboard": anywhere("statistics.read", **READING),
    "statistics:take": anywhere(
        "statistics.take", **BUTTON, **READING, posts=(200, 302, 403, 409, 422)
    ),
}


def tell(_story: Any) -> None:
    """Nothing is counted beforehand: whoever may, does it from the page."""
    assert not Stock.objects.exists()
