"""The pictures in the users' guides: who takes each, and the way there.

A way is an address, then patterns of links: of each page the first link that fits is followed.
``tests/journeys/test_guides.py`` walks all of them; ``make screenshots`` keeps the pictures.
"""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

ID = r"[\w-]{22}"


@dataclass(frozen=True)
class Guide:
    """One role's guide: the demo account that shows it, and its pictures by name."""

    who: str
    pictures: dict[str, tuple[str, ...]]


CASE = ("/cases/", f"/cases/{ID}")
GUIDES = {
    "caseworker": Guide(
        "nok@romyen.example",
        {
            "home": ("/",),
            "lead": ("/leads/", f"/leads/{ID}"),
            "register": ("/survivors/register",),
            "case": CASE,
            "calendar": ("/calendar",),
        },
    ),
    "investigator": Guide(
        "wit@romyen.example",
        {
            "leads": ("/leads/",),
            "operation": ("/operations/?state=carried_out", f"/operations/{ID}"),
            "people": (
                "/operations/?state=carried_out",
                f"/operations/{ID}",
                f"/operations/{ID}/people",
            ),
            "leaks": ("/operations/leaks",),
        },
    ),
    "shelter-manager": Guide(
        "pranee@romyen.example",
        {
            "shelters": ("/shelters/",),
            "shelter": ("/shelters/", f"/shelters/{ID}"),
            "calendar": ("/calendar",),
        },
    ),
    "legal-officer": Guide(
        "prasit@romyen.example",
        {
            "proceedings": ("/legal/",),
            "proceeding": ("/legal/", f"/legal/{ID}"),
            "calendar": ("/calendar",),
        },
    ),
    "administrator": Guide(
        "lek@romyen.example",
        {
            "administration": ("/administration",),
            "people": ("/people",),
            "invite": ("/people/invite",),
        },
    ),
}


def picture(role: str, name: str, language: str) -> str:
    """The file of a picture."""
    return f"guide-{role}-{name}-{language}.png"


def follow(page: Page, origin: str, way: tuple[str, ...]) -> None:
    """Go where a way leads; a page that doesn't answer 200 or lacks the link stops everything."""
    address, *patterns = way
    _open(page, origin + address)
    for pattern in patterns:
        _open(page, origin + _first_link(page, pattern))


def _open(page: Page, address: str) -> None:
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        raise AssertionError(f"{address} answered {answer and answer.status}")
    page.wait_for_load_state("networkidle")


def _first_link(page: Page, pattern: str) -> str:
    for link in page.locator("main a").all():
        href = link.get_attribute("href") or ""
        if re.fullmatch(pattern, href):
            return href
    raise AssertionError(f"no link like {pattern} on {page.url}")
