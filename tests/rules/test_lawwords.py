"""What the data of the law say has its Thai, so that a Thai page does not turn English."""

from pathlib import Path

import pytest

from romyen.rules import clockdata, lawwords
from romyen.rules.consent import bases
from romyen.rules.lists import BadData, read_yaml

PACKAGES = Path(clockdata.__file__).parents[1]
BOOK = clockdata.load(
    PACKAGES / "cases/data/clocks.yaml",
    PACKAGES / "cases/data/data_protection.yaml",
    PACKAGES / "leads/data/clocks.yaml",
)


def law_of(item):
    """Law and section of an item of the legal lists."""
    return [str(item[name]) for name in ("law", "section") if item.get(name)]


def english():
    """Every text of the data that a page shows, sections in figures apart."""
    for clock in BOOK.clocks.values():
        yield clock.actor
        for version in clock.versions:
            yield from (version.instrument, version.note)
            yield "" if version.section[:1].isdigit() else version.section
    for basis in bases().values():
        yield from (basis.instrument, basis.note)


def test_every_instrument_actor_and_note_has_its_thai():
    missing = {text for text in english() if text and lawwords.said(text, "th") == text}
    assert missing == set()


def test_nothing_is_translated_that_the_data_do_not_say():
    assert set(lawwords.thai()) - {*english(), *SECTIONS} == set()


LISTS = read_yaml(PACKAGES / "legal/data/lists.yaml")["lists"].values()
SECTIONS = [
    *(text for one in LISTS for item in one["items"] for text in law_of(item)),
    *(version.section for clock in BOOK.clocks.values() for version in clock.versions),
    *(basis.section for basis in bases().values()),
]


def test_english_stays_english_and_the_unknown_itself():
    assert lawwords.said("court", "en") == "court"
    assert lawwords.said("court", "th") == "ศาล"
    assert lawwords.said("a rule of tomorrow", "th") == "a rule of tomorrow"


def test_an_empty_translation_stops_the_start(tmp_path):
    path = tmp_path / "law.yaml"
    path.write_text("format: romyen/law-words@1\nactors: {court: ''}")
    with pytest.raises(BadData, match="court"):
        lawwords.thai(path)
