"""What is known of a lead, checked and put in."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypedDict

from romyen import access
from romyen.access import Actor
from romyen.leads.models import SEALED, Lead
from romyen.leads.words import exploitations, words
from romyen.rules import places
from romyen.rules.namekeys import text_of
from romyen.rules.refusals import refuse


class More(TypedDict, total=False):
    """What may come later. What is left out stays as it is; an empty text clears."""

    reporter: str
    contact: str
    place_detail: str
    contact_safe: str
    place: str
    child: str
    exploitation: list[str]
    red_flags: list[str]
    received_at: datetime


class Facts(More, total=False):
    """Everything that is known of a lead, the three facts it begins with included."""

    account: str
    source: str
    imminence: str


_LISTS = {
    "source": "sources",
    "contact_safe": "contact_safe",
    "imminence": "imminence",
    "child": "child_involved",
}
_CODES: dict[str, Callable[[], Iterable[str]]] = {
    "exploitation": exploitations,
    "red_flags": lambda: words("red_flags").items,
}
OPEN_FACTS = (*_LISTS, "place", "exploitation", "red_flags", "received_at")


def put_in(lead: Lead, facts: Facts, *, actor: Actor, now: datetime) -> list[str]:
    """Check the facts and set them on the lead (the verb saves); the names of what was given.

    Refuses with ``RY-LEAD-NO-ACCOUNT``, ``RY-LIST-UNKNOWN``, ``RY-PLACE-UNKNOWN`` or
    ``RY-LEAD-FUTURE`` beside the field.
    """
    given: dict[str, Any] = dict(facts)
    _check(given, now)
    for name in OPEN_FACTS:
        if name in given:
            setattr(lead, name, given[name])
    sealed: dict[str, str | None] = {n: given[n].strip() for n in SEALED if n in given}
    if "reporter" in sealed:
        sealed["name_keys"] = text_of([sealed["reporter"]])
    access.seal(lead, actor=actor, now=now, **sealed)
    return sorted(given)


def _check(given: dict[str, Any], now: datetime) -> None:
    if not given.get("account", "-").strip():
        raise refuse("RY-LEAD-NO-ACCOUNT", field="account")
    for name, of in _LISTS.items():
        if name in given:
            words(of).item(given[name], field=name)
    if given.get("place"):
        places.place(given["place"], field="place")
    for name, known in _CODES.items():
        if name in given:
            given[name] = _known(given[name], known(), name)
    if "received_at" in given and given["received_at"] > now:
        raise refuse("RY-LEAD-FUTURE", field="received_at")


def _known(codes: Iterable[str], known: Iterable[str], field: str) -> list[str]:
    """The codes without repetition, in the order of their list."""
    asked, order = set(codes), list(known)
    if not asked <= set(order):
        raise refuse("RY-LIST-UNKNOWN", field=field)
    return [code for code in order if code in asked]
