"""Taking cases out: two people, one read entry, one file that names people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from django.db import transaction

from romyen import access, audit
from romyen.access import Reader, Team, approvals
from romyen.access.models import Approval
from romyen.exchange import queries
from romyen.exchange.gathering import gather
from romyen.exchange.htcds import Record, write_csv
from romyen.exchange.marks import content_mark, remember
from romyen.exchange.models import Mark
from romyen.survivors.models import Survivor

VERB = "exchange.export"
PURPOSE = "htcds export"


@dataclass(frozen=True)
class Export:
    """A file, how many rows it has, and the codes of those that the reader's keys do not open."""

    content: bytes
    rows: int
    closed: list[str]


def ask_export(team: Team, *, purpose: str, actor: Reader, now: datetime) -> Approval:
    """Ask a second person to allow one export of a team's cases."""
    return approvals.ask(
        VERB, team.node, purpose=purpose, digest=_digest(team), actor=actor, now=now
    )


def export(team: Team, *, approval: str, actor: Reader, now: datetime) -> Export:
    """The team's cases as CSV: what the reader's keys open, sorted by code.

    Spends the approval, then reveals with one read entry that names everyone. Refuses with
    ``RY-ACCESS-APPROVAL-…``; who may not export, with ``RY-ABSENT`` or ``RY-ACCESS-DENIED``.
    """
    survivors = list(queries.exportable(actor, team, now=now))
    with transaction.atomic():
        access.require(actor, VERB, team.node, now=now)
        approvals.use(approval, VERB, team.node, digest=_digest(team), actor=actor, now=now)
        audit.record(
            actor=actor.id,
            verb=VERB,
            subject=team.pk,
            details={"approval": approval, "survivors": len(survivors)},
            at=now,
        )
    return _written(survivors, actor, now)


def _written(survivors: Sequence[Survivor], actor: Reader, now: datetime) -> Export:
    """What goes out is remembered, so that our own file brings nothing new when it comes back."""
    gathered = gather(actor, survivors, purpose=PURPOSE, now=now) if survivors else []
    records = [(one.survivor, one.record) for one in gathered if one.record is not None]
    content = BytesIO()
    rows = write_csv([record for _, record in records], content)
    with transaction.atomic():
        remember(_mark(survivor, record) for survivor, record in records)
    closed = [one.survivor.node.code for one in gathered if one.record is None]
    return Export(content.getvalue(), rows, closed)


def _mark(survivor: Survivor, record: Record) -> Mark:
    return Mark(survivor=survivor, kind=Mark.CONTENT, mark=content_mark(record))


def _digest(team: Team) -> str:
    """What exactly was asked for: the cases of this team in this layout."""
    return sha256(f"htcds export 1\n{team.pk}".encode()).hexdigest()
