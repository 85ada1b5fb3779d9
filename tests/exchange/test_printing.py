"""The printed summary: chosen sections, on the log first, closed parts closed, set in memory."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import typst
from django.urls import reverse
from tests.cases.story import a_case

from romyen.audit.models import Entry
from romyen.cases import actions as cases
from romyen.exchange.actions.printing import print_case
from romyen.exchange.summary import paper
from romyen.rules.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=False)

ALL = [
    "identity",
    "safety",
    "identification",
    "consent",
    "clocks",
    "referrals",
    "people",
    "notes",
    "story",
]


@pytest.fixture
def case(world):
    made = a_case(world)
    cases.add_note(made, kind="case", text="She likes to sew", actor=world.nok, now=world.now)
    return made


@pytest.fixture
def facts(monkeypatch):
    """What the typesetter was given, kept beside the paper it made."""
    given = {}
    made = paper.typst.compile

    def compile_it(template, **how):
        given.update(json.loads(how["sys_inputs"]["facts"]))
        return made(template, **how)

    monkeypatch.setattr(paper.typst, "compile", compile_it)
    return given


def printed(case, actor, world, sections=ALL, language="en"):
    return print_case(
        case,
        sections=sections,
        language=language,
        purpose="referral",
        actor=actor,
        now=world.now + timedelta(hours=1),
    )


def block(facts, title):
    [found] = [one for one in facts["blocks"] if one["title"] == title]
    return found


def test_nok_prints_a_paper_that_is_made_to_be_kept(world, case):
    made = printed(case, world.nok, world)
    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in made


def test_the_log_knows_it_before_anything_opens(world, case):
    printed(case, world.nok, world, ["notes"])
    verbs = list(Entry.objects.order_by("pk").values_list("verb", "purpose"))[-2:]
    assert verbs == [("case.print", "referral"), ("sealed.read", "referral")]


def test_only_what_was_chosen_is_in_it(world, case, facts):
    printed(case, world.nok, world, ["story", "notes"])
    assert [one["title"] for one in facts["blocks"]] == ["Notes", "What happened lately"]
    assert "She likes to sew" in json.dumps(block(facts, "Notes"))


def test_whoever_does_not_hold_the_key_prints_dots(world, case, facts):
    lawyer = world.join("lawyer", "legal_officer", world.team, by=world.founder)
    cases.add_note(case, kind="health", text="A diagnosis", actor=world.nok, now=world.now)
    printed(case, lawyer, world)
    assert "A diagnosis" not in json.dumps(facts)
    assert "•••" in json.dumps(block(facts, "Notes"), ensure_ascii=False)


def test_a_counsellor_prints_nothing_and_a_stranger_knows_of_nothing(world, case):
    for reader, code in ((world.mali, "RY-ACCESS-DENIED"), (world.dao, "RY-ABSENT")):
        with pytest.raises(Refusal) as refused:
            printed(case, reader, world)
        assert refused.value.code == code


def test_nothing_chosen_is_refused(world, case):
    with pytest.raises(Refusal) as refused:
        printed(case, world.nok, world, [])
    assert refused.value.code == "RY-PRINT-NOTHING"


@pytest.mark.parametrize("language", ["th", "en"])
def test_each_language_is_set_without_a_missing_letter(world, case, facts, language):
    words = "น้ำ ผู้เสียหาย ကျွန်တော် ភាសាខ្មែរ ພາສາລາວ Nguyễn *not* #markup $x$ @label"
    cases.add_note(case, kind="case", text=words, actor=world.nok, now=world.now)
    printed(case, world.nok, world, language=language)
    given = {"facts": json.dumps(facts, ensure_ascii=False), "language": language}
    _made, warnings = typst.compile_with_warnings(
        str(paper.TEMPLATE), root=str(paper.HERE), font_paths=paper._fonts(), sys_inputs=given
    )
    assert warnings == []
    assert words in json.dumps(facts, ensure_ascii=False)


def test_the_page_hands_a_file_over_and_keeps_nothing_of_it(world, case):
    browser = world.client(world.nok)
    page = browser.get(reverse("exchange:summary", args=[case.pk]))
    assert page.status_code == 200
    sent = {"sections": ["story"], "language": "th", "purpose": "referral"}
    answer = browser.post(reverse("exchange:summary", args=[case.pk]), sent)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{case.node.code}.pdf"'
    assert "no-store" in answer["Cache-Control"]
    wrong = browser.post(reverse("exchange:summary", args=[case.pk]), {"language": "th"})
    assert wrong.status_code == 422


@pytest.mark.source
def test_the_fonts_are_those_that_the_pages_make(tmp_path):
    import runpy

    build = runpy.run_path(str(Path(__file__).parents[2] / "assets" / "paperfonts.py"))["build"]
    for made in build(tmp_path):
        kept = paper.HERE / "fonts" / made.name
        assert made.read_bytes() == kept.read_bytes(), made.name
