"""Two people editing one record: the second is told, and nothing is overwritten."""

from typing import Any

from django.db.models import F

from romyen.rules.refusals import refuse


def take_version(row: Any, expected: int) -> None:
    """Move ``row`` from the version that its editor saw to the next, or ``RY-EDIT-CONFLICT``.

    Compare-and-swap inside the verb's transaction: of any number of editors one wins.
    """
    seen = type(row)._default_manager.filter(pk=row.pk, version=expected)
    if not seen.update(version=F("version") + 1):
        raise refuse("RY-EDIT-CONFLICT")
    row.version = expected + 1
