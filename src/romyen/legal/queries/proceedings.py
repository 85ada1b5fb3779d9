"""Proceedings: the list, one of them, and what hangs on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from romyen import access
from romyen.access import Actor
from romyen.legal.models import Attendance, Charge, Hearing, Party, Proceeding, Stage
from romyen.legal.models.proceedings import PLANNED
from romyen.legal.queries.hers import parties_of, visible
from romyen.rules.spans import local_day

PAGE = 25
_LISTED = ("node", "node__code", "kind", "stage", "stage_on", "recorded_at")
_OFFICES = ("police", "prosecutor", "court")


@dataclass(frozen=True)
class Filters:
    """What of the list is wanted: codes, or empty for everything."""

    kind: str = ""
    stage: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """Those that narrow."""
        return {name: code for name, code in vars(self).items() if code}


@dataclass(frozen=True)
class Listed:
    """One page of proceedings, the newest first; ``older`` leads to the next (empty: none)."""

    rows: list[Proceeding]
    older: str


def proceedings(actor: Actor, *, now: datetime) -> QuerySet[Proceeding]:
    """The proceedings that the actor may read."""
    rows = Proceeding.objects.select_related("node", *_OFFICES)
    return access.visible_to(actor, "proceeding.read", rows, now=now)


def proceeding(actor: Actor, ref: str, *, now: datetime) -> Proceeding:
    """One proceeding, or ``RY-ABSENT``."""
    return access.one(proceedings(actor, now=now), ref)


def proceeding_for(actor: Actor, ref: str, *, now: datetime) -> Proceeding:
    """One proceeding that the actor may write on: nobody is shown a form in vain."""
    found = proceeding(actor, ref, now=now)
    access.require(actor, "proceeding.record", found.node, now=now)
    return found


def proceeding_part[M: Model](
    actor: Actor, rows: QuerySet[M], ref: str, part_ref: str, *, now: datetime
) -> M:
    """One charge or hearing of a proceeding, or ``RY-ABSENT``."""
    mine = rows.filter(proceeding_id=ref).select_related("proceeding__node")
    return access.one(access.visible_to(actor, "proceeding.read", mine, now=now), part_ref)


def listed(
    actor: Actor, *, filters: Filters, before: str = "", size: int = PAGE, now: datetime
) -> Listed:
    """One page of the proceedings that the actor may read; a senseless mark starts anew."""
    rows = Proceeding.objects.select_related("node").only(*_LISTED).filter(**filters.chosen)
    rows = _after(rows, before).order_by("-recorded_at", "-node")
    found = access.first_visible(actor, "proceeding.read", rows, most=size + 1, now=now)
    last = found[size - 1] if len(found) > size else None
    older = f"{last.recorded_at.isoformat()}_{last.pk}" if last else ""
    return Listed(found[:size], older)


def _after(rows: QuerySet[Proceeding], mark: str) -> QuerySet[Proceeding]:
    moment, _, ref = mark.partition("_")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return rows
    if at.tzinfo is None:
        return rows
    same = Q(recorded_at=at, node__lt=ref)
    return rows.filter(Q(recorded_at__lt=at) | same, recorded_at__lte=at)


def next_hearings(of: Collection[Any], *, now: datetime) -> Mapping[str, Hearing]:
    """The next planned hearing of each of these proceedings that has one. One query.

    The caller has decided who may read them.
    """
    coming = Hearing.objects.filter(
        proceeding__in=of, outcome=PLANNED, void_at=None, on__gte=local_day(now)
    )
    nearest: dict[str, Hearing] = {}
    for row in coming.order_by("on", F("hour").asc(nulls_last=True), "pk"):
        nearest.setdefault(row.proceeding_id, row)
    return nearest


@dataclass(frozen=True)
class Whole:
    """A proceeding's page, still sealed; of parties only those that the reader may know of."""

    proceeding: Proceeding
    stages: list[Stage]
    charges: list[Charge]
    hearings: list[Hearing]
    parties: list[Party]
    attendances: list[Attendance]

    def open(
        self, reader: Actor, *, purpose: str, now: datetime
    ) -> dict[str, dict[str, access.Opened]]:
        """Open what is sealed of the proceeding itself: one read entry for all."""
        numbers = ("police_no", "prosecutor_no", "black_no", "red_no", "accused")
        opened = access.reveal_all(
            reader,
            ([self.proceeding], numbers),
            (self.charges, ("detail", "sentence")),
            (self.hearings, ("room", "words")),
            purpose=purpose,
            now=now,
        )
        return {str(pk): values for part in opened for pk, values in part.items()}


def whole(actor: Actor, found: Proceeding, *, now: datetime) -> Whole:
    """Read a proceeding's page; the number of queries does not grow with it."""
    hearings = Hearing.objects.filter(proceeding=found).order_by("on", "hour", "pk")
    coming = Attendance.objects.filter(hearing__proceeding=found, void_at=None)
    coming = coming.filter(party__void_at=None).select_related("party__case__node")
    return Whole(
        proceeding=found,
        stages=list(Stage.objects.filter(proceeding=found).order_by("-on", "-recorded_at")),
        charges=list(Charge.objects.filter(proceeding=found).order_by("charged_on", "pk")),
        hearings=list(hearings),
        parties=list(parties_of(actor, found, now=now)),
        attendances=list(visible(actor, coming, now=now).order_by("recorded_at", "pk")),
    )
