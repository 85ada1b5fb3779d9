"""Journeys run in a real browser against a real server, which the command line founded."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.journeys.person import ARGUMENTS, CHROMIUM, Person
from tests.journeys.server import Installation, installation


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module: outside it no event loop runs that Django would mind."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def founded() -> Iterator[Installation]:
    """An installation as ``romyen init`` leaves it, for others to begin from."""
    with installation() as one:
        one.found()
        yield one


@pytest.fixture(scope="module")
def office(founded: Installation) -> Iterator[Installation]:
    """A founded and served installation."""
    with installation(like=founded) as one:
        with one.served():
            yield one
        assert one.complaints() == []


@pytest.fixture(scope="session")
def crewed(founded: Installation) -> Iterator[Installation]:
    """A founded installation with all the colleagues of the thread."""
    with installation(like=founded) as one:
        one.staff()
        yield one


@pytest.fixture(scope="module")
def foundation(crewed: Installation) -> Iterator[Installation]:
    """The colleagues of the thread at work, and served."""
    with installation(like=crewed) as one:
        with one.served():
            yield one
        assert one.complaints() == []


@pytest.fixture
def person(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Person]]:
    """Someone at a browser; at the end no page may have had a fault."""
    people: list[Person] = []
    story = Path(request.node.path).stem.removeprefix("test_")

    def sit_down(office: Installation, **wishes: object) -> Person:
        people.append(Person(browser, office.address, story=story, **wishes))
        return people[-1]

    yield sit_down
    faults = [fault for one in people for fault in one.faults]
    for one in people:  # shown by pytest when the journey failed
        main = one.page.locator("main")
        print(one.page.url, *main.all_inner_texts(), sep="\n")
        one.context.close()
    assert sorted(set(faults)) == []
