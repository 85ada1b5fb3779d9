"""Verbs: notify, mark as read, queue and send mail."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from romyen.keys.box import box
from romyen.notices.kinds import KINDS
from romyen.notices.models import Mail, Notice

MAIL = "mail queue"
MOST_ATTEMPTS = 8


def notify(
    recipients: Iterable[str], kind: str, *, subject: str = "", count: int = 0, now: datetime
) -> None:
    """Leave a notice of this kind for each recipient (opaque ids), in the caller's transaction.

    ``count`` stands in the words of kinds that say how many.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    Notice.objects.bulk_create(
        Notice(recipient=recipient, kind=kind, subject=subject, count=count, at=now)
        for recipient in sorted(set(recipients))
    )


def unread(recipient: str) -> QuerySet[Notice]:
    """A member's unread notices, newest first."""
    return Notice.objects.filter(recipient=recipient, read_at=None).order_by("-at")


def outdate(recipient: str, kind: str, *, now: datetime) -> int:
    """Mark every notice of a kind as read: a newer one says it all."""
    mine = Notice.objects.filter(recipient=recipient, kind=kind, read_at=None)
    return mine.update(read_at=now)


def mark_read(recipient: str, ids: Iterable[str], *, now: datetime) -> int:
    """Mark a member's own notices as read."""
    mine = Notice.objects.filter(recipient=recipient, pk__in=list(ids), read_at=None)
    return mine.update(read_at=now)


def queue_mail(*, to: str, subject: str, text: str, now: datetime) -> Mail:
    """Seal a mail into the queue; it leaves after the transaction commits."""
    letter = json.dumps({"to": to, "subject": subject, "text": text}, ensure_ascii=False)
    return Mail.objects.create(sealed=box().seal(MAIL, letter.encode()), queued_at=now)


def open_mail(mail: Mail) -> dict[str, str]:
    """The letter: to, subject, text."""
    letter: dict[str, str] = json.loads(box().open(MAIL, bytes(mail.sealed)))
    return letter


def claim_mail(*, now: datetime) -> Mail | None:
    """Take the next unsent mail: of any number of senders one gets it (compare-and-swap)."""
    waiting = Mail.objects.filter(sent_at=None, attempts__lt=MOST_ATTEMPTS).order_by("queued_at")
    for mail in waiting[:10]:
        claimed = Mail.objects.filter(pk=mail.pk, sent_at=None, attempts=mail.attempts)
        with transaction.atomic():
            if claimed.update(attempts=mail.attempts + 1, sent_at=now):
                return mail
    return None


def give_back(mail: Mail) -> None:
    """The post refused it: try again later."""
    Mail.objects.filter(pk=mail.pk).update(sent_at=None)


def forget_sent(*, before: datetime) -> int:
    """Delete mails that were sent before a moment."""
    return Mail.objects.filter(sent_at__lt=before).delete()[0]
