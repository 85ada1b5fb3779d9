"""Services: what was done for her, by us or by others."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from romyen import access
from romyen.care.actions.ground import new_part, require_amount, require_over, require_partner
from romyen.care.models import Goal, Service
from romyen.care.words import kinds
from romyen.cases.actions.ground import log, require_work
from romyen.cases.models import Case
from romyen.partners.models import Partner
from romyen.rules.refusals import refuse

MOST_HOURS, MOST_BAHT = 24, 10_000_000


def record_service(
    case: Case,
    *,
    kind: str,
    on: date,
    partner: Partner | None = None,
    hours: Decimal | None = None,
    amount: Decimal | None = None,
    goal: Goal | None = None,
    note: str = "",
    actor: access.Actor,
    now: datetime,
) -> Service:
    """Record help that was given: by a partner, or by us when none is named. ``amount`` is baht.

    Help may be older than the case: what was given before it was opened is still hers.
    """
    with transaction.atomic():
        require_work(actor, case, now=now, verb="care.record")
        kinds().item(kind, field="kind")
        require_over(on, field="on", now=now)
        require_partner(partner)
        require_amount(hours, most=MOST_HOURS, field="hours")
        require_amount(amount, most=MOST_BAHT, field="amount")
        if goal is not None and goal.case_id != case.pk:
            raise refuse("RY-CARE-GOAL", field="goal")
        facts = {"kind": kind, "on": on, "partner": partner, "goal": goal}
        facts |= {"hours": hours, "amount": amount}
        row: Service = new_part(Service, case, actor=actor, now=now, **facts)
        access.seal(row, actor=actor, now=now, note=note.strip())
        row.save(force_insert=True)
        log(actor, "care.record", case, now=now, service=row.pk, kind=kind)
    return row
