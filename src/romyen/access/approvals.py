"""Two people: one asks, another approves, it is used once and soon (design §4)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from romyen import audit
from romyen.access.actors import Actor
from romyen.access.decisions import require, visible_to, who_can
from romyen.access.models import Approval, Member, Node
from romyen.notices.actions import notify
from romyen.rules.refusals import refuse

APPROVAL_HOURS = 24
LONGEST_PURPOSE = 120
"""Characters; the log keeps purposes of this length."""


def ask(
    verb: str, node: Node, *, purpose: str, digest: str = "", actor: Actor, now: datetime
) -> Approval:
    """Ask a second person to allow ``verb`` on ``node``; ``digest`` pins what exactly."""
    with transaction.atomic():
        require(actor, verb, node, now=now)
        if not 0 < len(purpose.strip()) <= LONGEST_PURPOSE:
            raise refuse("RY-ACCESS-PURPOSE", field="purpose")
        approval = Approval.objects.create(
            verb=verb,
            node=node,
            purpose=purpose.strip(),
            digest=digest,
            asked_by=Member.objects.get(pk=actor.id),
            asked_at=now,
            ends_at=now + timedelta(hours=APPROVAL_HOURS),
        )
        audit.record(
            actor=actor.id,
            verb="approval.ask",
            subject=node.pk,
            purpose=purpose.strip(),
            details={"approval": approval.pk, "verb": verb},
            at=now,
        )
        able = {m.pk for m in who_can("approval.give", node, now=now)} - {actor.id}
        notify(able, "approval.asked", subject=node.pk, now=now)
    return approval


def open_approvals(actor: Actor, *, now: datetime) -> QuerySet[Approval]:
    """What waits for a second person whom the actor could be, newest first."""
    waiting = Approval.objects.filter(given_at=None, ends_at__gt=now).exclude(asked_by=actor.id)
    shown = visible_to(actor, "approval.give", waiting, now=now)
    return shown.select_related("asked_by", "node").order_by("-asked_at")


def give(approval: Approval, *, actor: Actor, now: datetime) -> Approval:
    """The second person says yes. Never the one who asked, never someone excluded."""
    with transaction.atomic():
        require(actor, "approval.give", approval.node, now=now)
        if approval.asked_by_id == actor.id:
            raise refuse("RY-ACCESS-SELF")
        changed = Approval.objects.filter(
            pk=approval.pk, given_at=None, used_at=None, ends_at__gt=now
        ).update(given_by=actor.id, given_at=now)
        if not changed:
            raise refuse("RY-ACCESS-APPROVAL-OVER")
        audit.record(
            actor=actor.id,
            verb="approval.give",
            subject=approval.node_id,
            details={"approval": approval.pk, "verb": approval.verb},
            at=now,
        )
        notify([approval.asked_by_id], "approval.given", subject=approval.node_id, now=now)
    approval.refresh_from_db()
    return approval


def use(
    approval_id: str, verb: str, node: Node, *, digest: str = "", actor: Actor, now: datetime
) -> Approval:
    """Spend an approval inside the verb's own transaction; a second use is refused.

    Compare-and-swap on ``used_at``: of any number at the same moment one wins.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an approval is spent inside the verb's transaction")
    found = Approval.objects.filter(
        pk=approval_id, verb=verb, node=node, digest=digest, asked_by=actor.id
    )
    approval = found.first()
    if approval is None:
        raise refuse("RY-ABSENT")
    if approval.given_at is None:
        raise refuse("RY-ACCESS-APPROVAL-NEEDED")
    if not found.filter(used_at=None, ends_at__gt=now).update(used_at=now):
        raise refuse("RY-ACCESS-APPROVAL-OVER")
    audit.record(
        actor=actor.id,
        verb="approval.use",
        subject=node.pk,
        details={"approval": approval.pk, "verb": verb},
        at=now,
    )
    return approval
