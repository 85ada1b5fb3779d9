"""Files that come in through the browser: sealed to whoever brings them, kept for fourteen days.

The work on them is in ``working``. What the table shows of a file are counts.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from romyen import access, audit
from romyen.access import Reader, Team
from romyen.exchange.models import Upload
from romyen.keys import chain, crypto
from romyen.rules.refusals import refuse

KEPT_DAYS = 14
FILE, REPORT, ERRORS = "file", "report", "errors"


@dataclass(frozen=True)
class Opened:
    """The uploader's own file: its name and content."""

    name: str
    content: bytes


def take_in(content: bytes, name: str, *, team: Team, actor: Reader, now: datetime) -> Upload:
    """Seal a file to the person who brings it. Nothing of it becomes a record yet."""
    with transaction.atomic():
        access.require(actor, "exchange.import", team.node, now=now)
        upload = Upload(member=actor.member, team=team.node, at=now, beat_at=now)
        head = json.dumps({"name": name}, ensure_ascii=False).encode()
        upload.sealed = seal(upload, FILE, head + b"\n" + content)
        upload.save(force_insert=True)
        _log("exchange.upload", upload, actor, now)
    return upload


def forget(upload: Upload, *, actor: Reader, now: datetime) -> None:
    """Throw a file and everything said of it away; what was imported stays. Running work stops."""
    with transaction.atomic():
        _log("exchange.forget_upload", upload, actor, now)
        upload.delete()


def stop(upload: Upload, *, actor: Reader, now: datetime) -> None:
    """Let running work end with the rows that it is at. What was imported stays; it can go on."""
    with transaction.atomic():
        running = Upload.objects.filter(pk=upload.pk, state=Upload.RUNNING)
        if running.update(state=Upload.STOPPED, run="", beat_at=now):
            _log("exchange.stop_upload", upload, actor, now)


def forget_old(*, now: datetime) -> int:
    """Delete uploads that nobody came back for in fourteen days."""
    return Upload.objects.filter(beat_at__lt=now - timedelta(days=KEPT_DAYS)).delete()[0]


def _log(verb: str, upload: Upload, actor: Reader, now: datetime) -> None:
    details = {"upload": upload.pk}
    audit.record(actor=actor.id, verb=verb, subject=upload.team_id, details=details, at=now)


def _context(upload: Upload, what: str) -> bytes:
    return f"upload|{upload.member_id}|{upload.pk}|{what}".encode()


def seal(upload: Upload, what: str, content: bytes) -> bytes:
    """A part of an upload, for its uploader alone."""
    holder = upload.member.holder
    if holder is None:
        raise refuse("RY-ACCESS-WAITING")
    public = bytes(chain.trusted(holder).public)
    return crypto.wrap(crypto.pad(content), public, _context(upload, what))


def _open(upload: Upload, what: str, sealed: bytes | memoryview, reader: Reader) -> bytes:
    """A part again. Whoever has got new keys since has none to it (``RY-KEYS-CLOSED``)."""
    try:
        padded = crypto.unwrap(bytes(sealed), reader.ring.private, _context(upload, what))
    except crypto.Unopened as error:
        raise refuse("RY-KEYS-CLOSED") from error
    return crypto.unpad(padded)


def file_of(upload: Upload, reader: Reader) -> Opened:
    """The file, opened with the uploader's own key; ``RY-HTCDS-NOT-READY`` once it is done."""
    if not upload.sealed:
        raise refuse("RY-HTCDS-NOT-READY")
    head, _, content = _open(upload, FILE, upload.sealed, reader).partition(b"\n")
    return Opened(json.loads(head)["name"], content)


def report_of(upload: Upload, reader: Reader) -> Mapping[str, Any]:
    """What was said of the file (``reports.said``); empty before it was read once."""
    if not upload.report:
        return {}
    report: dict[str, Any] = json.loads(_open(upload, REPORT, upload.report, reader))
    return report


def errors_of(upload: Upload, reader: Reader) -> bytes:
    """The workbook of rows to mend; ``RY-ABSENT`` where there is none."""
    if not upload.errors:
        raise refuse("RY-ABSENT")
    return _open(upload, ERRORS, upload.errors, reader)
