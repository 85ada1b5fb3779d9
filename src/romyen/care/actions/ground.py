"""What the verbs of care check before they write."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from romyen import access
from romyen.access.models import Member
from romyen.cases.actions.ground import require_able
from romyen.cases.models import Case
from romyen.partners.models import Partner
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day


def require_over(on: date, *, field: str, now: datetime, code: str = "RY-CARE-FUTURE") -> None:
    """Refuse a day that has not come yet (Bangkok)."""
    if on > local_day(now):
        raise refuse(code, field=field)


def require_ahead(on: date, *, field: str, now: datetime) -> None:
    """Refuse a day that is over."""
    if on < local_day(now):
        raise refuse("RY-CARE-PAST", field=field)


def require_member(case: Case, member: Member | None, *, field: str, now: datetime) -> None:
    """Refuse a colleague who may not work on the case; nobody is fine."""
    if member is not None:
        require_able(member, case.node, field=field, now=now)


def require_partner(partner: Partner | None, kinds: Sequence[str] = ()) -> None:
    """Refuse an organisation that is no longer active, or of another kind; none is fine."""
    if partner is None:
        return
    if not partner.active:
        raise refuse("RY-CARE-PARTNER", field="partner")
    if kinds and partner.kind not in kinds:
        raise refuse("RY-CARE-HEALTH-PARTNER", field="partner")


def require_amount(value: Decimal | int | None, *, most: int, field: str) -> None:
    """Refuse what is negative, not a number or beyond all sense; nothing is fine."""
    if value is None:
        return
    if not (Decimal(value).is_finite() and 0 < value <= most):
        raise refuse("RY-CARE-AMOUNT", field=field, least=1, most=most)


def why(text: str, *, field: str = "why") -> str:
    """The reason, trimmed; refuses when nothing was written."""
    if not text.strip():
        raise refuse("RY-CARE-WHY", field=field)
    return text.strip()


def new_part(model: Any, case: Case, *, actor: access.Actor, now: datetime, **facts: Any) -> Any:
    """A new row of a case, not yet saved."""
    return model(case=case, at=now, by=actor.id, **facts)
