"""Screening: which elements of trafficking the evidence touches, said in words.

For an adult the law asks for an act, a means and a purpose (Palermo Protocol article 3;
Anti-Trafficking in Persons Act B.E. 2551 s.6); for a child under 18 not for a means. Beside them
stand the eleven ILO indicators of forced labour. This module explains; it never counts, weighs
or decides. A finding without evidence shows nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from romyen.rules.births import Birth, Minor, minor_on
from romyen.rules.lists import CodeList, Item, load
from romyen.rules.refusals import gettext_noop as _
from romyen.rules.refusals import refuse

ElementName = Literal["act", "means", "purpose", "ilo"]
ELEMENTS: tuple[ElementName, ...] = ("act", "means", "purpose", "ilo")
Kind = Literal["observed", "heard", "inferred"]
State = Literal["touched", "inferred_only", "no_evidence", "not_entered", "not_needed"]

ELEMENT_WORDS: dict[ElementName, str] = {
    "act": _("Act: what was done"),
    "means": _("Means: how it was done"),
    "purpose": _("Purpose: what for"),
    "ilo": _("Signs of forced labour (ILO)"),
}
KIND_WORDS: dict[Kind, str] = {
    "observed": _("Observed"),
    "heard": _("Heard"),
    "inferred": _("Inferred"),
}
STATE_WORDS: dict[State, str] = {
    "touched": _("The evidence entered touches this element."),
    "inferred_only": _("The evidence entered touches this element by inference only."),
    "no_evidence": _("Something was marked here, but no evidence was entered."),
    "not_entered": _("No evidence entered so far touches this element."),
    "not_needed": _("For a child the law does not ask for this element."),
}
_ASK: dict[ElementName, str] = {
    "act": _("Who brought, moved, kept or received the person, and how did it happen?"),
    "means": _("Was there force, threat, deception, debt or use of a weak position?"),
    "purpose": _("What did others gain, or mean to gain, from the person?"),
    "ilo": _("How were work, pay, papers, movement and living conditions?"),
}
CHILD = _("For a child the means do not matter, nor what the child agreed to.")
PRESUMED = _("The age is not certain: treated as a child until it is shown otherwise.")
CONSENT = _("Where a means was used, the person's agreement does not matter.")
FORCED_LABOUR = _("Forced labour or service can be an offence by itself, even without trafficking.")
NO_PENALTY = _(
    "Acts that the person was forced into need advice from a lawyer before any statement."
)
DECIDES = _(
    "This page explains what was entered. People decide, on the ladder, with their reasons."
)
UNEVIDENCED = _(
    "Write what was seen or said for each thing that was marked, or take the mark away."
)
INFERRED = _("What is only inferred needs to be seen or heard from someone.")
ASK_AGE = _("Find out the age: it decides whether means have to be shown.")
ASK_WHEN = _("Find out when it began: that decides whether the person was a child then.")
LOOK_PURPOSE = _("There are signs of forced labour, but no purpose was entered: look again.")


@dataclass(frozen=True)
class Finding:
    """One indicator that someone marked. ``who`` is the id of the one who entered it.

    ``has_evidence`` says whether text was written; the text itself is sealed and stays outside.
    """

    element: ElementName
    code: str
    kind: Kind
    who: str
    has_evidence: bool
    ref: str = ""


@dataclass(frozen=True)
class Element:
    """One element of the explanation, with the findings that bear on it."""

    name: ElementName
    state: State
    shown: tuple[Finding, ...]
    unevidenced: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """The element in words (message id)."""
        return ELEMENT_WORDS[self.name]

    @property
    def message(self) -> str:
        """What can be said about it (message id)."""
        return STATE_WORDS[self.state]

    def by_kind(self, kind: Kind) -> tuple[Finding, ...]:
        """The evidence of one kind; observed, heard and inferred are never mixed."""
        return tuple(finding for finding in self.shown if finding.kind == kind)


@dataclass(frozen=True)
class Explanation:
    """What the evidence touches, what is missing, and what to ask next. All message ids."""

    elements: tuple[Element, ...]
    missing: tuple[ElementName, ...]
    minor: Minor
    notes: tuple[str, ...] = field(default=())
    questions: tuple[str, ...] = field(default=())

    def element(self, name: ElementName) -> Element:
        """The element of this name."""
        return self.elements[ELEMENTS.index(name)]


def indicators(element: ElementName) -> CodeList:
    """The indicators of an element: the Palermo act, means and purpose, or the ILO eleven."""
    return _lists()[element]


def indicator(element: ElementName, code: str) -> Item:
    """One indicator; refuses with ``RY-LIST-UNKNOWN``."""
    return indicators(element).item(code, field=element)


def label(element: ElementName, code: str, language: str) -> str:
    """An indicator in words that no other indicator has.

    Deception is a means and also one of the ILO's signs: those say whose they are.
    """
    words = indicators(element).label(code, language)
    return f"ILO: {words}" if element == "ilo" else words


def check_finding(finding: Finding) -> Finding:
    """The finding, if its element, code and kind are known; else ``RY-LIST-UNKNOWN``."""
    if finding.element not in ELEMENTS or finding.kind not in KIND_WORDS:
        raise refuse("RY-LIST-UNKNOWN", field="finding")
    indicator(finding.element, finding.code)
    return finding


def explain(findings: Iterable[Finding], birth: Birth | None, on: date | None) -> Explanation:
    """Explain findings for someone born then, as of the first day of the events.

    For a child, or someone presumed to be one, means are not needed; they are still shown. The
    first day, because whoever was a child when it began was trafficked as a child. Where it is
    not known, a child is presumed.
    """
    checked = [check_finding(finding) for finding in findings]
    minor = _minor(birth, on)
    elements = tuple(_element(name, checked, minor) for name in ELEMENTS)
    asked = {"act", "purpose"} if minor != "no" else {"act", "means", "purpose"}
    missing = tuple(e.name for e in elements if e.name in asked and e.state != "touched")
    by_name = {element.name: element for element in elements}
    notes, questions = _notes(by_name, minor), _questions(elements, minor, known=on is not None)
    return Explanation(elements, missing, minor, notes, questions)


def _minor(birth: Birth | None, on: date | None) -> Minor:
    """Her age group then; events dated before every possible birth leave it presumed."""
    if birth is None or on is None or on < birth.earliest:
        return "presumed"
    return minor_on(birth, on)


def _element(name: ElementName, findings: Sequence[Finding], minor: Minor) -> Element:
    """What the findings say about one element."""
    mine = [finding for finding in findings if finding.element == name]
    shown = tuple(finding for finding in mine if finding.has_evidence)
    rest = tuple(finding for finding in mine if not finding.has_evidence)
    return Element(name, _state(name, shown, rest, minor), shown, rest)


def _state(
    name: ElementName, shown: Sequence[Finding], rest: Sequence[Finding], minor: Minor
) -> State:
    """The state of one element; evidence, where there is some, goes before the child rule."""
    if any(finding.kind != "inferred" for finding in shown):
        return "touched"
    if name == "means" and minor != "no" and not shown:
        return "not_needed"
    if shown:
        return "inferred_only"
    return "no_evidence" if rest else "not_entered"


def _notes(elements: Mapping[ElementName, Element], minor: Minor) -> tuple[str, ...]:
    """What the reader should know."""
    notes = [DECIDES]
    notes += {"yes": [CHILD], "presumed": [PRESUMED, CHILD], "no": []}[minor]
    if elements["means"].shown:
        notes.append(CONSENT)
    purposes = {finding.code for finding in elements["purpose"].shown}
    if elements["ilo"].shown or "forced_labour" in purposes:
        notes.append(FORCED_LABOUR)
    if "forced_criminality" in purposes:
        notes.append(NO_PENALTY)
    return tuple(notes)


def _questions(elements: Sequence[Element], minor: Minor, *, known: bool) -> tuple[str, ...]:
    """What to ask next, in the order of the elements; never who is right."""
    questions = [_ASK[e.name] for e in elements if e.state in ("not_entered", "no_evidence")]
    if any(element.unevidenced for element in elements):
        questions.append(UNEVIDENCED)
    if any(element.state == "inferred_only" for element in elements):
        questions.append(INFERRED)
    if minor == "presumed":
        questions.append(ASK_AGE if known else ASK_WHEN)
    shown = {element.name for element in elements if element.shown}
    if "ilo" in shown and "purpose" not in shown:
        questions.append(LOOK_PURPOSE)
    return tuple(questions)


def _lists() -> Mapping[str, CodeList]:
    return load(Path(__file__).parent / "data" / "screening.yaml")
