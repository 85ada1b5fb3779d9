"""Lists are read along an index that begins with the team: a page costs the same in any size."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from romyen.access import people
from romyen.advocacy import actions as advocacy
from romyen.cases import actions as casework
from romyen.leads import actions as leadwork
from romyen.legal import actions as legal
from romyen.operations import actions as operationwork
from romyen.operations.actions.planning import Plan
from romyen.prevention import actions as prevention
from romyen.shelters.actions import found_shelter
from romyen.survivors import actions as survivorwork
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import Particulars

LISTS = (
    "/survivors/",
    "/survivors/?before=2026-03-02T04:00:00%2B00:00_zzz",
    "/cases/every",
    "/cases/every?status=all",
    "/cases/every?status=closed&before=2026-03-02_2026-03-02T04:00:00%2B00:00_aaa",
    "/leads/?status=all",
    "/legal/",
    "/legal/?kind=wage&before=2026-03-02T04:00:00%2B00:00_zzz",
    "/legal/?stage=inquiry",
    "/legal/?kind=wage&stage=inquiry",
    "/prevention/",
    "/prevention/?older=739676.zzz",
    "/shelters/",
    "/operations/",
    "/operations/?state=planned",
    "/advocacy/?status=all",
    "/advocacy/?status=all&older=1772420000000000.zzz",
)


def registered(world, reader, team):
    return survivorwork.register(
        Particulars(gender="Feminine"), team=team.node, actor=reader, now=world.now
    )


@pytest.fixture
def both_teams(world):
    """Something in the list of either team; Founder reads both."""
    for reader, team in ((world.nok, world.team), (world.founder, world.other_team)):
        who = {"actor": reader, "now": world.now}
        survivor = registered(world, reader, team)
        case = casework.open_case(survivor, manager=reader.member, **who)
        legal.begin(
            case,
            kind="wage",
            stage="inquiry",
            stage_on=world.now.date(),
            party={"role": "claimant"},
            **who,
        )
        prevention.record(
            team=team, on=world.now.date(), kind="school", topics=["safe_touch"], **who
        )
        found_shelter(team.node, name="A", kind="ours", province="50", capacity=4, **who)
        advocacy.record(
            team=team, source="un", theme="labour", text="Words.", on=world.now.date(), **who
        )
        leadwork.take_down(team=team, account="A call.", source="public", imminence="past", **who)
        operationwork.plan(Plan(kind="way_out"), team=team, **who)
    return world


def plans(browser, address):
    """How the database reads the tables of records for a page, step by step."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    lists = [q["sql"] for q in asked if " LIMIT 26" in q["sql"]]
    assert lists
    for sql in lists:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            yield "; ".join(row[3] for row in cursor.fetchall())


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("name", ["nok", "founder"])
def test_no_list_looks_through_a_whole_table(both_teams, name, address):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the size of tables, and these are small")
    for plan in plans(both_teams.client(getattr(both_teams, name)), address):
        begins = re.match(r"SEARCH \w+ USING (?:COVERING )?INDEX \w+ \((\w+)=\?", plan)
        assert begins, plan
        assert begins[1] in ("team_id", "node_id", "id"), plan
        assert "SCAN" not in plan
        assert begins[1] != "team_id" or "ORDER BY" not in plan, plan


def test_who_reads_two_teams_sees_one_list_in_order(world):
    hers = []
    for hours, reader, team in (
        (1, world.nok, world.team),
        (2, world.founder, world.other_team),
        (3, world.nok, world.team),
    ):
        world.now += timedelta(hours=hours)
        hers.append(registered(world, reader, team))
    page = world.client(world.founder).get("/survivors/").text
    places = [page.index(survivor.node.code) for survivor in reversed(hers)]
    assert places == sorted(places)
    theirs = world.client(world.dao).get("/survivors/").text
    assert [survivor.node.code in theirs for survivor in hers] == [False, True, False]


def test_a_shared_record_stands_in_the_list_of_whom_it_was_shared_with(world):
    shared, other = (registered(world, world.nok, world.team) for _ in range(2))
    people.assign(
        world.dao.member,
        "caseworker",
        shared.node,
        purpose="knows her language",
        actor=world.founder,
        now=world.now,
    )
    page = world.client(world.again(world.dao)).get("/survivors/").text
    assert shared.node.code in page
    assert other.node.code not in page


def test_a_record_keeps_the_team_of_its_node(world):
    survivor = registered(world, world.nok, world.team)
    assert Survivor.objects.get(pk=survivor.pk).team_id == survivor.node.team_id == world.team.pk
