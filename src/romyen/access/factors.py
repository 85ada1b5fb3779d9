"""A lost phone without recovery codes: two colleagues take the second factor off (decision 0020).

One who knows the person by voice or face asks, a second agrees, the first does it. Keys and
passphrase stay; the member signs in with the passphrase and sets up the new phone. Everyone
concerned is told.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from romyen import audit
from romyen.access.actors import Actor, Reader
from romyen.access.approvals import ask, use
from romyen.access.decisions import require
from romyen.access.inviting import tell_factor_reset
from romyen.access.models import Approval, Member, Node, Team
from romyen.access.nodes import TEAM
from romyen.notices.actions import notify
from romyen.rules.refusals import refuse

VERB = "member.reset_factor"


def place_of(member: Member, *, now: datetime) -> Node:
    """Where this is decided: a team in which the member works, else the intake team.

    So an administrator's own phone is a matter of the leads, who are two from the beginning.
    """
    for assignment in member.assignments.select_related("node").order_by("starts_at", "pk"):
        over = assignment.ends_at is not None and assignment.ends_at <= now
        if assignment.node.kind == TEAM and not over:
            return assignment.node
    return Team.objects.select_related("node").get(intake=True).node


def ask_factor_reset(member: Member, *, purpose: str, actor: Actor, now: datetime) -> Approval:
    """Ask a second person to agree that a colleague's second factor is taken off."""
    if member.pk == actor.id:
        raise refuse("RY-ACCESS-SELF")
    node = place_of(member, now=now)
    return ask(VERB, node, purpose=purpose, digest=member.pk, actor=actor, now=now)


def reset_factor(member: Member, *, approval: str, actor: Reader, now: datetime) -> None:
    """Take the second factor and its recovery codes off, with a second person's approval.

    The member is signed out everywhere: an open browser may be the thief's.
    """
    with transaction.atomic():
        node = place_of(member, now=now)
        require(actor, VERB, node, now=now)
        spent = use(approval, VERB, node, digest=member.pk, actor=actor, now=now)
        Authenticator.objects.filter(user=member).delete()
        member.rings.all().delete()
        audit.record(
            actor=actor.id,
            verb=VERB,
            subject=member.pk,
            details={"approval": spent.pk, "second": spent.given_by_id},
            at=now,
        )
        notify(
            [member.pk, str(spent.given_by_id)], "member.factor_reset", subject=member.pk, now=now
        )
        tell_factor_reset(member)


def factor_request(actor: Actor, member: Member, *, now: datetime) -> Approval | None:
    """The actor's own request about this member that can still be used or still waits."""
    own = Approval.objects.filter(
        verb=VERB, digest=member.pk, asked_by=actor.id, used_at=None, ends_at__gt=now
    )
    return own.order_by("-asked_at").first()
