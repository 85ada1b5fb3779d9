"""What is written is read as the same, to the byte, and calculates nothing in between."""

import csv
import io
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.htcds.files import outcomes

from romyen.exchange.htcds import Mapped, Record, canonical, read, recognition, write_csv
from romyen.exchange.htcds.standard import Kind, fields
from romyen.rules.codes import new_code
from romyen.rules.formulas import neutralise, restore

NASTY = "=+-@'\"\t\n,;| \u00a0＝＋－＠%−\u200b0x๑๒กำนဝင်းខ្ញຫຼ_{}[]\\ée\u0301"
TEXT = st.text(st.sampled_from(NASTY + string.ascii_letters), min_size=1, max_size=20) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=30
)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)).map(str)
CODES = st.randoms(use_true_random=False).map(lambda chance: new_code("survivor", chance))


def values_of(field):
    """Values that a field can hold."""
    match field.kind:
        case Kind.DATE:
            return DAYS
        case Kind.WHOLE:
            return st.integers(0, 999).map(str)
        case Kind.DECIMAL:
            return st.decimals(-180, 180, places=4).map(str)
        case Kind.CHECK:
            return st.sampled_from(["TRUE", "FALSE"])
        case Kind.ONE:
            return st.sampled_from([option.code for option in field.options])
        case Kind.MANY:
            options = [option.code for option in field.options]
            return st.lists(st.sampled_from(options), max_size=4).map(tuple)
        case Kind.LINES:
            return st.lists(TEXT, max_size=3).map(tuple)
        case Kind.COUNTRY:
            return st.sampled_from(["TH", "NA", "LA", "somewhere else"])
    return CODES if field.name == "romyen_code" else TEXT


FIELDS = [f for f in fields().values() if f.name != "romyen_version"]
RECORDS = st.builds(
    Record.of,
    st.fixed_dictionaries({}, optional={field.name: values_of(field) for field in FIELDS}),
    st.dictionaries(TEXT, TEXT, max_size=3),
).filter(lambda record: record.values or record.unmapped)


def written(records):
    stream = io.BytesIO()
    assert write_csv(records, stream) == len(records)
    return stream.getvalue()


@given(st.lists(RECORDS, max_size=4, unique_by=(canonical, recognition)))
def test_read_of_write_is_the_same_and_write_of_that_is_byte_equal(records):
    content = written(records)
    found, mapped = outcomes(content)
    again = [outcome.record for outcome in found]
    assert None not in again, [o.conflicts for o in found if o.refused]
    assert sorted(again, key=canonical) == sorted(records, key=canonical)
    assert written(again) == content
    told = {conflict.code for conflict in mapped.conflicts}
    assert told <= {"RY-HTCDS-COLUMN-DEPRECATED", "RY-HTCDS-SEVERAL-FOR-ONE"}


@given(st.lists(RECORDS, min_size=2, max_size=4, unique_by=(canonical, recognition)))
def test_the_order_of_the_records_does_not_matter(records):
    assert written(records) == written(records[::-1])


@given(st.text(st.sampled_from(NASTY), max_size=30))
def test_neutralising_is_undone_exactly(text):
    assert restore(neutralise(text)) == text


@given(TEXT, st.sampled_from([",", ";", "\t", "|"]))
def test_no_cell_begins_a_formula_wherever_a_spreadsheet_cuts(text, separator):
    record = Record.of(
        {"prs_FirstName": text, "cas_IncomingReferralDetails": f"x{separator}{text}"}
    )
    if not record.values:
        return
    lines = written([record]).decode()
    for cut in (",", separator):
        for row in csv.reader(io.StringIO(lines, newline=""), delimiter=cut):
            for cell in row:
                assert cell.strip(' "\u00a0\u200b')[:1] not in tuple("=+-@＝＋－＠")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+66812345678",
        "-5",
        "@SUM(A1)",
        "＝1+1",
        "'already",
        "''twice",
        "0x41",
        "๑๒๓",
        "%x",
        "|calc",
    ],
)
def test_a_dangerous_beginning_gets_an_apostrophe(text):
    assert neutralise(text)[0] in "'|"
    assert neutralise(text) != text or text == "|calc"
    assert restore(neutralise(text)) == text


@pytest.mark.parametrize("text", ["สมหญิง", "12 Example Road", "a - b", "ok", "(1)", "2010-04-03"])
def test_harmless_text_stays_as_it_is(text):
    assert neutralise(text) == text


def test_apostrophes_of_other_peoples_files_are_content():
    found, _ = outcomes(b"prs_FirstName,prs_Gender\n'Noy,Feminine\n")
    assert found[0].record is not None
    assert found[0].record.values["prs_FirstName"] == "'Noy"


def test_our_columns_come_last_and_the_rows_by_code():
    first = Record.of({"prs_FirstName": "B", "romyen_code": "S-2222222Y"})
    second = Record.of({"prs_FirstName": "A", "romyen_code": "S-3333333N"})
    lines = written([second, first]).decode().split("\r\n")
    heads = lines[0].split(",")
    assert heads[:2] == ["org_Name", "org_ShippingCity"]
    assert heads[-1] == "romyen_unmapped"
    assert [name.startswith("romyen_") for name in heads] == sorted(
        name.startswith("romyen_") for name in heads
    )
    assert len(heads) == len(set(heads)) == 95
    assert ["S-2222222Y" in lines[1], "S-3333333N" in lines[2], lines[3]] == [True, True, ""]
    assert not lines[0].startswith("\ufeff")


def test_a_record_is_recognised_by_id_then_code_then_everything():
    said = {"prs_FirstName": "A", "romyen_code": "S-2222222Y", "romyen_instance_id": "uuid:7"}
    assert recognition(Record.of(said)) == ("instance", b"7")
    assert recognition(Record.of(said | {"romyen_instance_id": ""})) == ("code", b"S-2222222Y")
    bare = Record.of({"prs_FirstName": "A"})
    assert recognition(bare) == ("row", canonical(bare))
    assert canonical(bare) == canonical(Record.of(said))
    assert canonical(bare) != canonical(Record.of({"prs_FirstName": "B"}))
    assert canonical(bare) != canonical(Record.of({"prs_FirstName": "A"}, {"note": "x"}))


def test_two_keyboards_write_the_same_name():
    assert canonical(Record.of({"prs_FirstName": "Jose\u0301"})) == canonical(
        Record.of({"prs_FirstName": "José"})
    )


def test_what_form_servers_add_does_not_make_another_content():
    said = {"prs_FirstName": "A", "romyen_instance_id": "7"}
    first, second = Record.of(said, {"_index": "1"}), Record.of(said, {"_index": "2"})
    assert canonical(first) == canonical(second)
    own = {"prs_FirstName": "A"}
    assert canonical(Record.of(own, {"_index": "1"})) != canonical(Record.of(own, {"_index": "2"}))


def test_an_export_of_an_import_of_the_example_is_byte_equal():
    from tests.exchange.htcds.files import DATA

    records = [outcome.record for outcome in Mapped(read(DATA / "filled.xlsx"))]
    first = written([record for record in records if record])
    again = [outcome.record for outcome in Mapped(read(first))]
    assert len(again) == 34
    assert written([record for record in again if record]) == first


def test_an_unknown_field_or_code_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        Record.of({"prs_Unknown": "x"})
    with pytest.raises(KeyError):
        Record.of({"vic_MethodsOfControl": ("Unknown",)})
    with pytest.raises(TypeError):
        Record.of({"prs_FirstName": ("A",)})
