"""The work on a file that came through the browser: in a thread, with the person's own keys.

It runs in the signed-in process, which holds the ring and the file's plain text in memory
(design §5). After every batch it looks whether the person is still signed in, may still import,
and wants it to go on; when not, it stops, and goes on from the sealed file when asked to: rows
that are here already are known again.
"""

import json
import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connections, transaction

from romyen import access
from romyen.access import Reader, rings
from romyen.access.models import OpenRing
from romyen.exchange.actions.importing import Report, bring_in
from romyen.exchange.actions.uploads import ERRORS, REPORT, file_of, seal
from romyen.exchange.htcds import Source, read, write_errors
from romyen.exchange.models import Upload
from romyen.exchange.queries import in_thai
from romyen.exchange.reports import said
from romyen.rules.ids import new_id
from romyen.rules.refusals import Refusal, refuse

log = logging.getLogger(__name__)

SILENT = timedelta(seconds=60)
"""So long after its last sign of life running work of another process counts as stopped."""

_COUNTS = ("rows", "done", "imported", "refused", "unchanged", "waiting")
_NOTHING = dict.fromkeys(_COUNTS, 0)
_working: dict[str, threading.Thread] = {}

type Clock = Callable[[], datetime]


def is_working(upload: Upload, *, now: datetime) -> bool:
    """Whether someone is at it: a thread of ours, or one of another process a moment ago."""
    thread = _working.get(upload.run)
    alive = thread is not None and thread.is_alive()
    return upload.state == Upload.RUNNING and (alive or now - upload.beat_at < SILENT)


def begin(upload: Upload, *, ring: OpenRing, actor: Reader, clock: Clock) -> None:
    """Read the file, or bring it in when it was read before; goes on where it was stopped.

    Starts after the transaction that it is called in. ``ring`` is the sign-in that the work
    lives and dies with. Refuses with ``RY-HTCDS-NOT-READY`` what is running or done.
    """
    now = clock()
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(pk=upload.pk)
        if row.state == Upload.DONE or is_working(row, now=now):
            raise refuse("RY-HTCDS-NOT-READY")
        work = _Work(row, str(ring.pk), actor, clock)
        fresh = {**_NOTHING, "rows": row.rows, "state": Upload.RUNNING, "code": ""}
        Upload.objects.filter(pk=row.pk).update(**fresh, run=work.name, beat_at=now)
        transaction.on_commit(work.start)


def wait_for(upload: Upload, seconds: float) -> None:
    """Wait until the work of this process on a file is over."""
    thread = _working.get(Upload.objects.get(pk=upload.pk).run)
    if thread is not None:
        thread.join(seconds)


class _Work(threading.Thread):
    """One piece of work on one file. Its name stands in the row as long as it may go on."""

    def __init__(self, upload: Upload, ring: str, actor: Reader, clock: Clock) -> None:
        super().__init__(name=new_id(), daemon=True)
        self._upload, self._ring = upload.pk, ring
        self._reads_only = not upload.report
        self._actor, self._clock = actor, clock

    def start(self) -> None:
        """Begin, and be known to be at it."""
        _working[self.name] = self
        super().start()

    def run(self) -> None:
        """Work, and leave a state that says how it ended."""
        try:
            code = self._ended()
            if code is not None:
                self._mark(state=Upload.STOPPED, code=code)
        except DatabaseError as error:  # then the page finds it silent
            log.warning("import: its end was not written: %s", type(error).__name__)
        finally:
            _working.pop(self.name, None)
            connections.close_all()

    def _ended(self) -> str | None:
        """None when the row says how it ended, else the code of what stopped it, or nothing."""
        try:
            mine = Upload.objects.select_related("team", "member__holder")
            return self._work(mine.get(pk=self._upload))
        except Upload.DoesNotExist:
            return None
        except Refusal as refusal:
            return refusal.code
        except DatabaseError:
            return "RY-BUSY"
        except Exception as error:  # whatever happened, the page has to say that it stopped
            log.warning("import stopped: %s", type(error).__name__, exc_info=error)
            return ""

    def _work(self, upload: Upload) -> str | None:
        opened = file_of(upload, self._actor)
        source = read(opened.content, opened.name)
        report = bring_in(
            source,
            team=upload.team,
            dry_run=self._reads_only,
            watch=self._watch,
            actor=self._actor,
            now=self._clock(),
        )
        if report.stopped:
            return ""
        if not report.rows:
            raise refuse("RY-HTCDS-EMPTY")
        self._mark(**_counted(report), **self._told(upload, report, source, opened.name))
        return None

    def _told(self, upload: Upload, report: Report, source: Source, name: str) -> dict[str, Any]:
        """What the row keeps of it; when it was brought in, the file itself no longer."""
        told = json.dumps(said(report, name, first=self._reads_only), ensure_ascii=False)
        kept: dict[str, Any] = {"report": seal(upload, REPORT, told.encode())}
        if self._reads_only:
            return {**kept, "state": Upload.READY}
        if report.to_mend:
            errors = write_errors(source, report.to_mend, thai=in_thai)
            kept["errors"] = seal(upload, ERRORS, errors)
        return {**kept, "state": Upload.DONE, "sealed": b""}

    def _watch(self, report: Report) -> bool:
        """Say how far it is; whether it may go on."""
        counts = _counted(report)
        if not self._reads_only:
            del counts["rows"]  # known since the file was read
        ring = OpenRing.objects.select_related("member").filter(pk=self._ring).first()
        signed_in = ring is not None and rings.usable(ring, now=self._clock())
        return self._mark(**counts) and signed_in and self._may()

    def _may(self) -> bool:
        """Whether the person's role still imports into the team: asked anew each time."""
        fresh = Reader(self._actor.id, member=self._actor.member, ring=self._actor.ring)
        team = Upload.objects.select_related("team").get(pk=self._upload).team
        return bool(access.decide(fresh, "exchange.import", team, now=self._clock()))

    def _mark(self, **what: Any) -> bool:
        """Write into the row, as long as this work is the one that may."""
        mine = Upload.objects.filter(pk=self._upload, run=self.name)
        return bool(mine.update(**what, beat_at=self._clock()))


def _counted(report: Report) -> dict[str, int]:
    return {name: getattr(report, name) for name in _COUNTS}
