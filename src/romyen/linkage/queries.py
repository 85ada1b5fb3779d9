"""Reading what was brought together."""

from datetime import datetime

from django.db.models import Q

from romyen import access
from romyen.access import Actor
from romyen.linkage.actions import VERB
from romyen.linkage.models import Merge
from romyen.survivors.models import Survivor


def merges_of(survivor: Survivor) -> list[Merge]:
    """What was brought together with this record, the latest first; undone or not."""
    rows = Merge.objects.filter(Q(kept=survivor) | Q(folded=survivor))
    return list(rows.select_related("kept__node", "folded__node").order_by("-at", "-pk"))


def merge(actor: Actor, ref: str, *, now: datetime) -> Merge:
    """One of them, or ``RY-ABSENT`` unless the actor may part the two."""
    rows = Merge.objects.select_related("kept__node", "folded__node")
    found = access.one(access.visible_to(actor, VERB, rows, now=now), ref)
    for one in (found.kept, found.folded):
        access.require(actor, VERB, one.node, now=now)
    return found
