"""A case follows its survivor when two records of hers are brought together, or parted again."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from romyen import access
from romyen.access.models import Node
from romyen.cases.actions.ground import log
from romyen.cases.models import Case
from romyen.rules.refusals import refuse
from romyen.survivors.models import Survivor

VERB = "survivor.merge"


def follow_survivor(
    former: Survivor,
    to: Survivor,
    *,
    only: Collection[str] | None = None,
    actor: access.Actor,
    now: datetime,
) -> list[str]:
    """Move the cases of ``former`` below ``to``, those that are hidden from the actor too; ids.

    ``only`` names the cases that move (default: all). Walls around one case move with it. Refuses
    with ``RY-MERGE-TEAM`` where the two belong to different teams.
    """
    with transaction.atomic():
        for survivor in (former, to):
            access.require(actor, VERB, survivor.node, now=now)
        if former.node.team_id != to.node.team_id:
            raise refuse("RY-MERGE-TEAM")
        cases = Case.objects.select_for_update(of=("self",)).filter(survivor=former)
        moved = list(cases if only is None else cases.filter(pk__in=only))
        ids = [str(case.pk) for case in moved]
        Node.objects.filter(pk__in=ids).update(parent=to.node)
        Case.objects.filter(pk__in=ids).update(survivor=to, version=F("version") + 1)
        for case in moved:
            log(actor, "case.follow", case, now=now, survivor=to.pk, former=former.pk)
    return ids
