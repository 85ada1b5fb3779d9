"""Excel workbooks written in memory (ECMA-376, SpreadsheetML), the same bytes for the same rows.

Libraries write worksheets through a temporary file; ours hold names, which must never be on a
disk in plain text. What is written here is the little that such a workbook needs.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib.resources import files
from io import BytesIO
from string import Template
from xml.sax.saxutils import escape, quoteattr

from romyen.exchange.htcds.source import CellError, Formula, Value, letter

_STEADY = (1980, 1, 1, 0, 0, 0)
"""The moment that every part of the archive claims; zip archives know none before."""

_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001
"""Day 0 of a spreadsheet's count, for days from March 1900 on."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NAME_FORBIDS = re.compile(r"[\[\]:*?/\\]")
_TEXT, _DAY, _MOMENT = 1, 2, 3
"""Cell styles, as data/workbook/styles.xml lists them."""


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and rows (cells by column, counted from 1)."""

    name: str
    rows: Iterable[dict[int, Value]]
    hidden_rows: int = 0


def write_sheets(sheets: Sequence[Sheet]) -> bytes:
    """The workbook. Text stays text: nothing in it is a formula."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(sheets):
            archive.writestr(_entry(name), text)
        for at, sheet in enumerate(sheets, start=1):
            with archive.open(_entry(f"xl/worksheets/sheet{at}.xml"), "w") as part:
                for text in _sheet(sheet):
                    part.write(text.encode())
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STEADY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _parts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """Everything but the sheets themselves."""
    numbers = range(1, len(sheets) + 1)
    names = _names(sheets)
    yield "[Content_Types].xml", _filled("types", "\n".join(_type(at) for at in numbers))
    yield "_rels/.rels", _filled("root", "")
    yield (
        "xl/workbook.xml",
        _filled("book", "\n".join(_tab(at, name) for at, name in zip(numbers, names, strict=True))),
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _filled("relations", "\n".join(_relation(at) for at in numbers)),
    )
    yield "xl/styles.xml", _filled("styles", "")


def _filled(part: str, items: str) -> str:
    path = files(__package__) / "data" / "workbook" / f"{part}.xml"
    return Template(path.read_text("utf-8")).substitute(items=items)


def _type(at: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    return f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{kind}"/>'


def _tab(at: int, name: str) -> str:
    return f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="sheet{at}"/>'


def _relation(at: int) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    return f'<Relationship Id="sheet{at}" Type="{kind}" Target="worksheets/sheet{at}.xml"/>'


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Names that Excel takes: without some marks, 31 characters, each only once."""
    names: list[str] = []
    for at, sheet in enumerate(sheets, start=1):
        name = _NAME_FORBIDS.sub(" ", _readable(sheet.name)).strip(" '")[:31] or f"Sheet{at}"
        taken = {other.casefold() for other in names}
        names.append(name if name.casefold() not in taken else f"{name[:25]} {at}")
    return names


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield _HEAD + '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    yield "<sheetData>"
    for at, cells in enumerate(sheet.rows, start=1):
        hidden = ' hidden="1"' if at <= sheet.hidden_rows else ""
        filled = "".join(_cell(at, column, cells[column]) for column in sorted(cells))
        yield f'<row r="{at}"{hidden}>{filled}</row>'
    yield "</sheetData></worksheet>"


def _cell(row: int, column: int, value: Value) -> str:
    place = f'r="{letter(column)}{row}"'
    if isinstance(value, bool):
        return f'<c {place} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c {place}><v>{value!r}</v></c>"
    if isinstance(value, CellError):
        return f'<c {place} t="e"><v>{escape(_readable(value.text))}</v></c>'
    if isinstance(value, date | time):
        style = _MOMENT if isinstance(value, datetime | time) else _DAY
        return f'<c {place} s="{style}"><v>{_serial(value)!r}</v></c>'
    text = value.text if isinstance(value, Formula) else value
    inside = f'<is><t xml:space="preserve">{escape(_readable(text))}</t></is>'
    return f'<c {place} t="inlineStr" s="{_TEXT}">{inside}</c>'


def _readable(text: str) -> str:
    """Text with the characters that XML cannot hold written as ``_x0007_``."""
    return _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _serial(value: date | time) -> int | float:
    """The number by which a spreadsheet knows a day or a time of day."""
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    since = moment.replace(tzinfo=None) - _FIRST_DAY
    days = since.days - (since.days <= 60)
    return days + since.seconds / 86_400 if since.seconds else days
