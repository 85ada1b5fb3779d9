"""After-commit events: the doors name handlers for verbs, entries wake them.

``settings.ROMYEN_EVENTS`` maps a verb to dotted names of functions ``handler(entry, *, now)``.
A lower floor thus reaches a higher one without importing it. A handler runs in one transaction
with the mark that it is done, so what it writes is written once; it may be tried again, so
whatever else it does must bear repetition. Handlers never decrypt.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from romyen.audit.models import Entry, Outbox

MAX_ATTEMPTS = 10

log = logging.getLogger(__name__)


def announce(entry: Entry) -> None:
    """Queue the entry for the handlers of its verb, in the transaction of the entry."""
    handlers = getattr(settings, "ROMYEN_EVENTS", {}).get(entry.verb, ())
    if handlers:
        Outbox.objects.bulk_create(
            Outbox(entry=entry, name=entry.verb, handler=handler, due_at=entry.at)
            for handler in handlers
        )


def deliver(*, now: datetime, limit: int = 100) -> int:
    """Run the handlers that are due; how many succeeded. Safe to run in several processes."""
    due = Outbox.objects.filter(done_at=None, due_at__lte=now, attempts__lt=MAX_ATTEMPTS)
    rows = due.select_related("entry").order_by("due_at", "id")[:limit]
    return sum(_run(row, now=now) for row in rows if _claim(row, now=now))


def _claim(row: Outbox, *, now: datetime) -> bool:
    """Take a row by compare-and-swap and put its next attempt off, in case this one dies."""
    wait = timedelta(minutes=2**row.attempts)
    claimed = Outbox.objects.filter(pk=row.pk, attempts=row.attempts, done_at=None).update(
        attempts=F("attempts") + 1, due_at=now + wait
    )
    return claimed == 1


def _run(row: Outbox, *, now: datetime) -> bool:
    try:
        with transaction.atomic():
            import_string(row.handler)(row.entry, now=now)
            Outbox.objects.filter(pk=row.pk).update(done_at=now, failure="")
    except Exception as error:  # whatever a handler does, the next one has its turn
        log.warning("handler %s failed: %s", row.handler, type(error).__name__)
        Outbox.objects.filter(pk=row.pk).update(failure=type(error).__name__)
        return False
    return True
