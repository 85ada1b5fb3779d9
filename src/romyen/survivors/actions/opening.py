"""How every verb begins: may she, and is the record still one to write in?"""

from datetime import datetime
from typing import Any

from romyen import access, audit
from romyen.access import Actor
from romyen.survivors.models import Survivor


def may(actor: Actor, verb: str, survivor: Survivor, *, now: datetime) -> None:
    """Refuse who may not, and anything on a record that is over."""
    access.require(actor, verb, survivor.node, now=now)
    survivor.refuse_if_over()


def locked(survivor: Survivor) -> Survivor:
    """The row as it stands now, held until the transaction ends."""
    return (
        Survivor.objects.select_for_update(of=("self",)).select_related("node").get(pk=survivor.pk)
    )


def written(actor: Actor, verb: str, survivor: Survivor, *, now: datetime, **details: Any) -> None:
    """The entry of a verb on her file; details are ids, codes and counts."""
    audit.record(actor=actor.id, verb=verb, subject=survivor.pk, details=details or None, at=now)
