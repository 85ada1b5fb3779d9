"""The page of numbers: the same bytes for everybody, every figure with what stands behind it."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.leads.story import a_lead
from tests.prevention.story import a_session

from romyen.statistics import actions
from romyen.statistics.models import Stock

APRIL = datetime(2026, 4, 2, 3, 0, tzinfo=UTC)
MAIN = ("<main", "</main>")


def read(answer):
    return answer.content.decode()


def figures(page):
    """What stands between the heading and the footer, without the form of who may count."""
    return page[page.index("romyen-chart") : page.index("</main>")]


@pytest.fixture
def stock(world):
    for number in range(12):
        a_lead(world, place="50" if number < 9 else "10", source="public" if number else "police")
    a_session(world, reach={"f:13": 20, "m:13": 11}, place="50")
    return actions.take_stock(actor=world.nok, now=APRIL)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Leads received", "12", "fewer than 5", "Chiang Mai", "Version of the definition"]),
        ("th", ["เบาะแสที่ได้รับ", "12", "น้อยกว่า 5", "เชียงใหม่", "2 เมษายน 2569", "ปี 2569"]),
    ],
)
def test_the_page_reads_in_both_languages(world, stock, language, words):
    page = read(world.client(world.nok, language).get("/numbers/?period=2026-Q1"))
    assert [word for word in words if word not in page] == []
    assert " style=" not in page


def test_everybody_reads_the_same_excluded_or_not(world, stock):
    lead = a_lead(world)
    world.exclude(world.prasit, lead.node)
    pages = {
        figures(read(world.client(reader).get("/numbers/")))
        for reader in (world.nok, world.prasit, world.dao, world.mali, world.wit, world.lek)
    }
    assert len(pages) == 1


def test_no_small_number_can_be_read_on_the_page(world, stock):
    page = read(world.client(world.nok).get("/numbers/?period=2026-Q1"))
    # 11 of 12 came from the public, so one from the police would follow by subtraction
    sources = page[page.index("Leads received: Who told it") :]
    sources = sources[: sources.index("</figure>")]
    assert "11" not in sources.replace("viewBox", "")
    assert "not shown" in sources
    assert "fewer than 5" in sources


def test_before_the_first_count_the_page_says_so_and_who_may_can_count(world):
    for name, may in (("nok", True), ("lek", True), ("arun", False)):
        page = read(world.client(getattr(world, name)).get("/numbers/"))
        assert "Nothing is counted yet." in page
        assert ("Count now" in page) is may, name


def test_counting_from_the_page_happens_once(world):
    browser = world.client(world.nok)
    assert browser.get("/numbers/take").status_code == 405
    assert browser.post("/numbers/take", {"submission": "a"}).status_code == 302
    assert browser.post("/numbers/take", {"submission": "a"}).status_code == 302
    assert browser.post("/numbers/take", {"submission": "b"}).status_code == 409
    assert Stock.objects.count() == 1
    assert "Count now" not in read(browser.get("/numbers/"))
    assert world.client(world.arun).post("/numbers/take", {"submission": "c"}).status_code == 403


def test_a_period_that_was_not_counted_is_no_page(world, stock):
    browser = world.client(world.nok)
    for wrong in ("2026-Q2", "2019", "x", "2026-Q1'"):
        assert browser.get("/numbers/", {"period": wrong}).status_code == 422
    assert stock.until == date(2026, 4, 1)


def test_the_page_asks_few_questions_and_the_same_number_in_every_size(world, stock):
    browser = world.client(world.nok)
    browser.get("/numbers/")
    with CaptureQueriesContext(connection) as first:
        browser.get("/numbers/?period=2026")
    with CaptureQueriesContext(connection) as second:
        browser.get("/numbers/?period=2026")
    assert len(second) <= len(first)
    assert sum("statistics_" in query["sql"] for query in second) == 1
