"""A recommendation in words: a line of the list, its facts, its turns."""

from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from romyen import access
from romyen.advocacy.models import Recommendation, Turn
from romyen.advocacy.words import words
from romyen.pages.era import written_year


def row(kept: Recommendation, today: date) -> dict[str, Any]:
    """A line of the list."""
    here = get_language() or "en"
    status = words("statuses").item(kept.status)
    return {
        "kept": kept,
        "status": status.label(here),
        "colour": status.more["colour"],
        "theme": words("themes").label(kept.theme, here),
        "source": _source(kept, here),
        "owner": kept.owner.name if kept.owner else "",
        "overdue": kept.review_on is not None and kept.review_on < today,
    }


def _source(kept: Recommendation, here: str) -> str:
    source = words("sources").label(kept.source, here)
    return f"{source} {written_year(kept.source_year)}" if kept.source_year else source


def facts(kept: Recommendation) -> list[dict[str, Any]]:
    """What is known of it, in rows. One query for the names of colleagues."""
    here = get_language() or "en"
    names = access.names_of([kept.in_charge, kept.recorded_by])
    return [
        {"key": gettext("Where it comes from"), "value": _source(kept, here)},
        {"key": gettext("Theme"), "value": words("themes").label(kept.theme, here)},
        {"key": gettext("Authority"), "value": kept.owner and kept.owner.name},
        {"key": gettext("Who of us follows it up"), "value": names.get(kept.in_charge, "")},
        {"key": gettext("Next review"), "value": kept.review_on},
        {"key": gettext("Recorded by"), "value": names.get(kept.recorded_by, "")},
    ]


def course(turns: list[Turn]) -> list[dict[str, Any]]:
    """What became of it, for the time line."""
    here = get_language() or "en"
    names = access.names_of([turn.recorded_by for turn in turns])
    return [
        {
            "title": words("statuses").label(turn.status, here),
            "at": turn.on,
            "by": names.get(turn.recorded_by, ""),
            "text": _evidence(turn),
        }
        for turn in turns
    ]


def _evidence(turn: Turn) -> SafeString | str:
    """The words and the address, as text: nothing here leads out of Romyen."""
    if not turn.url:
        return turn.evidence
    address = format_html('<span class="romyen-address">{}</span>', turn.url)
    return format_html("{}<br>{}", turn.evidence, address) if turn.evidence else address
