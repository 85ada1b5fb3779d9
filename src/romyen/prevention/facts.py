"""What is known of a session, checked and put in."""

from datetime import date, datetime
from typing import Any, TypedDict

from romyen import access
from romyen.partners.models import Partner
from romyen.prevention.models import Session
from romyen.prevention.words import groups, words
from romyen.rules import places
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

MOST = 10_000
"""More people than this at one session is a slip of the finger."""
LONGEST_VENUE = 200
COUNTS = ("reporting_points", "disclosures")


class More(TypedDict, total=False):
    """What may come later. What is left out stays as it is."""

    place: str
    venue: str
    partner: Partner | None
    facilitators: list[str]
    reach: dict[str, int]
    reporting_points: int
    disclosures: int


class Facts(More, total=False):
    """Everything that is known of a session."""

    on: date
    kind: str
    topics: list[str]


def put_in(session: Session, facts: Facts, *, now: datetime) -> list[str]:
    """Check the facts and set them on the session (the verb saves); the names of what was given.

    Refuses with ``RY-LIST-UNKNOWN``, ``RY-PLACE-UNKNOWN``, ``RY-SESSION-COUNT``, ``-TOPIC``,
    ``-FACILITATOR``, ``-PARTNER`` or ``-FUTURE``.
    """
    given: dict[str, Any] = dict(facts)
    _check_codes(given)
    _check_people(session, given, now)
    for name, value in given.items():
        setattr(session, name, value)
    session.reach = _reach(session.reach)
    for name in COUNTS:
        _check_count(getattr(session, name), name)
    if session.on > local_day(now) and _held(session):
        raise refuse("RY-SESSION-FUTURE", field="on")
    return sorted(given)


def _held(session: Session) -> bool:
    """Whether results say that it took place."""
    return bool(session.reached or any(getattr(session, name) for name in COUNTS))


def _check_codes(given: dict[str, Any]) -> None:
    if "kind" in given:
        words("kinds").item(given["kind"], field="kind")
    if "topics" in given:
        asked = set(given["topics"])
        given["topics"] = [item.code for item in words("topics") if item.code in asked]
        if len(given["topics"]) != len(asked) or not asked:
            raise refuse("RY-SESSION-TOPIC", field="topics")
    if given.get("place"):
        places.place(given["place"], field="place")
    if "venue" in given:
        given["venue"] = " ".join(given["venue"].split())[:LONGEST_VENUE]


def _check_people(session: Session, given: dict[str, Any], now: datetime) -> None:
    partner = given.get("partner")
    if partner is not None and not partner.active and partner.pk != session.partner_id:
        raise refuse("RY-SESSION-PARTNER", field="partner")
    if "facilitators" in given:
        able = {member.pk for member in access.who_can("session.read", session.node, now=now)}
        asked = list(dict.fromkeys(given["facilitators"]))
        if not set(asked) <= able | set(session.facilitators):
            raise refuse("RY-SESSION-FACILITATOR", field="facilitators")
        given["facilitators"] = asked


def _reach(reach: dict[str, int]) -> dict[str, int]:
    """The counts that are not nothing, in the order of the lists."""
    if not set(reach) <= set(groups()):
        raise refuse("RY-LIST-UNKNOWN", field="reach")
    for count in reach.values():
        _check_count(count, "reach")
    _check_count(sum(reach.values()), "reach")
    return {group: reach[group] for group in groups() if reach.get(group)}


def _check_count(count: int, field: str) -> None:
    if not 0 <= count <= MOST:
        raise refuse("RY-SESSION-COUNT", field=field, most=f"{MOST:,}")
