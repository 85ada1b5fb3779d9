"""Founding an installation: the one moment when somebody holds the root."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from romyen import audit
from romyen.access.actors import Reader
from romyen.access.models import Assignment, Member, Node, Organisation, Team
from romyen.access.naming import plain_address, plain_name
from romyen.access.nodes import ORGANISATION, found_node
from romyen.access.people import found_missing, make_team, wrap_missing
from romyen.keys import founding
from romyen.keys.chain import logged_statement
from romyen.keys.rings import open_private, ring_of

FOUNDER = "founder"


@dataclass(frozen=True)
class Person:
    """Someone with whom an installation begins."""

    name: str
    email: str
    passphrase: str


@dataclass
class Founded:
    """What founding made. ``recovery`` is the secret of the recovery identity: shown once."""

    organisation: Organisation
    team: Team
    administrator: Member
    leads: list[Member]
    recovery: str


def found(
    root: Ed25519PrivateKey,
    *,
    organisation: str,
    team: str,
    administrator: Person,
    leads: Sequence[Person],
    now: datetime,
    fictional: bool = False,
) -> Founded:
    """An organisation, its intake team, an administrator and its leads, admitted by the root.

    The first lead makes the keys of the team's compartments and wraps them for the others.
    """
    with transaction.atomic():
        recovery = founding.found_recovery(root, now=now)
        top = found_node(ORGANISATION, None, now=now, code=organisation)
        owner = Organisation.objects.create(node=top, name=organisation, fictional=fictional)
        audit.record(actor=FOUNDER, verb="organisation.found", subject=top.pk, at=now)
        intake = make_team(team, top, by=FOUNDER, now=now, intake=True)
        admin = _member(administrator, "administrator", top, root, now)
        heads = [_member(lead, "case_manager", intake.node, root, now) for lead in leads]
        _open_compartments(heads, leads, now)
    return Founded(owner, intake, admin, heads, recovery)


def _member(
    person: Person, role: str, node: Node, root: Ed25519PrivateKey, now: datetime
) -> Member:
    email, name = plain_address(person.email), plain_name(person.name)
    member = Member(email=email, name=name, joined_at=now, admitted_at=now)
    member.set_password(person.passphrase)
    member.holder = founding.make_user_keys(person.passphrase, person=member.pk, now=now)
    founding.admit_user(member.holder, root, None)
    member.save(force_insert=True)
    Assignment.objects.create(
        member=member, role=role, node=node, starts_at=now, conferred_by=FOUNDER
    )
    audit.record(
        actor=FOUNDER,
        verb="member.admit",
        subject=member.pk,
        details={"role": role, **logged_statement(member.holder)},
        at=now,
    )
    return member


def _open_compartments(heads: list[Member], leads: Sequence[Person], now: datetime) -> None:
    first = reader_of(heads[0], leads[0].passphrase)
    found_missing(first, now=now)
    for other in heads[1:]:
        wrap_missing(other, actor=first, now=now)


def reader_of(member: Member, passphrase: str) -> Reader:
    """A Reader from member and passphrase, for commands: the same keys as a sign-in opens."""
    if member.holder is None:
        raise LookupError("a member without keys cannot be a reader")
    secret = open_private(member.holder, passphrase)
    return Reader(member.pk, member=member, ring=ring_of(member.holder.pk, secret))
