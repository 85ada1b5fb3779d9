"""Stays: those of a case, and one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from romyen import access
from romyen.access import Actor
from romyen.cases.models import Case
from romyen.shelters.models import Stay

WORDS = ("exit_words", "over_reason")


def stays_of(case: Case) -> list[Stay]:
    """Every stay of a case that was read through ``cases.queries``, the newest first."""
    rows = Stay.objects.filter(case=case).select_related("shelter__node", "bed")
    return list(rows.prefetch_related("leaves").order_by("-arrived_on", "-placed_at"))


def stay(actor: Actor, ref: str, verb: str, *, now: datetime) -> Stay:
    """One stay on whose case the actor does ``verb``, or ``RY-ABSENT``."""
    rows = Stay.objects.select_related("case__node", "case__survivor", "shelter__node", "bed")
    found = access.one(access.visible_to(actor, "case.read", rows, now=now), ref)
    access.require(actor, verb, found.case.node, now=now)
    return found


def open_words(
    reader: Actor, stays: Iterable[Stay], *, purpose: str, now: datetime
) -> dict[str, dict[str, Any]]:
    """What is sealed of stays and their leaves, by row: one read entry."""
    rows = list(stays)
    leaves = [leave for row in rows for leave in row.leaves.all()]
    parts = access.reveal_all(reader, (rows, WORDS), (leaves, ["words"]), purpose=purpose, now=now)
    return {str(pk): values for part in parts for pk, values in part.items()}
