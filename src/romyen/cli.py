"""The command ``romyen``: groups by noun, each loaded when it is called.

The door translates: a refusal becomes ``RY-CODE: message`` on stderr and exit 1, a usage error
exit 2, and what nobody foresaw a short message with an id: never a traceback, because its values
may be a survivor's. A package's ``commands.py`` imports Django inside its commands only: the door
makes Django ready before it calls one, and has the log integrated before the command ends.
"""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, override

import click

from romyen import __version__
from romyen.rules.refusals import Refusal, refuse


@dataclass(frozen=True)
class Entry:
    """Where a command lives, what it is for, and what it needs.

    ``folder`` is the data folder's name when ``ROMYEN_DATA`` names none; ``founds`` marks
    commands that make an installation and so cannot ask for one; ``plain`` names subcommands of
    pure engines, which start without Django.
    """

    path: str
    summary: str
    folder: str = "romyen"
    founds: bool = False
    plain: frozenset[str] = frozenset()


ENTRIES = {
    "approvals": Entry("romyen.access.commands:approvals", "What waits for a second person."),
    "audit": Entry(
        "romyen.audit.commands:audit",
        "Verify, anchor and prove the log.",
        plain=frozenset({"check"}),
    ),
    "demo": Entry(
        "romyen.demo.commands:demo", "The fictional organisation.", "romyen-demo", founds=True
    ),
    "htcds": Entry(
        "romyen.exchange.commands:htcds",
        "Official HTCDS workbooks, in and out.",
        plain=frozenset({"check"}),
    ),
    "init": Entry("romyen.desk.commands:init", "Found an installation.", founds=True),
    "keys": Entry("romyen.keys.commands:keys", "Public keys and the box key."),
    "mail": Entry("romyen.notices.commands:mail", "The sealed queue of mails."),
    "members": Entry("romyen.access.commands:members", "Invite and list the staff."),
    "migrate": Entry("romyen.cli:migrate", "Bring the database up to date.", founds=True),
    "serve": Entry("romyen.desk.commands:serve", "Serve the pages."),
}


class Doors(click.Group):
    """The top group: lists every command without importing any."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in alphabetical order."""
        return sorted(ENTRIES)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command now that it is called. None when there is no such name."""
        entry = ENTRIES.get(cmd_name)
        if entry is None:
            return None
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "romyen.settings")
        os.environ.setdefault("ROMYEN_DATA", f"~/.local/share/{entry.folder}")
        return prepared(load(cmd_name, entry), entry)

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for ``--help``, from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, ENTRIES[name].summary) for name in self.list_commands(ctx)])


def load(name: str, entry: Entry) -> click.Command:
    """Import a command by its path. Says plainly when this release does not have it."""
    module, _, attribute = entry.path.partition(":")
    try:
        return getattr(importlib.import_module(module), attribute)  # type: ignore[no-any-return]
    except ModuleNotFoundError as absent:
        if absent.name is None or not f"{module}.".startswith(f"{absent.name}."):
            raise
    except AttributeError:
        pass
    raise click.ClickException(f"“romyen {name}” is not part of this release yet.")


def prepared(command: click.Command, entry: Entry) -> click.Command:
    """The command, every leaf of which finds Django ready unless the entry calls it plain."""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            if name not in entry.plain:
                prepared(below, entry)
    if command.callback is not None and not isinstance(command, click.Group):
        command.callback = _on_django(command.callback, entry)
    return command


def _on_django(callback: Callable[..., Any], entry: Entry) -> Callable[..., Any]:
    if hasattr(callback, "__wrapped_by_door__"):
        return callback

    @wraps(callback)
    def call(*args: Any, **kwargs: Any) -> Any:
        _set_up(entry)
        try:
            return callback(*args, **kwargs)
        except Refusal as refusal:
            _record(refusal)
            raise
        finally:
            _integrate()

    call.__wrapped_by_door__ = True  # type: ignore[attr-defined]
    return call


def _set_up(entry: Entry) -> None:
    import django
    from django.utils import translation

    django.setup()
    translation.activate("en")
    if entry.founds:
        from django.conf import settings

        settings.ROMYEN_DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    else:
        _demand_installation()


def _demand_installation() -> None:
    """Refuse before SQLite makes an empty file where nothing was founded."""
    from django.conf import settings
    from django.db import connection

    database = Path(str(settings.DATABASES["default"]["NAME"]))
    absent = connection.vendor == "sqlite" and not database.exists()
    if absent or "django_migrations" not in connection.introspection.table_names():
        raise refuse("RY-NO-INSTALLATION", folder=str(settings.ROMYEN_DATA_DIR))


def _has_log() -> bool:
    """Whether this process opened the database of an installation that has its log."""
    from django.db import connection

    if connection.connection is None:
        return False
    return "audit_entry" in connection.introspection.table_names()


def _record(refusal: Refusal) -> None:
    """Write down what was refused: the verb's own transaction is rolled back by now."""
    from datetime import UTC, datetime

    from romyen import audit

    if _has_log():
        command = click.get_current_context().command_path
        details = {"code": refusal.code, "command": command}
        at = datetime.now(UTC)
        audit.record_alone(actor="operator", verb="command.refused", details=details, at=at)


def _integrate() -> None:
    """Take what this command appended into the log: nobody may be shown an unlogged end."""
    from romyen import audit

    if _has_log():
        audit.integrate()


@click.group(cls=Doors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="romyen")
def romyen() -> None:
    """Romyen: case work against human trafficking, behind real walls.

    ROMYEN_DATA=DIR names the data folder for every command.

    \b
    Example:
      romyen init
      ROMYEN_DATA=/srv/romyen romyen audit verify
    """


@click.command()
def migrate() -> None:
    """Bring the database up to date with this release.

    \b
    Example:
      romyen migrate
    """
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    click.echo("The database is up to date.")


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code: 0 done, 1 refused or failed, 2 misused."""
    try:
        with romyen.make_context("romyen", list(arguments)) as context:
            romyen.invoke(context)
        sys.stdout.flush()
        return 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except (click.Abort, KeyboardInterrupt, EOFError):
        click.echo("Stopped.", err=True)
    except BrokenPipeError:  # "romyen … | head" has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        click.echo(_unforeseen(error), err=True)
    return 1


def _unforeseen(error: Exception) -> str:
    """Note an error and say so: the id leads to the note, the message gives nothing away."""
    from datetime import UTC, datetime

    from romyen.rules.mishaps import note

    folder = Path(os.environ.get("ROMYEN_DATA", "~/.local/share/romyen")).expanduser()
    try:
        reference = note(error, folder / "logs" / "errors.log", at=datetime.now(UTC))
    except OSError:
        return f"Something went wrong ({type(error).__name__}), and {folder} takes no note of it."
    return f"Something went wrong. It is noted in {folder}/logs/errors.log as {reference}."


def main() -> None:
    """The console script. Whatever it writes is readable to the operator alone."""
    os.umask(0o077)
    sys.exit(run(sys.argv[1:]))
