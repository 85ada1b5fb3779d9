"""Verbs about people: invite, register, admit, assign, found a team, deactivate."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest

from romyen import audit
from romyen.access.actors import Actor, Reader, facts_of
from romyen.access.approvals import LONGEST_PURPOSE
from romyen.access.decisions import READ, ancestry, decide, require
from romyen.access.holding import (
    found_missing,
    refuse_last_holder,
    withdraw_everything,
    withdraw_keys,
    wrap_missing,
)
from romyen.access.models import Assignment, Invitation, Member, Node, Team, holder_of
from romyen.access.naming import plain_address, plain_name
from romyen.access.nodes import ORGANISATION, TEAM, found_node
from romyen.access.renewing import (
    ask_for_admission,
    drop,
    locked,
    take_renewed,
    waiting_renewal,
)
from romyen.access.roles import conferrable, roles
from romyen.keys import chain, founding
from romyen.rules import policy
from romyen.rules.refusals import refuse

__all__ = [
    "admit",
    "assign",
    "change_passphrase",
    "deactivate",
    "end_assignment",
    "found_missing",
    "found_team",
    "invitation_for",
    "invite",
    "make_team",
    "register",
    "require_conferral",
    "wrap",
    "wrap_missing",
]

INVITATION_DAYS = 7


def require_conferral(actor: Actor, role: str, node: Node, *, now: datetime) -> None:
    """Refuse unless the actor's own role may confer ``role`` on ``node``."""
    if role not in conferrable():
        raise refuse("RY-ACCESS-MAY-NOT-CONFER")
    if not policy.may_confer(actor.facts, roles(), role, ancestry(node), now):
        raise refuse("RY-ACCESS-MAY-NOT-CONFER")


def _token_hash(token: str) -> str:
    return sha256(b"romyen invitation\n" + token.encode()).hexdigest()


def invite(
    *, email: str, name: str, role: str, node: Node, actor: Actor, now: datetime
) -> tuple[Invitation, str]:
    """Invite a colleague to a role on a team; returns the invitation and its secret token.

    The answer is the same whether or not the address is known already.
    """
    with transaction.atomic():
        require(actor, "member.invite", node, now=now)
        require_conferral(actor, role, node, now=now)
        token = secrets.token_urlsafe(24)
        invitation = Invitation.objects.create(
            email=plain_address(email),
            name=plain_name(name),
            role=role,
            node=node,
            token_hash=_token_hash(token),
            invited_by=actor.id,
            created_at=now,
            ends_at=now + timedelta(days=INVITATION_DAYS),
        )
        audit.record(
            actor=actor.id,
            verb="member.invite",
            subject=invitation.pk,
            details={"role": role, "node": node.pk},
            at=now,
        )
    return invitation, token


def invitation_for(token: str, *, now: datetime) -> Invitation:
    """The open invitation behind a token, or ``RY-ACCESS-INVITATION-OVER``."""
    open_ones = Invitation.objects.select_related("node").filter(used_at=None, ends_at__gt=now)
    invitation = open_ones.filter(token_hash=_token_hash(token)).first()
    if invitation is None:
        raise refuse("RY-ACCESS-INVITATION-OVER")
    return invitation


def register(*, token: str, name: str, passphrase: str, now: datetime) -> Member:
    """Take up an invitation: an account and a key pair that wait for a holder to admit them."""
    with transaction.atomic():
        invitation = invitation_for(token, now=now)
        taken = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=now)
        if not taken or not _still_meant(invitation, now):
            raise refuse("RY-ACCESS-INVITATION-OVER")
        if Member.objects.filter(email__iexact=invitation.email).exists():
            raise refuse("RY-ACCESS-MAIL-TAKEN", field="passphrase")
        member = Member(email=invitation.email, name=plain_name(name), joined_at=now)
        member.set_password(passphrase)
        member.holder = founding.make_user_keys(passphrase, person=member.pk, now=now)
        member.save(force_insert=True)
        _assign(
            member, invitation.role, invitation.node, by=invitation.invited_by, purpose="", now=now
        )
        audit.record(actor=member.pk, verb="member.register", subject=member.pk, at=now)
        ask_for_admission(member, now=now)
    return member


def _still_meant(invitation: Invitation, now: datetime) -> bool:
    """Whoever invited may still confer the role: an invitation does not outlive its sender."""
    sender = Member.objects.filter(pk=invitation.invited_by).first()
    up = ancestry(invitation.node)
    return sender is not None and policy.may_confer(
        facts_of(sender), roles(), invitation.role, up, now
    )


def _assign(
    member: Member,
    role: str,
    node: Node,
    *,
    by: str,
    purpose: str,
    now: datetime,
    ends: datetime | None = None,
) -> Assignment:
    if ends is not None and ends <= now:
        raise refuse("RY-ACCESS-EXPIRY", field="ends_at")
    return Assignment.objects.create(
        member=member,
        role=role,
        node=node,
        purpose=purpose,
        starts_at=now,
        ends_at=ends,
        conferred_by=by,
    )


def assign(
    member: Member,
    role: str,
    node: Node,
    *,
    purpose: str,
    actor: Actor,
    now: datetime,
    ends: datetime | None = None,
) -> Assignment:
    """Give a member a role on a node, for a purpose and possibly until a day.

    Keys follow separately: a holder wraps them (:func:`admit`, or ``sharing`` for one record).
    """
    with transaction.atomic():
        require(actor, "member.assign", node, now=now)
        require_conferral(actor, role, node, now=now)
        if member.pk == actor.id:
            raise refuse("RY-ACCESS-SELF")
        if node.kind not in (ORGANISATION, TEAM):
            require(actor, READ[node.kind], node, now=now)  # nobody hands out what they don't see
        if not member.is_active:
            raise refuse("RY-BAD-INPUT", field="member")
        if len(purpose.strip()) > LONGEST_PURPOSE:
            raise refuse("RY-ACCESS-PURPOSE", field="purpose")
        assignment = _assign(
            member, role, node, by=actor.id, purpose=purpose.strip(), now=now, ends=ends
        )
        audit.record(
            actor=actor.id,
            verb="member.assign",
            subject=node.pk,
            purpose=purpose.strip(),
            details={"member": member.pk, "role": role, "assignment": assignment.pk},
            at=now,
        )
    return assignment


def end_assignment(assignment: Assignment, *, actor: Actor, now: datetime) -> Assignment:
    """Take a role back now, and the keys that no other role of the member opens."""
    with transaction.atomic():
        require(actor, "member.assign", assignment.node, now=now)
        require_conferral(actor, assignment.role, assignment.node, now=now)
        assignment.ends_at = max(now, assignment.starts_at)
        assignment.save(update_fields=["ends_at"])
        refuse_last_holder(assignment.member, now=now)
        withdraw_keys(assignment.member, now=now)
        audit.record(
            actor=actor.id,
            verb="member.unassign",
            subject=assignment.node_id,
            details={"member": assignment.member_id, "assignment": assignment.pk},
            at=now,
        )
    return assignment


def admit(member: Member, *, words: str, actor: Reader, now: datetime) -> list[str]:
    """Admit a member's public keys after comparing the fingerprint out of band.

    ``words`` is the fingerprint as the member read it out. Signs the keys into the chain and
    wraps what the admitter holds of the compartments that the member's roles open. Returns the
    compartments still missing, for another holder to wrap. Where a renewal waits, its pair is the
    one that is admitted, and only now takes the place of the former one.
    """
    with transaction.atomic():
        member = locked(member)
        if member.pk == actor.id:
            raise refuse("RY-ACCESS-SELF")
        _require_admission_right(actor, member, now)
        renewal = waiting_renewal(member)
        holder = renewal.holder if renewal else holder_of(member)
        if "".join(words.split()).upper() != chain.fingerprint(holder).replace(" ", ""):
            raise refuse("RY-ACCESS-FINGERPRINT", field="words")
        if renewal:
            take_renewed(member, renewal, now=now)
        if not holder.signature:
            founding.admit_user(holder, actor.ring.signing, holder_of(actor.member))
        member.admitted_at = member.admitted_at or now
        member.save(update_fields=["admitted_at"])
        audit.record(
            actor=actor.id,
            verb="member.admit",
            subject=member.pk,
            details=chain.logged_statement(holder),
            at=now,
        )
        return wrap_missing(member, actor=actor, now=now)


def wrap(member: Member, *, actor: Reader, now: datetime) -> list[str]:
    """Wrap later what was missing when a colleague was admitted; returns what is still missing."""
    with transaction.atomic():
        _require_admission_right(actor, member, now)
        if not (member.is_active and member.admitted_at):
            raise refuse("RY-ACCESS-NOT-ADMITTED")
        return wrap_missing(member, actor=actor, now=now)


def _require_admission_right(actor: Reader, member: Member, now: datetime) -> None:
    nodes = [
        assignment.node
        for assignment in member.assignments.select_related("node")
        if assignment.starts_at <= now and (not assignment.ends_at or now < assignment.ends_at)
    ]
    if not member.is_active or not any(
        decide(actor, "member.admit", node, now=now) for node in nodes
    ):
        raise refuse("RY-ABSENT")


def found_team(name: str, *, actor: Actor, now: datetime, intake: bool = False) -> Team:
    """A new team of the organisation."""
    with transaction.atomic():
        organisation = Node.objects.get(kind="organisation")
        require(actor, "team.found", organisation, now=now)
        name = plain_name(name)
        if Team.objects.filter(name__iexact=name).exists():
            raise refuse("RY-ACCESS-TEAM-NAME", field="name")
        return make_team(name, organisation, by=actor.id, now=now, intake=intake)


def make_team(name: str, organisation: Node, *, by: str, now: datetime, intake: bool) -> Team:
    """Rows and log entry of a new team; ``romyen init`` uses it before anyone can decide."""
    node = found_node(TEAM, organisation, now=now, code=name)
    team = Team.objects.create(node=node, name=name, intake=intake)
    audit.record(actor=by, verb="team.found", subject=node.pk, at=now)
    return team


def deactivate(member: Member, *, actor: Actor, now: datetime) -> None:
    """A member leaves: signed out everywhere, keys withdrawn, roles ended, at once.

    It is never delayed, because it may be needed against someone who was bought. What nobody else
    opens is not destroyed with it: see :func:`withdraw_everything`.
    """
    with transaction.atomic():
        organisation = Node.objects.get(kind="organisation")
        require(actor, "member.deactivate", organisation, now=now)
        if member.pk == actor.id:
            raise refuse("RY-ACCESS-SELF")
        member.is_active = False
        member.save(update_fields=["is_active"])
        member.rings.all().delete()
        in_force = member.assignments.filter(Q(ends_at=None) | Q(ends_at__gt=now))
        in_force.update(ends_at=Greatest("starts_at", now))
        drop(member)
        withdraw_everything(member)
        audit.record(actor=actor.id, verb="member.deactivate", subject=member.pk, at=now)


def change_passphrase(member: Member, old: str, new: str, *, now: datetime) -> None:
    """Another passphrase for the same keys; every other place is signed out."""
    with transaction.atomic():
        founding.change_passphrase(holder_of(member), old, new)
        member.set_password(new)
        member.save(update_fields=["password"])
        drop(member)
        member.rings.all().delete()
        audit.record(actor=member.pk, verb="member.change_passphrase", subject=member.pk, at=now)
