"""Two records of one person become one: hers is kept, the other is folded into it.

What was written on the folded record hangs on the kept one from then on; the folded one stays as
an empty shell that leads there. What was taken over is written down so exactly that it can be put
back (:func:`unfold`). Who may fold what with what is decided above (``linkage``).
"""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import F

from romyen import access
from romyen.access import Actor, Node
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors.actions.opening import locked
from romyen.survivors.listed import listed
from romyen.survivors.models import (
    Alert,
    Consent,
    Contact,
    Document,
    Identification,
    Name,
    Screening,
    Survivor,
)
from romyen.survivors.particulars import Particulars, tidy

MOVED: dict[str, Any] = {
    "names": Name,
    "documents": Document,
    "contacts": Contact,
    "alerts": Alert,
    "consents": Consent,
    "screenings": Screening,
}
_ASIDE = 10_000
"""Numbers of steps while they are put into another order: no two may be the same meanwhile."""

type Side = Literal["kept", "folded"]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the kept record says from now on.

    ``standing`` names the record whose last step on the ladder counts; all steps stay.
    """

    particulars: Particulars
    safe_contact: str = ""
    guardian_conflict: str = "none"
    guardian_detail: str = ""
    standing: Side = "kept"


@dataclass(frozen=True)
class Taken:
    """What was taken over: columns as they were (sealed ones as their bytes), ids of rows.

    ``steps`` are the folded record's steps with their numbers; ``version`` the kept record's
    afterwards.
    """

    columns: dict[str, Any]
    rows: dict[str, list[str]]
    steps: dict[str, int]
    version: int

    def as_json(self) -> dict[str, Any]:
        """To be kept beside the merge."""
        return vars(self)


def fold(
    kept: Survivor,
    folded: Survivor,
    chosen: Chosen,
    *,
    expected: tuple[int, int],
    actor: Actor,
    now: datetime,
) -> Taken:
    """Hang everything of ``folded`` on ``kept``. The caller has asked who may, and logs.

    ``expected`` are the versions that the writer saw; another one refuses with
    ``RY-EDIT-CONFLICT``, a record that is over with its own refusal.
    """
    with transaction.atomic():
        row, other = _both(kept, folded)
        for one, seen in zip((row, other), expected, strict=True):
            if one.version != seen:
                raise refuse("RY-EDIT-CONFLICT", version=one.version)
            one.refuse_if_over()
        columns = _rewrite(row, other, chosen, actor, now)
        rows = {name: _moved(model, other, row) for name, model in MOVED.items()}
        steps = _join_ladders(row, other, last=chosen.standing)
        other.folded_into = row
        other.version += 1
        other.save(update_fields=["folded_into", "version"])
        Node.objects.filter(pk=other.pk).update(parent=row.node)
    return Taken(columns, rows, steps, row.version)


def _both(kept: Survivor, folded: Survivor) -> tuple[Survivor, Survivor]:
    """Both rows as they stand, locked in the same order by everyone."""
    held = {ref: locked(Survivor(pk=ref)) for ref in sorted((str(kept.pk), str(folded.pk)))}
    return held[str(kept.pk)], held[str(folded.pk)]


def _rewrite(
    row: Survivor, other: Survivor, chosen: Chosen, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Write what was chosen; the columns as they were before."""
    listed("guardian_conflicts").item(chosen.guardian_conflict, field="guardian")
    particulars = chosen.particulars
    particulars.check(local_day(now))
    sealed = {
        **particulars.sealed(),
        "safe_contact": tidy(chosen.safe_contact),
        "guardian_detail": tidy(chosen.guardian_detail),
    }
    status = row.status if chosen.standing == "kept" else other.status
    coarse = {
        **particulars.coarse(local_day(row.registered_at)),
        "guardian_conflict": chosen.guardian_conflict,
        "status": status,
    }
    before = {name: _raw(row, name) for name in (*sealed, *coarse)}
    for name, value in coarse.items():
        setattr(row, name, value)
    access.seal(row, actor=actor, now=now, **sealed)
    row.version += 1
    row.save(update_fields=[*sealed, *coarse, "version"])
    return before


def _raw(row: Survivor, name: str) -> Any:
    value = row.__dict__[name]
    return {"sealed": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _moved(model: Any, other: Survivor, row: Survivor) -> list[str]:
    rows = model.objects.filter(survivor=other)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(survivor=row)
    return ids


def _join_ladders(row: Survivor, other: Survivor, *, last: Side) -> dict[str, int]:
    """All steps of both on one ladder, each record's in their order; the folded one's numbers."""
    theirs = list(Identification.objects.filter(survivor=other).order_by("number"))
    mine = list(Identification.objects.filter(survivor=row).order_by("number"))
    was = {str(step.pk): step.number for step in theirs}
    Identification.objects.filter(survivor=other).update(number=F("number") + _ASIDE)
    Identification.objects.filter(pk__in=list(was)).update(survivor=row)
    _number([*theirs, *mine] if last == "kept" else [*mine, *theirs])
    return was


def _number(steps: Iterable[Identification]) -> None:
    """Count the steps of a ladder in this order."""
    numbered = list(enumerate(steps, start=1))
    for aside in (2 * _ASIDE, 0):
        for number, step in numbered:
            Identification.objects.filter(pk=step.pk).update(number=aside + number)


def unfold(
    kept: Survivor, folded: Survivor, taken: Mapping[str, Any], *, since: datetime
) -> Survivor:
    """Put everything back as it was; what was added to the kept record since stays there.

    Refuses with ``RY-MERGE-EDITED`` where what the merge wrote was changed since.
    """
    with transaction.atomic():
        row, other = _both(kept, folded)
        _refuse_edited(row, taken, since)
        for name, model in MOVED.items():
            rows = model.objects.filter(pk__in=taken["rows"][name], survivor=row)
            rows.update(survivor=other)
        _part_ladders(row, other, taken["steps"])
        for name, value in taken["columns"].items():
            setattr(row, name, _bytes(value))
        row.version += 1
        row.save(update_fields=[*taken["columns"], "version"])
        other.folded_into = None
        other.version += 1
        other.save(update_fields=["folded_into", "version"])
        Node.objects.filter(pk=other.pk).update(parent=other.node.team_id)
    return other


def _bytes(value: Any) -> Any:
    return base64.b64decode(value["sealed"]) if isinstance(value, dict) else value


def _refuse_edited(row: Survivor, taken: Mapping[str, Any], since: datetime) -> None:
    row.refuse_if_over()
    decided = Identification.objects.filter(survivor=row, at__gt=since)
    if row.version != taken["version"] or decided.exclude(pk__in=taken["steps"]).exists():
        raise refuse("RY-MERGE-EDITED")


def _part_ladders(row: Survivor, other: Survivor, steps: Mapping[str, int]) -> None:
    theirs = Identification.objects.filter(pk__in=list(steps))
    theirs.update(number=F("number") + _ASIDE)
    theirs.update(survivor=other)
    for ref, number in steps.items():
        Identification.objects.filter(pk=ref).update(number=number)
    _number(Identification.objects.filter(survivor=row).order_by("number"))
