"""Two people: one asks, another approves, it is used once and soon (design §4).

Who approves is neither the one who asks nor the one it is about, is excluded from nothing on the
way, and holds the keys of what it opens, or is a trustee.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from romyen import audit
from romyen.access.actors import Actor, Reader
from romyen.access.decisions import ancestry, require, visible_to, who_can, why
from romyen.access.models import Approval, Member, Node
from romyen.access.nodes import TEAM
from romyen.access.roles import roles
from romyen.keys.compartments import LOCATION
from romyen.keys.models import Admission, DataKey, Holder
from romyen.notices.actions import notify
from romyen.rules.refusals import refuse

APPROVAL_HOURS = 24
LONGEST_PURPOSE = 120
"""Characters; the log keeps purposes of this length."""
OPENING = frozenset({"access.lift", "exchange.export", "shelter.open_location"})
"""The verbs by which something sealed goes to somebody new."""
ONLY = {"shelter.open_location": frozenset({LOCATION})}
"""Verbs that open one compartment, whatever else the record holds."""


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
        able = {m.pk for m in who_can("approval.give", node, now=now)}
        able -= {actor.id, approval.about}
        notify(able, "approval.asked", subject=node.pk, now=now)
    return approval


def open_approvals(actor: Actor, *, now: datetime) -> QuerySet[Approval]:
    """What waits for a second person whom the actor could be, newest first."""
    waiting = Approval.objects.filter(given_at=None, ends_at__gt=now).exclude(asked_by=actor.id)
    shown = visible_to(actor, "approval.give", waiting, now=now)
    return shown.select_related("asked_by", "node").order_by("-asked_at")


def give(approval: Approval, *, actor: Actor, now: datetime) -> Approval:
    """The second person says yes. Never the one who asked or the one it is about, never someone
    excluded, and not without the keys of what it opens (``RY-ACCESS-APPROVER-KEYS``).
    """
    with transaction.atomic():
        require(actor, "approval.give", approval.node, now=now)
        if actor.id in (approval.asked_by_id, approval.about):
            raise refuse("RY-ACCESS-SELF")
        if approval.verb in OPENING and not _may_judge(approval, actor, now=now):
            raise refuse("RY-ACCESS-APPROVER-KEYS")
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


def _may_judge(approval: Approval, actor: Actor, *, now: datetime) -> bool:
    """Whether the actor is a trustee, or holds whatever the one who asked could open there."""
    table, node = roles(), approval.node
    up = ancestry(node)
    here = [a for a in actor.facts.assignments if a.holds(now) and a.node in up]
    if any(table[a.role].trustee for a in here):
        return True
    if not isinstance(actor, Reader):
        return False
    there = ONLY.get(approval.verb) or compartments_of(node)
    opened = there & _held(approval.asked_by.holder_id, node)
    return bool(opened or approval.verb not in ONLY) and opened <= _held(actor.ring.holder_id, node)


def _held(holder: str | None, node: Node) -> set[str]:
    """The compartments of a record's team, and its own location, wrapped for somebody."""
    admitted = Admission.objects.filter(member=holder, compartment__team__in=(_team(node), node.pk))
    return set(admitted.values_list("compartment__compartment", flat=True))


def _team(node: Node) -> str:
    return node.pk if node.kind == TEAM else str(node.team_id)


def compartments_of(node: Node) -> set[str]:
    """What there is to open: of a team its compartments, of a record those that hold something."""
    if node.kind == TEAM:
        own = Holder.objects.filter(kind=Holder.COMPARTMENT, team=node.pk, retired_at=None)
        return set(own.values_list("compartment", flat=True))
    below = [node.pk, *Node.objects.filter(parent=node).values_list("pk", flat=True)]
    return set(DataKey.objects.filter(subject__in=below).values_list("compartment", flat=True))


def use(
    approval_id: str, verb: str, node: Node, *, digest: str = "", actor: Actor, now: datetime
) -> Approval:
    """Spend an approval inside the verb's own transaction; a second use is refused.

    Compare-and-swap on ``used_at``: of any number at the same moment one wins. An approval does
    not outlive the right of who gave it: excluded or gone meanwhile, it is over.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an approval is spent inside the verb's transaction")
    found = Approval.objects.filter(
        pk=approval_id, verb=verb, node=node, digest=digest, asked_by=actor.id
    )
    approval = found.select_related("given_by").first()
    if approval is None:
        raise refuse("RY-ABSENT")
    if approval.given_by is None:
        raise refuse("RY-ACCESS-APPROVAL-NEEDED")
    if not why(approval.given_by, "approval.give", node, now=now):
        raise refuse("RY-ACCESS-APPROVAL-OVER")
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
