"""Words for codes and states, in the language of the page."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_noop as _

from romyen.cases.book import book, listed

if TYPE_CHECKING:
    from romyen.cases.models import Offer

CONFIDENCE = {
    "verified_in_source": _("read in the source"),
    "secondary_source": _("read in press or public code; please check"),
    "general_knowledge_verify": _("not verified; ask a lawyer"),
    "design_proposal": _("our own proposal"),
}

DOUBTS = {
    "duration": _("How long it lasts is not verified."),
    "counting": _(
        "How the days are counted is not verified; "
        "calendar days are assumed, the first day not counted."
    ),
    "start": _("No source says for certain what starts it."),
    "conditions": _("For whom it applies is not verified."),
    "extension": _("The extension is not verified."),
}

FACTS = {
    "minor": _("Nobody has entered for certain whether this is a child."),
    "foreign_national": _("Nobody has entered the nationality."),
    "thai_national": _("Nobody has entered the nationality."),
}

EXTENDERS = {
    "court": _("the court"),
    "authority": _("the authority in charge"),
    "explanation": _("an explanation in writing"),
}

STATES: dict[str, tuple[str, str]] = {
    "running": (_("Running"), "blue"),
    "extended": (_("Extended"), "blue"),
    "near": (_("Near"), "yellow"),
    "met": (_("Met"), "green"),
    "missed": (_("Missed"), "red"),
    "not_applicable": (_("Not applicable"), "grey"),
}
"""State of a deadline → its word and the colour that helps it."""

REFERRAL_COLOURS = {
    "waiting": "blue",
    "accepted": "green",
    "done": "green",
    "declined": "grey",
    "withdrawn": "grey",
}

OFFERS: dict[str, tuple[str, str]] = {
    "": (_("Waits for an answer"), "blue"),
    "accepted": (_("Accepted"), "green"),
    "declined": (_("Declined"), "orange"),
    "withdrawn": (_("Taken back"), "grey"),
    "lapsed": (_("Lapsed"), "grey"),
    "overtaken": (_("No longer needed"), "grey"),
}
"""How an offer of a case ended → its word and the colour that helps it."""


def offered(offer: "Offer") -> tuple[str, str]:
    """What became of an offer so far; a file that was accepted and not handed on yet, too."""
    return OFFERS["accepted" if offer.accepted_at and not offer.ended else offer.ended]


UNITS = {
    "hours": (_("%(count)s hour"), _("%(count)s hours")),
    "days": (_("%(count)s day"), _("%(count)s days")),
    "months": (_("%(count)s month"), _("%(count)s months")),
    "years": (_("%(count)s year"), _("%(count)s years")),
}


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def label(name: str, code: str) -> str:
    """The words for a code of one of our lists."""
    return listed(name).label(code, language())


def flags(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Flags as tags: the word and the colour that helps it."""
    items = [listed("flags").item(code) for code in codes]
    return [(item.label(language()), str(item.more.get("colour", "grey"))) for item in items]


def event_label(code: str) -> str:
    """The words for an event; the code itself should the data have lost it."""
    event = book().events.get(code)
    return event.label(language()) if event else code


def span(value: int, unit: str) -> str:
    """A span of the law in words, such as “24 hours”."""
    one, many = UNITS[unit]
    return ngettext(one, many, value) % {"count": value}


def left(due: datetime, now: datetime) -> str:
    """How long until a deadline, or how long it is over: minutes, hours, then days."""
    seconds = (due - now).total_seconds()
    minutes = int(abs(seconds)) // 60
    if minutes < 60:
        return _ahead_or_over(seconds, minutes, "minutes")
    if minutes < 48 * 60:
        return _ahead_or_over(seconds, minutes // 60, "hours")
    return _ahead_or_over(seconds, minutes // (24 * 60), "days")


def _ahead_or_over(seconds: float, count: int, unit: str) -> str:
    words: dict[str, Any] = {
        "minutes": ngettext("%(count)s minute left", "%(count)s minutes left", count),
        "hours": ngettext("%(count)s hour left", "%(count)s hours left", count),
        "days": ngettext("%(count)s day left", "%(count)s days left", count),
    }
    if seconds < 0:
        words = {
            "minutes": ngettext("over for %(count)s minute", "over for %(count)s minutes", count),
            "hours": ngettext("over for %(count)s hour", "over for %(count)s hours", count),
            "days": ngettext("over for %(count)s day", "over for %(count)s days", count),
        }
    return str(words[unit]) % {"count": count}


def text(message: str) -> str:
    """The translation of a message id kept in a table of this module."""
    return gettext(message)
