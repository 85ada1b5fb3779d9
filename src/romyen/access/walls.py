"""Walls and doors in them: exclusions, and sharing one record with one person."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from romyen import audit
from romyen.access.actors import Actor, Reader
from romyen.access.decisions import members_opening, require
from romyen.access.models import Assignment, Exclusion, Member, Node
from romyen.access.people import assign
from romyen.access.roles import roles
from romyen.keys import sealing
from romyen.keys.compartments import COMPARTMENTS
from romyen.keys.models import DataKey, Grant, Holder
from romyen.rules.refusals import gettext_noop as _
from romyen.rules.refusals import refuse

REASONS = {
    "relative": _("A relative or close friend"),
    "named_official": _("An official or colleague named in the file"),
    "employer": _("A connection to an employer or recruiter"),
    "other": _("Another conflict of interest"),
}


def exclude(member: Member, node: Node, *, reason: str, actor: Actor, now: datetime) -> Exclusion:
    """Hide a record from a member at once. Keys follow when a holder rekeys.

    The excluded person is signed out nowhere and told nothing: the record answers as absent.
    """
    with transaction.atomic():
        require(actor, "access.exclude", node, now=now)
        if reason not in REASONS:
            raise refuse("RY-BAD-INPUT", field="reason")
        if member.pk == actor.id:
            raise refuse("RY-ACCESS-SELF")
        exclusion, _made = Exclusion.objects.get_or_create(
            member=member,
            node=node,
            lifted_at=None,
            defaults={"reason": reason, "created_at": now, "created_by": actor.id},
        )
        audit.record(
            actor=actor.id,
            verb="access.exclude",
            subject=node.pk,
            details={"member": member.pk, "reason": reason},
            at=now,
        )
        if isinstance(actor, Reader):
            rekey(node, actor=actor, now=now)
    return exclusion


def subjects_below(node: Node) -> list[str]:
    """The record's node and the nodes below it: everything an exclusion or sharing covers."""
    return [node.pk, *Node.objects.filter(parent=node).values_list("pk", flat=True)]


def rekey(node: Node, *, actor: Reader, now: datetime) -> int:
    """Replace the team's grants on a record by individual ones, and rotate later writes.

    Returns the number of data keys re-granted. Exclusions stay pending while some data key of
    the record could not be opened by this holder.
    """
    with transaction.atomic():
        subjects = subjects_below(node)
        count = sum(_rekey_compartment(node, c, subjects, actor, now) for c in COMPARTMENTS)
        if not _team_grants(subjects).exists():
            Exclusion.objects.filter(node=node, lifted_at=None, rekeyed_at=None).update(
                rekeyed_at=now
            )
        audit.record(
            actor=actor.id, verb="keys.rekey", subject=node.pk, details={"keys": count}, at=now
        )
    return count


def _team_grants(subjects: list[str]) -> QuerySet[Grant]:
    return Grant.objects.filter(data_key__subject__in=subjects, holder__kind=Holder.COMPARTMENT)


def _rekey_compartment(
    node: Node, compartment: str, subjects: list[str], actor: Reader, now: datetime
) -> int:
    members = members_opening(node, compartment, now=now)
    holders = [member.holder for member in members if member.holder]
    if not holders:
        return 0
    return sealing.regrant(subjects, compartment, holders, ring=actor.ring, actor=actor.id, now=now)


def share(
    member: Member,
    role: str,
    node: Node,
    *,
    purpose: str,
    actor: Reader,
    now: datetime,
    ends: datetime | None = None,
) -> Assignment:
    """Give one member a role on one record, with the keys that the sharer holds of it."""
    with transaction.atomic():
        assignment = assign(member, role, node, purpose=purpose, actor=actor, now=now, ends=ends)
        if member.holder is None or not member.admitted_at:
            raise refuse("RY-ACCESS-WAITING")
        opened = roles()[role].compartments
        keys = DataKey.objects.filter(
            subject__in=subjects_below(node), compartment__in=opened
        ).exclude(grants__holder=member.holder)
        by_id = {key.pk: key for key in keys}
        secrets = sealing.open_data_keys(by_id, actor.ring)
        Grant.objects.bulk_create(
            sealing.grant_to(by_id[pk], secret, member.holder, by=actor.id, now=now)
            for pk, secret in secrets.items()
        )
    return assignment
