"""What every verb on a case checks and writes."""

from datetime import date, datetime
from typing import Any

from romyen import access, audit
from romyen.access.models import Member, Node
from romyen.cases.models import Case
from romyen.rules.refusals import refuse
from romyen.rules.spans import Moment, local_day


def require_work(
    actor: access.Actor, case: Case, *, now: datetime, verb: str = "case.work"
) -> None:
    """Refuse unless the actor may do ``verb`` on the case and the case is open.

    The case is read anew under the verb's transaction, so that nobody works on a case that was
    closed in the meantime.
    """
    access.require(actor, verb, case.node, now=now)
    if not Case.objects.filter(pk=case.pk, status="open").exists():
        raise refuse("RY-CASE-CLOSED")


def require_able(member: Member, node: Node, *, field: str, now: datetime) -> None:
    """Refuse a member who may not work on the record: away, of another team, or excluded."""
    if member not in access.who_can("case.work", node, now=now):
        raise refuse("RY-CASE-MEMBER", field=field)


def require_past(at: Moment, *, field: str, now: datetime) -> None:
    """Refuse a moment or a day that has not come yet (Bangkok)."""
    late = at > now if isinstance(at, datetime) else at > local_day(now)
    if late:
        raise refuse("RY-CASE-FUTURE", field=field)


def worded(text: str, *, field: str) -> str:
    """The text, trimmed; refuses when nothing was written."""
    if not text.strip():
        raise refuse("RY-CASE-REASON", field=field)
    return text.strip()


def today(now: datetime) -> date:
    """The day in Thailand."""
    return local_day(now)


def log(actor: access.Actor, verb: str, case: Case, *, now: datetime, **details: Any) -> None:
    """One entry about the case, in the verb's own transaction."""
    audit.record(actor=actor.id, verb=verb, subject=case.pk, details=details or None, at=now)
