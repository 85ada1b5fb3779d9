"""The users' guides: in both languages, with words that stand on the pages, and pictures that a
journey takes.
"""

import re
from pathlib import Path

import polib
import pytest
from tests.journeys.guides import GUIDES, picture
from tests.journeys.screenshots import guide_pictures, served_demo

ROOT = Path(__file__).parents[2]
USERS = ROOT / "docs" / "users"
CATALOGUE = ROOT / "src/romyen/locale/th/LC_MESSAGES/django.po"
WORDS = re.compile(r"(?<![*\w])\*(\w[^*]*?)\*(?!\*)")
SHOWN = re.compile(r"!\[[^\]]+\]\(\.\./pictures/([^)]+)\)")


def guide(role: str, language: str) -> str:
    """The text of a guide."""
    return (USERS / f"{role}.{language}.md").read_text(encoding="utf-8")


def spoken(text: str) -> list[str]:
    """The slanted words of a guide, each on one line."""
    return [" ".join(word.split()) for word in WORDS.findall(text)]


def on_the_pages(language: str) -> set[str]:
    """Every text that the pages say in a language."""
    catalogue = polib.pofile(str(CATALOGUE))
    return {entry.msgid if language == "en" else entry.msgstr for entry in catalogue}


@pytest.mark.source
@pytest.mark.parametrize("role", GUIDES)
@pytest.mark.parametrize("language", ["en", "th"])
def test_a_guide_shows_every_picture_of_its_role(role, language):
    wanted = [picture(role, name, language) for name in GUIDES[role].pictures]
    shown = SHOWN.findall(guide(role, language))
    assert sorted(shown) == sorted(wanted)
    assert [one for one in shown if not (ROOT / "docs/pictures" / one).exists()] == []


@pytest.mark.source
@pytest.mark.parametrize("language", ["en", "th"])
def test_what_a_guide_says_in_italics_stands_on_a_page(language):
    known = on_the_pages(language)
    assert len(known) > 500
    missing = {
        role: [word for word in spoken(guide(role, language)) if word not in known]
        for role in GUIDES
    }
    assert {role: words for role, words in missing.items() if words} == {}


@pytest.mark.source
@pytest.mark.parametrize("role", GUIDES)
def test_both_languages_say_the_same_things_in_the_same_order(role):
    headings = [
        [line.partition(" ")[0] for line in guide(role, language).splitlines() if line[:1] == "#"]
        for language in ("en", "th")
    ]
    assert headings[0] == headings[1]


@pytest.mark.journey
def test_every_picture_of_the_guides_is_taken_by_whom_it_is_for(browser, tmp_path):
    with served_demo() as (origin, environment):
        guide_pictures(browser, origin, environment, tmp_path, "th")
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {
        picture(role, name, "th") for role, one in GUIDES.items() for name in one.pictures
    }
