"""How fast the log takes entries and verifies them: ``python benchmarks/audit.py [ENTRIES]``.

Each figure stands beside a baseline of the same run: appending beside pymerkle's own SQLite store
and beside bare inserts of as many rows; verifying beside hashing the same leaves from memory.
Everything happens in a temporary folder; the results land in ``benchmarks/results/audit.json``.
"""

import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="romyen-bench-")
os.environ.update(
    DJANGO_SETTINGS_MODULE="romyen.settings",
    ROMYEN_DATA=f"{FOLDER.name}/data",
    ROMYEN_KEYS=f"{FOLDER.name}/keys",
)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RESULTS = Path(__file__).parent / "results" / "audit.json"


def rate(count, call, *arguments):
    """Run the call; how many of ``count`` things a second it did."""
    begin = time.perf_counter()
    call(*arguments)
    return count / (time.perf_counter() - begin)


def entry(number):
    """One read of a case page, as it is written most often."""
    return {
        "actor": f"actor-{number % 12}".ljust(22, "x"),
        "verb": "case.read",
        "subject": f"case-{number % 5000}".ljust(22, "x"),
        "purpose": "case page",
        "details": {"fields": 3},
        "at": START + timedelta(seconds=number),
    }


def alone(count):
    """Each entry in its own durable transaction, as reveals write them."""
    from romyen import audit

    for number in range(count):
        audit.record_alone(**entry(number))


def together(first, last):
    """All entries in one transaction, as an import writes them."""
    from django.db import transaction

    from romyen import audit

    with transaction.atomic():
        for number in range(first, last):
            audit.record(**entry(number))


def bare_commits(count):
    """The baseline of :func:`alone`: one row a transaction, same database settings, no Django."""
    import sqlite3

    from django.conf import settings

    database = sqlite3.connect(f"{FOLDER.name}/bare.sqlite3", isolation_level=None)
    for statement in filter(None, settings.SQLITE_START.split(";")):
        database.execute(statement)
    database.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT)")
    for number in range(count):
        database.execute("INSERT INTO row (body) VALUES (?)", [json.dumps(number) * 40])
    database.close()


def pymerkle_appends(count):
    """The peer: the same leaves into pymerkle's SQLite tree, one by one."""
    from pymerkle import SqliteTree

    tree = SqliteTree(f"{FOLDER.name}/pymerkle.db", algorithm="sha256")
    for number in range(count):
        tree.append_entry(json.dumps(entry(number), default=str).encode())
    tree.con.close()


def raw_hashing(count):
    """The baseline of verifying: as many leaves of that length hashed into a frontier."""
    from romyen.rules import ledger

    frontier = ledger.Frontier()
    for number in range(count):
        frontier.append(ledger.leaf_hash(b"%300d" % number))


def measure(size):
    """All figures, in entries a second unless the name says otherwise."""
    import django
    from django.core.management import call_command

    (Path(FOLDER.name) / "data").mkdir()
    django.setup()
    call_command("migrate", "audit", verbosity=0)
    from romyen import audit
    from romyen.audit import checkpoints
    from romyen.audit.verify import verify

    key = checkpoints.found_log_key()
    few = min(1000, size)
    figures = {
        "entries": size,
        "alone": rate(few, alone, few),
        "alone_baseline_bare_commits": rate(few, bare_commits, few),
        "together": rate(size - few, together, few, size) if size > few else None,
        "integrate": rate(size, audit.integrate),
        "pymerkle_appends": rate(few, pymerkle_appends, few),
        "checkpoint": rate(size, lambda: checkpoints.sign_checkpoint(at=START)),
        "verify": rate(size, lambda: verify([key])),
        "verify_baseline_raw_hashing": rate(size, raw_hashing, size),
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    figures["verify_seconds"] = size / figures["verify"]
    return figures


if __name__ == "__main__":
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n")
    for name, figure in found.items():
        print(f"{name:32} {figure:12,.1f}")
