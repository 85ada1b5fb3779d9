"""Lists that are taken away: who may, what leaves, and what a spreadsheet makes of it."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy
from tests.cases.story import NAME, a_case, a_partner, happened
from tests.leads.story import a_lead

from romyen.access import people, tables
from romyen.access.models import Member
from romyen.audit.models import Entry
from romyen.cases.models import Case
from romyen.rules.days import PartialDay

pytestmark = pytest.mark.django_db
LISTS = ("/people", "/partners/", "/leads/", "/survivors/", "/cases/", "/cases/every")
ATTEMPTS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    " =1",
    ";=1",
)


def taken(world, who, address):
    mark = "&" if "?" in address else "?"
    return world.client(who).get(f"{address}{mark}as=csv")


def lines(answer):
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def case(world):
    case = a_case(world)
    happened(world, case, "temporary_protection_entered")
    a_lead(world)
    a_partner(world)
    return case


@pytest.mark.parametrize("address", LISTS)
def test_each_list_leaves_with_codes_and_no_name_of_hers(world, case, address):
    answer = taken(world, world.nok, address)
    heading, *rows = lines(answer)
    assert rows
    assert all(len(row) == len(heading) for row in rows)
    assert NAME not in answer.content.decode()
    assert "•" not in answer.content.decode()
    day = f"{datetime.now(UTC) + timedelta(hours=7):%Y-%m-%d}"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="')
    assert disposition.endswith(f'-{day}.csv"')
    [entry] = Entry.objects.filter(verb="list.export")
    said = json.loads(entry.detail.body)
    assert said["count"] == len(rows)
    assert set(said) == {"list", "count"}
    assert not Entry.objects.filter(verb="sealed.read").exists()


@pytest.mark.parametrize("address", LISTS)
def test_only_who_takes_lists_away_may_and_is_offered_it(world, case, address):
    assert taken(world, world.arun, address).status_code == 403
    assert not Entry.objects.filter(verb="list.export").exists()
    for who, offered in ((world.nok, True), (world.arun, False)):
        page = world.client(who).get(address).content.decode()
        listed = address != "/cases/" or who is world.nok
        assert ("as=csv" in page) is (offered and listed)


def test_the_filters_of_the_page_hold_and_its_marks_do_not(world, case):
    page = world.client(world.nok).get("/cases/every?status=closed&before=x").content.decode()
    assert "as=csv" not in page or "status=closed" in page
    assert len(lines(taken(world, world.nok, "/cases/every?status=all"))) == 2
    assert len(lines(taken(world, world.nok, "/cases/every?status=closed"))) == 1
    assert len(lines(taken(world, world.nok, "/partners/?kind=LawEnforcement"))) == 1


def test_what_is_hidden_does_not_leave(world, case):
    world.exclude(world.nok, case.survivor.node)
    for address in ("/cases/", "/cases/every", "/survivors/"):
        assert case.node.code not in taken(world, world.nok, address).content.decode()


def test_only_records_on_which_the_reader_takes_lists_away_leave(world, case):
    """Nok takes lists away of her own team; in the other she is a caseworker."""
    people.assign(
        world.nok.member, "caseworker", world.other_team.node, purpose="helps out",
        actor=world.founder, now=world.now,
    )  # fmt: skip
    other = a_case(world, by=world.founder, team=world.other_team)
    nok = world.again(world.nok)
    assert other.node.code in world.client(nok).get("/cases/every").content.decode()
    codes = [row[0] for row in lines(taken(world, nok, "/cases/every"))]
    assert case.node.code in codes
    assert other.node.code not in codes


def test_no_query_for_each_row(world, case, monkeypatch):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            lines(taken(world, world.nok, "/cases/every"))
            lines(taken(world, world.nok, "/cases/"))
            lines(taken(world, world.nok, "/survivors/"))
            lines(taken(world, world.nok, "/leads/"))
        return len(queries)

    before = asked()
    for _ in range(3):
        a_case(world)
        a_lead(world)
    assert asked() == before


def test_a_long_list_comes_whole_page_after_page(world, case, monkeypatch):
    for _ in range(4):
        a_case(world)
    monkeypatch.setattr(tables, "AT_ONCE", 2)
    codes = [row[0] for row in lines(taken(world, world.nok, "/cases/every"))[1:]]
    assert len(codes) == len(set(codes)) == Case.objects.count() == 5


def test_one_that_is_too_long_says_that_it_was_cut(world, case, monkeypatch):
    for _ in range(3):
        a_case(world)
    monkeypatch.setattr(tables, "MOST", 2)
    _heading, *rows = lines(taken(world, world.nok, "/cases/every"))
    assert len(rows) == 3
    assert rows[2] == ["The list is longer than 2 lines and was cut here. Narrow it."]
    [entry] = Entry.objects.filter(verb="list.export")
    assert json.loads(entry.detail.body)["count"] == 2


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_no_cell_begins_a_formula(world, case, attempt):
    a_partner(world, kind="LawEnforcement", name=f"{attempt} planted")
    Member.objects.filter(pk=world.arun.id).update(name=f"{attempt} planted")
    Case.objects.update(manager=world.arun.id)
    for address in ("/partners/", "/people", "/cases/every"):
        cells = [text for row in lines(taken(world, world.nok, address)) for text in row]
        mine = next(text for text in cells if text.endswith(" planted"))
        assert "'" in mine
        assert not mine.lstrip(' "').startswith(tuple("=+-@\t\r＝＋－＠"))
        assert ";=" not in mine


def test_what_is_no_word_number_or_day_never_leaves():
    assert tables.cell(None) == ""
    assert tables.cell(gettext_lazy("Yes")) == "Yes"
    assert tables.cell(date(2026, 3, 2)) == "2026-03-02"
    assert tables.cell(PartialDay(2026, 3)) == "2026-03"
    assert tables.cell(datetime(2026, 3, 2, 18, tzinfo=UTC)) == "2026-03-03 01:00"
    assert tables.cell(True) == "Yes"
    with pytest.raises(TypeError):
        tables.cell(b"sealed")


def test_a_sealed_value_is_a_mistake_of_ours(world, case):
    survivor = case.survivor
    survivor.refresh_from_db()
    with pytest.raises(TypeError):
        tables.cell(survivor.full_name)
