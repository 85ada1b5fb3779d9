"""Measures: counted without a verdict, never from what is missing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from romyen.rules import measures
from romyen.rules.lists import BadData
from romyen.rules.measures import Taken
from romyen.rules.refusals import Refusal

PCL = measures.tool("PCL-5")
CLUSTERS = {"B": range(1, 6), "C": range(6, 8), "D": range(8, 15), "E": range(15, 21)}
whole = st.lists(st.integers(0, 4), min_size=20, max_size=20)


def numbered(values):
    return dict(enumerate(values, start=1))


@given(whole)
def test_the_total_is_the_sum_and_the_clusters_are_its_parts(values):
    taken = measures.count(PCL, numbered(values))
    assert taken.complete
    assert taken.scores["total"] == sum(values)
    parts = {code: sum(values[n - 1] for n in of) for code, of in CLUSTERS.items()}
    assert {code: taken.scores[code] for code in CLUSTERS} == parts
    assert sum(parts.values()) == taken.scores["total"]


@given(whole, st.permutations(range(1, 21)))
def test_the_order_of_the_answers_does_not_matter(values, order):
    plain = numbered(values)
    mixed = {n: plain[n] for n in order}
    assert measures.count(PCL, mixed) == measures.count(PCL, plain)


@given(whole, st.sets(st.integers(1, 20), min_size=1, max_size=19))
def test_one_answer_missing_and_there_is_no_total(values, absent):
    typed = {n: None if n in absent else value for n, value in numbered(values).items()}
    taken = measures.count(PCL, typed)
    assert not taken.complete
    assert "total" not in taken.scores
    assert taken.missing == tuple(str(n) for n in sorted(absent))
    whole_ones = {code for code, of in CLUSTERS.items() if not absent.intersection(of)}
    assert set(taken.scores) == whole_ones
    assert measures.line("B", [(date(2026, 1, 1), taken)]) == []


@given(whole, st.integers(1, 20), st.integers().filter(lambda n: not 0 <= n <= 4))
def test_an_answer_out_of_range_is_refused_beside_its_question(values, number, wrong):
    typed = numbered(values) | {number: wrong}
    with pytest.raises(Refusal) as caught:
        measures.count(PCL, typed)
    assert (caught.value.code, caught.value.field) == ("RY-MEASURE-RANGE", f"item_{number}")
    assert caught.value.details == {"least": 0, "most": 4}


@pytest.mark.parametrize("number", [0, 21, -1])
def test_a_question_that_there_is_not_is_refused(number):
    with pytest.raises(Refusal) as caught:
        measures.count(PCL, {number: 1})
    assert caught.value.code == "RY-MEASURE-RANGE"


def test_nothing_answered_is_nothing():
    with pytest.raises(Refusal) as caught:
        measures.count(PCL, dict.fromkeys(range(1, 21)))
    assert caught.value.code == "RY-MEASURE-EMPTY"


@given(whole, st.sets(st.integers(1, 20), max_size=19))
def test_what_was_sealed_comes_back(values, absent):
    typed = {n: None if n in absent else value for n, value in numbered(values).items()}
    taken = measures.count(PCL, typed)
    assert Taken.from_text(taken.to_text()) == taken


@given(st.sampled_from(sorted(measures.tools())), st.data())
def test_scores_within_the_range_are_kept_and_others_refused(code, data):
    tool = measures.tool(code)
    score = data.draw(st.sampled_from(tool.scores))
    alarm = "no" if tool.alarm else ""
    least, most = score.least, score.most
    value = data.draw(st.decimals(least, most, places=score.places))
    taken = measures.read(tool, {score.code: value}, alarm=alarm)
    assert taken.scores == {score.code: value}
    assert taken.complete == (len(tool.scores) == 1)
    for wrong in (least - 1, most + 1, Decimal("NaN"), Decimal("2.345")):
        with pytest.raises(Refusal) as caught:
            measures.read(tool, {score.code: wrong}, alarm=alarm)
        assert caught.value.field == f"score_{score.code}"


def test_the_question_about_safety_has_to_be_answered():
    tool = measures.tool("PHQ-9")
    with pytest.raises(Refusal) as caught:
        measures.read(tool, {"total": Decimal(3)})
    assert (caught.value.code, caught.value.field) == ("RY-MEASURE-ALARM", "alarm")
    assert measures.read(tool, {"total": Decimal(3)}, alarm="yes").same_day
    assert not measures.read(tool, {"total": Decimal(27)}, alarm="no").same_day


def test_an_unknown_score_or_tool_is_refused():
    for act in (
        lambda: measures.tool("XYZ", field="tool"),
        lambda: measures.read(measures.tool("ASO"), {"luck": Decimal(2)}),
    ):
        with pytest.raises(Refusal) as caught:
            act()
        assert caught.value.code == "RY-LIST-UNKNOWN"


def test_the_line_is_by_day_and_leaves_out_what_is_incomplete():
    full, part = measures.count(PCL, numbered([2] * 20)), measures.count(PCL, {1: 2})
    points = measures.line(
        "total", [(date(2026, 5, 1), full), (date(2026, 3, 1), full), (date(2026, 4, 1), part)]
    )
    assert [(point.on.month, point.value) for point in points] == [(3, 40), (5, 40)]


def test_only_the_public_domain_is_embedded_and_nothing_is_translated():
    assert [tool.code for tool in measures.tools().values() if tool.embedded] == ["PCL-5"]
    assert PCL.licence == "public domain"
    assert len(PCL.items) == 20
    for tool in measures.tools().values():
        assert tool.source, tool.code
        assert tool.th, tool.code


GOOD = {
    "code": "T", "en": "T", "better": "lower", "licence": "ours", "source": "ours",
    "confidence": "design_proposal", "range_confidence": "design_proposal",
    "scores": [{"code": "total", "en": "Total", "least": 0, "most": 2, "of": [1, 2]}],
    "items": ["One?", "Two?"],
    "answers": [{"value": 0, "en": "No"}, {"value": 1, "en": "Yes"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": ""}, "no source"),
        ({"licence": ""}, "no licence"),
        ({"confidence": "sure"}, "unknown confidence"),
        ({"better": "sideways"}, "lower or higher"),
        ({"scores": []}, "no scores"),
        ({"answers": []}, "belong together"),
        ({"th": "ที"}, "th_status"),
        ({"scores": [{"code": "t", "en": "T", "least": 0, "most": 9, "of": [1, 2]}]}, "its range"),
        ({"scores": [{"code": "t", "en": "T", "least": 2, "most": 2}]}, "a range"),
    ],
)
def test_a_mistake_in_the_data_names_the_tool(tmp_path, change, words):
    import yaml

    path = tmp_path / "measures.yaml"
    path.write_text(yaml.safe_dump({"format": measures.FORMAT, "tools": [GOOD | change]}))
    with pytest.raises(BadData, match=words):
        measures.load(path)


def test_good_data_load_and_a_tool_stands_once(tmp_path):
    import yaml

    path = tmp_path / "one.yaml"
    path.write_text(yaml.safe_dump({"format": measures.FORMAT, "tools": [GOOD]}))
    assert measures.count(measures.load(path)["T"], {1: 1, 2: 1}).scores == {"total": 2}
    twice = tmp_path / "two.yaml"
    twice.write_text(yaml.safe_dump({"format": measures.FORMAT, "tools": [GOOD, GOOD]}))
    with pytest.raises(BadData, match="twice"):
        measures.load(twice)
