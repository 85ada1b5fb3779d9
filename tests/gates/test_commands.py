"""The command line: quick to start, helpful, and without a traceback whatever happens."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from romyen import cli
from romyen.cli import ENTRIES, Entry, load, run
from romyen.rules.refusals import refuse

pytestmark = pytest.mark.source

PRESENT = {}
for name, entry in ENTRIES.items():
    try:
        PRESENT[name] = load(name, entry)
    except click.ClickException:  # not part of this release yet
        continue


def every(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """The command and all below it, by what one types."""
    yield path, command
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from every(f"{path} {name}", below)


def unhelpful(commands: Iterator[tuple[str, click.Command]]) -> list[str]:
    """Commands without a sentence on what they do, and leaves without an example."""
    found = []
    for path, command in commands:
        text = command.help or ""
        if not text.strip():
            found.append(f"{path}: says nothing")
        elif not isinstance(command, click.Group) and f"Example: {path}" not in " ".join(
            text.replace("\b", " ").split()
        ):
            found.append(f"{path}: shows no example that begins with its name")
    return found


@pytest.mark.parametrize("name", sorted(PRESENT))
def test_every_command_explains_itself(name):
    assert unhelpful(every(f"romyen {name}", PRESENT[name])) == []


def test_a_planted_silence_is_found():
    group = click.Group("planted", help="Planted.", commands={"mute": click.Command("mute")})
    group.add_command(click.Command("vague", help="Does it. Example: romyen other"))
    assert unhelpful(every("romyen planted", group)) == [
        "romyen planted mute: says nothing",
        "romyen planted vague: shows no example that begins with its name",
    ]


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, as a shell would."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def test_help_imports_neither_django_nor_any_package():
    done = python(
        "import sys; from romyen.cli import run; code = run(['--help'])\n"
        "heavy = [m for m in sys.modules if m.split('.')[0] in ('django', 'cryptography')"
        " or m.endswith('.commands')]\n"
        "sys.exit(code or ' '.join(heavy) or None)"
    )
    assert done.returncode == 0, done.stderr
    assert "htcds" in done.stdout


def test_commands_can_be_named_before_django_is_ready():
    """Their modules hold no model and no setting at the top, so that help stays quick."""
    modules = sorted({e.path.partition(":")[0] for n, e in ENTRIES.items() if n in PRESENT})
    done = python(
        f"import importlib, sys; [importlib.import_module(m) for m in {modules!r}]\n"
        "sys.exit(' '.join(m for m in sys.modules if m == 'romyen.settings'"
        " or m.startswith('romyen.') and m.endswith('.models')) or None)",
        DJANGO_SETTINGS_MODULE="",
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def planted(monkeypatch):
    """Put a command of our own behind the name ``planted``."""

    def plant(callback):
        command = click.command(name="planted")(callback)
        monkeypatch.setattr(cli, "planted", command, raising=False)
        monkeypatch.setitem(ENTRIES, "planted", Entry("romyen.cli:planted", "Planted."))
        monkeypatch.setattr(cli, "_set_up", lambda entry: None)
        monkeypatch.setattr(cli, "_has_log", lambda: False)

    return plant


def test_a_refusal_is_a_code_and_exit_1(planted, capsys):
    def no() -> None:
        raise refuse("RY-ABSENT")

    planted(no)
    assert run(["planted"]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("RY-ABSENT: This page does not exist")
    assert captured.out == ""


def test_misuse_is_exit_2(planted, capsys):
    planted(lambda: None)
    assert run(["planted", "--colour"]) == 2
    assert run(["no-such-noun"]) == 2
    assert "No such command" in capsys.readouterr().err


def test_what_nobody_foresaw_gives_nothing_away(planted, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("ROMYEN_DATA", str(tmp_path))

    def falls(name: str = "Somying of Ban Mai") -> None:
        try:
            raise ValueError(f"cannot read {name}")
        except ValueError as error:
            raise RuntimeError(f"and so {name} is lost") from error

    planted(falls)
    assert run(["planted"]) == 1
    said, log = capsys.readouterr().err, tmp_path / "logs" / "errors.log"
    noted = log.read_text()
    reference = said.rsplit(maxsplit=1)[-1].rstrip(".")
    assert reference in noted
    assert "ValueError" in noted
    assert "RuntimeError" in noted
    assert "test_commands.py" in noted
    assert "Somying" not in said + noted
    assert "Traceback" not in said
    assert log.stat().st_mode & 0o077 == 0


def test_a_command_that_is_not_there_yet_says_so(capsys, monkeypatch):
    monkeypatch.setitem(ENTRIES, "later", Entry("romyen.rules.later:later", "Later."))
    assert run(["later"]) == 1
    assert "not part of this release yet" in capsys.readouterr().err


def test_a_command_whose_module_is_broken_is_no_absent_one(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("ROMYEN_DATA", str(tmp_path))
    (tmp_path / "brokenmodule.py").write_text("import nothing_of_this_name\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(ENTRIES, "broken", Entry("brokenmodule:broken", "Broken."))
    assert run(["broken"]) == 1
    assert "It is noted in" in capsys.readouterr().err


@pytest.fixture
def romyen(tmp_path):
    """The command in a process and a data folder of its own."""

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "romyen", *arguments],
            env={**os.environ, "ROMYEN_DATA": str(tmp_path / "data"), "ROMYEN_DATABASE_URL": ""}
            | {"ROMYEN_KEYS": str(tmp_path / "keys")},
            capture_output=True,
            text=True,
        )

    return command


def test_a_folder_without_installation_is_refused_and_left_alone(romyen, tmp_path):
    done = romyen("mail", "send")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("RY-NO-INSTALLATION: ")
    assert not (tmp_path / "data").exists()


def test_migrate_makes_a_private_folder_and_may_be_repeated(romyen, tmp_path):
    for _ in range(2):
        done = romyen("migrate")
        assert (done.returncode, done.stderr) == (0, "")
    for path in (tmp_path / "data", *(tmp_path / "data").iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path


def test_what_the_command_line_refuses_stands_in_the_log(romyen, tmp_path):
    romyen("migrate")
    assert romyen("audit", "checkpoint").stderr.startswith("RY-AUDIT-NO-LOG-KEY: ")
    with sqlite3.connect(tmp_path / "data" / "romyen.sqlite3") as database:
        entries = database.execute("SELECT actor, verb FROM audit_entry").fetchall()
    database.close()
    assert entries == [("operator", "command.refused")]


def test_the_version_is_the_one_of_the_package(romyen):
    import importlib.metadata

    assert romyen("--version").stdout == f"romyen, version {importlib.metadata.version('romyen')}\n"
