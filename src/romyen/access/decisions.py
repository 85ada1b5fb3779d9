"""One rule table, three answers: ``decide``, ``visible_to``, ``who_can`` (design §4).

The table is ``rules.policy``; here its facts are loaded and its answers become database
conditions. A property test holds the three together on random worlds.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from romyen.access.actors import Actor, facts_of
from romyen.access.models import Assignment, Exclusion, Member, Node
from romyen.access.nodes import ORGANISATION_ID, TEAM
from romyen.access.roles import roles
from romyen.rules import policy
from romyen.rules.policy import Decision
from romyen.rules.refusals import refuse

READ = {
    "lead": "lead.read",
    "survivor": "survivor.read",
    "case": "case.read",
    "operation": "operation.read",
    "shelter": "shelter.read",
    "proceeding": "proceeding.read",
    "session": "session.read",
    "recommendation": "recommendation.read",
    "team": "team.read",
    "organisation": "team.read",
}
"""Kind of node → the verb without which even its existence is hidden."""


def ancestry(node: Node) -> list[str]:
    """The ids from ``node`` up to the organisation, itself first."""
    return list(dict.fromkeys([*node.ancestry(), ORGANISATION_ID]))


def decide(actor: Actor, verb: str, node: Node, *, now: datetime) -> Decision:
    """Whether ``actor`` may do ``verb`` on ``node``, and why."""
    if actor.everywhere:
        allowed = verb in roles()[actor.role].does
        return Decision(allowed, "role" if allowed else "no-role", role=actor.role)
    return policy.decide(actor.facts, roles(), verb, ancestry(node), now)


def require(actor: Actor, verb: str, node: Node, *, now: datetime) -> None:
    """Refuse unless allowed: RY-ABSENT when the actor may not even know, else RY-ACCESS-DENIED."""
    if decide(actor, verb, node, now=now):
        return
    read = READ.get(node.kind)
    if read and decide(actor, read, node, now=now):
        raise refuse("RY-ACCESS-DENIED")
    raise refuse("RY-ABSENT")


def can(actor: Actor, verb: str, *, now: datetime) -> bool:
    """Whether the actor does ``verb`` anywhere (for navigation; every record decides anew)."""
    if actor.everywhere:
        return verb in roles()[actor.role].does
    return bool(policy.reach(actor.facts, roles(), verb, now))


def visible_to[M: Model](
    actor: Actor, verb: str, queryset: QuerySet[M], *, now: datetime
) -> QuerySet[M]:
    """The rows of ``queryset`` on which ``actor`` may do ``verb``.

    The model is a protected record, or names the way to its record's node in ``node_path``.
    """
    if actor.everywhere:
        return queryset if verb in roles()[actor.role].does else queryset.none()
    reach = policy.reach(actor.facts, roles(), verb, now)
    if not reach:
        return queryset.none()
    path = _node_path(queryset.model)
    allowed = queryset if ORGANISATION_ID in reach else queryset.filter(_within(path, reach))
    return unbarred(actor, allowed)


def first_visible[M: Model](
    actor: Actor, verb: str, queryset: QuerySet[M], *, most: int, now: datetime
) -> list[M]:
    """The first ``most`` rows of what :func:`visible_to` shows, in the order of ``queryset``.

    For records that keep their team beside their order (``protected_team``), and for parts of them
    that do: reads along an index
    that begins with the team, once for each team that the actor reaches, so that a page costs the
    same however large the organisation is and however little of it the actor sees. One query for
    who belongs to one team; else one for each way in and one for the rows.
    """
    if actor.everywhere:
        return list(visible_to(actor, verb, queryset, now=now)[:most])
    own = _record_of(queryset.model)
    ways = _ways(policy.reach(actor.facts, roles(), verb, now), actor.facts.teams, own)
    rows = [unbarred(actor, queryset.filter(way))[:most] for way in ways]
    if len(rows) < 2:
        return [row for found in rows for row in found]
    keys = {key for found in rows for key in found.values_list("pk", flat=True)}
    return list(queryset.filter(pk__in=keys)[:most])


def _ways(reach: frozenset[str], teams: frozenset[str], own: str) -> list[Q]:
    """The ways to all rows at and below the nodes of ``reach``, each narrow.

    ``teams`` says which of the nodes are teams; a record belongs to one. ``own`` is the column
    that holds a row's record.
    """
    teams = reach & teams
    if ORGANISATION_ID in reach:
        teams = frozenset(Node.objects.filter(kind=TEAM).values_list("pk", flat=True))
    ways = [Q(team=team) for team in sorted(teams)]
    shared = sorted(reach - teams - {ORGANISATION_ID})
    if shared:
        nodes = Node.objects.filter(Q(pk__in=shared) | Q(parent__in=shared))
        ways.append(Q(**{f"{own}__in": list(nodes.values_list("pk", flat=True))}))
    return ways


def _record_of(model: type[Model]) -> str:
    """The column that holds a row's record: its own key, or the way of a part to its record."""
    way = str(getattr(model, "node_path", "node"))
    return way.rpartition("__")[0] or "pk"


def unbarred[M: Model](actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
    """The rows without those that an exclusion closes to the actor."""
    barred = actor.facts.barred
    return queryset.exclude(_within(_node_path(queryset.model), barred)) if barred else queryset


def _node_path(model: type[Model]) -> str:
    if model is Node:
        return ""
    return str(getattr(model, "node_path", "node")) + "__"


def _within(path: str, nodes: frozenset[str]) -> Q:
    """The node is one of ``nodes`` or lies below one; NULL parents count as outside."""
    ids = sorted(nodes)
    below = Q(**{f"{path}id__in": ids}) | Q(
        **{f"{path}parent_id__in": ids, f"{path}parent_id__isnull": False}
    )
    return below | Q(**{f"{path}team_id__in": ids, f"{path}team_id__isnull": False})


def who_can(verb: str, node: Node, *, now: datetime) -> list[Member]:
    """The members who may do ``verb`` on ``node`` now, by name. One query."""
    up = ancestry(node)
    able = [code for code, role in roles().items() if verb in role.does]
    return list(_active_with(up, able, now).order_by("name", "pk"))


def _active_with(up: Sequence[str], able: Sequence[str], now: datetime) -> QuerySet[Member]:
    assigned = Assignment.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now),
        member=OuterRef("pk"),
        node__in=up,
        role__in=able,
        starts_at__lte=now,
    )
    closed = Exclusion.objects.filter(member=OuterRef("pk"), node__in=up, lifted_at=None)
    people = Member.objects.filter(is_active=True, admitted_at__isnull=False, holder__isnull=False)
    return people.filter(Exists(assigned)).exclude(Exists(closed))


def why(member: Member, verb: str, node: Node, *, now: datetime) -> Decision:
    """The reason behind one line of "who can see this"."""
    return policy.decide(facts_of(member), roles(), verb, ancestry(node), now)


def one[M: Model](queryset: QuerySet[M], ref: Any) -> M:
    """The row with this id, or ``RY-ABSENT``: hidden and absent answer alike."""
    found = queryset.filter(pk=ref).first() if isinstance(ref, str) else None
    if found is None:
        raise refuse("RY-ABSENT")
    return found


def members_opening(node: Node, compartment: str, *, now: datetime) -> list[Member]:
    """The admitted members whose role on the way up opens ``compartment``, exclusions away."""
    opening = [code for code, role in roles().items() if compartment in role.compartments]
    people = _active_with(ancestry(node), opening, now).select_related("holder__admitted_by")
    return list(people.order_by("pk"))


def excluded_from(node: Node) -> QuerySet[Exclusion]:
    """The exclusions in force on the node or above it."""
    return Exclusion.objects.filter(node__in=ancestry(node), lifted_at=None)
