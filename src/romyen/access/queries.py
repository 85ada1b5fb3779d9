"""Reads of access: people and what they hold, and what waits for whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from romyen.access import approvals
from romyen.access.actors import Actor, Reader
from romyen.access.decisions import decide, one, require, visible_to
from romyen.access.factors import VERB, place_of
from romyen.access.holding import missing_compartments
from romyen.access.models import Approval, Assignment, Invitation, Member, Node, OpenRing, Team
from romyen.access.nodes import ORGANISATION, ORGANISATION_ID, TEAM
from romyen.access.noticed import noticed
from romyen.access.renewing import waiting_renewal
from romyen.access.rings import usable
from romyen.access.roles import roles
from romyen.keys import chain
from romyen.keys.compartments import COMPARTMENTS
from romyen.keys.models import Holder
from romyen.notices.models import Notice
from romyen.rules.refusals import refuse

NOTICES_SHOWN = 50
PLACES = (ORGANISATION, TEAM)
"""Nodes on which people have their standing roles; roles on records are nobody else's business."""


def in_force(now: datetime) -> Q:
    """Assignments that hold at this moment."""
    return Q(starts_at__lte=now) & (Q(ends_at=None) | Q(ends_at__gt=now))


def own_page(reader: Reader, *, now: datetime) -> dict[str, Any]:
    """What a member sees of themselves."""
    member = reader.member
    rings = OpenRing.objects.filter(member=member, staged=False).select_related("member")
    return {
        "member": member,
        "roles": roles_of(member, now=now),
        "words": chain.fingerprint(member.holder) if member.holder else "",
        "places": sum(1 for ring in rings if usable(ring, now=now)),
    }


def own_fingerprint(reader: Reader) -> str:
    """The fingerprint of the pair that is open, admitted or not."""
    return chain.fingerprint(Holder.objects.get(pk=reader.ring.holder_id))


def roles_of(member: Member, *, now: datetime) -> list[Assignment]:
    """A member's standing roles, on teams and on the organisation."""
    mine = Assignment.objects.filter(in_force(now), member=member, node__kind__in=PLACES)
    return list(mine.select_related("node").order_by("node__code", "role"))


def notices_page(reader: Reader, *, now: datetime) -> dict[str, Any]:
    """A member's newest notices, in words that say nothing of a case."""
    mine = Notice.objects.filter(recipient=reader.id).order_by("-at")[:NOTICES_SHOWN]
    rows = noticed(reader, mine, now=now)
    return {"rows": rows, "unread": [row.notice for row in rows if row.notice.read_at is None]}


def places(actor: Actor, verb: str, *, now: datetime) -> list[Node]:
    """The teams (and the organisation) on which the actor does ``verb``, by name."""
    nodes = visible_to(actor, verb, Node.objects.filter(kind__in=PLACES), now=now)
    return list(nodes.order_by("kind", "code"))


def somewhere(actor: Actor, verb: str, *, now: datetime) -> list[Node]:
    """The places on which the actor does ``verb``; refuses where there is none."""
    nodes = places(actor, verb, now=now)
    if not nodes:
        require(actor, verb, place(ORGANISATION_ID), now=now)
    return nodes


def conferrable_by(reader: Reader, *, now: datetime) -> list[str]:
    """The roles that the reader may give somewhere, in the order of the table."""
    table = roles()
    given = {
        role for a in reader.facts.assignments if a.holds(now) for role in table[a.role].may_confer
    }
    return [code for code in table if code in given]


@dataclass
class Place:
    """A team or the organisation with the people who have a role there."""

    node: Node
    people: list[Assignment]


def staff(reader: Reader, *, now: datetime) -> list[Place]:
    """Who works where, in the teams that the reader sees."""
    nodes = places(reader, "team.read", now=now)
    assigned = Assignment.objects.filter(in_force(now), node__in=nodes, member__is_active=True)
    there: dict[str, list[Assignment]] = {node.pk: [] for node in nodes}
    for assignment in assigned.select_related("member").order_by("member__name", "role"):
        there[assignment.node_id].append(assignment)
    return [Place(node, there[node.pk]) for node in nodes]


def waiting_for_admission(reader: Reader, *, now: datetime) -> list[Member]:
    """Colleagues whom the reader may admit and who wait for it, for the first time or again."""
    nodes = places(reader, "member.admit", now=now)
    assigned = Assignment.objects.filter(in_force(now), node__in=nodes)
    people = Member.objects.filter(is_active=True, assignments__in=assigned).exclude(pk=reader.id)
    waiting = people.filter(Q(admitted_at=None) | Q(renewal__isnull=False))
    return list(waiting.distinct().order_by("name"))


def open_invitations(reader: Reader, *, now: datetime) -> list[Invitation]:
    """Invitations that nobody has taken up yet, where the reader invites."""
    mine = Invitation.objects.filter(used_at=None, ends_at__gt=now).select_related("node")
    return list(visible_to(reader, "member.invite", mine, now=now).order_by("ends_at"))


def member(reader: Reader, ref: str, *, now: datetime) -> Member:
    """A colleague of the reader's teams; anyone, to whoever keeps the list of all members."""
    people = Member.objects.select_related("holder")
    listed = {node.pk for node in places(reader, "member.read", now=now)}
    if ORGANISATION_ID not in listed:
        seen = listed | {node.pk for node in places(reader, "team.read", now=now)}
        people = people.filter(assignments__node__in=seen).distinct()
    return one(people, ref)


@dataclass
class Standing:
    """A colleague as the member page shows them, and what the reader may do there."""

    member: Member
    waits: bool
    roles: list[tuple[Assignment, bool]]
    missing: list[str]
    may_admit: bool
    may_assign: bool
    may_deactivate: bool
    may_reset_factor: bool


def standing(reader: Reader, found: Member, *, now: datetime) -> Standing:
    """Roles (and whether the reader may end each), missing keys, and the reader's own verbs."""
    held = roles_of(found, now=now)
    other = found.pk != reader.id
    gives = set(conferrable_by(reader, now=now))
    may_end = [
        other and a.role in gives and bool(decide(reader, "member.assign", a.node, now=now))
        for a in held
    ]
    return Standing(
        found,
        not found.admitted_at or waiting_renewal(found) is not None,
        list(zip(held, may_end, strict=True)),
        missing_words(found, now=now),
        other and any(decide(reader, "member.admit", a.node, now=now) for a in held),
        other and found.is_active and bool(places(reader, "member.assign", now=now)),
        other and found.is_active and bool(places(reader, "member.deactivate", now=now)),
        other and found.is_active and bool(decide(reader, VERB, place_of(found, now=now), now=now)),
    )


def missing_words(found: Member, *, now: datetime) -> list[str]:
    """The compartments (message ids) that the member's roles open and no key was wrapped for."""
    if found.holder is None or not found.is_active:
        return []
    missing = {compartment for _team, compartment in missing_compartments(found, now=now)}
    return [text for code, text in COMPARTMENTS.items() if code in missing]


def assignment(found: Member, ref: str) -> Assignment:
    """One of a member's roles, or ``RY-ABSENT``."""
    return one(found.assignments.select_related("node", "member__holder"), ref)


def place(ref: str) -> Node:
    """A team or the organisation by its id, or ``RY-ABSENT``."""
    return one(Node.objects.filter(kind__in=PLACES), ref)


def named_place(team: str) -> Node:
    """The team with this name, or the organisation for an empty one; ``RY-ABSENT``."""
    if not team:
        return place(ORGANISATION_ID)
    found = Team.objects.filter(name=team).select_related("node").first()
    if found is None:
        raise refuse("RY-ABSENT")
    return found.node


def colleagues(reader: Reader) -> list[Member]:
    """Everyone who works here and is admitted, but oneself."""
    people = Member.objects.filter(is_active=True, admitted_at__isnull=False)
    return list(people.exclude(pk=reader.id).order_by("name"))


def approvals_page(reader: Reader, *, now: datetime) -> dict[str, Any]:
    """What waits for the reader's yes, and what became of the reader's own requests."""
    mine = Approval.objects.filter(asked_by=reader.id).select_related("node", "given_by")
    waiting = list(approvals.open_approvals(reader, now=now))
    own = list(mine.order_by("-asked_at")[:NOTICES_SHOWN])
    people = Member.objects.in_bulk({a.about for a in [*waiting, *own]})
    return {
        "waiting": [(a, people.get(a.about)) for a in waiting],
        "own": [(a, people.get(a.about)) for a in own],
        "now": now,
    }


def waiting_approval(reader: Reader, ref: str, *, now: datetime) -> Approval:
    """A request that the reader could approve, or ``RY-ABSENT``."""
    mine = visible_to(reader, "approval.give", Approval.objects.all(), now=now)
    return one(mine.select_related("node"), ref)


def holding_nothing(reader: Reader, *, now: datetime) -> list[tuple[Member, list[str]]]:
    """Admitted colleagues of the reader's teams for whom keys still have to be wrapped."""
    nodes = places(reader, "member.admit", now=now)
    if not nodes:
        return []
    assigned = Assignment.objects.filter(in_force(now), node__in=nodes)
    people = Member.objects.filter(
        is_active=True, admitted_at__isnull=False, assignments__in=assigned
    ).exclude(pk=reader.id)
    rows = [(m, missing_words(m, now=now)) for m in people.distinct().order_by("name")]
    return [(found, words) for found, words in rows if words]


def invited(token: str, *, now: datetime) -> Invitation:
    """The open invitation behind a token; ``RY-ACCESS-INVITATION-OVER`` otherwise."""
    from romyen.access.people import invitation_for

    if len(token) > 64:
        raise refuse("RY-ACCESS-INVITATION-OVER")
    return invitation_for(token, now=now)


def colleague(ref: str) -> Member:
    """An admitted colleague by id, or ``RY-ABSENT``."""
    people = Member.objects.filter(is_active=True, admitted_at__isnull=False)
    return one(people.select_related("holder"), ref)
