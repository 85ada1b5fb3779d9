"""Flags on a case: set and taken away together."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from romyen import access
from romyen.cases.actions.ground import log, require_work
from romyen.cases.book import listed
from romyen.cases.models import Case, Flag


def set_flags(
    case: Case, codes: Collection[str], *, actor: access.Actor, now: datetime
) -> set[str]:
    """Let exactly these flags stand on a case. RY-LIST-UNKNOWN for one that is on no list.

    Each flag that is set or taken away is one in the log; those that stay keep their day.
    """
    with transaction.atomic():
        require_work(actor, case, now=now)
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        wanted = {listed("flags").item(code, field="flags").code for code in codes}
        standing = Flag.objects.filter(case=case, ended_at=None)
        there = set(standing.values_list("code", flat=True))
        standing.exclude(code__in=wanted).update(ended_at=now, ended_by=actor.id)
        new = sorted(wanted - there)
        Flag.objects.bulk_create(Flag(case=case, code=code, at=now, by=actor.id) for code in new)
        if wanted != there:
            log(actor, "case.flag", case, now=now, set=new, unset=sorted(there - wanted))
    return wanted
