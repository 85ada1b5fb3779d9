"""Codes of the second factor are good once."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from romyen.access.models import UsedCode
from romyen.keys.box import box

REMEMBERED = timedelta(minutes=5)
"""Longer than a code is good (30 s, one step early, one late; RFC 6238 §5.2)."""


def spend(member_id: str, code: str, *, now: datetime) -> bool:
    """Whether the code was not used yet; it is from now on, in every process."""
    code_hash = box().mac("used code", f"{member_id}|{code}".encode())
    UsedCode.objects.filter(code_hash=code_hash, at__lt=now - REMEMBERED).delete()
    try:
        with transaction.atomic():
            UsedCode.objects.create(code_hash=code_hash, at=now)
    except IntegrityError:
        return False
    return True


def forget_used(*, now: datetime) -> int:
    """Forget codes that no phone shows any more."""
    return UsedCode.objects.filter(at__lt=now - REMEMBERED).delete()[0]
