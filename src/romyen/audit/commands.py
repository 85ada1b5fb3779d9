"""``romyen audit``: verify the log, sign checkpoints, prove entries."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from romyen.rules import notes
from romyen.rules.refusals import refuse

if TYPE_CHECKING:
    from romyen.audit.verify import Report


@click.group()
def audit() -> None:
    """The log of who did what: verify it, sign its state, prove an entry."""


@audit.command()
@click.option(
    "--checkpoint",
    "held",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A checkpoint that you kept outside. May be given several times.",
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    help="The log's public key line that you wrote down, instead of log.key. May be given "
    "several times: a log that was restored has one for each of its names.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def verify(held: tuple[Path, ...], keys: tuple[str, ...], as_json: bool) -> None:
    """Recompute the whole log and compare it with all that was signed.

    Exit code 0 when the log is sound, 1 when something was found.

    \b
    Example:
        romyen audit verify --checkpoint 2026-11-01.checkpoint
    """
    from romyen.audit.verify import verify as verify_log

    report = verify_log(_verifiers(keys), {path.name: path.read_bytes() for path in held})
    click.echo(_as_json(report) if as_json else _as_words(report))
    if not report.sound:
        raise SystemExit(1)


@audit.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it here too.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def checkpoint(out: Path | None, as_json: bool) -> None:
    """Sign the present state of the log and print the note, to be kept outside.

    \b
    Example:
        romyen audit checkpoint --out /media/usb/2026-11-01.checkpoint
    """
    from romyen.audit import checkpoints

    signed = checkpoints.sign_checkpoint(at=datetime.now(UTC))
    if out:
        out.write_text(signed.note, encoding="utf-8")
    told = {"size": signed.size, "root": signed.root, "note": signed.note}
    click.echo(json.dumps(told, indent=2) + "\n" if as_json else signed.note, nl=False)


@audit.command()
@click.option("--reason", type=click.Choice(["disk", "mistake", "drill"]), required=True)
@click.option("--yes", is_flag=True, help="Do not ask once more.")
def restored(reason: str, yes: bool) -> None:
    """Say that a copy of the database was lawfully put back, and let the log go on.

    Read “Putting a copy back” in docs/operators/data-and-keys.md first. The log says for ever that
    it was put back, and which state had been signed.

    \b
    Example:
        romyen audit restored --reason disk
    """
    from romyen.audit import checkpoints, restoring

    if not yes:
        click.confirm("Was this copy put back lawfully, with two people present?", abort=True)
    signed = restoring.go_on(reason=reason, at=datetime.now(UTC))
    click.echo(f"The log goes on as {checkpoints.log_verifier()}")
    click.echo("Give this line and this checkpoint to everyone who holds an older one:\n")
    click.echo(signed.note, nl=False)


@audit.command()
@click.argument("entry", required=False)
@click.option("--subject", help="Prove every entry about this id.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def prove(entry: str | None, subject: str | None, as_json: bool) -> None:
    """Print the proof that an entry stands in the log, as a C2SP tlog-proof.

    Whoever knows the log's public key can check it without us. The proof tells the entry itself.

    \b
    Example:
        romyen audit prove nQ4tqz0xJr2bJw3v8m1YzA > seen.tlog-proof
        romyen audit prove --subject 7dJt0Wm3b9yQe1xkR5uVzg --json
    """
    if bool(entry) == bool(subject):
        raise click.UsageError("Name one ENTRY, or a --subject.")
    if subject and not as_json:
        raise click.UsageError("The proofs of a --subject are printed with --json.")
    proofs = _proofs(entry or "", subject or "")
    if as_json:
        click.echo(json.dumps(proofs, ensure_ascii=False, indent=2))
    else:
        click.echo(proofs[0]["proof"], nl=False)


@audit.command()
@click.argument("proof", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="The log's public key line that you wrote down, instead of log.key.")
def check(proof: Path, key: str | None) -> None:
    """Check a proof file with the log's public key alone, and print the entry it tells.

    \b
    Example:
        romyen audit check seen.tlog-proof --key romyen.local/log+033de0ae+Ac4z...
    """
    read = notes.parse_proof(proof.read_bytes())
    state = notes.check_proof(read, _verifiers((key,) if key else ()))
    click.echo(f"Entry {read.index} of {state.size} in {state.origin}:")
    click.echo(read.leaf.decode())


@audit.command()
def key() -> None:
    """Print the log's public key on one line, for whoever is to check the log from outside.

    A log that was restored has one line for each of its names, the present one last.

    \b
    Example:
        romyen audit key
    """
    for verifier in _verifiers(()):
        click.echo(str(verifier))


@audit.command()
@click.option("--role", required=True, help="The PostgreSQL role that the application uses.")
def harden(role: str) -> None:
    """Print the SQL that takes change and deletion of the log from the application's role.

    Run it on PostgreSQL as the owner of the tables, which that role must not be.

    \b
    Example:
        romyen audit harden --role romyen_app | psql romyen
    """
    from romyen.audit import triggers

    for statement in triggers.harden(role):
        click.echo(statement)


def _verifiers(keys: Sequence[str]) -> list[notes.Verifier]:
    """The keys that someone brought along, else those of this installation."""
    if keys:
        return [notes.parse_verifier(key) for key in keys]
    import django

    django.setup()  # "check" starts without Django, for whoever has a proof and a key only
    from romyen.audit import checkpoints

    return checkpoints.log_verifiers()


def _proofs(entry: str, subject: str) -> list[dict[str, str | int]]:
    from romyen.audit import checkpoints, queries
    from romyen.audit.models import Entry

    signed = checkpoints.sign_checkpoint(at=datetime.now(UTC))
    about = Entry.objects.filter(subjects__subject=subject).order_by("id")
    refs = [entry] if entry else list(about.values_list("ref", flat=True))
    if not refs:
        raise refuse("RY-AUDIT-NO-ENTRY")
    found = zip(refs, queries.inclusion_proofs(refs, signed), strict=True)
    return [
        {"entry": ref, "index": proof.index, "leaf": proof.leaf.decode(), "proof": str(proof)}
        for ref, proof in found
    ]


def _as_json(report: "Report") -> str:
    findings = [
        {"kind": found.kind, "place": found.place, "which": found.which, "words": str(found)}
        for found in report.findings
    ]
    return json.dumps(
        {
            "sound": report.sound,
            "size": report.size,
            "root": report.root,
            "tail": report.tail,
            "stored_checkpoints": report.checkpoints,
            "held_checkpoints": report.held,
            "details": report.details,
            "missing_triggers": report.unguarded,
            "counts": dict(report.counts),
            "findings": findings,
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_words(report: "Report") -> str:
    lines = [
        f"Entries in the log: {report.size}",
        f"Root: {report.root}",
        f"Not yet in the log: {report.tail}",
        f"Checkpoints compared: {report.checkpoints} stored, {report.held} kept outside",
        f"Details compared: {report.details}",
    ]
    lines += [f"Warning: the trigger {name} is missing" for name in report.unguarded]
    if not report.checkpoints + report.held:
        lines.append("Warning: nothing was signed yet, so nothing could be compared")
    lines += [f"FOUND {finding}" for finding in report.findings]
    hidden = sum(report.counts.values()) - len(report.findings)
    if hidden:
        lines.append(f"... and {hidden} more")
    lines.append("The log is sound." if report.sound else "The log is NOT sound.")
    return "\n".join(lines)
