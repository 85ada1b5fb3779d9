"""The codes of an operation and their words."""

from functools import cache

from romyen.rules import lists
from romyen.rules.lists import CodeList

PLANNED, CARRIED_OUT, CALLED_OFF, BLOWN = "planned", "carried_out", "called_off", "blown"
OPEN = "open"
"""The outcome of a person about whom nothing was decided yet."""
UNKNOWN, NONE, NOT_ASKED = "unknown", "none", "not_asked"


def words(name: str) -> CodeList:
    """A list of this package: ``kinds``, ``states``, ``outcomes``, ``leaks`` …"""
    return lists.of("operations", name)


def colour(name: str, code: str) -> str:
    """The colour of a code's tag; none for a code that the list does not know."""
    item = words(name).items.get(code)
    return str(item.more.get("colour", "")) if item else ""


def by_police(kind: str) -> bool:
    """Whether an operation of this kind stands under the authority of a police unit."""
    return bool(words("kinds").item(kind, field="kind").more["police"])


@cache
def ages_of_children() -> tuple[str, ...]:
    """The bands that are a child's for certain."""
    return tuple(item.code for item in words("ages") if item.more["child"] == "yes")


def years_of(age: str) -> tuple[int, int] | None:
    """The completed years of a band, both included; None for an age that is not known."""
    years = words("ages").item(age).more.get("years")
    return (int(years[0]), int(years[1])) if years else None


def may_be_victim(outcome: str) -> bool:
    """Whether a person with this outcome may become a survivor's file."""
    return bool(words("outcomes").item(outcome, field="outcome").more["victim"])
