"""Rows that could not be imported come back as they came, with what to mend, and are mendable."""

import io
from datetime import date, datetime, time

import openpyxl
import pytest
from tests.exchange.htcds.files import DATA, codes, filled, outcomes, table

from romyen.exchange.htcds import Mapped, read, write_errors
from romyen.exchange.htcds.sheetwriting import Sheet, write_sheets
from romyen.exchange.htcds.source import CellError, Formula
from romyen.rules.refusals import refuse


def errors(given, **options):
    found, mapped = outcomes(given)
    return write_errors(mapped.source, [o for o in found if o.refused], **options)


def shown(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def mended(content, changes):
    """The workbook as a person saves it after mending."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in changes.items():
        book.active[place] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_example_comes_back_whole_and_is_refused_again_unmended():
    found, mapped = outcomes(DATA / "filled.xlsx")
    refused = [outcome for outcome in found if outcome.refused]
    content = write_errors(mapped.source, refused)
    again, _ = outcomes(content)
    assert [codes(o) for o in again] == [codes(o) for o in refused]
    cells = [[c for c in o.raw.cells if c.name != "romyen_mend"] for o in again]
    formula = '[formula] =UPPER("somchai")'
    for before, after in zip(refused, cells, strict=True):
        came = [
            cell._replace(value=formula) if isinstance(cell.value, Formula) else cell
            for cell in before.raw.cells
        ]
        assert [(c.position, c.name, c.label, c.value) for c in after] == came


def test_the_headings_are_the_official_ones_and_names_are_hidden():
    sheet = shown(errors(DATA / "filled.xlsx"))
    official = openpyxl.load_workbook(DATA / "official" / "workbook.xlsx").active
    for row in (1, 2):
        assert [sheet.cell(row, at).value for at in range(1, 40)] == [
            official.cell(row, at).value for at in range(1, 40)
        ]
    assert sheet.row_dimensions[1].hidden
    assert not sheet.row_dimensions[2].hidden
    assert sheet.cell(1, sheet.max_column).value == "romyen_mend"


def test_mended_rows_are_imported():
    content = errors(filled({"Gender": "Femail", "First Name": "A"}, {"Gender": "Masculine"}))
    found, _ = outcomes(mended(content, {"H3": "Feminine"}))
    assert len(found) == 1
    assert found[0].record is not None
    assert found[0].record.values == {"prs_FirstName": "A", "prs_Gender": "Feminine"}
    assert found[0].record.unmapped == {}


def test_what_to_mend_stands_in_both_languages_with_what_is_allowed():
    thai = {
        "This value is not in the list of the standard.": "ค่านี้ไม่อยู่ในรายการ",
        "Row %(row)s": "แถว %(row)s",
    }
    content = errors(filled({"Gender": "Femail"}), thai=lambda text: thai.get(text, text))
    sheet = shown(content)
    words = sheet.cell(3, sheet.max_column).value
    assert words.startswith(
        "แถว 3 / Row 3\nRY-HTCDS-VALUE-UNKNOWN Gender: ค่านี้ไม่อยู่ในรายการ / This value"
    )
    assert "Written: Femail" in words
    assert "Allowed: Feminine" in words


def test_rows_whose_cells_may_have_moved_wait_for_a_yes():
    content = errors(table(["prs_FirstName", "prs_Gender"], ["A"], ["B", "Femail"]))
    sheet = shown(content)
    assert sheet["C1"].value == "romyen_check"
    assert [sheet["C3"].value, sheet["C4"].value] == ["No", None]
    found, _ = outcomes(mended(content, {"B4": "Feminine"}))
    assert [codes(outcome) for outcome in found] == [["RY-HTCDS-NOT-CHECKED"], []]
    found, _ = outcomes(mended(content, {"B4": "Feminine", "C3": "yes"}))
    assert [codes(outcome) for outcome in found] == [[], []]
    assert found[0].record is not None
    assert found[0].record.values == {"prs_FirstName": "A"}
    assert found[0].record.unmapped == {}


def test_nothing_in_it_calculates():
    cells = {1: "=1+1", 2: Formula("=2+2"), 3: "+3"}
    sheet = shown(write_sheets([Sheet("x", [cells])]))
    assert [cell.data_type for cell in sheet[1]] == ["s", "s", "s"]
    formula = errors(filled({"First Name": '=HYPERLINK("http://x")'}))
    assert all(c.data_type != "f" for row in shown(formula).iter_rows() for c in row)


def test_a_submission_keeps_its_id_when_it_is_mended():
    member = (
        "<data><prs_Gender>Femail</prs_Gender><meta><instanceID>uuid:9</instanceID></meta></data>"
    )
    content = errors(member.encode())
    found, _ = outcomes(mended(content, {"A3": "Feminine"}))
    assert found[0].record is not None
    assert found[0].record.instance_id == "9"


def test_our_own_csv_comes_back_with_its_apostrophes_and_loses_them_again():
    heads = ["prs_FirstName", "prs_Gender", "romyen_version"]
    content = errors(table(heads, ["'=1+1", "Femail", "1"]))
    found, _ = outcomes(mended(content, {"B3": "Feminine"}))
    assert found[0].record is not None
    assert found[0].record.values["prs_FirstName"] == "=1+1"


def test_a_verb_may_refuse_a_row_that_could_be_read():
    found, mapped = outcomes(filled({"First Name": "A"}))
    outcome = found[0].refuse(refuse("RY-BIRTH-FUTURE", field="birth"))
    assert outcome.refused
    assert outcome.conflicts[-1].as_json()["code"] == "RY-BIRTH-FUTURE"
    words = shown(write_errors(mapped.source, [outcome])).cell(3, 40).value
    assert "The birth lies in the future" in words


def test_each_sheet_comes_back_as_its_own():
    def add(book, sheet):
        copy = book.copy_worksheet(sheet)
        copy.title = "May"
        copy["H3"] = "Femail"

    content = errors(filled({"Gender": "Mail"}, change=add))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Sheet1", "May"]
    assert [codes(outcome) for outcome in outcomes(content)[0]] == [["RY-HTCDS-VALUE-UNKNOWN"]] * 2


def test_no_refused_row_makes_a_workbook_with_headings_only():
    content = errors(filled({"First Name": "A"}))
    assert list(Mapped(read(content))) == []


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        " spaced ",
        "two\nlines",
        "carriage\rreturn",
        "a\x07bell",
        "_x0041_ literal",
        "<&>\"'",
        "ขอบคุณ ကျေးဇူး",
        0,
        -1.5,
        66812345678,
        True,
        False,
        date(2010, 4, 3),
        date(1900, 2, 28),
        datetime(2010, 4, 3, 9, 30),  # noqa: DTZ001
        time(9, 30),
        CellError("#REF!"),
    ],
)
def test_every_kind_of_cell_is_read_as_it_was_written(value):
    rows = [{1: "prs_FirstName", 2: "prs_Gender"}, {1: "A", 2: value}]
    found = list(read(write_sheets([Sheet("x", rows)])).rows())
    assert found[0].cells[1].value == value
    assert type(found[0].cells[1].value) is type(value)


def test_the_same_rows_make_the_same_bytes_and_no_file_on_the_disk(monkeypatch):
    def forbidden(*_, **__):
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", forbidden)
    monkeypatch.setattr("tempfile.TemporaryFile", forbidden)
    monkeypatch.setattr("tempfile.mkstemp", forbidden)
    assert errors(DATA / "filled.xlsx") == errors(DATA / "filled.xlsx")


def test_names_of_sheets_are_made_such_as_excel_takes():
    names = ["a/b", "x" * 40, "x" * 40, "", "ข้อมูล"]
    book = openpyxl.load_workbook(io.BytesIO(write_sheets([Sheet(n, [{1: 1}]) for n in names])))
    assert book.sheetnames == ["a b", "x" * 31, "x" * 25 + " 3", "Sheet4", "ข้อมูล"]
