"""Charts: what is drawn, what stays hidden, and the table behind."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from romyen.pages.charts import Bar, Hidden, Series, bars, line, province_map, written
from romyen.pages.charts.maps import bands, outlines
from romyen.pages.charts.scale import day_ticks, ticks
from romyen.rules import places


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def drawn(chart):
    return render_to_string("pages/chart.html", {"chart": chart, "drawn": chart.drawn})


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 7, [0, 2, 4, 6, 8]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (38, 52, [35, 40, 45, 50, 55]),
        (0, 123456, [0, 25000, 50000, 75000, 100000, 125000]),
    ],
)
def test_an_axis_has_round_steps_around_all_values(low, high, expected):
    assert ticks(low, high) == [pytest.approx(tick) for tick in expected]


def test_people_are_counted_in_whole_numbers():
    assert ticks(0, 2, whole=True) == [0, 1, 2]
    chart = line("T", [Series("a", [(date(2026, 1, 1), 1)])], key="t")
    assert [tick["text"] for tick in chart.drawn["rounds"]] == ["0", "1"]


def test_days_on_the_axis_name_a_year_once_and_in_the_readers_era():
    with translation.override("th"):
        shown = day_ticks(date(2025, 12, 1), date(2026, 3, 1))
    assert (shown[0].day, shown[-1].day) == (date(2025, 12, 1), date(2026, 3, 1))
    assert [tick.year for tick in shown] == ["2568", "", "2569", ""]
    assert len(day_ticks(date(2026, 1, 1), date(2026, 1, 1))) == 1


def test_a_line_is_broken_where_nothing_is_known():
    days = [date(2026, 1, day) for day in (1, 2, 3, 4, 5)]
    values = [1, 2, None, 4, 5]
    chart = line("T", [Series("a", list(zip(days, values, strict=True)))], key="t")
    (one,) = chart.drawn["series"]
    assert [len(points.split()) for points in one["lines"]] == [2, 2]
    assert len(one["marks"]) == 4
    assert chart.rows[2] == ["3 January 2026", "not known"]


def test_points_come_in_any_order_and_stand_in_the_order_of_days():
    chart = line("T", [Series("a", [(date(2026, 2, 1), 3), (date(2026, 1, 1), 9)])], key="t")
    assert [row[1] for row in chart.rows] == ["9", "3"]
    (points,) = chart.drawn["series"][0]["lines"]
    first, second = (tuple(map(float, point.split(","))) for point in points.split())
    assert first[0] < second[0]
    assert first[1] < second[1]  # nine stands higher than three: y grows downwards


def test_a_hidden_number_is_hatched_and_stands_nowhere():
    days = [(date(2026, 1, 1), 40), (date(2026, 2, 1), Hidden(5))]
    for chart in (
        line("T", [Series("a", days)], key="t"),
        bars("T", [Bar("a", 40), Bar("b", Hidden(5))], key="t"),
        province_map("T", {"10": 40, "50": Hidden(5)}, key="t"),
    ):
        page = drawn(chart)
        assert 'fill="url(#t-hatch)"' in page
        assert page.count('id="t-hatch"') == 1
        assert "fewer than 5" in page


def test_bars_fill_the_width_in_proportion_and_a_stack_stands_in_a_row():
    chart = bars("T", [Bar("a", 50), Bar("b", 25), Bar("c", 0)], key="t")
    widths = [[piece["width"] for piece in bar["lanes"][0]] for bar in chart.drawn["bars"]]
    assert widths == [["100"], ["50"], []]
    stacked = bars("T", [Bar("a", [30, 10])], key="t", parts=["x", "y"])
    assert [(p["x"], p["width"]) for p in stacked.drawn["bars"][0]["lanes"][0]] == [
        ("0", "75"),
        ("75", "25"),
    ]
    assert stacked.headings == ["", "x", "y"]


def test_what_is_compared_stands_side_by_side_and_is_not_summed():
    chart = bars("T", [Bar("a", [5, 10])], key="t", parts=["before", "after"], side_by_side=True)
    (bar,) = chart.drawn["bars"]
    assert [[(p["x"], p["width"]) for p in lane] for lane in bar["lanes"]] == [
        [("0", "50")],
        [("0", "100")],
    ]
    assert bar["said"] == "5 → 10"


def test_no_bar_leaves_its_row():
    chart = bars("T", [Bar("a", 300)], key="t", most=100)
    assert chart.drawn["bars"][0]["lanes"][0][0]["width"] == "100"
    assert bars("T", [], key="t").rows == []
    assert "Nothing here yet." in drawn(bars("T", [], key="t"))


def test_the_map_knows_every_present_province_by_its_official_code():
    assert set(outlines()) == {province.code for province in places.children()}


def test_provinces_are_shaded_by_round_bands_the_greatest_first_in_the_table():
    assert bands([41, 7, 1]) == [1, 2, 5, 10, 20]
    assert bands([700]) == [20, 50, 100, 200, 500]
    assert bands([]) == []
    with translation.override("th"):
        chart = province_map("T", {"50": 7, "10": 41, "90": 0, "57": Hidden(5)}, key="t")
    assert [row[0] for row in chart.rows] == ["กรุงเทพมหานคร", "เชียงใหม่", "เชียงราย"]
    shades = {one["said"]: one["shade"] for one in chart.drawn["provinces"]}
    assert shades["กรุงเทพมหานคร: 41"] == 5
    assert shades["สงขลา: 0"] == 0
    assert [one["text"] for one in chart.drawn["legend"]] == [
        "1",
        "2–4",
        "5–9",
        "10–19",
        "20 ขึ้นไป",
    ]


def test_words_of_people_are_escaped_and_lengths_are_plain_numbers():
    page = drawn(bars("<b>T</b>", [Bar("<script>x</script>", 1)], key="t", about="<i>"))
    assert "<script" not in page
    assert "<b>" not in page
    assert " style=" not in page
    with translation.override("de"):  # a language that writes a decimal comma
        chart = bars("T", [Bar("a", 1), Bar("b", 3)], key="t")
        assert 'width="33.3%"' in drawn(chart)


def test_numbers_are_written_in_groups_and_without_empty_places():
    assert [written(value) for value in (0, 1234567, 12.0, 12.346, None)] == [
        "0",
        "1,234,567",
        "12",
        "12.35",
        "not known",
    ]
    assert written(40, "%") == "40%"
    assert written(3, "people") == "3 people"


def test_every_drawing_says_its_title_to_those_who_cannot_see_it():
    page = drawn(line("Title here", [Series("a", [(date(2026, 1, 1), 1)])], key="t", about="Why"))
    named = re.search(r'aria-labelledby="([^"]+)"', page)[1]
    assert f'id="{named}">Title here<' in page
    assert re.search(r'aria-describedby="t-about"', page)
    assert 'id="t-about">Why<' in page
