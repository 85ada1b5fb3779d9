"""Mail: Django's mails go into the sealed queue; ``send_waiting`` carries them to the post.

The post is an SMTP server (``ROMYEN_MAIL_URL``), in the demo a folder, otherwise nobody, and
that is said out loud.
"""

import re
import warnings
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage as Letter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from romyen.notices.actions import claim_mail, give_back, open_mail, queue_mail
from romyen.notices.models import Mail

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class NoPost(UserWarning):
    """No mail server is set: mails stay in the queue."""


class QueueBackend(BaseEmailBackend):
    """Django's door to mail: everything is sealed and queued, nothing is sent in a request."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message for each recipient."""
        for message in email_messages:
            for address in message.recipients():
                queue_mail(
                    to=address,
                    subject=str(message.subject),
                    text=str(message.body),
                    now=timezone.now(),
                )
        return len(email_messages)


def send_waiting(*, now: datetime) -> int:
    """Send what waits; returns how many left."""
    if not settings.ROMYEN_DEMO and not settings.ROMYEN_MAIL_URL:
        if Mail.objects.filter(sent_at=None).exists():
            warnings.warn(NoPost("mails wait: set ROMYEN_MAIL_URL"), stacklevel=2)
        return 0
    sent = 0
    while mail := claim_mail(now=now):
        if not _deliver(mail):
            give_back(mail)
            break
        sent += 1
    return sent


def _deliver(mail: Mail) -> bool:
    letter = open_mail(mail)
    if settings.ROMYEN_DEMO:
        _into_folder(settings.ROMYEN_DATA_DIR / "mail", mail, letter)
        return True
    try:
        with get_connection(SMTP, **_smtp_options()) as post:
            message = EmailMessage(
                letter["subject"], letter["text"], to=[letter["to"]], connection=post
            )
            return bool(message.send())
    except OSError:
        return False


def _into_folder(folder: Path, mail: Mail, letter: dict[str, str]) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    message = Letter()
    message["To"], message["Subject"] = letter["to"], letter["subject"]
    message.set_content(letter["text"])
    name = re.sub(r"[^0-9TZ]", "", mail.queued_at.isoformat())[:20]
    (folder / f"{name}-{mail.pk}.eml").write_bytes(bytes(message))


def _smtp_options() -> dict[str, Any]:
    parts = urlsplit(settings.ROMYEN_MAIL_URL)
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if parts.scheme == "smtps" else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp",
        "timeout": 20,
    }
