"""Roles that take two people to give: opened with an approval, until a day, taken back at once.

No page of roles gives them (``rules.policy.Role.by_two``); a floor above calls this for its own
kind of place. So far that is one: a shelter and its location.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from romyen import audit
from romyen.access import approvals
from romyen.access.actors import Actor, Reader
from romyen.access.decisions import excluded_from
from romyen.access.holding import found_key, withdraw_keys
from romyen.access.models import Approval, Assignment, Member, Node, holder_of
from romyen.access.roles import roles
from romyen.access.walls import rekey
from romyen.keys import founding
from romyen.keys.models import Holder
from romyen.rules.refusals import refuse


def lent(node: Node, role: str, *, now: datetime) -> QuerySet[Assignment]:
    """The assignments of a role in force on a place, with their members, by name."""
    held = Assignment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    active = held.filter(node=node, role=role, member__is_active=True)
    return active.select_related("member").order_by("member__name", "ends_at")


def found_place(
    node: Node, compartment: str, role: str, *, actor: Reader, now: datetime
) -> Assignment:
    """Make a place's own key; whoever makes it holds it, without an end.

    Nobody learns anything by it: who makes the key writes down what it seals.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a place is founded inside the verb's transaction")
    found_key(node.pk, compartment, reader=actor, now=now)
    return _assign(actor.member, role, node, purpose="", ends=None, actor=actor, now=now)


def lend(
    member: Member,
    role: str,
    node: Node,
    *,
    verb: str,
    approval: str,
    digest: str,
    ends: datetime | None,
    actor: Reader,
    now: datetime,
) -> Assignment:
    """Give the role and wrap the keys, spending the approval that pins member and last day.

    Refuses as ``approvals.use`` does, and with ``RY-KEYS-CLOSED`` for an actor who does not hold
    what is to be opened.
    """
    spent = approvals.use(approval, verb, node, digest=digest, actor=actor, now=now)
    require_open_to(member, node)
    given = _assign(member, role, node, purpose=spent.purpose, ends=ends, actor=actor, now=now)
    for compartment in roles()[role].compartments:
        _wrap(node, compartment, member, actor=actor, now=now)
    if excluded_from(node).exists():
        rekey(node, actor=actor, now=now)  # the walls ask for grants to each, one by one
    return given


def require_open_to(member: Member, node: Node) -> None:
    """Refuse a member who is away, not admitted, or excluded from the place."""
    if not member.is_active:
        raise refuse("RY-BAD-INPUT", field="member")
    if member.holder is None or not member.admitted_at:
        raise refuse("RY-ACCESS-NOT-ADMITTED", field="member")
    if excluded_from(node).filter(member=member).exists():
        raise refuse("RY-ACCESS-EXCLUDED", field="member")


def holds(actor: Actor, node: Node, compartment: str) -> bool:
    """Whether the actor has the place's own key in hand."""
    if not isinstance(actor, Reader):
        return False
    own = _key(node, compartment).values_list("pk", flat=True)
    return any(pk in actor.ring.compartments for pk in own)


def _key(node: Node, compartment: str) -> QuerySet[Holder]:
    kind = Holder.COMPARTMENT
    return Holder.objects.filter(
        kind=kind, team=node.pk, compartment=compartment, retired_at=None
    ).select_related("admitted_by")


def _assign(
    member: Member,
    role: str,
    node: Node,
    *,
    purpose: str,
    ends: datetime | None,
    actor: Reader,
    now: datetime,
) -> Assignment:
    given = Assignment.objects.create(
        member=member,
        role=role,
        node=node,
        purpose=purpose,
        starts_at=now,
        ends_at=ends,
        conferred_by=actor.id,
    )
    details = {"member": member.pk, "role": role, "assignment": given.pk}
    audit.record(
        actor=actor.id,
        verb="member.assign",
        subject=node.pk,
        purpose=purpose,
        details=details,
        at=now,
    )
    return given


def _wrap(node: Node, compartment: str, member: Member, *, actor: Reader, now: datetime) -> None:
    for key in _key(node, compartment):
        if not founding.admit_to_compartment(key, holder_of(member), ring=actor.ring, now=now):
            raise refuse("RY-KEYS-CLOSED")
        details = {"member": member.pk, "compartment": compartment}
        audit.record(actor=actor.id, verb="keys.admit", subject=node.pk, details=details, at=now)


def take_back(member: Member, role: str, node: Node, *, actor: Actor, now: datetime) -> None:
    """End the role now and delete what was wrapped for it, in the verb's own transaction."""
    mine = lent(node, role, now=now).filter(member=member)
    ended = sorted(mine.values_list("pk", flat=True))
    if not ended:
        raise refuse("RY-ABSENT")
    Assignment.objects.filter(pk__in=ended).update(ends_at=Greatest("starts_at", now))
    withdraw_keys(member, now=now)
    details = {"member": member.pk, "assignments": ended}
    audit.record(actor=actor.id, verb="member.unassign", subject=node.pk, details=details, at=now)


def asked(node: Node, verb: str, *, actor: Actor, now: datetime) -> list[Approval]:
    """The actor's own requests on a place that are not over, the oldest first."""
    mine = Approval.objects.filter(
        node=node, verb=verb, asked_by=actor.id, used_at=None, ends_at__gt=now
    )
    return list(mine.select_related("given_by").order_by("asked_at"))
