"""Small files for the tests: workbooks and archives with whatever is to be tried."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from romyen.exchange.htcds import Mapped, Outcome, read

DATA = Path(__file__).parents[2] / "data" / "htcds"
WORKBOOK = DATA / "official" / "workbook.xlsx"
XLSFORM = DATA / "official" / "xlsform.xlsx"


def outcomes(given: Any) -> tuple[list[Outcome], Mapped]:
    """Everything that becomes of a file."""
    mapped = Mapped(read(given))
    return list(mapped), mapped


def one(given: Any) -> Outcome:
    """What becomes of the only row."""
    found, _ = outcomes(given)
    assert len(found) == 1
    return found[0]


def codes(outcome: Outcome) -> list[str]:
    """The codes of a row's conflicts."""
    return [conflict.code for conflict in outcome.conflicts]


def filled(*rows: Mapping[str, Any], change: Any = None) -> bytes:
    """The official workbook with these rows under its visible labels."""
    import openpyxl

    book = openpyxl.load_workbook(WORKBOOK)
    sheet = book.active
    columns = {sheet.cell(2, at).value: at for at in range(2, sheet.max_column + 1)}
    for at, row in enumerate(rows, start=3):
        for label, value in row.items():
            sheet.cell(at, columns[label]).value = value
    if change:
        change(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table(heads: Iterable[str], *rows: Iterable[str], separator: str = ",") -> bytes:
    """A CSV as it is, without quoting."""
    return "\r\n".join(separator.join(row) for row in [heads, *rows]).encode() + b"\r\n"


def archive(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return stream.getvalue()


def with_part(content: bytes, changed: Mapping[str, bytes | str]) -> bytes:
    """An archive with some of its members exchanged or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        members: dict[str, bytes | str] = {name: old.read(name) for name in old.namelist()}
    return archive(members | dict(changed))


def sheet_part(rows: str, after: str = "") -> str:
    """The XML of a worksheet."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def hand_made(rows: str, after: str = "") -> bytes:
    """The official workbook with its sheet written by hand below the two rows of headings."""
    heads = "".join(
        f'<row r="{at}"><c r="B{at}" t="inlineStr"><is><t>{first}</t></is></c>'
        f'<c r="C{at}" t="inlineStr"><is><t>{second}</t></is></c></row>'
        for at, first, second in [
            (1, "prs_FirstName", "prs_Birthdate"),
            (2, "First Name", "Birthdate"),
        ]
    )
    part = {"xl/worksheets/sheet1.xml": sheet_part(heads + rows, after)}
    return with_part(WORKBOOK.read_bytes(), part)
