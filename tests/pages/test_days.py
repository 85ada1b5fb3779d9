"""Days as people type them: the reader's era, Thai digits, and nothing converted in silence."""

from datetime import UTC, date, datetime
from gettext import translation
from pathlib import Path

import django
import pytest
from django.test import RequestFactory
from django.utils.dates import MONTHS
from django.utils.translation import override

from pages.gallery import Story
from romyen.pages import era
from romyen.pages.forms import DayField, Form, MomentField, PartialDayField
from romyen.rules.days import PartialDay


class Dates(Form):
    day = DayField(required=False)
    birth = PartialDayField(required=False)
    call = MomentField(required=False)


def typed(**parts):
    form = Dates({name: str(value) for name, value in parts.items()})
    form.is_valid()
    return form


@pytest.mark.parametrize(("language", "year"), [("th", "๒๕๖๗"), ("th", "2567"), ("en", "2024")])
def test_each_language_reads_years_in_its_usual_era(language, year):
    with override(language):
        form = typed(day_day="29", day_month="2", day_year=year)
        assert form.cleaned_data["day"] == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("language", "year", "expected"), [("th", "2024", "2567"), ("en", "2567", "2024")]
)
def test_a_year_of_the_other_era_is_refused_and_shown_again(language, year, expected):
    with override(language):
        form = typed(day_day="1", day_month="5", day_year=year)
        assert form.errors.as_data()["day"][0].code == "RY-DAY-OTHER-ERA"
        assert year in form.errors["day"][0]
        assert expected in form.errors["day"][0]
        assert form["day"].value() == ["1", "5", year]


def test_the_reader_s_choice_outweighs_the_language():
    seen = []
    request = RequestFactory().get("/")
    request.COOKIES[era.COOKIE] = "ce"
    with override("th"):
        era.EraMiddleware(lambda _request: seen.append(era.written_day(date(2024, 6, 5))))(request)
        assert seen == ["5 มิถุนายน ค.ศ. 2024"]
        assert era.written_day(date(2024, 6, 5)) == "5 มิถุนายน 2567"


def test_an_impossible_day_is_refused_with_its_code():
    with override("th"):
        form = typed(day_day="31", day_month="2", day_year="2567")
        assert form.errors.as_data()["day"][0].code == "RY-DAY-IMPOSSIBLE"


def test_a_birth_may_be_known_by_its_year_only():
    with override("th"):
        form = typed(birth_year="๒๕๕๑")
        assert form.cleaned_data["birth"] == PartialDay(2008)
        assert era.written_day(PartialDay(2008)) == "พ.ศ. 2551"


@pytest.mark.parametrize("hour", ["14:30", "14.30", "๑๔:๓๐", "1430"])
def test_a_moment_is_bangkok_time_and_stored_as_utc(hour):
    with override("th"):
        form = typed(call_day="5", call_month="3", call_year="2569", call_time=hour)
        assert form.cleaned_data["call"] == datetime(2026, 3, 5, 7, 30, tzinfo=UTC)


def test_a_stored_day_comes_back_in_the_era_it_is_read_in():
    form = Story(initial={"arrived": date(2024, 2, 29)})
    with override("th"):
        assert form["arrived"].field.widget.decompress(date(2024, 2, 29)) == [29, 2, 2567]
    with override("en"):
        assert form["arrived"].field.widget.decompress(date(2024, 2, 29)) == [29, 2, 2024]


def test_a_required_day_left_empty_names_itself():
    with override("en"):
        form = Story({})
        assert form.errors["arrived"] == ["Still missing: Day of arrival"]


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_is_called_as_everywhere_in_the_language(month):
    """A word of ours that is spelt like an English month would take its place in Thai."""
    own = Path(django.__file__).parent / "conf/locale"
    with override("en"):
        english = str(MONTHS[month])
    thai = translation("django", own, ["th"]).gettext(english)
    assert thai != english
    with override("th"):
        assert era.written_day(PartialDay(2026, month)) == f"{thai} 2569"
