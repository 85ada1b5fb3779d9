"""Two records side by side: what they say of her, and where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from romyen import access
from romyen.access import CLOSED, Opened, Reader
from romyen.linkage.actions import VERB
from romyen.rules.ladder import statuses
from romyen.rules.refusals import refuse
from romyen.survivors import queries as her
from romyen.survivors import reading
from romyen.survivors.actions import Chosen
from romyen.survivors.listed import listed
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import SEALED, Particulars, SafeContact

PURPOSE = "merge"
KEPT, FOLDED = "kept", "folded"
OPENED = (*SEALED, "safe_contact", "guardian_detail")


@dataclass(frozen=True)
class Side:
    """What one of the two records says."""

    survivor: Survivor
    particulars: Particulars
    safe_contact: str
    guardian_detail: str

    @classmethod
    def of(cls, survivor: Survivor, opened: Mapping[str, Opened]) -> "Side":
        """Refuses with ``RY-KEYS-CLOSED`` whoever holds no key to all of it."""
        if any(value is CLOSED for value in opened.values()):
            raise refuse("RY-KEYS-CLOSED")
        particulars = Particulars.of(survivor, opened)
        texts = {name: str(opened[name] or "") for name in ("safe_contact", "guardian_detail")}
        return cls(survivor, particulars, **texts)

    def value(self, name: str) -> Any:
        """What it says in one of the things that may differ, for comparing."""
        if name == "safe_contact":
            return self.safe_contact
        if name == "guardian":
            return self.survivor.guardian_conflict, self.guardian_detail
        return self.survivor.status if name == "standing" else getattr(self.particulars, name)

    def said(self, name: str) -> str:
        """The same in words."""
        if name == "safe_contact":
            return _safe_contact(self.safe_contact)
        if name == "guardian":
            code = self.survivor.guardian_conflict
            words = listed("guardian_conflicts").label(code, reading.here())
            return " · ".join(text for text in (words, self.guardian_detail) if text)
        if name == "standing":
            status = self.survivor.status
            return statuses().label(status, reading.here()) if status else ""
        said = reading.said(self.particulars, name)
        if isinstance(said, bool):
            return gettext("Yes") if said else gettext("No")
        return str(said or "")


def _safe_contact(text: str) -> str:
    rows = reading.safe_contact_rows(vars(SafeContact.from_text(text))) if text else []
    return " · ".join(f"{row['key']}: {row['value']}" for row in rows if row["value"])


@dataclass(frozen=True)
class Pair:
    """The record that would be kept and the one that would go."""

    kept: Side
    folded: Side

    def differing(self) -> list[str]:
        """The names of what the two say differently."""
        names = [*vars(self.kept.particulars), "safe_contact", "guardian", "standing"]
        return [name for name in names if self.kept.value(name) != self.folded.value(name)]

    def fuller(self, name: str) -> str:
        """The side that is offered first: the one that says something; a warning before none."""
        kept, folded = self.kept.value(name), self.folded.value(name)
        if name == "guardian":
            return FOLDED if kept[0] == "none" else KEPT
        return KEPT if kept or not folded else FOLDED

    def chosen(self, choices: Mapping[str, str]) -> Chosen:
        """The kept record as it will be; what does not differ needs no choice."""
        sides = {KEPT: self.kept, FOLDED: self.folded}

        def side(name: str) -> Side:
            return sides[choices.get(name, KEPT)]

        particulars = Particulars(
            **{name: side(name).value(name) for name in vars(self.kept.particulars)}
        )
        return Chosen(
            particulars=particulars,
            safe_contact=side("safe_contact").safe_contact,
            guardian_conflict=side("guardian").survivor.guardian_conflict,
            guardian_detail=side("guardian").guardian_detail,
            standing="folded" if choices.get("standing") == FOLDED else "kept",
        )

    def other_names(self, chosen: Chosen) -> tuple[str, ...]:
        """The names that were not chosen: she is found by them as before."""
        known = {*self.kept.particulars.names, *self.folded.particulars.names}
        return tuple(sorted(known - set(chosen.particulars.names)))


def pair(reader: Reader, kept: str, folded: str, *, now: datetime) -> tuple[Survivor, Survivor]:
    """Both records, or ``RY-ABSENT`` unless the reader may bring both together."""
    found = her.survivor(reader, kept, now=now), her.survivor(reader, folded, now=now)
    for one in found:
        access.require(reader, VERB, one.node, now=now)
    return found


def opened(reader: Reader, kept: Survivor, folded: Survivor, *, now: datetime) -> Pair:
    """Both opened for comparing: one read entry."""
    rows = [kept, folded]
    texts = access.reveal(reader, rows, OPENED, purpose=PURPOSE, now=now)
    return Pair(*(Side.of(row, texts[row.pk]) for row in rows))
