"""Opening what is sealed of a lead, and saying what is recorded in words."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from romyen import access
from romyen.access import Opened, Reader
from romyen.leads.models import SEALED, Lead, Receipt
from romyen.leads.queries import Owed
from romyen.leads.words import CHILD, CONFIDENCE_WORDS, IMMINENCE_COLOURS, labels, words
from romyen.pages.era import written_day
from romyen.rules import places
from romyen.rules.clocks import Version
from romyen.rules.lawwords import said
from romyen.rules.spans import BANGKOK, local_day

LEAD_PARTS = (*SEALED, "decision_reason", "closing_note")
RECEIPT_PARTS = ("officer", "receipt_no")


def law(version: Version) -> dict[str, str]:
    """The rule behind a duty in the reader's words, with its source and how sure we are."""
    here = get_language() or "en"
    return {
        "instrument": said(version.instrument, here),
        "section": said(version.section, here),
        "note": said(version.note, here),
        "source": version.source,
        "confidence": gettext(CONFIDENCE_WORDS[version.confidence]),
    }


def address(lead: Lead) -> str:
    """Where a lead's page is."""
    return reverse("leads:lead", args=[lead.pk])


@dataclass
class Plain:
    """What was opened, by record and field; the sealed value itself where nothing was."""

    values: dict[str, dict[str, Opened]] = field(default_factory=dict)

    def of(self, row: Any, name: str) -> Any:
        """The text of one field, or its mask."""
        return self.values.get(row.pk, {}).get(name, getattr(row, name))


def open_up(
    reader: Reader,
    lead: Lead,
    receipts: list[Receipt],
    owed: list[Owed],
    *,
    purpose: str,
    now: datetime,
) -> Plain:
    """Open everything sealed of a lead, its receipts and its duties, for a purpose of the list.

    One read entry for each table that has something; an unknown purpose is refused.
    """
    why = words("reading_purposes").item(purpose, field="purpose").code
    parts: list[tuple[list[Any], tuple[str, ...]]] = [
        ([lead], LEAD_PARTS),
        (list(receipts), RECEIPT_PARTS),
        ([one.duty for one in owed if one.duty.done_at], ("note",)),
    ]
    plain = Plain()
    for rows, names in parts:
        if rows:
            plain.values |= access.reveal(reader, rows, names, purpose=why, now=now)
    return plain


def row(lead: Lead, language: str, now: datetime) -> dict[str, Any]:
    """A lead as a line of the inbox: codes in words, nothing sealed."""
    return {
        "lead": lead,
        "status": words("statuses").label(lead.status, language),
        "status_colour": words("statuses").item(lead.status).more["colour"],
        "imminence": words("imminence").label(lead.imminence, language),
        "imminence_colour": IMMINENCE_COLOURS.get(lead.imminence, ""),
        "source": words("sources").label(lead.source, language),
        "province": places.place(lead.place[:2]).name(language) if lead.place else "",
        "child": words("child_involved").label(lead.child, language),
        "is_child": lead.child in CHILD,
        "age": age(lead.received_at, now),
    }


def age(received: datetime, now: datetime) -> str:
    """How long ago, in days of Bangkok; after two months the day itself."""
    days = (local_day(now) - local_day(received)).days
    if days < 1:
        return gettext("today %(hour)s") % {"hour": f"{received.astimezone(BANGKOK):%H:%M}"}
    if days == 1:
        return gettext("yesterday")
    return gettext("%(days)s days ago") % {"days": days} if days < 60 else written_day(received)


def told(lead: Lead, plain: Plain) -> list[dict[str, Any]]:
    """The sealed parts of what was told."""
    return [
        {"key": gettext("What was told"), "value": plain.of(lead, "account")},
        {"key": gettext("Who told it"), "value": plain.of(lead, "reporter")},
        {"key": gettext("How to reach this person"), "value": plain.of(lead, "contact")},
        {"key": gettext("The exact place"), "value": plain.of(lead, "place_detail")},
    ]


def facts(lead: Lead, language: str) -> list[dict[str, Any]]:
    """The open facts of a lead in words."""
    area = places.path(lead.place, language) if lead.place else None
    return [
        {"key": gettext("In danger?"), "value": words("imminence").label(lead.imminence, language)},
        {"key": gettext("A child?"), "value": words("child_involved").label(lead.child, language)},
        {"key": gettext("Kind of source"), "value": words("sources").label(lead.source, language)},
        {
            "key": gettext("Safe to contact?"),
            "value": words("contact_safe").label(lead.contact_safe, language),
        },
        {"key": gettext("Area"), "value": area},
        {
            "key": gettext("Suspected exploitation"),
            "value": lines(labels("exploitation", lead.exploitation, language)),
        },
        {
            "key": gettext("Warning signs"),
            "value": lines(labels("red_flags", lead.red_flags, language)),
        },
        {"key": gettext("Received"), "value": lead.received_at},
    ]


def lines(texts: list[str]) -> SafeString | None:
    """Several words, each on its own line; None for none."""
    return format_html_join("", "<div>{}</div>", ((text,) for text in texts)) if texts else None


def course(lead: Lead, plain: Plain, language: str) -> list[dict[str, Any]]:
    """What happened with a lead, the latest first: taken down, decided, ended."""
    names = access.names_of([lead.taken_by, lead.decided_by, lead.ended_by])
    steps = [
        {
            "title": gettext("Written down"),
            "at": lead.node.created_at,
            "by": names.get(lead.taken_by, ""),
        }
    ]
    if lead.decided_at:
        steps.append(
            {
                "title": words("triage").label(lead.decision, language),
                "at": lead.decided_at,
                "by": names.get(lead.decided_by, ""),
                "text": plain.of(lead, "decision_reason"),
            }
        )
    if lead.ended_at:
        steps.append(_ending(lead, plain, names, language))
    return steps[::-1]


def _ending(lead: Lead, plain: Plain, names: dict[str, str], language: str) -> dict[str, Any]:
    title = words("outcomes").label(lead.outcome, language)
    if lead.closing_reason:
        title = f"{title}: {words('closing_reasons').label(lead.closing_reason, language)}"
    return {
        "title": title,
        "at": lead.ended_at,
        "by": names.get(lead.ended_by, ""),
        "text": plain.of(lead, "closing_note") if lead.closing_reason else "",
    }


def signed(receipts: list[Receipt], plain: Plain) -> list[dict[str, Any]]:
    """What the police signed for, in words."""
    return [
        {
            "unit": receipt.unit,
            "rows": [
                {"key": gettext("Day"), "value": receipt.passed_on},
                {"key": gettext("Who took it over"), "value": plain.of(receipt, "officer")},
                {"key": gettext("Number of the receipt"), "value": plain.of(receipt, "receipt_no")},
            ],
        }
        for receipt in receipts
    ]
