"""Every page that anybody may read, in a real browser: with axe-core, in both languages, on a
telephone and on a desk, with and without script, with nothing from another host.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.person import Person
from tests.journeys.server import Installation, installation

pytestmark = pytest.mark.journey


@dataclass
class Everything:
    """A served installation with one of everything, and who may read what."""

    office: Installation
    pages: list[tuple[str, str, str]]
    cookies: dict[str, dict[str, str]]

    def sit_down(self, browser: Any, who: str, **wishes: Any) -> Person:
        """Somebody of the story at a browser, signed in."""
        one = Person(browser, self.office.address, story="every-page", **wishes)
        ring = [
            {"name": name, "value": value, "url": self.office.address}
            for name, value in self.cookies[who].items()
        ]
        one.context.add_cookies(ring)
        return one


@pytest.fixture(scope="module")
def everything() -> Iterator[Everything]:
    """The sweep's story on a disk, and a server on it."""
    with installation() as office:
        script = str(Path(__file__).parent / "everything.py")
        done = subprocess.run([sys.executable, script, str(office.folder)], capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        told = json.loads(done.stdout.splitlines()[-1])
        with office.served():
            yield Everything(office, **told)
        assert office.complaints() == []


def faults_of(browser: Any, everything: Everything, turn: int, **wishes: Any) -> list[str]:
    """What a careful reviewer finds; languages and widths take turns from page to page."""
    people: dict[tuple[str, str], Person] = {}
    for number, (name, path, who) in enumerate(everything.pages):
        language = ("th", "en")[(number + turn) % 2]
        if (who, language) not in people:
            width = {"th": 390, "en": 1280}[language]
            made = everything.sit_down(browser, who, language=language, width=width, **wishes)
            people[who, language] = made
        one = people[who, language]
        known = len(one.faults)
        one.go(path)
        one.faults[known:] = [f"{name}: {fault}" for fault in one.faults[known:]]
    found = sorted({fault for one in people.values() for fault in one.faults})
    for one in people.values():
        one.context.close()
    return found


def test_every_page_is_good_to_read(browser, everything):
    assert len(everything.pages) > 70
    assert "\n".join(faults_of(browser, everything, 0)) == ""


def test_every_page_is_whole_without_script(browser, everything):
    assert "\n".join(faults_of(browser, everything, 1, script=False)) == ""
