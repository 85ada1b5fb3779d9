"""Births as surely as anyone knows them; in doubt she is presumed to be a child."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from romyen.rules.births import AgeRange, Birth, check_birth, methods, minor_on
from romyen.rules.days import PartialDay
from romyen.rules.refusals import Refusal

DAYS = st.dates(min_value=date(1930, 1, 1), max_value=date(2060, 12, 31))
METHODS = st.sampled_from([item.code for item in methods()])


def known(text, method="document"):
    return Birth.known(PartialDay.from_iso(text), method)


def refused(code, call, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        call(*args, **kwargs)
    assert refusal.value.code == code


def completed_years(born, day):
    """A slow, independent oracle: count the birthdays that have come."""
    years = 0
    while True:
        try:
            birthday = born.replace(year=born.year + years + 1)
        except ValueError:
            birthday = date(born.year + years + 1, 3, 1)
        if birthday > day:
            return years
        years += 1


@given(DAYS, DAYS)
def test_a_date_gives_one_age(born, day):
    assume(born <= day)
    age = completed_years(born, day)
    assert Birth.known(PartialDay.of(born)).age_on(day) == AgeRange(age, age)


@given(DAYS, DAYS, st.sampled_from([1, 2]))
def test_a_year_or_month_holds_every_birth_in_it(born, day, parts):
    assume(born <= day)
    birth = Birth.known(PartialDay(*(born.year, born.month)[:parts]))
    youngest, oldest = birth.age_on(day)
    assert youngest <= completed_years(born, day) <= oldest
    assert oldest - youngest <= 1


@given(DAYS, st.integers(0, 40), st.integers(0, 5), st.integers(0, 20000), METHODS)
def test_an_estimate_holds_exactly_the_births_that_give_the_ages(on, youngest, more, back, method):
    birth = Birth.estimated(youngest, youngest + more, on, method)
    assert birth.age_on(on) == AgeRange(youngest, youngest + more)
    born = on - timedelta(days=back)
    inside = birth.earliest <= born <= birth.latest
    assert inside == (youngest <= completed_years(born, on) <= youngest + more)


@given(DAYS, DAYS)
def test_nobody_whose_birth_leaves_doubt_is_called_grown_up(born, day):
    assume(born <= day)
    for parts in (1, 2, 3):
        birth = Birth.known(PartialDay(*(born.year, born.month, born.day)[:parts]))
        if completed_years(born, day) < 18:
            assert birth.minor_on(day) != "no"
        else:
            assert birth.minor_on(day) != "yes"


def test_the_eighteenth_birthday_ends_childhood():
    birth = known("2008-05-17")
    assert birth.minor_on(date(2026, 5, 16)) == "yes"
    assert birth.minor_on(date(2026, 5, 17)) == "no"
    leap = known("2008-02-29")
    assert leap.minor_on(date(2026, 2, 28)) == "yes"
    assert leap.minor_on(date(2026, 3, 1)) == "no"


def test_doubt_presumes_a_child():
    assert known("2008").minor_on(date(2026, 6, 1)) == "presumed"
    assert known("2008-06").minor_on(date(2026, 6, 15)) == "presumed"
    assert minor_on(None, date(2026, 6, 1)) == "presumed"


def test_how_the_age_was_found_widens_the_doubt():
    on = date(2026, 6, 1)
    assert Birth.estimated(19, 19, on, "document").minor_on(on) == "no"
    assert Birth.estimated(19, 19, on, "appearance").minor_on(on) == "presumed"
    assert Birth.estimated(16, 16, on, "appearance").minor_on(on) == "presumed"
    assert Birth.estimated(12, 13, on, "appearance").minor_on(on) == "yes"
    assert Birth.estimated(40, 45, on, "appearance").minor_on(on) == "no"


@given(DAYS, st.integers(0, 90), st.integers(0, 9), METHODS)
def test_a_birth_survives_its_text(day, youngest, more, method):
    for birth in (
        Birth.known(PartialDay.of(day), method),
        Birth.known(PartialDay(day.year), method),
        Birth.estimated(youngest, youngest + more, day, method),
    ):
        assert Birth.from_text(birth.to_text()) == birth


def test_impossible_births_are_refused():
    today = date(2026, 11, 23)
    refused("RY-BIRTH-FUTURE", check_birth, known("2026-11-24"), today=today)
    refused("RY-BIRTH-FUTURE", check_birth, known("2027"), today=today)
    refused("RY-BIRTH-TOO-OLD", check_birth, known("1904"), today=today)
    refused("RY-BIRTH-FUTURE", known("2020").age_on, date(2019, 12, 31))
    for birth in (known("2026"), known("2026-11-23"), known("1905")):
        assert check_birth(birth, today=today) is birth


@pytest.mark.parametrize(("youngest", "oldest"), [(-1, 3), (5, 4), (3, 121)])
def test_impossible_ages_are_refused(youngest, oldest):
    refused("RY-BIRTH-AGE", Birth.estimated, youngest, oldest, date(2026, 1, 1), "stated")


def test_an_unknown_method_is_refused():
    refused("RY-LIST-UNKNOWN", known, "2010", "horoscope")
    refused("RY-LIST-UNKNOWN", Birth.estimated, 3, 4, date(2026, 1, 1), "horoscope")
