"""``romyen htcds`` as an operator runs it, in processes of its own."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.exchange.htcds.files import DATA
from tests.exchange.tables import table

from romyen import cli
from romyen.survivors.models import Survivor

PASSPHRASES = [f"a quiet garden number {number}" for number in ("one", "two", "three")]


@dataclass
class House:
    """An installation in a folder of its own."""

    folder: Path

    @property
    def environment(self):
        """What its commands are run with; temporary files land beside the data."""
        (self.folder / "tmp").mkdir(parents=True, exist_ok=True)
        return os.environ | {
            "ROMYEN_DATA": str(self.folder / "data"),
            "ROMYEN_KEYS": str(self.folder / "keys"),
            "TMPDIR": str(self.folder / "tmp"),
            "ROMYEN_DATABASE_URL": "",
        }

    def start(self, *words):
        """Begin a command."""
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", "romyen", *words]
        how = {"stdin": pipe, "stdout": pipe, "stderr": pipe, "text": True}
        return subprocess.Popen(command, env=self.environment, **how)

    def run(self, *words, typed="", code=0):
        """Run a command to its end; what it printed."""
        running = self.start(*words)
        out, err = running.communicate(typed)
        assert running.returncode == code, err
        assert "Traceback" not in err
        return out

    def found(self):
        """Found it, with Nok and Arun as leads."""
        people = ["--administrator", "Lek <lek@example.org>"]
        people += ["--lead", "Nok <nok@example.org>", "--lead", "Arun <arun@example.org>"]
        words = ["init", "--organisation", "Fictional", "--team", "Intake", *people]
        self.run(*words, "--passphrases-stdin", typed="\n".join(PASSPHRASES))
        return self

    def export(self, name):
        """Nok asks, Arun says yes, Nok takes out."""
        out = self.folder / name
        words = ["htcds", "export", "--as", "nok@example.org", "--out", str(out)]
        words += ["--passphrase-stdin", "--json"]
        said = self.run(*words, typed=PASSPHRASES[1], code=1)
        ref = json.loads(said)["approval"]
        give = ["approvals", "give", ref, "--as", "arun@example.org", "--passphrase-stdin"]
        self.run(*give, typed=PASSPHRASES[2])
        self.run(*words, "--approval", ref, typed=PASSPHRASES[1])
        return out

    def survivors(self):
        """How many there are now."""
        database = sqlite3.connect(self.folder / "data" / "romyen.sqlite3", timeout=20)
        [(count,)] = database.execute("SELECT count(*) FROM survivors_survivor")
        database.close()
        return count

    def files(self):
        """Every file of data, keys and temporary folder."""
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.mark.source
def test_out_and_into_an_empty_house_and_out_again_is_the_same_file(tmp_path):
    first, second = House(tmp_path / "a").found(), House(tmp_path / "b").found()
    for name, code in (("filled.xlsx", 1), ("names.csv", 0), ("submissions", 0)):
        errors = str(tmp_path / f"{name}-errors.xlsx")
        first.run("htcds", "import", str(DATA / name), "--errors", errors, code=code)
    out = first.export("out.csv")
    second.run("htcds", "import", str(out))
    again = second.export("again.csv")
    assert len(out.read_text().splitlines()) > 50
    assert again.read_bytes() == out.read_bytes()
    first.run("audit", "verify")


@pytest.mark.source
def test_killed_in_the_middle_and_run_again(tmp_path):
    house = House(tmp_path / "a").found()
    people = [{"prs_FirstName": f"QZcanary{n:04}", "cas_Status": "Active"} for n in range(1000)]
    file = tmp_path / "many.csv"
    file.write_bytes(table(*people))
    running = house.start("htcds", "import", str(file), "--json")
    deadline = time.monotonic() + 60
    while house.survivors() == 0 and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    survived = house.survivors()
    assert 0 < survived < 1000
    said = json.loads(house.run("htcds", "import", str(file), "--json"))
    assert (said["unchanged"], said["imported"]) == (survived, 1000 - survived)
    house.run("audit", "verify")
    telling = [path for path in house.files() if b"QZcanary" in path.read_bytes()]
    assert telling == []


@pytest.mark.django_db
def test_a_summary_and_a_workbook_of_what_to_mend(world, tmp_path, capsys):
    file = tmp_path / "cases.xlsx"
    file.write_bytes((DATA / "filled.xlsx").read_bytes())
    assert cli.run(["htcds", "import", str(file)]) == 1
    said = capsys.readouterr().out
    assert "34  imported" in said
    errors = tmp_path / "cases-errors.xlsx"
    assert str(errors) in said
    assert errors.stat().st_mode & 0o777 == 0o600
    assert cli.run(["htcds", "import", str(file), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["imported"], told["refused"], told["unchanged"]) == (40, 0, 6, 34)
    assert set(told["conflicts"][-1]) == {"row", "column", "code", "message"}
    assert told["errors"] == str(tmp_path / "cases-errors-2.xlsx")


@pytest.mark.django_db
def test_into_a_team_and_dry(world, tmp_path, capsys):
    file = str(DATA / "names.csv")
    assert cli.run(["htcds", "import", file, "--team", "south", "--dry-run"]) == 0
    assert "Nothing was written" in capsys.readouterr().out
    assert not Survivor.objects.exists()
    assert cli.run(["htcds", "import", file, "--team", "south"]) == 0
    teams = set(Survivor.objects.values_list("node__team", flat=True))
    assert teams == {world.other_team.pk}
    capsys.readouterr()
    assert cli.run(["htcds", "import", file, "--team", "nowhere"]) == 1
    assert "RY-HTCDS-NO-TEAM" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "RY-HTCDS-EMPTY"),
        (b"prs_FirstName,prs_SecondName\n", "RY-HTCDS-EMPTY"),
        (b"one,two\n1,2\n", "RY-HTCDS-NO-HEADER"),
        (b"PK\x03\x04 not a zip", "RY-HTCDS-DAMAGED"),
        (b"\xff\xfe\x00bad", "RY-HTCDS-ENCODING"),
        (b'prs_FirstName,prs_SecondName\n"never closed,1\n', "RY-HTCDS-DAMAGED"),
    ],
)
def test_bad_files_are_refused_in_words(world, tmp_path, capsys, content, code):
    file = tmp_path / "bad"
    file.write_bytes(content)
    for verb in ("check", "import"):
        assert cli.run(["htcds", verb, str(file)]) == 1
        said = capsys.readouterr()
        assert code in said.err
        assert "Traceback" not in said.err
    assert not Survivor.objects.exists()


@pytest.mark.django_db
def test_nothing_is_overwritten(world, tmp_path, capsys):
    taken = tmp_path / "mended.xlsx"
    taken.write_bytes(b"hours of work")
    words = ["htcds", "import", str(DATA / "filled.xlsx"), "--errors", str(taken)]
    assert cli.run(words) == 1
    assert "RY-HTCDS-FILE-EXISTS" in capsys.readouterr().err
    assert taken.read_bytes() == b"hours of work"
    assert not Survivor.objects.exists()


def test_checking_needs_no_installation(tmp_path):
    house = House(tmp_path / "nowhere")
    said = json.loads(house.run("htcds", "check", str(DATA / "names.csv"), "--json"))
    assert (said["rows"], said["readable"], said["refused"]) == (12, 12, 0)
    house.run("htcds", "check", str(DATA / "filled.xlsx"), code=1)
    assert not (tmp_path / "nowhere" / "data").exists()
