"""Integration: every committed entry gets its place in the tree, one sequencer at a time."""

import logging
from collections import defaultdict
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from romyen.audit.models import Entry, EntrySubject, Frontier, Leaf, leaf_bytes
from romyen.rules import ledger

LOCK = 0x526F_6D79_656E
"""The advisory lock of the log on PostgreSQL: "Romyen" in ASCII."""

BATCH = 1000
WINDOW = 10_000
"""How far behind the newest integrated entry the quick look reaches (see :func:`integrate`)."""

log = logging.getLogger(__name__)


def integrate(*, everything: bool = True) -> int:
    """Take what is not yet in the log into it, oldest first; how many entries were taken.

    An entry is due because it has no leaf, never because its number is greater than the last:
    on PostgreSQL a transaction may commit a lower number later. ``everything=False`` looks only
    at the newest numbers, to be cheap twice a second; the full look finds what that one missed.
    """
    taken = 0
    while _due(everything).exists():
        with transaction.atomic():
            _lock()
            count = _append(dict(_hashed(_due(everything)[:BATCH])))
        taken += count
    return taken


def _due(everything: bool) -> QuerySet[Entry]:
    due = Entry.objects.filter(leaf=None).order_by("id")
    if everything:
        return due
    newest = Frontier.objects.values_list("newest", flat=True).first() or 0
    return due.filter(id__gt=newest - WINDOW)


def _lock() -> None:
    """One sequencer at a time. SQLite's transaction is IMMEDIATE and so holds the lock already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _hashed(due: QuerySet[Entry]) -> Iterator[tuple[int, bytes]]:
    """(number, leaf hash) of each entry, in order: two queries, and no objects made of the rows."""
    rows = list(due.values_list("id", "ref", "at", "actor", "verb", "purpose", "commitment"))
    subjects = defaultdict(list)
    about = EntrySubject.objects.filter(entry__in=[row[0] for row in rows])
    for number, subject in about.values_list("entry_id", "subject"):
        subjects[number].append(subject)
    for number, ref, at, actor, verb, purpose, committed in rows:
        data = leaf_bytes(
            ref=ref,
            at=at,
            actor=actor,
            verb=verb,
            subjects=subjects[number],
            purpose=purpose,
            commitment=committed,
        )
        yield number, ledger.leaf_hash(data)


def _append(hashes: dict[int, bytes]) -> int:
    """Add a leaf for each entry and carry the frontier on, all in the caller's transaction."""
    row, frontier = _frontier()
    leaves = []
    for number, leaf in hashes.items():
        leaves.append(Leaf(index=frontier.size, entry_id=number, hash=leaf.hex()))
        frontier.append(leaf)
    Leaf.objects.bulk_create(leaves)
    row.size, row.peaks = frontier.size, frontier.dump()
    row.newest = max([row.newest, *hashes])
    row.save()
    return len(leaves)


def _frontier() -> tuple[Frontier, ledger.Frontier]:
    """The stored frontier, rebuilt from the leaves when it does not fit them.

    That happens only when someone reached into the database. The log then goes on all the same,
    because without entries nothing can be revealed; ``verify`` tells what was done to it.
    """
    row = Frontier.objects.filter(pk=1).first() or Frontier()
    last = Leaf.objects.aggregate(last=Max("index"))["last"]
    size = 0 if last is None else last + 1
    try:
        frontier = ledger.Frontier.load(row.size, bytes(row.peaks))
    except ValueError:
        frontier = ledger.Frontier(-1)
    if frontier.size != size:
        log.warning("the frontier of the log does not fit its leaves; it is rebuilt")
        frontier = _rebuilt()
    return row, frontier


def _rebuilt() -> ledger.Frontier:
    """The frontier over the stored leaves; a gap or a spoilt hash is filled to keep the places."""
    frontier = ledger.Frontier()
    for index, text in Leaf.objects.order_by("index").values_list("index", "hash").iterator():
        while frontier.size < index:
            frontier.append(ledger.EMPTY_ROOT)
        frontier.append(_hash(text))
    return frontier


def _hash(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return ledger.EMPTY_ROOT
