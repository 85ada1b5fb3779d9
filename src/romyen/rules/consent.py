"""Consent: for one purpose, to one recipient, from the right giver, until it ends.

Personal Data Protection Act B.E. 2562 (2019): section 20 on minors (under ten the guardian
consents; from ten to twenty she does, and the guardian as well where she may not act alone);
withdrawing is as easy as giving. What no consent covers may be disclosed only on a lawful basis
that is named, with a reason (``data/lawful_bases.yaml``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from romyen.rules.births import AgeRange, Birth
from romyen.rules.lists import CONFIDENCES, BadData, check_words, read_yaml
from romyen.rules.refusals import gettext_noop as _
from romyen.rules.refusals import refuse

OURSELVES = "ourselves"
"""The recipient “this organisation”; every other recipient is the id of an organisation."""

Giver = Literal["herself", "guardian", "both"]
State = Literal["given", "none", "expired", "withdrawn", "guardian_in_conflict", "giver_missing"]

STATE_WORDS: dict[State, str] = {
    "given": _("Consent given"),
    "none": _("No consent"),
    "expired": _("Consent has expired"),
    "withdrawn": _("Consent withdrawn"),
    "guardian_in_conflict": _("Only a guardian in conflict has consented: it does not count"),
    "giver_missing": _("Someone whose consent is needed has not consented yet"),
}
CHILD, OF_AGE = 10, 20
ConsentAge = Literal["", "reached", "under", "doubt"]
"""Whether someone has reached the age of ten; empty while nothing is known about the birth."""

FORMAT = "romyen/lawful-bases@1"


@dataclass(frozen=True)
class Consent:
    """One consent as it was recorded. ``expires_on`` is the last day on which it holds."""

    purpose: str
    recipient: str
    giver: Giver
    given_on: date
    expires_on: date | None = None
    withdrawn_on: date | None = None
    guardian_conflict: bool = False
    ref: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it is given, not withdrawn and not expired on that day."""
        ended = self.withdrawn_on is not None and self.withdrawn_on <= day
        expired = self.expires_on is not None and self.expires_on < day
        return self.given_on <= day and not ended and not expired

    @property
    def voices(self) -> frozenset[str]:
        """Whose word it carries; a guardian in conflict has none."""
        voices = {"herself", "guardian"} if self.giver == "both" else {self.giver}
        return frozenset(voices - {"guardian"} if self.guardian_conflict else voices)


@dataclass(frozen=True)
class Needs:
    """Whose consent is needed at an age. ``message`` is a message id that explains it."""

    voices: frozenset[str]
    message: str
    section: str = "PDPA B.E. 2562 s.20"
    confidence: str = "verified_in_source"


@dataclass(frozen=True)
class Standing:
    """Where consent stands for one purpose and recipient, and which records say so."""

    state: State
    which: tuple[Consent, ...] = ()
    needs: Needs | None = None

    @property
    def message(self) -> str:
        """The message id for people."""
        return STATE_WORDS[self.state]


@dataclass(frozen=True)
class Basis:
    """A ground of law on which something may be disclosed without consent."""

    code: str
    en: str
    th: str
    th_status: str
    instrument: str
    section: str
    source: str
    confidence: str
    note: str
    purposes: frozenset[str]
    recipients: frozenset[str]
    child: bool
    urgent: bool
    review_hours: int

    def label(self, language: str) -> str:
        """The words in that language."""
        return self.th if language.startswith("th") and self.th else self.en


@dataclass(frozen=True)
class Claim:
    """That a person invokes a basis by code; ``has_reason`` that they wrote why."""

    code: str
    has_reason: bool


@dataclass(frozen=True)
class Permission:
    """Whether a disclosure may happen, and what carries it: consents, else a basis.

    ``review_hours`` is the time within which a second person must review a basis (0 for
    consent); a disclosure that is ``urgent`` never waits for that review.
    """

    allowed: bool
    standing: Standing
    basis: Basis | None = None

    @property
    def review_hours(self) -> int:
        """Hours until a second person has to have looked at it."""
        return self.basis.review_hours if self.basis else 0


GUARDIAN = Needs(frozenset({"guardian"}), _("A child this young: the parent or guardian consents."))
BOTH = Needs(
    frozenset({"herself", "guardian"}),
    _("The age is not certain: both the person and the guardian consent."),
)
YOUNG = Needs(
    frozenset({"herself"}),
    _("The person consents alone; the guardian as well where a minor may not act alone."),
)
HERSELF = Needs(frozenset({"herself"}), _("The person consents alone."))


def consent_age(birth: Birth | None, on: date) -> ConsentAge:
    """Whether she had reached on that day the age from which she consents herself.

    Once reached it stays so: nobody grows younger.
    """
    if birth is None:
        return ""
    youngest, oldest = _age(birth, on)
    if oldest < CHILD:
        return "under"
    return "doubt" if youngest < CHILD else "reached"


def needs(birth: Birth | None, on: date) -> Needs | None:
    """Whose consent is needed; None while nothing is known about the birth.

    Where the birth leaves doubt whether she is under ten, both voices are needed.
    """
    if birth is None:
        return None
    by_age = {"under": GUARDIAN, "doubt": BOTH}
    of_age = HERSELF if _age(birth, on).youngest >= OF_AGE else YOUNG
    return by_age.get(consent_age(birth, on), of_age)


def standing(
    consents: Iterable[Consent],
    purpose: str,
    recipient: str,
    on: date,
    *,
    wanted: Needs | None = None,
) -> Standing:
    """Where consent stands on that day for this purpose and recipient, and no other.

    A withdrawal ends every consent of the same purpose and recipient given on or before its
    day, whoever gave it; only a later one counts again. ``wanted`` says whose word is needed.
    """
    ours = [c for c in consents if (c.purpose, c.recipient) == (purpose, recipient)]
    ours = [c for c in ours if c.given_on <= on]
    ended = max(
        (c.withdrawn_on for c in ours if c.withdrawn_on and c.withdrawn_on <= on), default=None
    )
    live = [c for c in ours if c.holds_on(on) and (ended is None or c.given_on > ended)]
    if not live:
        return Standing(_why_none(ours, on), tuple(ours), wanted)
    voices = frozenset[str]().union(*(c.voices for c in live))
    if not voices:
        return Standing("guardian_in_conflict", tuple(live), wanted)
    if wanted is None or wanted.voices <= voices:
        return Standing("given", tuple(c for c in live if c.voices), wanted)
    lost = any(c.guardian_conflict for c in live) and "guardian" in wanted.voices - voices
    return Standing("guardian_in_conflict" if lost else "giver_missing", tuple(live), wanted)


def may_disclose(
    consents: Iterable[Consent],
    claims: Sequence[Claim],
    purpose: str,
    recipient: str,
    on: date,
    *,
    wanted: Needs | None = None,
    minor: bool = True,
    recipient_kind: str = "",
) -> Permission:
    """Whether something may be disclosed: on consent, else on the first claim that fits.

    A claim fits when a reason was written and its basis covers the purpose, the kind of
    recipient (police, government, court, ngo …) and, where the law speaks of children, that she
    is a ``minor`` or presumed one. An unknown basis refuses with ``RY-LIST-UNKNOWN``.
    """
    found = standing(consents, purpose, recipient, on, wanted=wanted)
    if found.state == "given":
        return Permission(True, found)
    for claim in claims:
        ground = basis(claim.code)
        if claim.has_reason and _fits(ground, purpose, recipient_kind, minor):
            return Permission(True, found, ground)
    return Permission(False, found)


def basis(code: str) -> Basis:
    """The lawful basis with this code; refuses with ``RY-LIST-UNKNOWN``."""
    found = bases().get(code)
    if found is None:
        raise refuse("RY-LIST-UNKNOWN", field="basis")
    return found


@cache
def bases(path: Path = Path(__file__).parent / "data" / "lawful_bases.yaml") -> dict[str, Basis]:
    """Every lawful basis by code; a mistake in the data raises ``BadData``."""
    data = read_yaml(path)
    if data.get("format") != FORMAT:
        raise BadData(f"{path.name}: not of the format {FORMAT}")
    found = [_basis(f"{path.name}: {raw.get('code')}", raw) for raw in data["bases"]]
    return {ground.code: ground for ground in found}


def _why_none(ours: Sequence[Consent], on: date) -> State:
    """Why no consent holds: the most telling of the reasons."""
    if any(c.withdrawn_on and c.withdrawn_on <= on for c in ours):
        return "withdrawn"
    return "expired" if ours else "none"


def _age(birth: Birth, on: date) -> AgeRange:
    """Her age; a record dated before every possible birth counts as age 0."""
    return birth.age_on(max(on, birth.earliest))


def _fits(ground: Basis, purpose: str, recipient_kind: str, minor: bool) -> bool:
    """Whether a basis covers this disclosure."""
    reaches = not ground.recipients or recipient_kind in ground.recipients
    return purpose in ground.purposes and reaches and (minor or not ground.child)


def _basis(where: str, raw: dict[str, Any]) -> Basis:
    """One basis, checked."""
    if not (raw.get("code") and raw.get("en") and raw.get("source") and raw.get("instrument")):
        raise BadData(f"{where}: code, en, instrument and source are needed")
    if raw.get("confidence") not in CONFIDENCES:
        raise BadData(f"{where}: unknown confidence “{raw.get('confidence')}”")
    check_words(where, raw)
    return Basis(
        code=str(raw["code"]),
        en=str(raw["en"]),
        th=str(raw.get("th") or ""),
        th_status=str(raw.get("th_status") or ""),
        instrument=str(raw["instrument"]),
        section=str(raw.get("section") or ""),
        source=str(raw["source"]),
        confidence=str(raw["confidence"]),
        note=str(raw.get("note") or ""),
        purposes=frozenset(raw["purposes"]),
        recipients=frozenset(raw.get("recipients") or ()),
        child=bool(raw.get("child")),
        urgent=bool(raw.get("urgent")),
        review_hours=int(raw["review_hours"]),
    )
