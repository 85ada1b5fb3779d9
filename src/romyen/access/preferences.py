"""What a member may choose for themselves."""

from datetime import datetime

from django.db import transaction

from romyen import audit
from romyen.access.actors import Reader
from romyen.access.models import Member


def choose_reminders(*, wanted: bool, actor: Reader, now: datetime) -> None:
    """Whether a mail comes on working mornings on which something is due."""
    with transaction.atomic():
        Member.objects.filter(pk=actor.id).update(reminders=wanted)
        details = {"reminders": wanted}
        audit.record(
            actor=actor.id, verb="member.choose", subject=actor.id, details=details, at=now
        )
