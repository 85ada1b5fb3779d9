"""The law's book of clocks and the code lists of a case, read once from ``data/``."""

from functools import cache
from pathlib import Path

from romyen.rules import clockdata
from romyen.rules.clocks import Book
from romyen.rules.lists import CodeList, of

_DATA = Path(__file__).parent / "data"


@cache
def book() -> Book:
    """Every event and clock of a case; a mistake in the data raises ``BadData`` at start-up."""
    return clockdata.load(_DATA / "clocks.yaml", _DATA / "data_protection.yaml")


def listed(name: str) -> CodeList:
    """A code list of ``data/lists.yaml``."""
    return of("cases", name)
