"""Screening explains; it never counts, weighs or decides."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from romyen.rules import screening
from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.rules.refusals import Refusal
from romyen.rules.screening import ELEMENTS, KIND_WORDS, Finding, explain, indicators

ON = date(2026, 6, 1)
ADULT = Birth.known(PartialDay(1990, 1, 1))
CHILD = Birth.known(PartialDay(2012, 1, 1))
PAIRS = [(name, item.code) for name in ELEMENTS for item in indicators(name)]
FINDINGS = st.lists(
    st.builds(
        lambda pair, kind, who, evidence: Finding(*pair, kind, who, evidence),
        st.sampled_from(PAIRS),
        st.sampled_from(sorted(KIND_WORDS)),
        st.sampled_from(["nok", "arun"]),
        st.booleans(),
    ),
    max_size=8,
)
BIRTHS = st.sampled_from([None, ADULT, CHILD, Birth.known(PartialDay(2008))])


def seen(element, code, kind="observed", evidence=True):
    return Finding(element, code, kind, "nok", evidence)


def words(explanation):
    """Everything that the explanation says to a reader."""
    for element in explanation.elements:
        yield from (element.title, element.message)
    yield from explanation.notes
    yield from explanation.questions


def all_words():
    for value in vars(screening).values():
        if isinstance(value, dict):
            yield from (text for text in value.values() if isinstance(text, str))
        elif isinstance(value, str) and " " in value and value != screening.__doc__:
            yield value


@given(FINDINGS, BIRTHS)
def test_no_number_score_or_verdict_is_ever_said(findings, birth):
    for text in words(explain(findings, birth, ON)):
        assert not re.search(r"[\d%๐-๙]", text)
        assert not re.search(r"score|likely|probab|is a victim|not a victim|percent", text, re.I)


def test_no_sentence_of_the_module_holds_a_number():
    texts = [text for text in all_words() if not text.startswith("/")]
    assert len(texts) > 20
    assert not [text for text in texts if re.search(r"[\d%]", text)]


@given(FINDINGS, BIRTHS)
def test_an_element_is_touched_exactly_by_evidence_that_was_seen_or_heard(findings, birth):
    explanation = explain(findings, birth, ON)
    for element in explanation.elements:
        solid = [
            f
            for f in findings
            if f.element == element.name and f.has_evidence and f.kind != "inferred"
        ]
        assert (element.state == "touched") == bool(solid)
        assert all(f.has_evidence for f in element.shown)
        assert sorted(map(id, element.shown)) == sorted(
            id(f) for kind in KIND_WORDS for f in element.by_kind(kind)
        )


@given(FINDINGS, BIRTHS)
def test_more_evidence_never_takes_an_element_away(findings, birth):
    before = explain(findings, birth, ON)
    after = explain([*findings, seen("act", "transfer")], birth, ON)
    for element in before.elements:
        if element.state == "touched":
            assert after.element(element.name).state == "touched"


def test_an_adult_needs_act_means_and_purpose():
    explanation = explain([seen("act", "recruitment")], ADULT, ON)
    assert explanation.missing == ("means", "purpose")
    assert explanation.minor == "no"
    assert screening.CHILD not in explanation.notes


def test_for_a_child_means_are_not_needed_but_still_shown():
    findings = [seen("act", "recruitment"), seen("purpose", "prostitution")]
    explanation = explain(findings, CHILD, ON)
    assert explanation.missing == ()
    assert explanation.element("means").state == "not_needed"
    assert screening.CHILD in explanation.notes
    shown = explain([*findings, seen("means", "deception")], CHILD, ON)
    assert shown.element("means").state == "touched"


def test_an_uncertain_age_is_treated_as_a_child_and_asked_about():
    explanation = explain([], None, ON)
    assert explanation.minor == "presumed"
    assert explanation.element("means").state == "not_needed"
    assert screening.PRESUMED in explanation.notes
    assert screening.ASK_AGE in explanation.questions
    assert explanation.missing == ("act", "purpose")


def test_a_mark_without_evidence_shows_nothing():
    explanation = explain([seen("means", "fraud", evidence=False)], ADULT, ON)
    assert explanation.element("means").state == "no_evidence"
    assert "means" in explanation.missing
    assert screening.UNEVIDENCED in explanation.questions


def test_inference_alone_stays_open():
    explanation = explain([seen("purpose", "servitude", "inferred")], ADULT, ON)
    assert explanation.element("purpose").state == "inferred_only"
    assert "purpose" in explanation.missing
    assert screening.INFERRED in explanation.questions


def test_signs_of_forced_labour_never_fill_the_purpose():
    explanation = explain([seen("ilo", "ILO09")], ADULT, ON)
    assert explanation.element("ilo").state == "touched"
    assert explanation.element("purpose").state == "not_entered"
    assert screening.LOOK_PURPOSE in explanation.questions
    assert screening.FORCED_LABOUR in explanation.notes


def test_the_wording_speaks_of_the_evidence():
    explanation = explain([seen("act", "receipt")], ADULT, ON)
    assert explanation.element("act").message == "The evidence entered touches this element."


def test_events_before_her_birth_do_not_break_the_page():
    assert explain([], CHILD, date(2000, 1, 1)).minor == "presumed"


@pytest.mark.parametrize(
    "finding",
    [
        seen("act", "gossip"),
        seen("motive", "recruitment"),
        seen("act", "recruitment", "guessed"),
    ],
)
def test_unknown_codes_are_refused(finding):
    with pytest.raises(Refusal):
        explain([finding], ADULT, ON)


@pytest.mark.parametrize("language", ["en", "th"])
def test_no_two_indicators_have_the_same_words(language):
    said = [screening.label(element, code, language) for element, code in PAIRS]
    assert len(set(said)) == len(said)


def test_an_unknown_beginning_is_asked_for_and_a_child_presumed():
    explanation = explain([], ADULT, None)
    assert explanation.minor == "presumed"
    assert screening.ASK_WHEN in explanation.questions
    assert screening.ASK_AGE not in explanation.questions


def test_the_ilo_indicators_are_eleven():
    assert [item.code for item in indicators("ilo")] == [f"ILO{n:02d}" for n in range(1, 12)]
