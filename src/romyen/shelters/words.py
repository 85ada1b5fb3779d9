"""Words for codes and states of shelters, in the language of the page."""

from datetime import date, timedelta

from django.utils.translation import get_language, gettext

from romyen.rules import lists
from romyen.rules.lists import CodeList
from romyen.rules.refusals import gettext_noop as _

LICENCE_DAYS = 60
"""How long before its end a licence stands in the calendar and is said on pages."""

TRANSFERRED = "transferred"

LICENCES: dict[str, tuple[str, str]] = {
    "none": (_("No licence recorded"), "grey"),
    "valid": (_("Licence valid"), "green"),
    "ending": (_("Licence ends soon"), "yellow"),
    "over": (_("Licence over"), "red"),
    "early": (_("Licence not yet valid"), "yellow"),
}
"""State of a licence → its word and the colour that helps it."""

WARNINGS = {
    "full": _("The house is full: one person more than it has places for."),
    "licence": _("The licence of the house ends soon or is over."),
    "unfit": _("The house does not usually take in someone of this gender and age."),
}
"""What whoever places somebody is warned of."""


def listed(name: str) -> CodeList:
    """A list of this package."""
    return lists.of("shelters", name)


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def label(name: str, code: str) -> str:
    """The words for a code."""
    return listed(name).label(code, language())


def labels(name: str, codes: list[str]) -> list[str]:
    """The words for several codes."""
    return [label(name, code) for code in codes]


def licence_state(begins: date | None, ends: date | None, today: date) -> str:
    """How a licence stands: none, early, valid, ending or over. Its last day counts as valid."""
    if ends is None:
        return "none"
    if ends < today:
        return "over"
    if begins and begins > today:
        return "early"
    return "ending" if ends <= today + timedelta(days=LICENCE_DAYS) else "valid"


def warning(code: str) -> str:
    """A warning in words."""
    return gettext(WARNINGS[code]) if code in WARNINGS else code


def exit_choices() -> list[tuple[str, str]]:
    """The reasons of an exit that a person chooses; a transfer writes its own."""
    offered = (item for item in listed("exit_reasons") if item.more.get("offered", True))
    return [(item.code, item.label(language())) for item in offered]
