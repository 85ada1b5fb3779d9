"""Whatever stands in the log as a purpose is said in words on "Who has seen this"."""

import re

import pytest
from django.utils.translation import override
from tests.gates.shape import SOURCE, sources

from romyen.access.words import purpose_words

pytestmark = pytest.mark.source

BY_ITSELF = re.compile(r'(?:\bpurpose=|^(?:PURPOSE|COMPARING) = )"([^"]+)"', re.MULTILINE)
OPENING = ("cases", "exchange", "leads", "survivors")


def purposes():
    """The purposes for which pages and commands open something without being asked."""
    files = [path for name in OPENING for path in sources(SOURCE / name)]
    return {found for path in files for found in BY_ITSELF.findall(path.read_text())}


def test_every_purpose_of_the_programme_has_words():
    found = purposes()
    assert {"safety", "caseload", "htcds export"} <= found
    assert {code for code in found if purpose_words(code) == code} == set()


def test_a_chosen_purpose_reads_as_it_was_chosen():
    with override("th"):
        assert purpose_words("review") == "ตรวจทานโดยหัวหน้า"
    assert purpose_words("never heard of") == "never heard of"
