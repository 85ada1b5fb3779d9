"""A step on the identification ladder."""

from datetime import date, datetime

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.partners.models import Partner
from romyen.rules.ladder import Step, check_step, organisations, statuses
from romyen.rules.spans import local_day
from romyen.survivors.actions.opening import locked, may, written
from romyen.survivors.listed import listed
from romyen.survivors.models import Identification, Survivor
from romyen.survivors.particulars import tidy


def identify(
    survivor: Survivor,
    *,
    status: str,
    organisation: str,
    on: date,
    basis: str,
    words: str = "",
    partner: Partner | None = None,
    corrects: bool = False,
    reason: str = "",
    imported: bool = False,
    actor: Actor,
    now: datetime,
) -> Identification:
    """Record what an organisation decided about her, on which day and basis.

    ``organisation`` is the kind that decides, ``partner`` which one. The ladder's rule refuses
    with ``RY-LADDER-…``, unknown codes with ``RY-LIST-UNKNOWN``.
    """
    with transaction.atomic():
        may(actor, "survivor.identify", survivor, now=now)
        statuses().item(status, field="status")
        listed("identification_bases").item(basis, field="basis")
        row = locked(survivor)
        history = list(row.identifications.all())
        step = Step(status, organisation, on, corrects, bool(tidy(reason)), imported)  # type: ignore[arg-type]
        organisations().item(organisation, field="organisation")
        check_step([past.step for past in history], step, today=local_day(now))
        decision = Identification(
            survivor=row,
            at=now,
            by=actor.id,
            number=len(history) + 1,
            status=status,
            organisation=organisation,
            partner=partner,
            on=on,
            basis=basis,
            corrects=corrects,
            imported=imported,
        )
        access.seal(decision, actor=actor, now=now, words=tidy(words), reason=tidy(reason))
        decision.save(force_insert=True)
        row.status = survivor.status = status
        row.save(update_fields=["status"])
        written(
            actor,
            "survivor.identify",
            row,
            now=now,
            number=decision.number,
            status=status,
            organisation=organisation,
        )
    return decision
