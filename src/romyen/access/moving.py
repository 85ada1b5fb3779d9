"""A record goes to another team: its place in the tree, its walls, and who holds its keys.

First the holders pass its keys on, one after the other, each what she holds; then it moves. Nobody
can pass on what she does not hold herself, a manager included (decision 0042).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from romyen import audit
from romyen.access.actors import Actor, Reader
from romyen.access.decisions import members_opening
from romyen.access.models import Assignment, Exclusion, Member, Node
from romyen.access.nodes import TEAM
from romyen.access.sealing import holders_for
from romyen.access.walls import subjects_below
from romyen.keys import regranting
from romyen.keys.compartments import COMPARTMENTS
from romyen.keys.models import DataKey, Grant, Holder


@dataclass(frozen=True)
class Part:
    """How far one compartment of a record is on its way: ``passed`` once the team holds it all.

    ``by`` are those who can pass it on. ``theirs`` is False while nobody there holds its key.
    """

    compartment: str
    passed: bool
    theirs: bool
    by: list[Member]


def walled_from(node: Node) -> set[str]:
    """The members from whom a record, or something below it, is hidden."""
    walls = Exclusion.objects.filter(node__in=subjects_below(node), lifted_at=None)
    return set(walls.values_list("member", flat=True))


def _there(one: Node, team: Node) -> Node:
    """The node as it will stand below the other team; never saved."""
    up = one.parent_id if one.parent_id != one.team_id else team.pk
    return Node(id=one.pk, kind=one.kind, parent_id=up, team=team, created_at=one.created_at)


def _keys_of(node: Node, team: Node, now: datetime) -> Iterator[tuple[Node, str, list[Holder]]]:
    """Every compartment in which the record holds something, and who will hold it there."""
    whole = Node.objects.in_bulk(subjects_below(node))
    pairs = DataKey.objects.filter(subject__in=whole).values_list("subject", "compartment")
    for subject, compartment in sorted(set(pairs)):
        one = whole[subject]
        there = holders_for(_there(one, team), compartment, shared=False, now=now)
        yield one, compartment, there


def pass_on(node: Node, team: Node, *, actor: Reader, now: datetime) -> int:
    """Wrap what the actor holds of a record's keys for those who will hold it in ``team``.

    Returns how many grants are new. The verb above has asked whether the actor may.
    """
    with transaction.atomic():
        count = sum(
            regranting.widen(one.pk, compartment, holders, ring=actor.ring, actor=actor.id, now=now)
            for one, compartment, holders in _keys_of(node, team, now)
            if holders
        )
        details = {"team": team.pk, "grants": count}
        audit.record(actor=actor.id, verb="keys.pass_on", subject=node.pk, details=details, at=now)
    return count


def parts(node: Node, team: Node, *, now: datetime) -> list[Part]:
    """How far the compartments of a record are on their way to ``team``, in the usual order."""
    found: dict[str, list[tuple[Node, bool, bool]]] = {}
    for one, compartment, holders in _keys_of(node, team, now):
        keys = DataKey.objects.filter(subject=one.pk, compartment=compartment)
        held = Grant.objects.filter(data_key__in=keys, holder__in=holders).values("data_key")
        left = keys.exclude(pk__in=held).exists()
        found.setdefault(compartment, []).append((one, not left, bool(holders)))
    return [
        _part(compartment, found[compartment], now)
        for compartment in COMPARTMENTS
        if compartment in found
    ]


def _part(compartment: str, rows: list[tuple[Node, bool, bool]], now: datetime) -> Part:
    left = [one for one, passed, _ in rows if not passed]
    by = {m.pk: m for one in left for m in members_opening(one, compartment, now=now)}
    return Part(compartment, not left, all(theirs for _, _, theirs in rows), list(by.values()))


def move(node: Node, team: Node, *, actor: Actor, now: datetime) -> None:
    """Put a record and everything below it under another team; the former one holds it no more.

    Roles that were given on the record itself end: who of the former team goes on with it, the
    new one says. Exclusions come along. Keys that nobody passed on stay with the former holders,
    who cannot read the record any more, until one of them is let in to pass them on. The rows that
    keep their team beside their order (``protected_team``) are the caller's.
    """
    if team.kind != TEAM:
        raise ValueError(team.kind)
    with transaction.atomic():
        whole = subjects_below(node)
        given = Assignment.objects.filter(node__in=whole, starts_at__lte=now)
        over = given.filter(Q(ends_at=None) | Q(ends_at__gt=now)).update(ends_at=now)
        Assignment.objects.filter(node__in=whole, starts_at__gt=now).delete()
        former = node.team_id
        Node.objects.filter(pk=node.pk).update(parent=team)
        Node.objects.filter(pk__in=whole).update(team=team)
        node.parent, node.team = team, team
        left = sum(
            len(regranting.narrow(one.pk, compartment, holders, now=now))
            for one, compartment, holders in _keys_of(node, team, now)
        )
        details = {"former": former, "team": team.pk, "ended": over, "left": left}
        audit.record(actor=actor.id, verb="access.move", subject=node.pk, details=details, at=now)
