"""The sequencer: the thread beside the server that integrates and signs."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection

from romyen.audit import checkpoints
from romyen.audit.integration import integrate
from romyen.rules.refusals import Refusal

log = logging.getLogger(__name__)


class Sequencer(threading.Thread):
    """Integrates twice a second beside the server, and signs a checkpoint now and then.

    ``clock`` gives the time for checkpoints; without it none are signed. A locked or absent
    database is waited for; :meth:`stop` ends the thread and integrates a last time.
    """

    def __init__(
        self,
        *,
        interval: float = 0.5,
        sweep_every: float = 120,
        clock: Callable[[], datetime] | None = None,
        checkpoint_every: float = 600,
    ) -> None:
        super().__init__(name="romyen-sequencer", daemon=True)
        self._interval = interval
        self._sweep_every = sweep_every
        self._clock = clock
        self._checkpoint_every = checkpoint_every
        self._ending = threading.Event()
        self._swept = self._signed = float("-inf")

    def stop(self, *, timeout: float = 10) -> None:
        """End the thread cleanly; at most ``timeout`` seconds are waited for it."""
        self._ending.set()
        if self.is_alive():
            self.join(timeout)

    def run(self) -> None:
        """Integrate until :meth:`stop`; the first and the last look are full ones."""
        try:
            while not self._ending.is_set():
                self.look()
                self._ending.wait(self._interval)
            self._swept = float("-inf")
            self.look()
        finally:
            connection.close()

    def look(self) -> None:
        """Integrate once; a database that does not answer is left for the next time."""
        try:
            self._integrate()
            self._checkpoint()
        except (DatabaseError, InterfaceError) as error:
            log.warning("the log waits for the database: %s", type(error).__name__)
            connection.close()
        except Exception as error:  # the thread must outlive a mistake; its text may hold content
            log.error("the sequencer failed: %s", type(error).__name__)
            connection.close()

    def _integrate(self) -> None:
        sweeping = time.monotonic() - self._swept >= self._sweep_every
        integrate(everything=sweeping)
        if sweeping:
            self._swept = time.monotonic()

    def _checkpoint(self) -> None:
        if not self._clock or time.monotonic() - self._signed < self._checkpoint_every:
            return
        self._signed = time.monotonic()
        try:
            checkpoints.sign_checkpoint(at=self._clock())
        except Refusal as refusal:
            log.error("no checkpoint was signed: %s", refusal.code)
