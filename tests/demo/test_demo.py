"""The demo is whole, deterministic in what it tells, and never touches real data."""

import contextlib
import os
import re
import sqlite3
import subprocess
import sys

import pytest

from romyen.demo import load
from romyen.rules.ladder import STATUSES
from romyen.rules.refusals import Refusal


def test_the_demo_refuses_a_folder_with_real_data(settings, tmp_path, world):
    """The world of the tests has its box key beside the data: that is a real installation."""
    with pytest.raises(Refusal, match="RY-DEMO-REAL-DATA"):
        load.load(now=world.now, say=lambda words: None)
    assert not (settings.ROMYEN_DATA_DIR / "demo").exists()


def _told(folder):
    """What a load left in the open columns, without ids, codes, hashes and times of day."""
    with contextlib.closing(sqlite3.connect(folder / "data" / "romyen.sqlite3")) as base:
        named = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {table: _rows(base, table) for (table,) in named if table.startswith(OURS)}


def _standings(folder):
    with contextlib.closing(sqlite3.connect(folder / "data" / "romyen.sqlite3")) as base:
        return {status for (status,) in base.execute("SELECT status FROM survivors_survivor")}


def _rows(base, table):
    rows = base.execute(f"SELECT * FROM {table}")  # noqa: S608
    return sorted(str([_plain(value) for value in row]) for row in rows)


OURS = (
    *("access_", "leads_", "survivors_", "cases_", "partners_", "operations_", "shelters_"),
    *("care_", "legal_", "prevention_", "advocacy_"),
)
SIZES = {
    "survivors_survivor": 60,
    "leads_lead": 25,
    "operations_operation": 8,
    "shelters_shelter": 3,
    "prevention_session": 40,
    "advocacy_recommendation": 12,
    "access_exclusion": 1,
}
RANDOM = re.compile(
    r'(?:\[")?[\w-]{22}(?:"\])?|[SCLOHPER]-\w{8}|.*[0-9a-f]{32}.*|.*\$.*|'
    r"\d{4}-\d\d-\d\d .*",
    re.DOTALL,
)


def _plain(value):
    return "•" if isinstance(value, bytes) or RANDOM.fullmatch(str(value)) else value


@pytest.mark.source
def test_two_loads_tell_the_same(tmp_path):
    loads = []
    for name in ("one", "two"):
        home = tmp_path / name
        home.mkdir()
        places = {"ROMYEN_DATA": str(home / "data"), "ROMYEN_KEYS": str(home / "keys")}
        command = [sys.executable, "-m", "romyen", "demo", "load"]
        how = {"env": {**os.environ, **places}, "stdout": subprocess.DEVNULL}
        loads.append(subprocess.Popen(command, **how))
    assert [load.wait(300) for load in loads] == [0, 0]
    first, second = _told(tmp_path / "one"), _told(tmp_path / "two")
    assert {name: len(first[name]) for name in SIZES} == SIZES
    assert _standings(tmp_path / "one") >= set(STATUSES)
    assert {table for table in first if first[table] != second[table]} == set()
