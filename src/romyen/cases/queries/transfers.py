"""Files on their way to another team: what was offered to me, and what waits on a case."""

from datetime import datetime

from romyen import access
from romyen.access.moving import Part, parts
from romyen.cases.models import Case, Transfer


def transfers_to(reader: access.Actor, *, now: datetime) -> list[Transfer]:
    """The files of other teams that wait for the reader's answer, the oldest first.

    She cannot read the case yet: the offer is hers to see, unless the case is hidden from her.
    """
    rows = Transfer.objects.select_related("case__node", "case__manager", "team", "to")
    mine = rows.filter(to=reader.id, ended_at=None, ends_at__gt=now, accepted_at=None)
    open_ones = mine.filter(case__status="open").order_by("at", "pk")
    return list(access.unbarred(reader, open_ones))


def transfer_of(case: Case) -> Transfer | None:
    """The transfer that goes on, in time or not. The case was read through ``case``."""
    rows = Transfer.objects.filter(case=case, ended_at=None)
    return rows.select_related("team", "to").first()


def parts_of(transfer: Transfer, *, now: datetime) -> list[Part]:
    """How far the parts of the file are on their way."""
    return parts(transfer.case.survivor.node, transfer.team, now=now)
