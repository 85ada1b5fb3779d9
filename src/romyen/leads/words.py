"""The codes of a lead, their words, and the duties that follow from them."""

from functools import cache
from pathlib import Path

from romyen.rules import clockdata, lists
from romyen.rules.clocks import Book
from romyen.rules.lists import CodeList, Item
from romyen.rules.refusals import gettext_noop as _

DANGER_NOW = "now"
CHILD = frozenset({"yes_child", "maybe_child"})
"""Perhaps a child counts as a child: minority is presumed until it is known better."""

UNKNOWN = "unknown"
NEW, TRIAGED, PASSED, CASE, CLOSED = "new", "triaged", "passed", "case", "closed"
OPEN = (NEW, TRIAGED)
"""The statuses in which a lead still waits for something to be done."""

IMMINENCE_COLOURS = {"now": "red", "days": "orange"}
"""What stands out in a list; the rest is said in plain words."""

CONFIDENCE_WORDS = {
    "verified_in_source": _("read in the source"),
    "secondary_source": _("read in press or public code; please check"),
    "general_knowledge_verify": _("not verified; ask a lawyer"),
    "design_proposal": _("our own proposal"),
}


def words(name: str) -> CodeList:
    """A list of this package: ``sources``, ``imminence``, ``child_involved`` …"""
    return lists.of("leads", name)


@cache
def exploitations() -> dict[str, Item]:
    """Suspected kinds of exploitation: HTCDS 2.0, then the local codes that it lacks."""
    local = lists.of("survivors", "exploitation_extensions")
    official = lists.htcds("vic_TypeOfExploitation")
    found = {item.code: item for item in official if item.code != "Other"}
    found |= {item.code: item for item in local}
    return found | {"Other": official.item("Other")}


def exploitation_choices(language: str) -> list[tuple[str, str]]:
    """Pairs of code and words, for a form."""
    return [(code, item.label(language)) for code, item in exploitations().items()]


def labels(name: str, codes: list[str], language: str) -> list[str]:
    """The words of several codes of one list; ``exploitation`` is made of two."""
    if name == "exploitation":
        known = exploitations()
        return [known[code].label(language) if code in known else code for code in codes]
    return [words(name).label(code, language) for code in codes]


def hotlines(*, danger: bool, child: bool) -> list[Item]:
    """The numbers to call, each with its source; none without one is in the data."""
    wanted = {"danger"} if danger else set()
    wanted |= {"child"} if child else set()
    return [item for item in words("hotlines") if item.more["for"] in wanted]


@cache
def book() -> Book:
    """The clocks of a lead."""
    return clockdata.load(Path(__file__).parent / "data" / "clocks.yaml")


def events_of(imminence: str, child: str) -> set[str]:
    """The events that a lead's facts say have happened."""
    events = {"lead_danger_now"} if imminence == DANGER_NOW else set()
    return events | ({"lead_child_abuse"} if child in CHILD else set())
