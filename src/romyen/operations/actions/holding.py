"""How every verb of an operation begins and ends: locked for the verb, and written into the log."""

from datetime import datetime
from typing import Any

from romyen import access, audit
from romyen.access import Actor, Reader
from romyen.keys import sealing
from romyen.operations.models import Operation
from romyen.rules.refusals import refuse


def held(operation: Operation, verb: str, actor: Actor, now: datetime) -> Operation:
    """The operation as it stands, locked for this verb."""
    access.require(actor, verb, operation.node, now=now)
    rows = Operation.objects.select_for_update(of=("self",)).select_related("node__team")
    return rows.get(pk=operation.pk)


def taken_place(operation: Operation, actor: Actor, now: datetime) -> Operation:
    """As :func:`held`, for what an operation brought; ``RY-OPERATION-NOT-YET`` before that."""
    fresh = held(operation, "operation.record", actor, now)
    if not fresh.took_place:
        raise refuse("RY-OPERATION-NOT-YET")
    return fresh


def check_version(row: Any, expected: int) -> None:
    """Refuse with ``RY-EDIT-CONFLICT`` when somebody wrote since; details: version."""
    if row.version != expected:
        raise refuse("RY-EDIT-CONFLICT", version=row.version)


def store(row: Any) -> None:
    """Save, and let whoever is writing at the same time notice."""
    row.version += 1
    row.save()


def known(operation: Operation, name: str, actor: Actor) -> str:
    """What stands in a sealed part, for a verb that compares; empty where no key opens it.

    Nothing of it is shown to anyone, so it is no reading.
    """
    if not isinstance(actor, Reader) or getattr(operation, name) is None:
        return ""
    text = sealing.decrypt_rows([operation], [name], actor.ring)[operation.pk][name]
    return str(text) if text else ""


def log(operation: Operation, verb: str, actor: Actor, now: datetime, **details: Any) -> None:
    """Write the entry. Details hold codes, counts and ids: never a day, a place or a unit."""
    audit.record(actor=actor.id, verb=verb, subject=operation.pk, details=details, at=now)
