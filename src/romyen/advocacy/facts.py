"""What is known of a recommendation, checked and put in."""

import re
from datetime import date, datetime
from typing import Any, TypedDict

from romyen import access
from romyen.advocacy.models import Recommendation
from romyen.advocacy.words import open_statuses, words
from romyen.partners.models import Partner
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

FIRST_YEAR = 1990
LONGEST = 5_000
LONGEST_URL = 500
_ADDRESS = re.compile(r"https?://[^\s/@]+\.[^\s/@]+(/\S*)?", re.IGNORECASE)


class More(TypedDict, total=False):
    """What may come later. What is left out stays as it is."""

    source_year: int | None
    owner: Partner | None
    in_charge: str
    review_on: date | None


class Facts(More, total=False):
    """Everything that is known of a recommendation but its turns."""

    source: str
    text: str
    theme: str


def put_in(kept: Recommendation, facts: Facts, *, now: datetime) -> list[str]:
    """Check the facts and set them (the verb saves); the names of what was given.

    Refuses with ``RY-LIST-UNKNOWN``, ``RY-ADVOCACY-TEXT``, ``-YEAR``, ``-OWNER``, ``-IN-CHARGE``
    or ``-REVIEW-PAST`` beside the field. A day of review that stood already may be over.
    """
    given: dict[str, Any] = dict(facts)
    for name, of in (("source", "sources"), ("theme", "themes")):
        if name in given:
            words(of).item(given[name], field=name)
    if "text" in given:
        given["text"] = _text(given["text"])
    _check_year(given.get("source_year"), now)
    _check_people(kept, given, now)
    if "review_on" in given and given["review_on"] != kept.review_on:
        check_review(given["review_on"], now)
    for name, value in given.items():
        setattr(kept, name, value)
    if kept.status and kept.status not in open_statuses():
        kept.review_on = None
    return sorted(given)


def _text(text: str) -> str:
    if not text.strip():
        raise refuse("RY-ADVOCACY-TEXT", field="text")
    return text.strip()[:LONGEST]


def _check_year(year: int | None, now: datetime) -> None:
    if year is not None and not FIRST_YEAR <= year <= local_day(now).year:
        raise refuse("RY-ADVOCACY-YEAR", field="source_year")


def _check_people(kept: Recommendation, given: dict[str, Any], now: datetime) -> None:
    owner = given.get("owner")
    if owner is not None and not owner.active and owner.pk != kept.owner_id:
        raise refuse("RY-ADVOCACY-OWNER", field="owner")
    member = given.get("in_charge")
    if member and member != kept.in_charge:
        able = access.who_can("recommendation.read", kept.node, now=now)
        if member not in {one.pk for one in able}:
            raise refuse("RY-ADVOCACY-IN-CHARGE", field="in_charge")


def check_review(on: date | None, now: datetime) -> None:
    """Refuse a day of review that is over."""
    if on is not None and on < local_day(now):
        raise refuse("RY-ADVOCACY-REVIEW-PAST", field="review_on")


def address(url: str) -> str:
    """A public address as it is kept; what is none, or names somebody (user@), is refused."""
    url = url.strip()
    if url and (len(url) > LONGEST_URL or not _ADDRESS.fullmatch(url)):
        raise refuse("RY-ADVOCACY-URL", field="url")
    return url
