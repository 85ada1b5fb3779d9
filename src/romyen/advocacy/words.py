"""The codes of advocacy and their words."""

from romyen.rules import lists
from romyen.rules.lists import CodeList

PROPOSED = "proposed"
OVERDUE, OPEN_ONES, ALL = "overdue", "open", "all"
"""Choices of the list beside the statuses: past its day of review, not yet ended, everything."""


def words(name: str) -> CodeList:
    """A list of this package: ``sources``, ``themes``, ``statuses``."""
    return lists.of("advocacy", name)


def open_statuses() -> list[str]:
    """The statuses in which somebody still follows it up."""
    return [item.code for item in words("statuses") if item.more["open"]]
