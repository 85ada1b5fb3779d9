"""How fast the log takes entries, integrates and verifies them."""

import json
import resource
import sqlite3
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import worlds
from benchmarks.figures import Figure

ABOUT = (
    "Entries as case pages write them: each in its own durable transaction (reads), and all in "
    "one (an import); then integrated into the Merkle log, signed, and verified whole."
)
ENTRIES, QUICK_ENTRIES, ALONE = 100_000, 2_000, 1_000
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def measure(run):
    """Entries a second, beside bare rows, bare hashing and a peer's log."""
    from django.core.management import call_command

    folder = Path(tempfile.mkdtemp(prefix="log-", dir=run.folder))
    (folder / "data").mkdir()
    worlds.enter(folder)
    call_command("migrate", "audit", verbosity=0)
    from romyen import audit
    from romyen.audit import checkpoints
    from romyen.audit.verify import verify

    key = checkpoints.found_log_key()
    size = QUICK_ENTRIES if run.quick else ENTRIES
    few = min(ALONE, size // 2)
    yield from _appends(folder, few, size)
    hashing = _rate(size, _bare_hashing, size)
    yield Figure(
        "integrated into the log",
        _rate(size, audit.integrate),
        "entries/s",
        baseline=hashing,
        beside="hashing as many leaves",
    )
    checkpoints.sign_checkpoint(at=START)
    verified = _rate(size, verify, [key])
    yield Figure(
        "verified whole",
        verified,
        "entries/s",
        baseline=hashing,
        beside="hashing as many leaves",
        note=f"{size:,} entries in {size / verified:.1f} s",
    )
    yield Figure("size of the log", _size(folder) / size, "B/entry")
    yield Figure("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB")


def _appends(folder, few, size):
    yield Figure(
        "appended, each durably by itself",
        _rate(few, _alone, few),
        "entries/s",
        baseline=_rate(few, _bare_commits, folder, few),
        beside="bare rows, each committed",
    )
    yield Figure(
        "appended in one transaction",
        _rate(size - few, _together, few, size),
        "entries/s",
        baseline=_rate(few, _peer, folder, few),
        beside="pymerkle's SQLite tree",
    )


def _rate(count, call, *arguments):
    """Run the call; how many of ``count`` things a second it did."""
    begin = time.perf_counter()
    call(*arguments)
    return count / (time.perf_counter() - begin)


def _entry(number):
    """One read of a case page, as it is written most often."""
    return {
        "actor": f"actor-{number % 12}".ljust(22, "x"),
        "verb": "sealed.read",
        "subject": f"case-{number % 5000}".ljust(22, "x"),
        "purpose": "care",
        "details": {"fields": 3},
        "at": START + timedelta(seconds=number),
    }


def _alone(count):
    """Each entry in its own durable transaction, as reveals write them."""
    from romyen import audit

    for number in range(count):
        audit.record_alone(**_entry(number))


def _together(first, last):
    """All entries in one transaction, as an import writes them."""
    from django.db import transaction

    from romyen import audit

    with transaction.atomic():
        for number in range(first, last):
            audit.record(**_entry(number))


def _bare_commits(folder, count):
    """One row a transaction, with the same settings of the database and without Django."""
    from django.conf import settings

    database = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    for statement in filter(None, settings.SQLITE_START.split(";")):
        database.execute(statement)
    database.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT)")
    for number in range(count):
        database.execute("INSERT INTO row (body) VALUES (?)", [json.dumps(number) * 40])
    database.close()


def _peer(folder, count):
    """The same leaves into pymerkle's SQLite tree, one by one."""
    from pymerkle import SqliteTree

    tree = SqliteTree(str(folder / "pymerkle.db"), algorithm="sha256")
    for number in range(count):
        tree.append_entry(json.dumps(_entry(number), default=str).encode())
    tree.con.close()


def _bare_hashing(count):
    """As many leaves of that length hashed into a frontier."""
    from romyen.rules import ledger

    frontier = ledger.Frontier()
    for number in range(count):
        frontier.append(ledger.leaf_hash(b"%300d" % number))


def _size(folder):
    return sum(path.stat().st_size for path in (folder / "data").glob("romyen.sqlite3*"))
