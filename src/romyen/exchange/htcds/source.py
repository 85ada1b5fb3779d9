"""What a reader hands over: rows of cells as they came, under the headings they came with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from romyen.exchange.htcds.conflicts import Conflict


@dataclass(frozen=True)
class Formula:
    """A formula that nobody calculated. ``text`` begins with ``=``."""

    text: str


@dataclass(frozen=True)
class CellError:
    """What a spreadsheet shows instead of a value, such as ``#REF!``."""

    text: str


Value = str | int | float | bool | date | datetime | time | Formula | CellError


class Cell(NamedTuple):
    """One filled cell. ``position`` counts columns from 1; ``name`` is None where none is given."""

    position: int
    name: str | None
    label: str | None
    value: Value


@dataclass(frozen=True)
class RawRow:
    """One row that has anything in it, as it came.

    ``number`` is the row a person sees in the spreadsheet, the line's record in a CSV (headings
    counted), or the submission's place among its files. ``flaw`` is a conflict code that hangs
    on the whole row (merged cells, a wrong number of cells).
    """

    number: int
    instance_id: str | None
    cells: list[Cell]
    sheet: str = ""
    flaw: str = ""


class Column(NamedTuple):
    """A column of one sheet, with its headings as they came."""

    position: int
    name: str | None
    label: str | None
    sheet: str = ""

    @property
    def heading(self) -> str:
        """What a person finds the column by: its label, else its name, else its letter."""
        return _first(self.label, self.name) or letter(self.position)


@dataclass
class Source:
    """A file that was recognised. ``kind`` is workbook, table (CSV) or form (XForm, Kobo, ODK).

    ``rows()`` reads from the beginning each time. ``conflicts`` are those of the file as such
    (sheets and archive members that were not read).
    """

    name: str
    kind: str
    columns: Sequence[Column]
    open_rows: Callable[[], Iterator[RawRow]] = field(repr=False)
    conflicts: Sequence[Conflict] = ()

    def rows(self) -> Iterator[RawRow]:
        """The filled rows. Refuses when the file turns out damaged on the way."""
        return self.open_rows()


def letter(position: int) -> str:
    """The spreadsheet's name of a column: 1 is A, 28 is AB."""
    name = ""
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _first(*texts: str | None) -> str:
    return next((" ".join(text.split()) for text in texts if text and text.split()), "")
