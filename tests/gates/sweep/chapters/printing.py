"""The summary of a case: a box, a form, a paper."""

from typing import Any

from tests.gates.sweep.needs import CASE, READING, record

ROUTES = {
    "exchange:summary": record(
        "case.print", on=CASE, typed={"sections": "story", "language": "en"}, **READING
    ),
}


def tell(story: Any) -> None:
    """What is printed was told in the other chapters."""
