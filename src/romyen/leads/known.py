"""Was this told before? Asked before a lead is written down, of the leads that the asker may read.

Whoever reads none (an educator who only writes leads down) is asked nothing and told nothing.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from romyen import access
from romyen.access import Column, Reader
from romyen.leads.held import present
from romyen.leads.models import SEALED, Lead
from romyen.rules.telephones import telephones

SHOWN = 5
SHORTEST = {"reporter": 5, "contact": 6, "place_detail": 8}
"""Letters from which a text that stands in the other one says something."""
CODES = {"reporter": "reporter", "contact": "contact", "place_detail": "place"}
WEIGHTS = {"telephone": 4.0, "contact": 3.0, "place": 2.0, "reporter": 1.0}


@dataclass(frozen=True)
class Asked:
    """What is being written down."""

    account: str = ""
    reporter: str = ""
    contact: str = ""
    place_detail: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(vars(self).values())


@dataclass(frozen=True)
class Likely:
    """A lead that may tell of the same, and codes of why."""

    lead: Lead
    reasons: tuple[str, ...]


def likely(reader: Reader, asked: Asked, *, now: datetime) -> list[Likely]:
    """The leads that may tell of the same, the likeliest first. Nothing of them is shown.

    One entry says how many were compared.
    """
    if not access.can(reader, "lead.read", now=now):
        return []
    columns = Column.several(present(reader, now=now), SEALED)
    opened = access.compare(reader, columns, verb="lead.compare", now=now)
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for name, texts in zip(SEALED, opened, strict=True):
        for whose, text in texts:
            told[whose][name] = text
    typed, numbers = plain(asked.text), set(telephones(asked.text))
    found = {ref: why for ref, texts in told.items() if (why := _alike(typed, numbers, texts))}
    order = sorted(found, key=lambda ref: (-sum(WEIGHTS[code] for code in found[ref]), ref))
    rows = present(reader, now=now).select_related("node").in_bulk(order[:SHOWN])
    return [Likely(rows[ref], tuple(found[ref])) for ref in order[:SHOWN] if ref in rows]


def _alike(typed: str, numbers: set[str], texts: Mapping[str, str]) -> list[str]:
    theirs = (number for text in texts.values() for number in telephones(text))
    codes = ["telephone"] if numbers and not numbers.isdisjoint(theirs) else []
    for name, least in SHORTEST.items():
        text = plain(texts.get(name, ""))
        if len(text) >= least and text in typed:
            codes.append(CODES[name])
    return codes


def plain(text: str) -> str:
    """A text for finding in another: one width, one case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
