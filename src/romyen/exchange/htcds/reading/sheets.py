"""One worksheet of an Excel workbook (ECMA-376, SpreadsheetML), row by row.

The dimensions that a sheet claims are not believed and formulas are never calculated; the value
that a spreadsheet stored beside a formula is not trusted either.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from romyen.exchange.htcds.reading import limits
from romyen.exchange.htcds.reading.markup import feed
from romyen.exchange.htcds.source import CellError, Formula, Value
from romyen.rules.refusals import refuse

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

_FIRST_1900, _FIRST_1904 = date(1899, 12, 31), date(1904, 1, 1)
_ONE_DAY = timedelta(days=1)
_NEVER = 60
"""29 February 1900 in Excel's count."""


@dataclass(frozen=True)
class Book:
    """What all sheets share: strings, which styles are dates, and the day that counts as 0."""

    strings: Sequence[str]
    date_styles: frozenset[int]
    since_1904: bool = False


SheetRow = tuple[int, dict[int, Value]]
"""A row's number and its filled cells by column, counted from 1."""


def rows(chunks: Iterator[bytes], book: Book) -> Iterator[SheetRow]:
    """The filled rows of the sheet. Refuses what no spreadsheet would hold."""
    reader = _SheetReader(book)
    for _ in feed(chunks, reader):
        yield from reader.done
        reader.done.clear()
    yield from reader.done


def place(reference: str) -> tuple[int, int]:
    """Row and column of a reference: ``B3`` is (3, 2). Refuses what is none."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise refuse("RY-HTCDS-DAMAGED")
    column = 0
    for character in found[1]:
        column = column * 26 + ord(character) - 64
    if column > limits.COLUMNS:
        raise refuse("RY-HTCDS-TOO-MANY", what="columns", limit=limits.COLUMNS)
    return int(found[2]), column


def unescape(text: str) -> str:
    """Characters that XML cannot hold, which Excel writes as ``_x0007_``."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


class _SheetReader:
    """Collects cells as their tags go by. ``done`` holds rows that are complete."""

    def __init__(self, book: Book) -> None:
        self.done: list[SheetRow] = []
        self._book = book
        self._row = self._column = self._rows = self._filled = self._cells = 0
        self._found: dict[int, Value] = {}
        self._attributes: dict[str, str] = {}
        self._pieces: dict[str, list[str]] = {}
        self._into: list[str] | None = None
        self._silent = False
        self._in_data = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c" and self._in_data:
            self._start_cell(attributes)
        elif tag in ("v", "f", "t"):
            self._into = self._pieces.setdefault(tag, [])
        elif tag == "row" and self._in_data:
            self._start_row(attributes)
        elif tag == "rPh":
            self._silent = True
        elif tag == "sheetData":
            self._in_data = True

    def end(self, tag: str) -> None:
        if tag in ("v", "f", "t"):
            self._into = None
        elif tag == "c" and self._in_data:
            self._end_cell()
        elif tag == "row" and self._in_data:
            self._end_row()
        elif tag == "rPh":
            self._silent = False
        elif tag == "sheetData":
            self._in_data = False

    def text(self, text: str) -> None:
        if self._into is not None and not self._silent:
            self._into.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows += 1
        self._row = _whole(attributes.get("r"), self._row + 1)
        self._column = 0
        self._found = {}
        if self._rows > limits.BLANK_ROWS:
            raise refuse("RY-HTCDS-TOO-MANY", what="rows", limit=limits.ROWS)

    def _end_row(self) -> None:
        if self._found:
            self.done.append((self._row, self._found))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > limits.CELLS:
            raise refuse("RY-HTCDS-TOO-MANY", what="cells", limit=limits.CELLS)
        given = attributes.get("r")
        self._column = place(given)[1] if given else self._column + 1
        self._attributes, self._pieces = attributes, {}

    def _end_cell(self) -> None:
        if self._pieces:
            value = self._value()
            if value is not None:
                self._found[self._column] = value

    def _value(self) -> Value | None:
        kind = self._attributes.get("t", "n")
        if "f" in self._pieces:
            return Formula("=" + self._text("f"))
        text = self._text("t" if kind == "inlineStr" else "v")
        if kind == "s":
            return _shared(self._book.strings, text)
        if kind in ("str", "inlineStr"):
            return unescape(text) or None
        if not text.strip():
            return None
        if kind == "b":
            return text.strip() == "1"
        return CellError(text) if kind == "e" else self._number(kind, text.strip())

    def _number(self, kind: str, text: str) -> Value:
        try:
            if kind == "d":
                return datetime.fromisoformat(text)
            style = _whole(self._attributes.get("s"), 0)
            if style in self._book.date_styles:
                return _day(float(text), since_1904=self._book.since_1904)
            return _plain(text)
        except (ValueError, OverflowError):
            return CellError(text[: limits.CELL])

    def _text(self, tag: str) -> str:
        text = "".join(self._pieces.get(tag, ()))
        if len(text) > limits.CELL:
            raise refuse("RY-HTCDS-CELL-TOO-LONG", row=self._row, limit=limits.CELL)
        return text


def _whole(text: str | None, otherwise: int) -> int:
    """A number in an attribute; refuses what no spreadsheet writes."""
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise refuse("RY-HTCDS-DAMAGED")
    return int(text)


def _shared(strings: Sequence[str], text: str) -> str | None:
    at = _whole(text.strip(), 0)
    if at >= len(strings):
        raise refuse("RY-HTCDS-DAMAGED")
    return strings[at] or None


def _plain(text: str) -> int | float:
    """A number; whole where it is whole ("66812345678.0" too)."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _day(serial: float, *, since_1904: bool) -> date | datetime | time | CellError:
    """The day that a spreadsheet means by a number.

    Excel's days count from 31 December 1899 and include a 29 February 1900 that never was
    (ECMA-376 part 1, 18.17.4.1); Mac workbooks may count from 1 January 1904.
    """
    if serial < 0 or (int(serial) == _NEVER and not since_1904):
        return CellError(str(serial))
    first = _FIRST_1904 if since_1904 else _FIRST_1900 - (serial >= _NEVER) * _ONE_DAY
    moment = datetime.combine(first, time()) + timedelta(seconds=round(serial * 86_400))
    if serial < 1 and not since_1904:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
