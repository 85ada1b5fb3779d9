"""Days in both eras: what can be meant is read, what cannot is refused in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from romyen.rules.days import (
    PartialDay,
    read_day,
    read_partial_day,
    thai_digits,
    to_be,
    to_ce,
)
from romyen.rules.refusals import Refusal

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


def refused(code, call, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        call(*args, **kwargs)
    assert refusal.value.code == code
    return refusal.value


@given(DAYS)
def test_a_day_reads_the_same_in_both_eras(day):
    assert read_day(day.day, day.month, day.year, "ce") == day
    assert read_day(str(day.day), str(day.month), str(day.year + 543), "be") == day
    assert to_ce(to_be(day.year)) == day.year


@given(DAYS)
def test_a_year_of_the_other_era_is_refused_and_never_converted(day):
    for year, era in ((day.year + 543, "ce"), (day.year, "be")):
        refusal = refused("RY-DAY-OTHER-ERA", read_day, 1, 1, year, era, field="birth")
        assert refusal.details == {"typed": year}
        assert refusal.field == "birth"


@pytest.mark.parametrize("year", [0, 26, 99, 1899, 2101, 2442, 2644, 9999])
@pytest.mark.parametrize("era", ["be", "ce"])
def test_years_of_no_era_are_out_of_range(year, era):
    refused("RY-DAY-YEAR-RANGE", read_day, 1, 1, year, era)


@pytest.mark.parametrize(
    ("day", "month", "year", "code"),
    [
        (30, 2, 2024, "RY-DAY-IMPOSSIBLE"),
        (29, 2, 2023, "RY-DAY-IMPOSSIBLE"),
        (0, 1, 2024, "RY-DAY-IMPOSSIBLE"),
        (1, 13, 2024, "RY-DAY-IMPOSSIBLE"),
        ("x", 1, 2024, "RY-DAY-NOT-DIGITS"),
        ("-1", 1, 2024, "RY-DAY-NOT-DIGITS"),
        ("²", 1, 2024, "RY-DAY-NOT-DIGITS"),
        (1, 1, "20245", "RY-DAY-NOT-DIGITS"),
        ("", 1, 2024, "RY-DAY-INCOMPLETE"),
        (1, 1, "", "RY-DAY-INCOMPLETE"),
    ],
)
def test_what_is_no_day_is_refused(day, month, year, code):
    refused(code, read_day, day, month, year, "ce")


def test_thai_digits_are_read():
    assert thai_digits("๐๑๒๓๔๕๖๗๘๙ ก") == "0123456789 ก"
    assert read_day("๑๗", " ๕ ", "๒๕๕๓", "be") == date(2010, 5, 17)


def test_a_partial_day_may_lack_day_and_month():
    assert str(read_partial_day("", "", "2553", "be")) == "2010"
    assert str(read_partial_day("", "5", "2010", "ce")) == "2010-05"
    assert str(read_partial_day("17", "5", "2010", "ce")) == "2010-05-17"
    refused("RY-DAY-INCOMPLETE", read_partial_day, "17", "", "2010", "ce")
    refused("RY-DAY-INCOMPLETE", read_partial_day, "", "", "", "ce")
    refused("RY-DAY-IMPOSSIBLE", read_partial_day, "31", "4", "2010", "ce")
    refused("RY-DAY-IMPOSSIBLE", read_partial_day, "", "0", "2010", "ce")


@given(DAYS, st.sampled_from([1, 2, 3]))
def test_a_partial_day_survives_its_iso_form(day, parts):
    known = PartialDay(*(day.year, day.month, day.day)[:parts])
    assert PartialDay.from_iso(str(known)) == known
    assert known.earliest <= day <= known.latest


@given(DAYS, DAYS)
def test_order_is_claimed_only_where_it_is_sure(one, other):
    year, whole = PartialDay(one.year), PartialDay.of(other)
    assert year.surely_before(whole) == (one.year < other.year)
    assert year.surely_after(whole) == (one.year > other.year)
    assert PartialDay.of(one).surely_before(whole) == (one < other)


@pytest.mark.parametrize("text", ["", "10", "2010-13", "2010-02-30", "2010-5-1", "2010-05-17T00"])
def test_other_text_is_no_partial_day(text):
    refused("RY-DAY-IMPOSSIBLE", PartialDay.from_iso, text)


def test_a_day_needs_its_month():
    refused("RY-DAY-INCOMPLETE", PartialDay, 2010, None, 17)
