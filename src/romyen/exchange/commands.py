"""``romyen htcds``: check, import and export files of HTCDS 2.0."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from romyen.exchange import papers
from romyen.exchange.htcds import Conflict, Mapped, read, write_errors
from romyen.rules.refusals import refuse

_SHOWN = 20
"""Lines of conflicts in a summary; ``--json`` has all of them."""

given_file = click.argument("file", type=click.Path(path_type=Path))
as_json = click.option("--json", "wants_json", is_flag=True, help="Print JSON for machines.")


@click.group()
def htcds() -> None:
    """Official HTCDS workbooks, in and out."""


@htcds.command()
@given_file
@as_json
def check(file: Path, wants_json: bool) -> None:
    """Read a file and say what an import would find, without importing.

    Needs no installation. Exit 0 when every row can be read, else 1.

    \b
    Example:
      romyen htcds check cases.xlsx
    """
    mapped = Mapped(read(file))
    rows = refused = 0
    told: list[Conflict] = []
    for outcome in mapped:
        rows, refused = rows + 1, refused + outcome.refused
        told += outcome.conflicts
    if not rows:
        raise refuse("RY-HTCDS-EMPTY")
    counts = {"rows": rows, "readable": rows - refused, "refused": refused}
    _say(counts, [*mapped.conflicts, *told], wants_json)
    if refused:
        click.get_current_context().exit(1)


@htcds.command("import")
@given_file
@click.option("--team", help="Name of the team; the intake team when left out.")
@click.option("--dry-run", is_flag=True, help="Look at everything, write nothing.")
@click.option(
    "--errors",
    type=click.Path(path_type=Path),
    help="Where the rows to mend go; beside FILE when left out.",
)
@as_json
def bring(
    file: Path, team: str | None, dry_run: bool, errors: Path | None, wants_json: bool
) -> None:
    """Bring in a workbook, a CSV, form submissions (XML), or a folder or zip of them.

    Good rows are imported, the others written to a workbook that can be mended and imported
    again. Rows that are here already change nothing; known rows that say something else wait,
    sealed, for someone who holds the key. Exit 0 when everything went in or was here already,
    else 1. After an interruption run it again.

    \b
    Example:
      romyen htcds import cases.xlsx --team "Mae Sot"
      romyen htcds import cases.xlsx --dry-run --json
    """
    from django.utils import timezone

    from romyen.access import operator
    from romyen.exchange import queries
    from romyen.exchange.actions import bring_in

    now, actor = timezone.now(), operator()
    place = None if dry_run else papers.require_free(errors) if errors else papers.beside(file)
    into = queries.team_named(team)
    source = read(file)
    report = bring_in(source, team=into.node, dry_run=dry_run, actor=actor, now=now)
    if not report.rows:
        raise refuse("RY-HTCDS-EMPTY")
    written = place if report.to_mend else None
    if written:
        papers.write(written, write_errors(source, report.to_mend, thai=queries.in_thai))
    more = {"errors": str(written) if written else None, "dry_run": dry_run}
    _say(report.counts, report.conflicts, wants_json, more)
    if not report.whole:
        click.get_current_context().exit(1)


@htcds.command("export")
@click.option("--as", "email", required=True, help="E-mail address of the key holder.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The new CSV file (mode 0600)."
)
@click.option("--team", help="Whose cases; needed by those who may take out several teams'.")
@click.option("--approval", help="The request that a second person has approved.")
@click.option("--purpose", default="HTCDS export", show_default=True, help="What the file is for.")
@click.option(
    "--passphrase-stdin", is_flag=True, help="Read the passphrase from the first line of stdin."
)
@as_json
def take_out(
    email: str,
    out: Path,
    team: str | None,
    approval: str | None,
    purpose: str,
    passphrase_stdin: bool,
    wants_json: bool,
) -> None:
    """Write a team's cases as CSV, with the keys of one holder and the yes of a second person.

    Without --approval it asks for one and exits 1. The file names people: encrypt it, and delete
    it as soon as it has done its work. Exit 0 when every case is in it; 1 when some are closed
    to the holder (their codes are listed).

    \b
    Example:
      romyen htcds export --as nok@example.org --out cases.csv
      romyen approvals give ID --as arun@example.org
      romyen htcds export --as nok@example.org --approval ID --out cases.csv
    """
    from romyen.access.commands import signed
    from romyen.access.doors import clock
    from romyen.exchange import queries
    from romyen.exchange.actions import ask_export, export

    papers.require_free(out)
    reader, now = signed(email, passphrase_stdin), clock()
    whose = queries.team_to_export(reader, team, now=now)
    if not approval:
        asked = ask_export(whose, purpose=purpose, actor=reader, now=now)
        _say_asked(asked.pk, email, wants_json)
        click.get_current_context().exit(1)
    made = export(whose, approval=approval, actor=reader, now=now)
    papers.write(out, made.content)
    _say_exported(made.rows, made.closed, out, wants_json)
    if made.closed:
        click.get_current_context().exit(1)


def _say_asked(approval: str, email: str, wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps({"approval": approval, "rows": 0}))
        return
    click.echo(f"This needs a second person. The request is {approval}; it ends in 24 hours.")
    click.echo(f"They say yes on the page “Approvals”, or with:  romyen approvals give {approval}")
    click.echo(f"Then:  romyen htcds export --as {email} --approval {approval} --out FILE")


def _say_exported(rows: int, closed: list[str], out: Path, wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps({"rows": rows, "closed": closed, "file": str(out)}))
        return
    click.echo(f"{rows:>7}  cases written to {out}")
    if closed:
        click.echo(f"{len(closed):>7}  closed to you and left out: {', '.join(closed)}")


_WORDS = {
    "rows": "rows",
    "readable": "can be read",
    "imported": "imported",
    "unchanged": "here already, unchanged",
    "waiting": "here already and different: a key holder decides (page “Import”)",
    "refused": "to be mended",
}


def _say(
    counts: Mapping[str, int],
    conflicts: Iterable[Conflict],
    wants_json: bool,
    more: Mapping[str, Any] | None = None,
) -> None:
    """The counts and conflicts, for a person or for a machine. Never what was typed."""
    told = [conflict.as_json() for conflict in conflicts]
    if wants_json:
        shown = {**counts, **(more or {}), "conflicts": told}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for name, words in _WORDS.items():
        if name in counts:
            click.echo(f"{counts[name]:>7}  {words}")
    for line in [_line(one) for one in told][:_SHOWN]:
        click.echo(line)
    if len(told) > _SHOWN:
        click.echo(f"… and {len(told) - _SHOWN} more; --json prints all.")
    if more and more.get("dry_run"):
        click.echo("Nothing was written (--dry-run).")
    if more and more.get("errors"):
        click.echo(f"Rows to mend: {more['errors']}")


def _line(one: Mapping[str, Any]) -> str:
    place = [f"row {one['row']}"] if one["row"] else []
    place += [one["column"]] if one["column"] else []
    return f"{', '.join(place) or 'file'}: {one['code']}: {one['message']}"
