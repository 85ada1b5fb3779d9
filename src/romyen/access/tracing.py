"""Who can see a record, and why; who has seen it. The two pages that every record has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from romyen.access.actors import Reader
from romyen.access.decisions import READ, ancestry, decide, require, who_can
from romyen.access.models import Approval, Assignment, Exclusion, Member, Node
from romyen.access.nodes import ORGANISATION, ORGANISATION_ID, SHELTER, TEAM
from romyen.access.queries import in_force
from romyen.access.roles import roles
from romyen.access.sealing import holders_for
from romyen.access.walls import subjects_below
from romyen.access.words import actor_words, purpose_words, verb_words
from romyen.audit.models import Entry
from romyen.audit.queries import entries_about
from romyen.keys.compartments import COMPARTMENTS, LOCATION
from romyen.keys.models import Admission, DataKey, Grant
from romyen.rules.refusals import refuse

PAGE = 50
_WALLS = {"access.exclude", "access.lift", "approval.ask", "approval.give", "approval.use"}
_WALLS |= {"keys.rekey", "request.refused"}
"""Entries that would tell of an exclusion; only who may exclude reads them."""


def record(reader: Reader, ref: str, verb: str, *, now: datetime) -> Node:
    """The node of a record on which the reader does ``verb`` ("": reads it); ``RY-ABSENT``."""
    node = Node.objects.filter(pk=ref).exclude(kind__in=(ORGANISATION, TEAM)).first()
    if node is None or node.kind not in READ:
        raise refuse("RY-ABSENT")
    require(reader, verb or READ[node.kind], node, now=now)
    return node


@dataclass
class Sight:
    """One member who can see a record: by which roles, to do what, with which keys."""

    member: Member
    because: list[Assignment]
    verbs: list[str]
    keys: list[str]


def sights(node: Node, *, quiet: bool = False, now: datetime) -> list[Sight]:
    """Everyone who can read the record, and why. A fixed number of queries.

    ``quiet``: without the roles that two people gave and without the keys of a location.
    """
    apart = {code for code, role in roles().items() if quiet and role.by_two}
    members = who_can(READ[node.kind], node, now=now)
    roles_here: dict[str, list[Assignment]] = {m.pk: [] for m in members}
    up = ancestry(node)
    held = Assignment.objects.filter(in_force(now), node__in=up, member__in=members)
    for assignment in held.exclude(role__in=apart).select_related("node").order_by("starts_at"):
        roles_here[assignment.member_id].append(assignment)
    keys = keys_held(node, without=LOCATION if quiet else "")
    return [
        Sight(m, roles_here[m.pk], _verbs(node, roles_here[m.pk]), keys.get(str(m.holder_id), []))
        for m in members
        if roles_here[m.pk] or not quiet
    ]


def _verbs(node: Node, because: list[Assignment]) -> list[str]:
    """What the roles do with this kind of record, in words."""
    does = {verb for a in because for verb in roles()[a.role].does}
    return [verb_words(verb) for verb in sorted(does) if verb.startswith(f"{node.kind}.")]


def keys_held(node: Node, *, without: str = "") -> dict[str, list[str]]:
    """Holder of a user → the compartments (message ids) of the record that it opens."""
    present = DataKey.objects.filter(subject=node.pk).exclude(compartment=without)
    grants = Grant.objects.filter(data_key__in=present, holder__isnull=False)
    opened: dict[str, set[str]] = {}
    by_team: dict[str, str] = {}
    for holder, kind, compartment in grants.values_list(
        "holder_id", "holder__kind", "data_key__compartment"
    ):
        if kind == "user":
            opened.setdefault(str(holder), set()).add(compartment)
        else:
            by_team[str(holder)] = compartment
    admitted = Admission.objects.filter(compartment__in=by_team)
    for holder, compartment in admitted.values_list("member_id", "compartment_id"):
        opened.setdefault(holder, set()).add(by_team[compartment])
    order = list(COMPARTMENTS)
    return {
        holder: [COMPARTMENTS[c] for c in sorted(codes, key=order.index)]
        for holder, codes in opened.items()
    }


def who_can_page(reader: Reader, node: Node, *, now: datetime) -> dict[str, Any]:
    """Everything that "Who can see this, and why" shows to this reader."""
    excludes = bool(decide(reader, "access.exclude", node, now=now))
    return {
        "node": node,
        "sights": sights(node, quiet=_quiet(reader, node, now=now), now=now),
        "whole": ORGANISATION_ID,
        "may_exclude": excludes,
        "may_share": bool(decide(reader, "member.assign", node, now=now)),
        "may_trace": bool(decide(reader, "access.trace", node, now=now)),
        "exclusions": _exclusions(reader, node, now=now) if excludes else [],
        "pending": keys_to_replace(node, now=now) if reader.ring.compartments else False,
    }


def _quiet(reader: Reader, node: Node, *, now: datetime) -> bool:
    """Whether the reader is not told who knows where a shelter is: neither knows nor keeps it."""
    verbs = ("shelter.locate", "shelter.keep") if node.kind == SHELTER else ()
    return bool(verbs) and not any(decide(reader, verb, node, now=now) for verb in verbs)


def _exclusions(reader: Reader, node: Node, *, now: datetime) -> list[dict[str, Any]]:
    """The exclusions in force here, each with the reader's own request to lift it."""
    found = Exclusion.objects.filter(node__in=ancestry(node), lifted_at=None)
    asked = Approval.objects.filter(
        verb="access.lift", asked_by=reader.id, used_at=None, ends_at__gt=now
    )
    by_exclusion = {approval.digest: approval for approval in asked.order_by("asked_at")}
    rows = found.select_related("member").order_by("created_at")
    return [{"exclusion": row, "approval": by_exclusion.get(row.pk)} for row in rows]


def keys_to_replace(node: Node, *, now: datetime) -> bool:
    """Whether the grants on a record are not those that its walls ask for now."""
    if not Exclusion.objects.filter(node__in=ancestry(node), lifted_at=None).exists():
        return False
    return any(_off(subject, now) for subject in subjects_below(node))


def _off(subject: str, now: datetime) -> bool:
    node = Node.objects.get(pk=subject)
    grants = Grant.objects.filter(data_key__subject=subject, holder__isnull=False)
    has: dict[tuple[str, int], set[str]] = {}
    for compartment, key, holder in grants.values_list(
        "data_key__compartment", "data_key_id", "holder_id"
    ):
        has.setdefault((compartment, key), set()).add(str(holder))
    wanted = {
        compartment: {holder.pk for holder in holders_for(node, compartment, now=now)}
        for compartment in {compartment for compartment, _key in has}
    }
    return any(holders != wanted[compartment] for (compartment, _key), holders in has.items())


def walled_records(reader: Reader, *, now: datetime) -> list[Node]:
    """Records whose keys wait to be replaced and that the reader may open."""
    walled = Node.objects.filter(exclusions__lifted_at=None, exclusions__isnull=False).distinct()
    return [
        node
        for node in walled
        if decide(reader, READ.get(node.kind, ""), node, now=now) and keys_to_replace(node, now=now)
    ]


@dataclass
class Trace:
    """One line of "Who has seen this"."""

    at: datetime
    who: str
    what: str
    purpose: str


def traces(
    reader: Reader, node: Node, *, before: str = "", now: datetime
) -> tuple[list[Trace], str]:
    """What was done with a record, newest first, and where the next page begins."""
    hidden = set() if decide(reader, "access.exclude", node, now=now) else _WALLS
    entries = entries_about(node.pk, before=before, limit=PAGE + 1, without=hidden)
    older = entries[PAGE - 1].ref if len(entries) > PAGE else ""
    entries = entries[:PAGE]
    names = dict(Member.objects.filter(pk__in={e.actor for e in entries}).values_list("pk", "name"))
    return [_trace(entry, names) for entry in entries], older


def _trace(entry: Entry, names: dict[str, str]) -> Trace:
    who = names.get(entry.actor) or actor_words(entry.actor)
    return Trace(entry.at, who, verb_words(entry.verb), purpose_words(entry.purpose))
