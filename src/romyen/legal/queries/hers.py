"""What hangs on a case: her parts in proceedings, money, permits.

A part in a proceeding, and whatever hangs on it, is shown to whoever may read both the case and
the proceeding; else either would tell of the other.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from romyen import access
from romyen.access import Actor
from romyen.cases import queries as cases
from romyen.cases.models import Case, Deadline
from romyen.legal.models import (
    Attendance,
    Compensation,
    FundApplication,
    FundHead,
    FundStep,
    Hearing,
    Party,
    Payment,
    Permit,
    Proceeding,
    Testimony,
)

_TO_PARTY: dict[type[Model], str] = {
    Party: "",
    Attendance: "party__",
    Testimony: "party__",
    Compensation: "party__",
    Payment: "compensation__party__",
}
_TO_CASE: dict[type[Model], str] = {Permit: "", FundApplication: "", FundHead: "application__"}
CLOCKS = ("AST-06/", "AST-06-startup/", "JUS-03/", "JUS-03-appeal/")
"""The clocks of the case (``cases/data/clocks.yaml``) that stand beside the legal file."""


def visible[M: Model](actor: Actor, rows: QuerySet[M], *, now: datetime) -> QuerySet[M]:
    """The rows that the actor may read; rows of a party ask about its proceeding as well."""
    seen = access.visible_to(actor, "legal.read", rows, now=now)
    path = _TO_PARTY.get(rows.model)
    if path is None:
        return seen
    known = access.visible_to(actor, "proceeding.read", Proceeding.objects.all(), now=now)
    return seen.filter(**{f"{path}proceeding__in": known.values("pk")})


def case_for(actor: Actor, ref: str, verb: str, *, now: datetime) -> Case:
    """One case on which the actor does ``verb``; absent, denied or the case."""
    found = cases.case(actor, ref, now=now)
    access.require(actor, verb, found.node, now=now)
    return found


def case_part[M: Model](
    actor: Actor, kind: type[M], ref: str, part_ref: str, *, now: datetime
) -> M:
    """One row of a case's legal file, or ``RY-ABSENT``."""
    party = _TO_PARTY.get(kind)
    path = _TO_CASE[kind] if party is None else party
    joined = [f"{path}case__node"] + ([] if party is None else [f"{path}proceeding__node"])
    rows = kind._default_manager.filter(**{f"{path}case": ref}).select_related(*joined)
    return access.one(visible(actor, rows, now=now), part_ref)


def party_for(actor: Actor, ref: str, party_ref: str, *, now: datetime) -> Party:
    """A party of a case that was not struck out, or ``RY-ABSENT``."""
    rows = Party.objects.filter(case=ref, void_at=None)
    rows = rows.select_related("case__node", "proceeding__node")
    return access.one(visible(actor, rows, now=now), party_ref)


def parties_of(
    actor: Actor, proceeding: Proceeding, *, verb: str = "legal.read", now: datetime
) -> QuerySet[Party]:
    """The parties of a proceeding that the actor may know of, and no count of the others."""
    rows = Party.objects.filter(proceeding=proceeding, void_at=None)
    rows = rows.select_related("case__node", "case__survivor").order_by("recorded_at", "pk")
    return access.visible_to(actor, verb, rows, now=now)


def hearings_of(party: Party) -> list[Hearing]:
    """The days at court of a party's proceeding, the latest first."""
    rows = Hearing.objects.filter(proceeding=party.proceeding_id, void_at=None)
    return list(rows.order_by("-on", "pk"))


@dataclass(frozen=True)
class OfCase:
    """The legal file of a case, still sealed. What was struck out is left out."""

    case: Case
    parties: list[Party]
    attendances: list[Attendance]
    testimonies: list[Testimony]
    compensations: list[Compensation]
    permits: list[Permit]
    funds: list[FundApplication]
    clocks: list[cases.Running]

    def open(
        self, reader: Actor, *, purpose: str, now: datetime
    ) -> dict[str, dict[str, access.Opened]]:
        """Open what is sealed of it: one read entry for all."""
        steps = [step for fund in self.funds for step in fund.steps.all()]
        opened = access.reveal_all(
            reader,
            (self.parties, ("lawyer", "interpreter")),
            (self.attendances, ("words",)),
            (self.testimonies, ("words",)),
            (self.compensations, ("words",)),
            (self.permits, ("number", "words")),
            (self.funds, ("words",)),
            (steps, ("words",)),
            purpose=purpose,
            now=now,
        )
        return {str(pk): values for part in opened for pk, values in part.items()}


def of_case(actor: Actor, case: Case, *, now: datetime) -> OfCase:
    """Read the legal file of a case; the number of queries does not grow with it."""
    access.require(actor, "legal.read", case.node, now=now)
    hers = Party.objects.filter(case=case, void_at=None).select_related("proceeding__node")
    parties = list(visible(actor, hers, now=now).order_by("-recorded_at", "pk"))
    mine: dict[str, Any] = {"party__in": parties, "void_at": None}
    paid = Prefetch("payments", Payment.objects.filter(void_at=None).order_by("paid_on", "pk"))
    coming = Attendance.objects.filter(**mine, hearing__void_at=None)
    coming = coming.select_related("hearing", "party")
    owed = Compensation.objects.filter(**mine).select_related("party").prefetch_related(paid)
    return OfCase(
        case=case,
        parties=parties,
        attendances=list(coming.order_by("hearing__on", "hearing__hour", "pk")),
        testimonies=list(
            Testimony.objects.filter(**mine).select_related("party").order_by("asked_on", "pk")
        ),
        compensations=list(owed.order_by("recorded_at", "pk")),
        permits=_permits(case),
        funds=_funds(case),
        clocks=_clocks(case, now),
    )


def _permits(case: Case) -> list[Permit]:
    rows = Permit.objects.filter(case=case, void_at=None).select_related("authority")
    return list(rows.order_by("-recorded_at", "pk"))


def _funds(case: Case) -> list[FundApplication]:
    rows = FundApplication.objects.filter(case=case, void_at=None).select_related("office")
    heads = Prefetch("heads", FundHead.objects.filter(void_at=None).order_by("recorded_at", "pk"))
    steps = Prefetch("steps", FundStep.objects.order_by("on", "recorded_at"))
    return list(rows.prefetch_related(heads, steps).order_by("-applied_on", "pk"))


def _clocks(case: Case, now: datetime) -> list[cases.Running]:
    """The deadlines of the case that concern money, as far as they still run."""
    rows = Deadline.objects.filter(case=case, settled_at=None).select_related("event")
    return [
        cases.standing(row, now=now)
        for row in rows.order_by("due_at", "pk")
        if row.key.startswith(CLOCKS)
    ]
