"""The canary scan: what was sealed is nowhere to be read on the disk, nor in what was printed."""

import base64
import contextlib
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.gates.canaries import canary, heard

pytestmark = pytest.mark.source

ON_DISK = ("data", "keys", "temp")


@dataclass
class Planted:
    """What a life on a disk left behind."""

    folder: Path
    sung: list[str]
    columns: list[str]
    rare: list[str]
    written: list[str]
    letters: int
    printed: bytes

    def files(self) -> Iterator[Path]:
        """Everything that was written without being asked for."""
        for name in ON_DISK:
            yield from (path for path in (self.folder / name).rglob("*") if path.is_file())

    def scan(self) -> list[str]:
        """Where a canary can be read, and how it is written there."""
        rare = tuple(self.rare)
        found = [f"printed: {one}" for one in heard(self.printed, rare)]
        for path in self.files():
            name = path.relative_to(self.folder)
            found += [f"{name} (its name): {one}" for one in heard(str(name).encode(), rare)]
            found += [f"{name}: {one}" for one in heard(path.read_bytes(), rare)]
        return found


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The life of an installation, in a process that dies without tidying up."""
    folder = tmp_path_factory.mktemp("planted")
    script = str(Path(__file__).parent / "planting.py")
    done = subprocess.run([sys.executable, script, str(folder)], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    said, _, last = done.stdout.rstrip().rpartition(b"\n")
    return Planted(folder, **json.loads(last), printed=said + done.stderr)


def test_what_is_sealed_is_nowhere_to_be_read(planted):
    names = {path.name for path in planted.files()}
    assert {"romyen.sqlite3", "romyen.sqlite3-wal", "box.key"} <= names
    assert planted.scan() == []


def test_every_sealed_column_holds_a_canary(planted):
    assert set(planted.columns) - set(planted.sung) == set()


def test_nothing_was_written_that_is_gone_again(planted):
    asked_for = [f"{planted.folder}/given/", f"{planted.folder}/data/mail/"]
    assert [path for path in planted.written if not path.startswith(tuple(asked_for))] == []


def test_a_language_that_few_speak_stands_in_no_open_column(planted):
    [languages] = [fact for fact in planted.rare if fact.startswith('"')]
    words = tuple(json.loads(f"[{languages}]"))
    assert words
    with copied(planted) as base:
        named = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = [row for (name,) in named for row in base.execute(f"SELECT * FROM {name}")]  # noqa: S608
    texts = [value for row in rows for value in row if isinstance(value, str)]
    whole = re.compile(rf"\b({'|'.join(words)})\b")
    assert [text for text in texts if whole.search(text)] == []


def test_a_letter_lies_in_the_folder(planted):
    assert planted.letters == len(list((planted.folder / "data" / "mail").iterdir())) == 1


# --- the scan itself can fail


@pytest.mark.parametrize("way", ["utf-8", "utf-16-le"])
def test_a_planted_file_is_found(planted, way):
    path = planted.folder / "temp" / "spilled"
    path.write_bytes(b"\0" * 5000 + canary(7).encode(way) + b"\0" * 5000)
    try:
        assert {one.partition(":")[0] for one in planted.scan()} == {"temp/spilled"}
    finally:
        path.unlink()


@contextlib.contextmanager
def copied(planted):
    """The database in a second file, to look into and to spoil."""
    path = planted.folder / "data" / "romyen.sqlite3"
    copy = planted.folder / "temp" / "copy.sqlite3"
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        base.execute("VACUUM INTO ?", [str(copy)])
    try:
        with contextlib.closing(sqlite3.connect(copy)) as base:
            yield base
    finally:
        copy.unlink()


def test_a_column_left_open_is_found(planted):
    with copied(planted) as base:
        assert planted.scan() == []
        with base:
            base.execute("UPDATE access_organisation SET name = ?", [canary(7)])
        assert {one.partition(":")[0] for one in planted.scan()} == {"temp/copy.sqlite3"}


def test_a_printed_word_and_a_day_of_birth_are_found(planted):
    for said in (canary(7), planted.rare[0]):
        talkative = replace(planted, printed=f"Error: {said}".encode())
        assert [one.partition(":")[0] for one in talkative.scan()] == ["printed"]


def test_a_file_that_is_gone_again_was_seen():
    script = (
        "import tempfile, planting; seen = planting.watch_writing();"
        "tempfile.NamedTemporaryFile().close(); print(len(seen))"
    )
    told = subprocess.check_output([sys.executable, "-c", script], cwd=Path(__file__).parent)
    assert int(told) > 0


@pytest.mark.parametrize("before", range(3))
def test_every_way_of_writing_is_heard(before):
    text = "x" * before + canary(12)
    ways = [
        text,
        json.dumps(text),
        quote(text),
        base64.b64encode(text.encode()).decode(),
        base64.urlsafe_b64encode(text.encode()).decode(),
        text.encode().hex(),
    ]
    assert [heard(way.encode()) == [] for way in ways] == [False] * len(ways)
    assert heard(text[: before + 3].encode()) == []
