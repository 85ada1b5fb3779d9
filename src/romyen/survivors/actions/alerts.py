"""Alerts: what everyone who opens the file has to know first."""

import json
from datetime import datetime

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.rules.refusals import refuse
from romyen.survivors.actions.opening import may, written
from romyen.survivors.listed import compartment_of_alert
from romyen.survivors.models import Alert, Survivor
from romyen.survivors.particulars import tidy


def raise_alert(
    survivor: Survivor, *, kind: str, text: str = "", actor: Actor, now: datetime
) -> Alert:
    """Warn. The kind decides whose key opens it; the log does not name the kind.

    Whoever raises it needs no key to it: a caseworker may warn the counsellor.
    """
    with transaction.atomic():
        may(actor, "survivor.alert", survivor, now=now)
        column = compartment_of_alert(kind)
        alert = Alert(survivor=survivor, at=now, by=actor.id)
        said = json.dumps({"kind": kind, "text": tidy(text)}, ensure_ascii=False)
        access.seal(alert, actor=actor, now=now, **{column: said})
        alert.save(force_insert=True)
        written(actor, "survivor.alert", survivor, now=now, alert=alert.pk)
    return alert


def lower_alert(alert: Alert, *, reason: str, actor: Actor, now: datetime) -> Alert:
    """The danger has passed. The alert and the reason stay, in the same compartment."""
    with transaction.atomic():
        may(actor, "survivor.alert", alert.survivor, now=now)
        if not tidy(reason):
            raise refuse("RY-SURVIVOR-REASON", field="reason")
        if not Alert.objects.filter(pk=alert.pk, lowered_at=None).update(
            lowered_at=now, lowered_by=actor.id
        ):
            raise refuse("RY-SURVIVOR-LOWERED")
        column = "lowered_care" if alert.care is not None else "lowered_identity"
        access.seal(alert, actor=actor, now=now, **{column: tidy(reason)})
        alert.lowered_at, alert.lowered_by = now, actor.id
        alert.save(update_fields=[column])
        written(actor, "survivor.lower_alert", alert.survivor, now=now, alert=alert.pk)
    return alert
