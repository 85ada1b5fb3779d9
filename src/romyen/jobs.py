"""What runs beside the server: the sequencer, the post, and wiping what is over.

Jobs never decrypt what is sealed to people: the post opens letters with the box key, nothing
else here opens anything. Every chore is safe to run in several processes at once.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from romyen.access import codes, drafts, holding, renewing, rings
from romyen.access.models import Submission
from romyen.access.sessions import SessionStore
from romyen.audit import outbox
from romyen.audit.sequencer import Sequencer
from romyen.cases.actions.answering import lapse
from romyen.cases.reminders import remind
from romyen.desk import reminding
from romyen.exchange.actions import uploads
from romyen.notices.actions import forget_sent
from romyen.notices.mail import send_waiting
from romyen.rules.refusals import Refusal
from romyen.statistics.actions import take_due

log = logging.getLogger(__name__)

type Chore = Callable[..., object]


def forget_old(*, now: datetime) -> None:
    """Sessions, drafts, uploads, letters and one-time tokens that nobody will come back for."""
    SessionStore.clear_expired()
    drafts.forget_old(now=now)
    uploads.forget_old(now=now)
    codes.forget_used(now=now)
    forget_sent(before=now - timedelta(days=1))
    Submission.objects.filter(at__lt=now - timedelta(days=14)).delete()


CHORES: list[tuple[int, Chore]] = [
    (2, outbox.deliver),
    (2, renewing.answer_forgotten),
    (10, send_waiting),
    (60, rings.sweep),
    (300, remind),
    (300, reminding.good_morning),
    (300, lapse),
    (3600, holding.withdraw_lapsed),
    (3600, forget_old),
    (3600, take_due),
]
"""Every how many seconds, and what."""


class Chores(threading.Thread):
    """Runs the chores, one after the other, until the process ends."""

    def __init__(self, clock: Callable[[], datetime] = timezone.now) -> None:
        super().__init__(name="romyen-chores", daemon=True)
        self._clock = clock
        self._stop_asked = threading.Event()
        self._last: dict[int, datetime] = {}

    def stop(self) -> None:
        """Ask the thread to end."""
        self._stop_asked.set()

    def run(self) -> None:
        """Look every second what is due."""
        while not self._stop_asked.wait(1):
            self.look(now=self._clock())

    def look(self, *, now: datetime) -> None:
        """Run what is due; a chore that fails is tried again at its next time."""
        for number, (seconds, chore) in enumerate(CHORES):
            last = self._last.get(number)
            if last is not None and now - last < timedelta(seconds=seconds):
                continue
            self._last[number] = now
            try:
                chore(now=now)
            except (DatabaseError, Refusal, OSError) as error:
                log.warning("chore %s waits: %s", chore.__name__, type(error).__name__)
        close_old_connections()


def start() -> None:
    """Start the sequencer and the chores of this process."""
    Sequencer(clock=timezone.now).start()
    Chores().start()
