"""Screening keeps what was seen or said, and explains without counting."""

import re

import pytest

from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.rules.refusals import Refusal
from romyen.survivors import actions, queries
from romyen.survivors.actions import Marked
from romyen.survivors.particulars import Particulars

pytestmark = pytest.mark.django_db

MARKS = [
    Marked("act", "transportation", "heard", "a van brought her over the river"),
    Marked("purpose", "forced_labour", "observed", "her hands"),
    Marked("ilo", "ILO07", "inferred", ""),
]


@pytest.fixture
def talk(world, malee):
    return actions.screen(malee, MARKS, began=PartialDay(2026, 1), actor=world.arun, now=world.now)


def test_a_child_needs_no_means(world, talk):
    shown = queries.result(world.nok, talk, purpose="care", now=world.now)
    assert shown.explanation.minor == "yes"
    assert shown.explanation.element("means").state == "not_needed"
    assert shown.explanation.missing == ()
    [heard] = shown.explanation.element("act").by_kind("heard")
    assert shown.told[heard.ref].evidence == "a van brought her over the river"
    assert heard.who == world.arun.id


def test_whoever_was_a_child_when_it_began_was_a_child(world):
    """Dokmai turned eighteen in March 2025; it began some time in 2024 and went on."""
    grown = Particulars(birth=Birth.known(PartialDay(2007, 3, 2)))
    dokmai = actions.register(grown, team=world.team.node, actor=world.nok, now=world.now)
    began = {2024: "yes", 2025: "yes", 2026: "no", None: "presumed"}
    for year, minor in began.items():
        day = PartialDay(year) if year else None
        talk = actions.screen(dokmai, MARKS, began=day, actor=world.nok, now=world.now)
        shown = queries.result(world.nok, talk, purpose="care", now=world.now)
        assert shown.explanation.minor == minor, year


def test_a_mark_without_evidence_shows_nothing(world, talk):
    shown = queries.result(world.nok, talk, purpose="care", now=world.now)
    assert shown.explanation.element("ilo").state == "no_evidence"


def test_the_counsellor_sees_that_there_was_a_talk_and_no_more(world, talk):
    found = queries.part(world.mali, "screening", talk.pk, now=world.now)
    shown = queries.result(world.mali, found, purpose="care", now=world.now)
    assert (shown.explanation, shown.told) == (None, {})


def test_a_stranger_finds_no_talk(world, talk):
    with pytest.raises(Refusal, match="RY-ABSENT"):
        queries.part(world.dao, "screening", talk.pk, now=world.now)


@pytest.mark.parametrize(
    ("marks", "day", "code"),
    [
        ([], PartialDay(2026, 1, 1), "RY-SURVIVOR-SCREENING-EMPTY"),
        (MARKS, PartialDay(2026, 3, 3), "RY-SURVIVOR-SCREENING-FUTURE"),
        ([Marked("ilo", "ILO12", "heard", "x")], None, "RY-LIST-UNKNOWN"),
    ],
)
def test_what_cannot_be_is_refused(world, malee, marks, day, code):
    with pytest.raises(Refusal, match=code):
        actions.screen(malee, marks, began=day, actor=world.nok, now=world.now)


def test_nothing_of_the_result_is_a_number(world, talk):
    shown = queries.result(world.nok, talk, purpose="care", now=world.now)
    said = [
        *shown.explanation.notes,
        *shown.explanation.questions,
        *(element.message for element in shown.explanation.elements),
    ]
    assert not [words for words in said if re.search(r"\d|score|per cent|%", words)]
