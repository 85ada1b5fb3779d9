"""What people make of the official files is still read, and nothing in it is lost in silence."""

import io

import openpyxl
import pytest
from tests.exchange.htcds.files import (
    DATA,
    WORKBOOK,
    archive,
    codes,
    filled,
    hand_made,
    one,
    outcomes,
    table,
    with_part,
)

from romyen.exchange.htcds import read
from romyen.rules.refusals import Refusal


def values(given):
    """The values of the only row."""
    record = one(given).record
    assert record is not None
    return dict(record.values)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def told(given):
    _, mapped = outcomes(given)
    return [(conflict.code, conflict.column) for conflict in mapped.conflicts]


def test_a_path_bytes_and_a_stream_read_alike(tmp_path):
    content = (DATA / "names.csv").read_bytes()
    path = tmp_path / "anything.bin"
    path.write_bytes(content)
    rows = [list(read(given).rows()) for given in (content, io.BytesIO(content), path, str(path))]
    assert len(rows[0]) == 12
    assert all(row == rows[0] for row in rows)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refusal, match="RY-HTCDS-NOT-FOUND"):
        read(tmp_path / "absent.xlsx")


def test_columns_may_change_places():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["prs_Gender", None, "prs_FirstName"])
    sheet.append(["Gender", "Favourite food", "First Name"])
    sheet.append(["Feminine", "rice", "Noy"])
    outcome = one(saved(book))
    assert outcome.record is not None
    assert outcome.record.values == {"prs_FirstName": "Noy", "prs_Gender": "Feminine"}
    assert outcome.record.unmapped == {"Favourite food": "rice"}


@pytest.mark.parametrize("keep", ["names", "labels", "swapped"])
def test_one_row_of_headings_is_enough_and_their_order_is_free(keep):
    names, labels = ["prs_FirstName", "prs_Gender"], ["First Name", " Gender\u00a0"]
    heads = {"names": [names], "labels": [labels], "swapped": [labels, names]}[keep]
    book = openpyxl.Workbook()
    for row in [["a title above"], *heads, ["Noy", "Feminine"]]:
        book.active.append(row)
    assert values(saved(book)) == {"prs_FirstName": "Noy", "prs_Gender": "Feminine"}


def test_columns_without_heading_are_kept_under_their_letter():
    def add(book, sheet):
        sheet["AQ3"] = "a remark"

    content = filled({"First Name": "Noy"}, change=add)
    record = one(content).record
    assert record is not None
    assert record.unmapped == {"(AQ)": "a remark"}
    assert ("RY-HTCDS-COLUMN-NO-HEADING", "AQ") in told(content)


def test_two_own_columns_of_one_heading_do_not_cover_each_other():
    record = one(table(["prs_FirstName", "prs_Gender", "note", "note"], ["A", "", "x", "y"])).record
    assert record is not None
    assert record.unmapped == {"note (C)": "x", "note (D)": "y"}


def test_every_sheet_with_headings_is_read_and_others_are_named():
    def add(book, sheet):
        copy = book.copy_worksheet(sheet)
        copy.title = "May"
        copy["D3"] = "Second"
        book.create_sheet("Empty")
        book.create_sheet("Notes")["A1"] = "call back"

    found, mapped = outcomes(filled({"First Name": "First"}, change=add))
    assert [(o.raw.sheet, o.record.values["prs_FirstName"]) for o in found if o.record] == [
        ("Sheet1", "First"),
        ("May", "Second"),
    ]
    sheets = [(c.code, c.sheet) for c in mapped.source.conflicts]
    assert sheets == [("RY-HTCDS-SHEET-SKIPPED", "Notes"), ("RY-HTCDS-SEVERAL-SHEETS", "")]


def test_the_same_field_twice_is_told_and_refused_where_it_differs():
    heads = ["prs_FirstName", "prs_First_Name", "prs_Gender"]
    found, mapped = outcomes(table(heads, ["A", "A", ""], ["B", "", ""], ["C", "D", ""]))
    assert [codes(outcome) for outcome in found] == [[], [], ["RY-HTCDS-TWO-VALUES"]]
    assert "RY-HTCDS-COLUMN-TWICE" in {conflict.code for conflict in mapped.conflicts}


def test_labels_that_prove_nothing_keep_their_column_apart():
    heads = ["First Name", "Gender", "Date", "Type"]
    content = table(heads, ["A", "Feminine", "monday", "x"])
    record = one(content).record
    assert record is not None
    assert record.unmapped == {"Date": "monday", "Type": "x"}
    assert ("RY-HTCDS-LABEL-AMBIGUOUS", "Date") in told(content)


def test_a_translated_label_does_not_hide_the_name():
    content = table(["prs_FirstName", "prs_Gender"], ["ชื่อ", "Gender"], ["A", "Feminine"])
    found, _ = outcomes(content)
    # One label is the standard's only: too few to be sure that the row holds labels, so it is
    # read as a record and refused for what it says.
    assert [outcome.refused for outcome in found] == [True, False]
    heads = [["prs_FirstName", "prs_Gender", "prs_Email"], ["ชื่อ", "Gender", "Email"]]
    assert values(table(*heads, ["A", "", "b@example.org"])) == {
        "prs_FirstName": "A",
        "prs_Email": "b@example.org",
    }
    assert ("RY-HTCDS-LABEL-UNKNOWN", "ชื่อ") in told(table(*heads, ["A", "", ""]))


def test_names_of_the_workbook_without_its_labels_are_told():
    heads = ["vic_TraffickinStatusDecisionMakingOrg", "prs_MailingCity", "prs_MailingCountry"]
    content = table(heads, ["NGO", "12 Example Road", "Chiang Mai"])
    lost = [column for code, column in told(content) if code == "RY-HTCDS-LABELS-LOST"]
    assert lost == ["prs_MailingCity", "prs_MailingCountry"]


def test_a_withdrawn_field_is_kept_and_told():
    content = table(["prs_FirstName", "vic_Vulnerabilities"], ["A", "Poverty;Migration"])
    assert values(content)["vic_Vulnerabilities"] == ("Poverty", "Migration")
    assert ("RY-HTCDS-COLUMN-DEPRECATED", "vic_Vulnerabilities") in told(content)


# --- cells of a workbook


def test_a_formula_is_not_calculated_and_its_stored_value_not_believed():
    cell = '<row r="3"><c r="B3" t="str"><f>UPPER("a")</f><v>BELIEVED</v></c></row>'
    outcome = one(hand_made(cell))
    assert codes(outcome) == ["RY-HTCDS-FORMULA"]
    assert "BELIEVED" not in repr(outcome)


def test_a_formula_outside_the_standard_is_kept_as_its_text():
    row = '<row r="3"><c r="B3" t="inlineStr"><is><t>A</t></is></c><c r="D3"><f>1+1</f></c></row>'
    outcome = one(hand_made(row))
    assert outcome.record is not None
    assert outcome.record.unmapped == {"(D)": "=1+1"}
    assert "RY-HTCDS-FORMULA-KEPT" in codes(outcome)


def test_an_error_of_the_spreadsheet_is_refused():
    outcome = one(hand_made('<row r="3"><c r="B3" t="e"><v>#REF!</v></c></row>'))
    assert codes(outcome) == ["RY-HTCDS-CELL-ERROR"]


def test_rows_and_cells_without_numbers_are_counted():
    outcome = one(hand_made("<row><c/><c t='inlineStr'><is><t>A</t></is></c></row>"))
    assert outcome.raw.number == 3
    assert outcome.raw.cells[0].position == 2


def test_rich_text_is_read_without_its_phonetic_reading():
    inside = "<is><r><t>So</t></r><r><t>kha</t></r><rPh sb='0' eb='1'><t>X</t></rPh></is>"
    cell = f'<row r="3"><c r="B3" t="inlineStr">{inside}</c></row>'
    assert values(hand_made(cell)) == {"prs_FirstName": "Sokha"}


def test_escaped_characters_of_a_spreadsheet_are_read():
    cell = '<row r="3"><c r="B3" t="inlineStr"><is><t>a_x000A_b_x005F_x0041_</t></is></c></row>'
    assert values(hand_made(cell)) == {"prs_FirstName": "a\nb_x0041_"}


@pytest.mark.parametrize(
    ("format_", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("[$-D07041E]d mmmm yyyy;@", True),
        ("[$-107041E]d/mm/bbbb", True),
        ("ว/ด/ปปปป", True),
        ("0.00E+00", False),
        ('0 "days"', False),
        ("[Red]#,##0", False),
        ("General", False),
    ],
)
def test_a_date_is_known_by_the_format_of_its_cell(format_, is_date):
    def add(book, sheet):
        sheet["G3"] = 36_526  # 1 January 2000
        sheet["G3"].number_format = format_

    outcome = one(filled(change=add))
    if is_date:
        assert outcome.record is not None
        assert outcome.record.values == {"prs_Birthdate": "2000-01-01"}
    else:
        assert codes(outcome) == ["RY-HTCDS-DATE-UNREADABLE"]


def test_a_workbook_that_counts_from_1904():
    content = filled({"First Name": "A"})
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["G3"] = 35_064
    book.active["G3"].number_format = "yyyy-mm-dd"
    assert values(saved(book))["prs_Birthdate"] == "2000-01-01"


@pytest.mark.parametrize(
    ("serial", "day"), [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01")]
)
def test_the_day_that_never_was_does_not_shift_the_others(serial, day):
    styles = {"xl/styles.xml": _date_style()}
    cell = f'<row r="3"><c r="C3" s="0"><v>{serial}</v></c></row>'
    assert values(with_part(hand_made(cell), styles)) == {"prs_Birthdate": day}
    never = '<row r="3"><c r="C3" s="0"><v>60</v></c></row>'
    assert codes(one(with_part(hand_made(never), styles))) == ["RY-HTCDS-CELL-ERROR"]


def _date_style():
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<styleSheet xmlns="{space}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'


def test_merged_cells_of_records_are_refused_and_of_headings_are_not():
    def merge(book, sheet):
        sheet.merge_cells("AN2:AO2")
        sheet.merge_cells("D3:D4")

    content = filled({"First Name": "A"}, {"Gender": "Feminine"}, {"First Name": "C"}, change=merge)
    found, _ = outcomes(content)
    assert [codes(outcome) for outcome in found] == [["RY-HTCDS-MERGED"]] * 2 + [[]]


def test_cells_of_blanks_make_no_row():
    assert outcomes(filled({"First Name": " \u00a0 "}))[0] == []


# --- CSV


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_with_each_separator_with_and_without_mark(separator, mark):
    heads = ["prs_FirstName", "prs_Gender"]
    content = mark + table(heads, ["ဝင်း", "Feminine"], separator=separator)
    assert values(content) == {"prs_FirstName": "ဝင်း", "prs_Gender": "Feminine"}


def test_csv_with_a_line_end_and_quotes_in_a_cell():
    content = b'prs_FirstName,cas_Status\n"a ""b""\r\nc",Active\n'
    assert values(content)["prs_FirstName"] == 'a "b"\nc'


def test_csv_saved_from_the_official_workbook_keeps_both_rows_of_headings():
    book = openpyxl.load_workbook(WORKBOOK)
    rows = [
        ["" if v is None else str(v) for v in r]
        for r in book.active.iter_rows(max_row=2, values_only=True)
    ]
    street = ["1", *[""] * 12, "12 Example Road", *[""] * 25]
    content = table(*rows, street, ["2", *[""] * 38])
    assert values(content) == {"prs_MailingStreet": "12 Example Road"}


def test_csv_with_one_column_needs_no_separator():
    assert values(b"prs_FirstName\nA\n") == {"prs_FirstName": "A"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "RY-HTCDS-EMPTY"),
        (b" \n \n", "RY-HTCDS-EMPTY"),
        (b"name,age\nA,3\n", "RY-HTCDS-NO-HEADER"),
        (b"prs_FirstName|prs_Gender\nA|Feminine\n", "RY-HTCDS-NO-HEADER"),
        (b"prs_FirstName,prs_Gender,prs_FirstName;prs_Gender;prs_Email\n", "RY-HTCDS-SEPARATOR"),
        ("prs_FirstName,prs_Gender\nสม,Feminine\n".encode("cp874"), "RY-HTCDS-ENCODING"),
        ("prs_FirstName,prs_Gender\nA,Feminine\n".encode("utf-16"), "RY-HTCDS-ENCODING"),
        (b"prs_FirstName,prs_Gender\nA\0,Feminine\n", "RY-HTCDS-ENCODING"),
    ],
)
def test_other_csv_is_refused(content, code):
    with pytest.raises(Refusal) as refusal:
        read(content)
    assert refusal.value.code == code


@pytest.mark.parametrize("broken", ['"A,Feminine\n', 'A,"Femi"nine\n', '"A\nB\nC'])
def test_csv_that_ends_within_quotes_is_damaged(broken):
    content = ("prs_FirstName,prs_Gender\nfirst,Feminine\n" + broken).encode()
    with pytest.raises(Refusal, match="RY-HTCDS-DAMAGED"):
        list(read(content).rows())


@pytest.mark.parametrize("row", [["A"], ["A", "Feminine", "more"], ["A", "", ""]])
def test_csv_rows_with_a_lost_separator_are_refused(row):
    assert codes(one(table(["prs_FirstName", "prs_Gender"], row))) == ["RY-HTCDS-CELL-COUNT"]


# --- submissions


def submission(inner, instance="uuid:1"):
    meta = f"<meta><instanceID>{instance}</instanceID></meta>"
    return f'<data id="htcds">{inner}{meta}</data>'.encode()


def test_a_submission_in_groups():
    inner = "<person><prs_FirstName>A</prs_FirstName></person><x><y>kept</y></x>"
    outcome = one(submission(inner))
    assert outcome.record is not None
    assert outcome.record.values == {"prs_FirstName": "A", "romyen_instance_id": "1"}
    assert outcome.record.unmapped == {"x/y": "kept"}


def test_an_answer_given_twice_is_refused_where_it_differs():
    same = "<prs_FirstName>A</prs_FirstName>" * 2
    assert codes(one(submission(same))) == []
    other = "<prs_FirstName>A</prs_FirstName><prs_FirstName>B</prs_FirstName>"
    assert codes(one(submission(other))) == ["RY-HTCDS-TWO-VALUES"]


def test_an_archive_of_submissions_names_what_it_leaves_out():
    members = {
        "b/submission.xml": submission("<prs_FirstName>B</prs_FirstName>", "uuid:b"),
        "a/submission.xml": submission("<prs_FirstName>A</prs_FirstName>", "uuid:a"),
        "a/photo.jpg": b"...",
        "c.xml": b"<data><unknown>x</unknown></data>",
        "d.xml": b"<data><prs_FirstName>cut",
        "e.zip": archive({"f.xml": submission("")}),
    }
    found, mapped = outcomes(archive(members))
    assert [o.record.values["prs_FirstName"] for o in found if o.record] == ["A", "B"]
    skipped = [(c.code, c.sheet) for c in mapped.source.conflicts]
    assert skipped == [
        ("RY-HTCDS-FILE-SKIPPED", "a/photo.jpg"),
        ("RY-HTCDS-FILE-SKIPPED", "c.xml"),
        ("RY-HTCDS-FILE-DAMAGED", "d.xml"),
        ("RY-HTCDS-FILE-SKIPPED", "e.zip"),
    ]


def test_a_folder_of_submissions_follows_no_link(tmp_path):
    (tmp_path / "one.xml").write_bytes(submission("<prs_FirstName>A</prs_FirstName>"))
    assert len(outcomes(tmp_path)[0]) == 1
    (tmp_path / "link.xml").symlink_to(tmp_path / "one.xml")
    with pytest.raises(Refusal, match="RY-HTCDS-ARCHIVE-UNSAFE"):
        read(tmp_path)


def test_the_same_submission_twice_in_a_file_is_refused_once():
    member = submission("<prs_FirstName>A</prs_FirstName>")
    changed = submission("<prs_FirstName>B</prs_FirstName>")
    found, _ = outcomes(archive({"1.xml": member, "2.xml": member, "3.xml": changed}))
    assert [codes(outcome) for outcome in found] == [
        [],
        ["RY-HTCDS-ROW-TWICE"],
        ["RY-HTCDS-ID-TWICE"],
    ]
    assert found[1].conflicts[0].details == {"other": 1}


def test_two_equal_rows_are_not_taken_for_one_person_in_silence():
    found, mapped = outcomes(
        table(["prs_Gender", "prs_Citizenship"], ["Feminine", "MM"], ["Feminine", "MM"])
    )
    assert [codes(outcome) for outcome in found] == [[], ["RY-HTCDS-ROW-TWICE"]]
    assert [outcome.refused for outcome in mapped] == [False, True]  # and again on a second pass


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_old_or_locked_excel_is_told_as_that(content):
    with pytest.raises(Refusal, match="RY-HTCDS-OLD-EXCEL"):
        read(content)


@pytest.mark.parametrize(
    "content",
    [
        archive(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
        ),
        archive({"readme.txt": "hello"}),
    ],
)
def test_other_archives_are_told_as_that(content):
    with pytest.raises(Refusal, match="RY-HTCDS-UNKNOWN-FORMAT"):
        read(content)
