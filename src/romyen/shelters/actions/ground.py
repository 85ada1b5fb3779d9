"""What every verb on a shelter checks and writes."""

from datetime import date, datetime
from typing import Any

from romyen import audit
from romyen.access import Actor
from romyen.cases.models import Case
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.shelters.models import Shelter


def locked(shelter: Shelter) -> Shelter:
    """The shelter as it stands, held until the transaction ends: one placing after the other."""
    rows = Shelter.objects.select_for_update(of=("self",)).select_related("node")
    return rows.get(pk=shelter.pk)


def require_day(day: date, *, field: str, now: datetime) -> None:
    """Refuse a day that has not come yet (Bangkok)."""
    if day > local_day(now):
        raise refuse("RY-SHELTER-FUTURE", field=field)


def worded(text: str, *, field: str) -> str:
    """The text, trimmed; refuses when nothing was written."""
    if not text.strip():
        raise refuse("RY-SHELTER-REASON", field=field)
    return text.strip()


def log(actor: Actor, verb: str, subject: Shelter | Case, *, now: datetime, **details: Any) -> None:
    """One entry about a shelter or a case, in the verb's own transaction."""
    audit.record(actor=actor.id, verb=verb, subject=subject.pk, details=details or None, at=now)
