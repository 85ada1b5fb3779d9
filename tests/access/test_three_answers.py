"""One rule table, three answers: decide, visible_to and who_can agree on every world."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from romyen.access import actors, decisions
from romyen.access.models import Assignment, Exclusion, Member, Node
from romyen.access.nodes import found_node
from romyen.access.roles import roles
from romyen.keys.models import Holder
from romyen.keys.rings import Ring

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
VERBS = sorted({verb for role in roles().values() for verb in role.does})
ROLES = sorted(code for code in roles() if code != "operator")
RECORDS_IN_ORDER = Node.objects.filter(kind__in=("survivor", "case")).order_by("-pk")
EDGE = st.sampled_from([-2, -1, 0, 1, 2])

PEOPLE, TEAMS, RECORDS = 3, 2, 4
NODES = 1 + TEAMS + RECORDS
assignments = st.lists(
    st.tuples(
        st.integers(0, PEOPLE - 1),
        st.sampled_from(ROLES),
        st.integers(0, NODES - 1),
        EDGE,
        st.none() | EDGE,
    ),
    max_size=6,
)
exclusions = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(1, NODES - 1), st.booleans()), max_size=3
)
worlds = st.tuples(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=PEOPLE, max_size=PEOPLE),
    st.lists(st.integers(1, TEAMS + 2), min_size=RECORDS, max_size=RECORDS),
    assignments,
    exclusions,
    st.sampled_from(VERBS),
)


def build_people(states):
    holders = [Holder(kind="user", public=b"x", founded_at=NOW) for _ in states]
    Holder.objects.bulk_create(holders)
    return Member.objects.bulk_create(
        Member(
            email=f"{number}@example.org",
            name=str(number),
            is_active=active,
            holder=holders[number],
            joined_at=NOW,
            admitted_at=NOW if admitted else None,
        )
        for number, (active, admitted) in enumerate(states)
    )


def build_nodes(parents):
    top = found_node("organisation", None, now=NOW)
    nodes = [top, *(found_node("team", top, now=NOW) for _ in range(TEAMS))]
    for index, parent in enumerate(parents):
        # a record hangs on a team, or (the case of a survivor) on a record made before it
        above = nodes[parent] if parent < len(nodes) else nodes[1]
        kind = "survivor" if above.kind == "team" else "case"
        if above.kind == "case":
            above = nodes[1]
        nodes.append(found_node(kind, above, now=NOW, code=str(index)))
    return nodes


def assign(people, nodes, rows):
    Assignment.objects.bulk_create(
        Assignment(
            member=people[who],
            role=role,
            node=nodes[node],
            starts_at=NOW + timedelta(days=start),
            ends_at=None if length is None else NOW + timedelta(days=start + abs(length)),
            conferred_by="test",
        )
        for who, role, node, start, length in rows
    )


def exclude(people, nodes, rows):
    Exclusion.objects.bulk_create(
        Exclusion(
            member=people[who],
            node=nodes[node],
            reason="other",
            created_at=NOW,
            created_by="test",
            lifted_at=NOW if lifted else None,
        )
        for who, node, lifted in {(w, n): (w, n, lifted) for w, n, lifted in rows}.values()
    )


def agree(world):
    states, parents, assigned, excluded, verb = world
    with transaction.atomic():
        people, nodes = build_people(states), build_nodes(parents)
        assign(people, nodes, assigned)
        exclude(people, nodes, excluded)
        able = {n.pk: set(decisions.who_can(verb, n, now=NOW)) for n in nodes}
        for person in people:
            ring = Ring(person.holder_id, None, None)
            actor = actors.Reader(person.pk, member=person, ring=ring)
            shown = decisions.visible_to(actor, verb, Node.objects.all(), now=NOW)
            seen = set(shown.values_list("pk", flat=True))
            in_list = {n.pk for n in nodes if n.kind in ("survivor", "case") and n.pk in seen}
            listed = decisions.first_visible(actor, verb, RECORDS_IN_ORDER, most=3, now=NOW)
            assert [n.pk for n in listed] == sorted(in_list, reverse=True)[:3]
            decided = {n.pk for n in nodes if decisions.decide(actor, verb, n, now=NOW)}
            assert seen == decided == {pk for pk, members in able.items() if person in members}
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=1000)
@given(worlds)
def test_the_three_answers_agree(world):
    agree(world)


@pytest.mark.django_db
def test_a_forgotten_exclusion_would_be_noticed(monkeypatch):
    """The property can fail: an exclusion that one of the three forgets parts them."""
    excluded = ([(True, True)] * 3, [1] * 4, [(0, "caseworker", 1, -1, None)], [(0, 3, False)])
    agree((*excluded, "survivor.read"))
    monkeypatch.setattr(decisions.policy, "decide", lambda *a: decisions.Decision(True, "role"))
    with pytest.raises(AssertionError):
        agree((*excluded, "survivor.read"))
