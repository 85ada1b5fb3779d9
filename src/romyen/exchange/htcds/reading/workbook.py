"""The official Excel workbook of HTCDS 2.0, and what people make of it.

Rows above the first record hold names (hidden in the official file) and labels; people reorder
columns, add their own, delete one of the two rows, add sheets. Every sheet with HTCDS headings is
read; other sheets are named in a conflict.
"""

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from romyen.exchange.htcds.conflicts import Conflict
from romyen.exchange.htcds.headings import Headings, find_headings, instance_column
from romyen.exchange.htcds.reading import limits
from romyen.exchange.htcds.reading.archive import Archive
from romyen.exchange.htcds.reading.markup import feed, feed_all
from romyen.exchange.htcds.reading.sheets import Book, SheetRow, place, rows, unescape
from romyen.exchange.htcds.source import Cell, Column, RawRow, Source, Value
from romyen.rules.refusals import refuse

_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Z]+\d+):([A-Z]+\d+)[\"']")
_LONGEST_MERGE = 200
"""Bytes of a merge's tag, which two chunks may share."""

_HEADING_ROWS = 20
"""Headings are looked for in so many filled rows from the top."""

_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)]) | {
    *range(71, 82)
}
"""Built-in number formats that show dates or times, the Thai ones (71-81) included."""

_NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|E[+-]|General', re.IGNORECASE)
_DATE_LETTERS = re.compile("[dmybhsวดป]", re.IGNORECASE)


_BARE = Column(0, None, None)
"""A column without headings."""


class _Sheet(NamedTuple):
    name: str
    part: str


class _Layout(NamedTuple):
    sheets: list[_Sheet]
    strings: str
    styles: str
    since_1904: bool


class _Tags:
    """Remembers the tags that matter in the small parts of a workbook, with their attributes."""

    _WANTED = frozenset({"sheet", "Relationship", "workbookPr", "numFmt", "cellXfs", "xf"})
    _MOST = 200_000

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self._WANTED:
            self.seen.append((tag, attributes))
        if len(self.seen) > self._MOST:
            raise refuse("RY-HTCDS-XML-UNSAFE")

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self.seen.append(("/cellXfs", {}))

    def text(self, text: str) -> None:
        pass


class _Strings:
    """Collects the shared strings, without the readings that East Asian files add (rPh)."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._open = self._silent = False
        self._total = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == "si":
            self._pieces = []
        elif tag == "t":
            self._open = not self._silent
        elif tag == "rPh":
            self._silent = True

    def end(self, tag: str) -> None:
        if tag == "t":
            self._open = False
        elif tag == "rPh":
            self._silent = False
        elif tag == "si":
            self._keep("".join(self._pieces))

    def text(self, text: str) -> None:
        if self._open:
            self._pieces.append(text)

    def _keep(self, text: str) -> None:
        self._total += len(text)
        if len(text) > limits.CELL:
            raise refuse("RY-HTCDS-CELL-TOO-LONG", row="?", limit=limits.CELL)
        if len(self.found) >= limits.STRINGS or self._total > limits.STRING_TOTAL:
            raise refuse("RY-HTCDS-TOO-MANY", what="texts", limit=limits.STRINGS)
        self.found.append(unescape(text))


def is_workbook(names: list[str]) -> bool:
    """Whether an archive with these members is an Excel workbook."""
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def read_workbook(content: bytes, name: str) -> Source:
    """The filled rows of every sheet that has HTCDS headings."""
    with Archive(content) as archive:
        layout = _layout(archive)
        book = _book(archive, layout)
        found = [(sheet, _headings(archive, sheet, book)) for sheet in layout.sheets]
    readable = [(sheet, headings) for sheet, headings in found if headings.columns]
    if not readable:
        raise refuse("RY-HTCDS-NO-HEADER")
    many = len(readable) > 1
    columns = [
        column._replace(sheet=sheet.name if many else "")
        for sheet, headings in readable
        for column in headings.columns
    ]
    return Source(
        name=name,
        kind="workbook",
        columns=columns,
        open_rows=partial(_rows, content, book, readable),
        conflicts=_conflicts([(s, h) for s, h in found if h.filled], many=many),
    )


def _conflicts(found: list[tuple[_Sheet, Headings]], *, many: bool) -> list[Conflict]:
    told = [
        Conflict("RY-HTCDS-SHEET-SKIPPED", sheet=sheet.name)
        for sheet, headings in found
        if not headings.columns
    ]
    return told + ([Conflict("RY-HTCDS-SEVERAL-SHEETS")] if many else [])


def _rows(content: bytes, book: Book, sheets: list[tuple[_Sheet, Headings]]) -> Iterator[RawRow]:
    """The records of the sheets, one after the other."""
    many = len(sheets) > 1
    count = 0
    with Archive(content) as archive:
        for sheet, headings in sheets:
            merges = _merges(archive, sheet)
            columns = {column.position: column for column in headings.columns}
            key = instance_column(headings.columns)
            for number, cells in rows(archive.chunks(sheet.part), book):
                if number <= headings.last_row or _only_numbered(cells):
                    continue
                count += 1
                if count > limits.ROWS:
                    raise refuse("RY-HTCDS-TOO-MANY", what="rows", limit=limits.ROWS)
                flaw = "RY-HTCDS-MERGED" if _merged(merges, number) else ""
                instance = str(cells.get(key, "")).strip() if key else ""
                filled = [Cell(at, *columns.get(at, _BARE)[1:3], cells[at]) for at in sorted(cells)]
                yield RawRow(number, instance or None, filled, sheet.name if many else "", flaw)


def _only_numbered(cells: dict[int, Value]) -> bool:
    """Whether a row is one of the 1,000 that the official workbook numbers in advance.

    Cells of nothing but blanks don't count as filled.
    """
    filled = [at for at, value in cells.items() if not isinstance(value, str) or value.strip()]
    if filled != [1]:
        return not filled
    return not isinstance(cells[1], str) or cells[1].strip().isdigit()


def _headings(archive: Archive, sheet: _Sheet, book: Book) -> Headings:
    """The headings of a sheet, looked for in its first filled rows."""
    first: list[SheetRow] = []
    for row in rows(archive.chunks(sheet.part), book):
        first.append(row)
        if len(first) == _HEADING_ROWS:
            break
    return find_headings(
        [(number, {at: str(v) for at, v in cells.items()}) for number, cells in first]
    )


def _merges(archive: Archive, sheet: _Sheet) -> list[tuple[int, int]]:
    """The first and last rows of merged ranges, which the file names only after all rows."""
    found: list[tuple[int, int]] = []
    rest = b""
    for chunk in archive.chunks(sheet.part):
        text = rest + chunk
        end = 0
        for match in _MERGE.finditer(text):
            found.append((place(match[1].decode())[0], place(match[2].decode())[0]))
            end = match.end()
        if len(found) > limits.MERGES:
            raise refuse("RY-HTCDS-TOO-MANY", what="merged cells", limit=limits.MERGES)
        rest = text[max(end, len(text) - _LONGEST_MERGE) :]
    return _joined(found)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _merged(merges: list[tuple[int, int]], row: int) -> bool:
    at = bisect_right(merges, (row, limits.BLANK_ROWS * 10)) - 1
    return at >= 0 and merges[at][0] <= row <= merges[at][1]


def _layout(archive: Archive) -> _Layout:
    """Where in the archive the sheets and what they share are kept."""
    roots = list(_relations(archive, "_rels/.rels", ""))
    book = next((part for kind, _, part in roots if kind == "officeDocument"), "xl/workbook.xml")
    folder, file = posixpath.split(book)
    relations = list(_relations(archive, f"{folder}/_rels/{file}.rels", folder))
    by_kind = {kind: part for kind, _, part in relations}
    parts = {key: part for kind, key, part in relations if kind == "worksheet"}
    tags = _tags(archive, book)
    return _Layout(
        sheets=_sheets(tags, {key: part for key, part in parts.items() if part in archive.names}),
        strings=by_kind.get("sharedStrings", ""),
        styles=by_kind.get("styles", ""),
        since_1904=any(
            tag == "workbookPr" and attributes.get("date1904") in ("1", "true")
            for tag, attributes in tags
        ),
    )


def _sheets(tags: list[tuple[str, dict[str, str]]], parts: dict[str, str]) -> list[_Sheet]:
    """The worksheets in the order of their tabs; chart sheets are left out."""
    sheets = []
    for tag, attributes in tags:
        key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        if tag == "sheet" and key in parts:
            sheets.append(_Sheet(attributes.get("name", ""), parts[key]))
    if not sheets:
        raise refuse("RY-HTCDS-DAMAGED")
    if len(sheets) > limits.SHEETS:
        raise refuse("RY-HTCDS-TOO-MANY", what="sheets", limit=limits.SHEETS)
    return sheets


def _relations(archive: Archive, part: str, folder: str) -> Iterator[tuple[str, str, str]]:
    """Kind, id and part of each relation inside the file; links to the outside are left out."""
    for tag, attributes in _tags(archive, part):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            yield kind, attributes.get("Id", ""), posixpath.normpath(path)


def _tags(archive: Archive, part: str) -> list[tuple[str, dict[str, str]]]:
    tags = _Tags()
    content = archive.small(part)
    if content:
        feed_all(content, tags)
    return tags.seen


def _book(archive: Archive, layout: _Layout) -> Book:
    strings = _Strings()
    if layout.strings in archive.names:
        for _ in feed(archive.chunks(layout.strings), strings):
            pass
    return Book(strings.found, _date_styles(archive, layout.styles), layout.since_1904)


def _date_styles(archive: Archive, part: str) -> frozenset[int]:
    """The positions of the cell styles that show a number as a date."""
    formats: dict[str, str] = {}
    styles: list[str] = []
    inside = False
    for tag, attributes in _tags(archive, part):
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "/cellXfs"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))
    return frozenset(at for at, key in enumerate(styles) if _shows_date(key, formats.get(key)))


def _shows_date(key: str, code: str | None) -> bool:
    if code is None:
        return key.isascii() and key.isdigit() and int(key) in _DATE_FORMATS
    return bool(_DATE_LETTERS.search(_NO_DATE.sub("", code)))
