"""Registering a survivor, and changing what the record says of her."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from romyen import access
from romyen.access import Actor, Node
from romyen.leads.models import Lead
from romyen.rules.codes import new_code
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors.actions.opening import locked, may, written
from romyen.survivors.listed import listed
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import Particulars, SafeContact, tidy


def register(
    particulars: Particulars,
    *,
    team: Node,
    lead: Lead | None = None,
    unmapped: str | None = None,
    actor: Actor,
    now: datetime,
) -> Survivor:
    """Begin a survivor's file in a team. Nothing has to be known, not even a name.

    ``unmapped`` is JSON of what an import brought and no field takes. Refuses with
    ``RY-BIRTH-FUTURE``, ``RY-BIRTH-TOO-OLD`` or ``RY-LIST-UNKNOWN`` beside the field.
    """
    with transaction.atomic():
        access.require(actor, "survivor.register", team, now=now)
        today = local_day(now)
        particulars.check(today)
        survivor = Survivor(
            node=access.found_node("survivor", team, now=now, code=_fresh_code()),
            lead=lead,
            registered_at=now,
            registered_by=actor.id,
            **particulars.coarse(today),
        )
        sealed = {**particulars.sealed(), "unmapped": unmapped}
        access.seal(survivor, actor=actor, now=now, **sealed)
        survivor.save(force_insert=True)
        written(
            actor, "survivor.register", survivor, now=now, **({"lead": lead.pk} if lead else {})
        )
    return survivor


def _fresh_code() -> str:
    """A code that no node has; with 27 thousand million codes the first nearly always fits."""
    code = new_code("survivor")
    while Node.objects.filter(kind="survivor", code=code).exists():
        code = new_code("survivor")
    return code


def edit(
    survivor: Survivor, particulars: Particulars, *, expected: int, actor: Actor, now: datetime
) -> Survivor:
    """Replace what is said of her. ``expected`` is the version that the writer saw.

    Refuses with ``RY-EDIT-CONFLICT`` when somebody wrote in between; details: version.
    """
    with transaction.atomic():
        may(actor, "survivor.edit", survivor, now=now)
        particulars.check(local_day(now))
        coarse = particulars.coarse(local_day(survivor.registered_at))
        return _rewrite(
            survivor, coarse, particulars.sealed(), "survivor.edit", expected, actor=actor, now=now
        )


def set_safe_contact(
    survivor: Survivor, safe: SafeContact, *, expected: int, actor: Actor, now: datetime
) -> Survivor:
    """How she may be reached without danger; empty rules take the old ones away."""
    with transaction.atomic():
        may(actor, "survivor.edit", survivor, now=now)
        safe.check()
        sealed = {"safe_contact": safe.to_text()}
        return _rewrite(
            survivor, {}, sealed, "survivor.safe_contact", expected, actor=actor, now=now
        )


def flag_guardian_conflict(
    survivor: Survivor, conflict: str, *, detail: str, expected: int, actor: Actor, now: datetime
) -> Survivor:
    """Say whether the guardian's interest runs against hers; a consent of such a one is void.

    ``conflict`` is a code of ``guardian_conflicts``; any but ``none`` needs its reason.
    """
    with transaction.atomic():
        may(actor, "survivor.edit", survivor, now=now)
        listed("guardian_conflicts").item(conflict, field="conflict")
        if conflict != "none" and not tidy(detail):
            raise refuse("RY-SURVIVOR-REASON", field="detail")
        return _rewrite(
            survivor,
            {"guardian_conflict": conflict},
            {"guardian_detail": tidy(detail)},
            "survivor.guardian",
            expected,
            actor=actor,
            now=now,
        )


def _rewrite(
    survivor: Survivor,
    coarse: Mapping[str, Any],
    sealed: Mapping[str, str | None],
    verb: str,
    expected: int,
    *,
    actor: Actor,
    now: datetime,
) -> Survivor:
    row = locked(survivor)
    row.refuse_if_over()
    if row.version != expected:
        raise refuse("RY-EDIT-CONFLICT", version=row.version)
    for name, value in coarse.items():
        setattr(row, name, value)
    access.seal(row, actor=actor, now=now, **sealed)
    row.version += 1
    row.save(update_fields=[*coarse, *sealed, "version"])
    written(actor, verb, row, now=now, version=row.version)
    return row


def void(survivor: Survivor, *, reason: str, actor: Actor, now: datetime) -> Survivor:
    """Mark the record as entered in error. It leaves the lists and stays readable, with why."""
    with transaction.atomic():
        may(actor, "survivor.void", survivor, now=now)
        if not tidy(reason):
            raise refuse("RY-SURVIVOR-REASON", field="reason")
        row = locked(survivor)
        row.refuse_if_over()
        access.seal(row, actor=actor, now=now, void_reason=tidy(reason))
        row.voided_at, row.voided_by = now, actor.id
        row.save(update_fields=["void_reason", "voided_at", "voided_by"])
        written(actor, "survivor.void", row, now=now)
    return row
