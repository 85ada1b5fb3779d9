"""CSV by field name: comma, semicolon or tab, UTF-8 with or without a byte order mark."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import StringIO

from romyen.exchange.htcds.headings import Headings, are_headings, find_headings, instance_column
from romyen.exchange.htcds.reading import limits
from romyen.exchange.htcds.source import Cell, Column, RawRow, Source
from romyen.exchange.htcds.standard import form_labels
from romyen.rules.refusals import refuse

SEPARATORS = ",;\t"
_FIRST = 3
"""Names and labels stand in the first rows of a table."""


def read_table(content: bytes, name: str) -> Source:
    """The rows of a CSV file.

    The separator is the one that makes HTCDS headings of the first row; when none or several
    do, the file is refused rather than guessed at.
    """
    text = _decoded(content)
    separator, headings = _sniffed(text)
    ours = any(column.name == "romyen_version" for column in headings.columns)
    form = instance_column(headings.columns) is not None and not ours
    if form:
        headings = replace(headings, columns=[_as_shown(c) for c in headings.columns])
    return Source(
        name=name,
        kind="form" if form else "table",
        columns=headings.columns,
        open_rows=partial(_rows, text, separator, headings),
    )


def _as_shown(column: Column) -> Column:
    """The column with the label that the enumerator saw in the official form."""
    last = re.split("[/.]", column.name or "")[-1]
    return column._replace(label=column.label or form_labels().get(last))


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("RY-HTCDS-ENCODING") from error
    if "\0" in text:
        raise refuse("RY-HTCDS-ENCODING")
    return text


def _sniffed(text: str) -> tuple[str, Headings]:
    fits = []
    for separator in SEPARATORS:
        headings = _headings(text, separator)
        if headings.columns:
            fits.append((separator, headings))
    if not fits:
        raise refuse("RY-HTCDS-NO-HEADER")
    if len(fits) > 1 and len(fits[0][1].columns) == 1:
        return fits[0]  # one column only: no separator at all
    if len(fits) > 1:
        raise refuse("RY-HTCDS-SEPARATOR")
    return fits[0]


def _headings(text: str, separator: str) -> Headings:
    """The headings when read with that separator; none when it makes nonsense of them."""
    first = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            _check_width(row)
            first.append((number, {at: cell for at, cell in enumerate(row, start=1) if cell}))
            if number == _FIRST:
                break
    except csv.Error:
        first = first[:1]
    rows = [(number, texts) for number, texts in first if texts]
    # A table has nothing above its headings; further down, a line of a cell may look like one.
    return find_headings(rows if rows and are_headings(rows[0][1]) else [])


def _rows(text: str, separator: str, headings: Headings) -> Iterator[RawRow]:
    columns = _by_position(headings)
    key = instance_column(headings.columns)
    count = 0
    for number, row in _records(text, separator):
        if number <= headings.last_row or not any(cell.strip() for cell in row):
            continue
        count += 1
        if count > limits.ROWS:
            raise refuse("RY-HTCDS-TOO-MANY", what="rows", limit=limits.ROWS)
        cells = _cells(number, row, columns)
        instance = row[key - 1].strip() if key and key <= len(row) else ""
        # Too many or too few cells mean a lost separator or quotation mark: values may have
        # moved into their neighbours' columns.
        flaw = "" if len(row) == len(columns) else "RY-HTCDS-CELL-COUNT"
        yield RawRow(number, instance or None, cells, flaw=flaw)


def _by_position(headings: Headings) -> dict[int, Column]:
    """Every column up to the last that has a heading."""
    known = {column.position: column for column in headings.columns}
    return {at: known.get(at, Column(at, None, None)) for at in range(1, max(known) + 1)}


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            _check_width(row)
            yield number, row
    except csv.Error as error:
        if "field limit" in str(error):
            limit = csv.field_size_limit()
            raise refuse("RY-HTCDS-CELL-TOO-LONG", row=number + 1, limit=limit) from error
        raise refuse("RY-HTCDS-DAMAGED") from error


def _check_width(row: list[str]) -> None:
    if len(row) > limits.COLUMNS:
        raise refuse("RY-HTCDS-TOO-MANY", what="columns", limit=limits.COLUMNS)


def _cells(number: int, row: list[str], columns: dict[int, Column]) -> list[Cell]:
    cells = []
    for at, text in enumerate(row, start=1):
        if not text:
            continue
        column = columns.get(at, Column(at, None, None))
        if len(text) > limits.CELL:
            raise refuse("RY-HTCDS-CELL-TOO-LONG", row=number, limit=limits.CELL)
        cells.append(Cell(at, column.name, column.label, text))
    return cells
