"""Walls and doors in them: exclusions, and sharing one record with one person."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from romyen import audit
from romyen.access.actors import Actor, Reader
from romyen.access.approvals import ask, use
from romyen.access.decisions import READ, excluded_from, members_opening, require
from romyen.access.models import Approval, Assignment, Exclusion, Member, Node, holder_of
from romyen.access.nodes import ORGANISATION, TEAM
from romyen.access.people import assign
from romyen.access.roles import roles
from romyen.access.sealing import holders_for
from romyen.keys import regranting, sealing
from romyen.keys.compartments import COMPARTMENTS
from romyen.keys.models import DataKey, Grant, Holder
from romyen.notices.actions import notify
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
        if reason not in REASONS or node.kind in (ORGANISATION, TEAM):
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
            _rekey(node, actor=actor, now=now)
        _tell_holders(node, now=now)
    return exclusion


def _tell_holders(node: Node, *, now: datetime) -> None:
    """Those who hold keys of a record where some wait to be replaced; nobody who is excluded."""
    if _team_grants(subjects_below(node)).exists():
        able = {m.pk for c in COMPARTMENTS for m in members_opening(node, c, now=now)}
        notify(able, "keys.pending", subject=node.pk, now=now)


def subjects_below(node: Node) -> list[str]:
    """The record's node and the nodes below it: everything an exclusion or sharing covers."""
    return [node.pk, *Node.objects.filter(parent=node).values_list("pk", flat=True)]


def rekey(node: Node, *, actor: Reader, now: datetime) -> int:
    """A holder replaces the grants on a record by those that its walls ask for now.

    Where someone is excluded that is one grant for each member who remains instead of the
    team's. Returns the number of data keys re-granted.
    """
    with transaction.atomic():
        require(actor, READ.get(node.kind, "team.read"), node, now=now)
        return _rekey(node, actor=actor, now=now)


def _rekey(node: Node, *, actor: Reader, now: datetime) -> int:
    """Exclusions stay pending while a data key of the record is not this holder's to replace."""
    subjects = subjects_below(node)
    count = sum(
        _rekey_compartment(subject, c, actor, now) for subject in subjects for c in COMPARTMENTS
    )
    if not _team_grants(subjects).exists():
        Exclusion.objects.filter(node=node, lifted_at=None, rekeyed_at=None).update(rekeyed_at=now)
    audit.record(
        actor=actor.id, verb="keys.rekey", subject=node.pk, details={"keys": count}, at=now
    )
    return count


def _team_grants(subjects: list[str]) -> QuerySet[Grant]:
    return Grant.objects.filter(data_key__subject__in=subjects, holder__kind=Holder.COMPARTMENT)


def _rekey_compartment(subject: str, compartment: str, actor: Reader, now: datetime) -> int:
    node = Node.objects.get(pk=subject)
    holders = holders_for(node, compartment, now=now)
    if not holders:
        return 0
    return regranting.regrant(
        [subject], compartment, holders, ring=actor.ring, actor=actor.id, now=now
    )


def ask_to_lift(exclusion: Exclusion, *, purpose: str, actor: Actor, now: datetime) -> Approval:
    """Ask a second person to let someone back in (two people, design §4)."""
    return ask(
        "access.lift", exclusion.node, purpose=purpose, digest=exclusion.pk, actor=actor, now=now
    )


def lift(exclusion: Exclusion, *, approval: str, actor: Reader, now: datetime) -> Exclusion:
    """End an exclusion with a second person's approval, and grant the keys anew."""
    with transaction.atomic():
        require(actor, "access.lift", exclusion.node, now=now)
        use(
            approval,
            "access.lift",
            exclusion.node,
            digest=exclusion.pk,
            actor=actor,
            now=now,
        )
        exclusion.lifted_at = now
        exclusion.save(update_fields=["lifted_at"])
        audit.record(
            actor=actor.id,
            verb="access.lift",
            subject=exclusion.node_id,
            details={"member": exclusion.member_id, "approval": approval},
            at=now,
        )
        _rekey(exclusion.node, actor=actor, now=now)
    return exclusion


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
            raise refuse("RY-ACCESS-NOT-ADMITTED", field="member")
        if excluded_from(node).filter(member=member).exists():
            raise refuse("RY-ACCESS-EXCLUDED", field="member")
        holder = holder_of(member)
        opened = roles()[role].compartments
        keys = DataKey.objects.filter(
            subject__in=subjects_below(node), compartment__in=opened
        ).exclude(grants__holder=holder)
        by_id = {key.pk: key for key in keys}
        secrets = sealing.open_data_keys(by_id, actor.ring)
        Grant.objects.bulk_create(
            sealing.grant_to(by_id[pk], secret, holder, by=actor.id, now=now)
            for pk, secret in secrets.items()
        )
        audit.record(
            actor=actor.id,
            verb="keys.share",
            subject=node.pk,
            details={"member": member.pk, "keys": len(secrets)},
            at=now,
        )
    return assignment
