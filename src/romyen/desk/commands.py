"""``romyen init`` and ``romyen serve``."""

import sys
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from romyen.access.installation import Person

NEW_INSTALLATION = """
{organisation} is ready.

Write these down now. They are shown once and stored nowhere.

  RECOVERY IDENTITY (keep it offline, away from this machine, in a safe):
    {recovery}

  First passphrases (each person changes theirs after the first sign-in):
{people}

Keep a copy of the folder {keys} apart from the data: without it nothing opens.
Start the server with:  romyen serve
"""


@click.command()
@click.option("--organisation", prompt="Name of the organisation")
@click.option("--team", prompt="Name of the first team (say no address)", default="Intake")
@click.option("--administrator", prompt="Administrator, as “Name <mail@example.org>”")
@click.option("--lead", "leads", multiple=True, help="A lead, as “Name <mail>”; give two.")
@click.option("--passphrases-stdin", is_flag=True, help="Read one passphrase a line, not made up.")
def init(
    organisation: str,
    team: str,
    administrator: str,
    leads: tuple[str, ...],
    passphrases_stdin: bool,
) -> None:
    """Found an installation: an administrator, two leads, keys, and the recovery identity.

    Example: romyen init --organisation "Baan Suan" --team Intake
    --administrator "Lek <lek@example.org>" --lead "Nok <nok@example.org>"
    --lead "Arun <arun@example.org>"
    """
    from django.conf import settings
    from django.utils import timezone

    from romyen.access.installation import Person
    from romyen.desk import installing

    names = [administrator, *(leads or _ask_for_leads())]
    if len(names) < 3:
        raise click.UsageError("An installation begins with two leads: give --lead twice.")
    given = sys.stdin.read().splitlines() if passphrases_stdin else []
    people = [
        Person(*_name_and_mail(text), passphrase or installing.new_passphrase())
        for text, passphrase in zip_longest(names, given[: len(names)], fillvalue="")
    ]
    _require_long_enough(people)
    founded = installing.install(
        organisation=organisation,
        team=team,
        administrator=people[0],
        leads=people[1:],
        now=timezone.now(),
    )
    shown = [  # who brought a passphrase along knows it
        f"    {p.email:<32} {'as you gave it' if p.passphrase in given else p.passphrase}"
        for p in people
    ]
    click.echo(
        NEW_INSTALLATION.format(
            organisation=organisation,
            recovery=founded.recovery,
            people="\n".join(shown),
            keys=settings.ROMYEN_KEYS_DIR,
        )
    )


def _require_long_enough(people: "Sequence[Person]") -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    for person in people:
        try:
            validate_password(person.passphrase)
        except ValidationError as error:
            said = " ".join(error.messages)
            raise click.UsageError(f"The passphrase of {person.email}: {said}") from None


def _ask_for_leads() -> list[str]:
    return [click.prompt(f"Lead {number}, as “Name <mail@example.org>”") for number in (1, 2)]


def _name_and_mail(text: str) -> tuple[str, str]:
    name, _, rest = text.partition("<")
    mail = rest.rstrip("> ").strip()
    if "@" not in mail or not name.strip():
        raise click.UsageError(f"“{text}” is not of the form “Name <mail@example.org>”.")
    return name.strip(), mail


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the pages of this installation.

    Example: romyen serve --port 8000
    """
    from romyen.access.models import Organisation
    from romyen.desk import installing
    from romyen.keys.box import box

    box()
    require_tls(host)
    installing.prepare_database()
    if not Organisation.objects.exists():
        raise click.ClickException("There is no installation here yet. Run: romyen init")
    serve_pages(host, port)


def require_tls(host: str) -> None:
    """Refuse to be heard on a network without TLS: cookies and names would travel in clear."""
    from django.conf import settings

    from romyen.rules.refusals import refuse

    if host not in ("127.0.0.1", "::1", "localhost") and not settings.SESSION_COOKIE_SECURE:
        raise refuse("RY-DESK-NO-TLS")


def serve_pages(host: str, port: int, banner: Sequence[str] = ()) -> None:
    """Serve with granian: one process, a few threads. Ends with the signal that stops it.

    RY-DESK-UNSAFE when the installation is not safe to be served.
    """
    from django.db import connections

    from romyen.desk.checks import require_safe

    for warning in require_safe():
        click.echo(f"Warning: {warning}", err=True)
    from granian.constants import Interfaces
    from granian.server import Server

    for line in banner:
        click.echo(line)
    click.echo(f"Romyen is on http://{'localhost' if host == '127.0.0.1' else host}:{port}")
    connections.close_all()
    Server(
        "romyen.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_enabled=False,
    ).serve()
