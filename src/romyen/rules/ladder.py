"""The identification ladder: possible, presumed, formally identified, not a victim.

Being a victim of trafficking is not a yes or no of ours: it is a chain of decisions, each by an
organisation, on a day, on some basis (Thailand's National Referral Mechanism; HTCDS 2.0 fields
``vic_TraffickingStatus`` and ``vic_TraffickingStatusDecisionMakingOrg``). An NGO presumes; it
does not identify formally. Someone found not to be a victim can always be screened again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

from romyen.rules.lists import CodeList, of
from romyen.rules.refusals import refuse

Status = Literal["possible", "presumed", "identified", "not_victim"]
STATUSES: tuple[Status, ...] = get_args(Status)

MOVES: dict[Status | None, frozenset[Status]] = {
    None: frozenset(STATUSES),
    "possible": frozenset({"presumed", "identified", "not_victim"}),
    "presumed": frozenset({"identified", "not_victim"}),
    "identified": frozenset(),
    "not_victim": frozenset({"possible", "presumed", "identified"}),
}
"""Where each status may go by a new decision; everything else needs a correction with reason.
A first step may be any: people come to us at every stage."""

_TO_HTCDS: dict[Status, str] = {
    "possible": "PossibleVictimOfTrafficking",
    "presumed": "PossibleVictimOfTrafficking",
    "identified": "ActualVictimOfTrafficking",
    "not_victim": "NotAVictimOfTrafficking",
}
_FROM_HTCDS: dict[str, Status] = {
    "PossibleVictimOfTrafficking": "possible",
    "ActualVictimOfTrafficking": "identified",
    "NotAVictimOfTrafficking": "not_victim",
}


@dataclass(frozen=True)
class Step:
    """One decision. ``organisation`` is a code of ``organisations()``.

    ``corrects`` says that it undoes a mistake in the step before; ``has_reason`` that the reason
    was written down. ``imported`` marks what another system recorded: it is kept as it was.
    """

    status: Status
    organisation: str
    on: date
    corrects: bool = False
    has_reason: bool = False
    imported: bool = False


class HtcdsStatus(NamedTuple):
    """The two HTCDS 2.0 values of a step."""

    status: str
    organisation: str


def current(history: Sequence[Step]) -> Step | None:
    """The step that stands: the last one written, whatever its date."""
    return history[-1] if history else None


def check_step(history: Sequence[Step], step: Step, *, today: date) -> Step:
    """The step, if it may follow.

    Refuses with ``RY-LADDER-FUTURE``, ``-ORGANISATION``, ``-REASON``, ``-ORDER`` or ``-MOVE``,
    an unknown organisation with ``RY-LIST-UNKNOWN``.
    """
    if step.on > today:
        raise refuse("RY-LADDER-FUTURE", field="on")
    if step.status == "identified" and not (step.imported or identifies(step.organisation)):
        raise refuse("RY-LADDER-ORGANISATION", field="organisation")
    last = current(history)
    if step.corrects:
        return _correction(last, step)
    if last is not None and step.on < last.on:
        raise refuse("RY-LADDER-ORDER", field="on")
    if step.status not in MOVES[last.status if last else None]:
        raise refuse("RY-LADDER-MOVE", field="status")
    return step


def choices(history: Sequence[Step]) -> list[Status]:
    """The statuses that a new decision may choose now, in the ladder's order."""
    last = current(history)
    return [status for status in STATUSES if status in MOVES[last.status if last else None]]


def identifies(organisation: str) -> bool:
    """Whether an organisation of this kind can identify a victim formally."""
    return bool(organisations().item(organisation, field="organisation").more.get("identifies"))


def opens_state_services(history: Sequence[Step]) -> bool:
    """Whether the standing decision opens full state services (section 33 of the Act).

    Only formal identification by the multidisciplinary team, police or the ministry (MSDHS)
    does; which kinds count is data with its confidence.
    """
    last = current(history)
    if last is None or last.status != "identified":
        return False
    kind = organisations().item(last.organisation)
    return bool(kind.more.get("opens_state_services"))


def to_htcds(step: Step) -> HtcdsStatus:
    """The HTCDS 2.0 values of a step; “presumed” has none of its own and becomes “Possible”."""
    organisation = organisations().item(step.organisation).more["htcds"]
    return HtcdsStatus(_TO_HTCDS[step.status], str(organisation))


def from_htcds(status: str, organisation: str) -> tuple[Status, str]:
    """Our status and organisation kind for the two HTCDS 2.0 values.

    The kind chosen is the one that maps back to the same value and says no more than it. Both
    refuse with ``RY-LIST-UNKNOWN``; an empty organisation becomes ``other``.
    """
    ours = _FROM_HTCDS.get(status)
    if ours is None:
        raise refuse("RY-LIST-UNKNOWN", field="vic_TraffickingStatus")
    for kind in organisations():
        if kind.more.get("from_htcds") == (organisation or "Other"):
            return ours, kind.code
    raise refuse("RY-LIST-UNKNOWN", field="vic_TraffickingStatusDecisionMakingOrg")


def statuses() -> CodeList:
    """The four statuses with their words."""
    return of("survivors", "identification_statuses")


def organisations() -> CodeList:
    """The kinds of organisation that decide, with what each can do."""
    return of("survivors", "deciding_organisations")


def _correction(last: Step | None, step: Step) -> Step:
    """A correction needs something to correct, and a reason."""
    if last is None:
        raise refuse("RY-LADDER-MOVE", field="status")
    if not step.has_reason:
        raise refuse("RY-LADDER-REASON", field="reason")
    return step
