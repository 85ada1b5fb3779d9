"""What a cell may hold, and what is refused rather than guessed."""

from datetime import date, datetime, time

import pytest
from tests.exchange.htcds.files import codes, filled, one, outcomes, table

from romyen.exchange.htcds.choosing import allowed, choose, nearest
from romyen.exchange.htcds.dates import read_date


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2010-04-03", "2010-04-03"),
        ("2010-04-03T00:00:00", "2010-04-03"),
        ("25/12/2010", "2010-12-25"),
        ("12/25/2010", "2010-12-25"),
        ("25.12.2010", "2010-12-25"),
        ("25 - 12 - 2010", "2010-12-25"),
        ("04/04/2010", "2010-04-04"),
        ("2010/04/03", "2010-04-03"),
        ("3 April 2010", "2010-04-03"),
        ("3rd April, 2010", "2010-04-03"),
        ("3-Apr-2010", "2010-04-03"),
        ("April 3, 2010", "2010-04-03"),
        ("Sept 9 2010", "2010-09-09"),
        ("3 เมษายน ค.ศ. 2010", "2010-04-03"),
        ("3 เม.ย. 2010", "2010-04-03"),
        ("๒๕/๑๒/๒๐๑๐", "2010-12-25"),
        ("2010", "2010"),
        ("2010-04", "2010-04"),
        ("April 2010", "2010-04"),
    ],
)
def test_dates_that_mean_one_day_are_read(typed, day):
    assert str(read_date(typed).day) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("03/04/2010", "RY-HTCDS-DATE-AMBIGUOUS"),
        ("3.4.2010", "RY-HTCDS-DATE-AMBIGUOUS"),
        ("12/11/2010", "RY-HTCDS-DATE-AMBIGUOUS"),
        ("12/05/2541", "RY-DAY-OTHER-ERA"),
        ("2541-05-12", "RY-DAY-OTHER-ERA"),
        ("2541", "RY-DAY-OTHER-ERA"),
        ("12 พฤษภาคม 2541", "RY-DAY-OTHER-ERA"),
        ("12 พ.ค. พ.ศ. 2541", "RY-DAY-OTHER-ERA"),
        ("พ.ศ. ๒๕๔๑", "RY-DAY-OTHER-ERA"),
        ("12 May 2541 BE", "RY-DAY-OTHER-ERA"),
        ("03/04/10", "RY-HTCDS-DATE-UNREADABLE"),
        ("30/02/2010", "RY-HTCDS-DATE-UNREADABLE"),
        ("2010-13-01", "RY-HTCDS-DATE-UNREADABLE"),
        ("1010-01-01", "RY-HTCDS-DATE-UNREADABLE"),
        ("about 2010", "RY-HTCDS-DATE-UNREADABLE"),
        ("N/A", "RY-HTCDS-DATE-UNREADABLE"),
    ],
)
def test_other_dates_are_refused_with_their_reason(typed, code):
    assert read_date(typed).problem == code


def test_a_real_date_of_the_spreadsheet_is_never_ambiguous():
    outcome = one(filled({"Birthdate": date(2010, 4, 3)}))
    assert outcome.record is not None
    assert outcome.record.values == {"prs_Birthdate": "2010-04-03"}
    assert codes(outcome) == []


def test_a_spreadsheet_date_in_a_buddhist_year_is_not_converted():
    assert codes(one(filled({"Birthdate": date(2541, 4, 3)}))) == ["RY-DAY-OTHER-ERA"]


def test_a_time_of_day_is_left_out_aloud():
    outcome = one(filled({"Incoming Referral Date": datetime(2024, 5, 1, 9, 30)}))  # noqa: DTZ001
    assert outcome.record is not None
    assert outcome.record.values == {"cas_IncomingReferralDate": "2024-05-01"}
    assert codes(outcome) == ["RY-HTCDS-TIME-DROPPED"]


@pytest.mark.parametrize(
    ("typed", "birth", "precision"),
    [("1998", "1998", "year"), (1998, "1998", "year"), ("1998-05", "1998-05", "month")],
)
def test_a_birth_may_be_known_in_part(typed, birth, precision):
    outcome = one(filled({"Birthdate": typed}))
    assert outcome.record is not None
    assert outcome.record.values == {
        "romyen_birth": birth,
        "romyen_birth_precision": precision,
    }
    assert codes(outcome) == ["RY-HTCDS-BIRTH-PARTIAL"]


def test_other_dates_have_to_be_whole():
    assert codes(one(filled({"Incoming Referral Date": "2024"}))) == ["RY-HTCDS-DATE-PARTIAL"]


@pytest.mark.parametrize("typed", [36_000, 35.5, True, time(9, 30)])
def test_what_a_spreadsheet_holds_instead_of_a_date_is_refused(typed):
    assert codes(one(filled({"Birthdate": typed}))) == ["RY-HTCDS-DATE-UNREADABLE"]


def test_na_is_namibia_and_never_nothing():
    outcome = one(filled({"Citizenship": "NA"}))
    assert outcome.record is not None
    assert outcome.record.values == {"prs_Citizenship": ("NA",)}
    assert codes(outcome) == ["RY-HTCDS-NAMIBIA"]
    assert codes(one(filled({"Citizenship": "Namibia"}))) == []
    text = one(filled({"First Name": "NA"}))
    assert text.record is not None
    assert text.record.values == {"prs_FirstName": "NA"}


def test_several_values_come_in_the_order_of_the_list():
    typed = "Withholds documents; physical threats;PhysicalThreats"
    assert choose(typed, "vic_MethodsOfControl", several=True).codes == (
        "PhysicalThreats",
        "WithholdsDocuments",
    )


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("prs_Gender", "Female", "RY-HTCDS-VALUE-UNKNOWN"),
        ("prs_Gender", "Feminine; Masculine", "RY-HTCDS-ONE-ONLY"),
        ("prs_Gender", "Feminine Masculine", "RY-HTCDS-ONE-ONLY"),
        ("vic_MethodsOfControl", "Physical threats; beaten", "RY-HTCDS-VALUE-UNKNOWN"),
        ("vic_MethodsOfControl", "Physical threats Debt bondage", "RY-HTCDS-VALUE-UNKNOWN"),
        ("vic_MethodsOfControl", "; ;", "RY-HTCDS-VALUE-UNKNOWN"),
        ("vic_MethodsOfControl", ";".join(["Other"] * 100), "RY-HTCDS-VALUE-UNKNOWN"),
    ],
)
def test_values_outside_the_list_are_refused(field, typed, code):
    several = field == "vic_MethodsOfControl"
    assert choose(typed, field, several=several).problem == code


def test_a_text_with_two_readings_is_refused(monkeypatch):
    from romyen.exchange.htcds import choosing
    from romyen.exchange.htcds.standard import Option

    options = tuple(Option(text, text) for text in ("a", "b", "a, b"))
    monkeypatch.setattr(choosing, "choices", lambda _: choosing._choices(options))
    assert choosing._choose("a, b", "x", several=True).codes == ("a, b",)
    assert choosing._choose("b; a, b", "x", several=True).problem == "RY-HTCDS-VALUE-AMBIGUOUS"


def test_what_is_nearest_is_named():
    assert nearest("Femail", "prs_Gender")[0] == "Feminine"
    assert nearest("Mynmar", "prs_Citizenship")[0] == "MM (Myanmar)"
    assert nearest("zzzz", "prs_Gender") == []
    assert "NonSpecifiedUnknown (Not Specified/Unknown)" in allowed("prs_Gender")
    assert allowed("prs_Citizenship") == []


def test_an_everyday_name_of_a_country_is_read_aloud():
    outcome = one(filled({"Citizenship": "Laos; Viet Nam"}))
    assert outcome.record is not None
    assert outcome.record.values == {"prs_Citizenship": ("LA", "VN")}
    assert codes(outcome) == ["RY-HTCDS-COMMON-NAME"]


def test_a_country_in_an_address_may_be_words():
    outcome = one(filled({"Mailing Country": "ประเทศไทย"}))
    assert outcome.record is not None
    assert outcome.record.values == {"prs_MailingCountry": "ประเทศไทย"}
    assert codes(outcome) == ["RY-HTCDS-COUNTRY-AS-TEXT"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (True, "TRUE"),
        ("yes", "TRUE"),
        ("TRUE", "TRUE"),
        (1, "TRUE"),
        ("No", "FALSE"),
        (False, "FALSE"),
    ],
)
def test_consent_is_yes_or_no(typed, value):
    outcome = one(filled({"Consent": typed}))
    assert outcome.record is not None
    assert outcome.record.values == {"con_Consent": value}


def test_consent_in_other_words_is_refused():
    assert codes(one(filled({"Consent": "maybe"}))) == ["RY-HTCDS-CHECK-UNREADABLE"]


def test_a_number_in_a_text_column_is_told_once():
    found, mapped = outcomes(filled({"Mobile Phone": 66812345678}, {"Mobile Phone": 812345679}))
    assert [o.record.values["prs_MobilePhone"] for o in found if o.record] == [
        "66812345678",
        "812345679",
    ]
    told = [c for c in mapped.conflicts if c.code == "RY-HTCDS-NUMBER-FOR-TEXT"]
    assert [(c.row, c.column) for c in told] == [(None, "Mobile Phone")]


def test_a_number_that_the_spreadsheet_rounded_is_refused():
    assert codes(one(filled({"Mobile Phone": 1234567890123456789}))) == [
        "RY-HTCDS-NUMBER-IMPRECISE"
    ]


def test_a_date_that_the_spreadsheet_made_of_a_text_is_told():
    _, mapped = outcomes(filled({"Location of Exploitation": date(2024, 3, 4)}))
    assert "RY-HTCDS-DATE-FOR-TEXT" in {conflict.code for conflict in mapped.conflicts}


@pytest.mark.parametrize(
    ("head", "typed", "code"),
    [
        ("prs_NumberOfChildren", "two", "RY-HTCDS-NUMBER-UNREADABLE"),
        ("vic_AgeWhenTrafficked", "-3", "RY-HTCDS-NUMBER-UNREADABLE"),
        ("hte_Longitude", "E 98", "RY-HTCDS-NUMBER-UNREADABLE"),
        ("prs_FirstName", "a\x07b", "RY-HTCDS-CONTROL-CHARACTER"),
        ("prs_FirstName", "x" * 32_768, "RY-HTCDS-TEXT-TOO-LONG"),
        ("romyen_code", "S-AAAAAAAA", "RY-HTCDS-CODE-MISTYPED"),
        ("romyen_unmapped", "[1]", "RY-HTCDS-UNMAPPED-UNREADABLE"),
        ("romyen_check", "No", "RY-HTCDS-NOT-CHECKED"),
    ],
)
def test_other_cells_that_are_refused(head, typed, code):
    outcome = one(table(["cas_CaseOwner", head, "prs_Email"], ["Nok", typed, "x"]))
    assert outcome.refused
    assert codes(outcome) == [code]


def test_numbers_that_are_read():
    heads = ["prs_NumberOfChildren", "vic_AgeWhenTrafficked", "hte_Longitude", "hte_Latitude"]
    outcome = one(table(heads, ["2", "๑๗", "98.9853", "-0.5"]))
    assert outcome.record is not None
    assert outcome.record.values == {
        "prs_NumberOfChildren": "2",
        "vic_AgeWhenTrafficked": "17",
        "hte_Longitude": "98.9853",
        "hte_Latitude": "-0.5",
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [("my", "mya"), ("bur", "mya"), ("Burmese", "mya"), ("Khmer", "khm"), ("Akha", "ahk")],
)
def test_languages_by_code_or_name(typed, code):
    outcome = one(table(["prs_PrimaryLanguage", "prs_FirstName"], [typed, "x"]))
    assert outcome.record is not None
    assert outcome.record.values["prs_PrimaryLanguage"] == code


def test_conflicts_hold_no_content_in_their_messages():
    found, mapped = outcomes(
        filled({"Gender": "CANARY", "Birthdate": "CANARY", "Consent": "CANARY"})
    )
    told = [conflict for outcome in found for conflict in outcome.conflicts]
    assert [conflict.typed for conflict in told] == ["CANARY"] * 3
    assert all("CANARY" not in str(c.as_json()) for c in [*told, *mapped.conflicts])
    assert set(told[0].as_json()) == {"row", "column", "code", "message"}
