"""The official files, as they are, are the measure: nothing of them may be lost or misread."""

import importlib.util
import itertools

import openpyxl
import pytest
from tests.exchange.htcds.files import DATA, WORKBOOK, XLSFORM, filled, one, outcomes

from romyen.exchange.htcds import Mapped, read
from romyen.exchange.htcds.choosing import choose
from romyen.exchange.htcds.columns import plan
from romyen.exchange.htcds.standard import Kind, countries, fields, official_headers

FORM = openpyxl.load_workbook(XLSFORM)
SURVEY = [row[:3] for row in FORM["survey"].iter_rows(min_row=2, values_only=True) if row[2]]
CHOICES = [row for row in FORM["choices"].iter_rows(min_row=2, values_only=True) if any(row)]
LISTS = {
    list_name: [(str(name), str(label)) for key, name, label in CHOICES if key == list_name]
    for list_name in dict.fromkeys(row[0] for row in CHOICES)
}
MISSPELT = {
    "prs_First_Name": "prs_FirstName",
    "prs_Second_Name": "prs_SecondName",
    "vic_Methods_of_Control": "vic_MethodsOfControl",
}


def field_of(list_name):
    """The field that a list of the XLSForm belongs to."""
    name = next(name for kind, name, _ in SURVEY if kind.split()[-1] == list_name)
    return fields()[MISSPELT.get(name, name)]


def test_our_copy_of_the_headings_is_the_official_one():
    sheet = openpyxl.load_workbook(WORKBOOK).active
    columns = [(sheet.cell(1, at).value, sheet.cell(2, at).value) for at in range(1, 40)]
    ours = official_headers()
    assert [(c["name"], c["label"]) for c in ours["workbook"]["columns"]] == columns
    assert [(q["type"], q["name"], q["label"]) for q in ours["questions"]] == [
        row[:3] for row in SURVEY
    ]


def test_the_countries_are_those_of_the_official_form():
    official = [
        (name, label.replace("\u00a0", " ").strip()) for name, label in LISTS["citizenship"]
    ]
    assert [(option.code, option.label) for option in countries()] == official
    assert len({code for option in countries() for code in option.codes}) == len(official) == 249


@pytest.mark.parametrize("list_name", LISTS)
def test_every_official_choice_is_read_by_code_and_by_label(list_name):
    field = field_of(list_name)
    tried = [
        (name.strip(), typed)
        for name, label in LISTS[list_name]
        for typed in (name, label, label.upper(), f"  {label}\u00a0")
    ]
    rows = [{"First Name": str(at), field.label: typed} for at, (_, typed) in enumerate(tried)]
    found, _ = outcomes(filled(*rows))
    for outcome, (name, typed) in zip(found, tried, strict=True):
        assert outcome.record is not None, (typed, outcome.conflicts)
        assert outcome.record.values[field.name] in (name, (name,)), typed


def test_every_country_is_read_by_code_and_by_label():
    for name, label in LISTS["citizenship"]:
        for typed in (name, label, f"{label}\u00a0"):
            assert choose(typed, "prs_Citizenship", several=True).codes == (name,), typed


@pytest.mark.parametrize("field", [f for f in fields().values() if f.kind is Kind.MANY])
@pytest.mark.parametrize("separator", [";", "; ", ",", ", ", "\n"])
def test_any_two_labels_are_told_apart_whatever_they_hold(field, separator):
    options = field.options
    pairs = itertools.permutations(options if len(options) < 30 else options[::7], 2)
    for one_option, other in pairs:
        chosen = choose(f"{one_option.label}{separator}{other.label}", field.name, several=True)
        assert set(chosen.codes) == {one_option.code, other.code}, (one_option, other)


@pytest.mark.parametrize("list_name", ["methodsofcontrol", "forcedlabourindustry"])
def test_a_form_server_puts_spaces_between_codes(list_name):
    field = field_of(list_name)
    names = [name.strip() for name, _ in LISTS[list_name]]
    assert choose(" ".join(reversed(names)), field.name, several=True).codes == tuple(names)


def test_the_empty_official_workbook_has_1000_numbers_and_no_row():
    found, mapped = outcomes(WORKBOOK)
    assert found == []
    assert len(mapped.source.columns) == 38


def test_each_column_of_the_official_workbook_has_its_field():
    found = plan(read(WORKBOOK))
    labels = {c["label"] for c in official_headers()["workbook"]["columns"] if c["label"]}
    reached = {target.field.label for target in found.targets.values() if target.field}
    assert reached == labels
    told = sorted((conflict.code, conflict.column) for conflict in found.conflicts)
    assert told == [
        ("RY-HTCDS-LABEL-OVER-NAME", "Mailing City"),
        ("RY-HTCDS-LABEL-OVER-NAME", "Mailing Country"),
        ("RY-HTCDS-LABEL-OVER-NAME", "Mailing Street"),
        ("RY-HTCDS-LABEL-OVER-NAME", "Mailing Zip/Postal Code"),
        ("RY-HTCDS-NAME-MISSING", "Reason for Outgoing Referral"),
        ("RY-HTCDS-NAME-MISSPELT", "Trafficking Status Decision Making Organization"),
    ]


def test_what_stands_under_a_visible_label_of_an_address_is_read_as_that():
    address = {
        "Mailing Street": "12 Example Road",
        "Mailing City": "Chiang Mai",
        "Mailing State/Province": "Chiang Mai Province",
        "Mailing Zip/Postal Code": "50200",
        "Mailing Country": "Thailand",
    }
    record = one(filled(address)).record
    assert record is not None
    assert record.values == {
        "prs_MailingStreet": "12 Example Road",
        "prs_MailingCity": "Chiang Mai",
        "prs_MailingState": "Chiang Mai Province",
        "prs_MailingPostalCode": "50200",
        "prs_MailingCountry": "TH",
    }


def test_every_question_of_the_official_form_has_a_field():
    leaves = "".join(f"<{name}>x</{name}>" for _, name, _ in SURVEY)
    found = plan(read(f"<data>{leaves}</data>".encode()))
    reached = [target.key for target in found.targets.values()]
    assert reached == [MISSPELT.get(name, name) for _, name, _ in SURVEY]
    told = sorted((conflict.code, conflict.field) for conflict in found.conflicts)
    assert told == [
        ("RY-HTCDS-NAME-MISSPELT", "prs_FirstName"),
        ("RY-HTCDS-NAME-MISSPELT", "prs_SecondName"),
        ("RY-HTCDS-NAME-MISSPELT", "vic_MethodsOfControl"),
        ("RY-HTCDS-NAME-OVER-LABEL", "prs_Title"),
    ]


def made():
    """The script that makes the example files."""
    spec = importlib.util.spec_from_file_location("make", DATA / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_files_are_what_the_script_makes():
    for name, content in made().files().items():
        assert (DATA / name).read_bytes() == content, name


def test_the_example_workbook_has_its_troubles_and_loses_no_row():
    found, mapped = outcomes(DATA / "filled.xlsx")
    assert len(found) == 40
    assert sum(outcome.refused for outcome in found) == made().REFUSED
    assert all(
        any(conflict.refuses for conflict in outcome.conflicts) == outcome.refused
        for outcome in found
    )
    assert {"RY-HTCDS-SHEET-SKIPPED", "RY-HTCDS-COLUMN-UNMAPPED"} <= {
        conflict.code for conflict in mapped.conflicts
    }
    kept = [o.record.unmapped.get("Favourite food") for o in found if o.record]
    assert "ข้าวเหนียว" in kept


def test_a_submission_is_the_same_record_as_xml_and_as_kobo_csv():
    from romyen.exchange.htcds import canonical, recognition

    xml = [outcome.record for outcome in Mapped(read(DATA / "submissions"))]
    kobo = [outcome.record for outcome in Mapped(read(DATA / "kobo.csv"))]
    assert len(xml) == 8
    for first, second in zip(xml, kobo, strict=True):
        assert first is not None
        assert second is not None
        assert recognition(first) == recognition(second)
        assert recognition(first)[0] == "instance"
        assert canonical(first) == canonical(second)
