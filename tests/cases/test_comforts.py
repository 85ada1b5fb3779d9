"""Flags, one kind of the time line, adding from anywhere, and a language that keeps one's place."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.story import NAME, NOTE, a_case, a_partner, happened, referred, refused

from romyen.access.models import Draft
from romyen.audit.models import Entry
from romyen.cases import actions, kinds, panels, queries
from romyen.cases.book import listed
from romyen.cases.models import Flag

pytestmark = pytest.mark.django_db


def read(answer):
    return answer.content.decode()


# --- flags


def test_flags_are_set_and_taken_away_and_each_change_is_logged(world):
    case = a_case(world)
    actions.set_flags(case, ["media", "court_soon"], actor=world.nok, now=world.now)
    later = world.now + timedelta(hours=1)
    actions.set_flags(case, ["court_soon", "age"], actor=world.arun, now=later)
    assert queries.flags_in([case.pk]) == {case.pk: ["court_soon", "age"]}
    over = Flag.objects.get(code="media")
    assert (over.ended_at, over.ended_by) == (later, world.arun.id)
    said = [
        json.loads(e.detail.body) for e in Entry.objects.filter(verb="case.flag").order_by("pk")
    ]
    assert said == [
        {"set": ["court_soon", "media"], "unset": []},
        {"set": ["age"], "unset": ["media"]},
    ]
    actions.set_flags(case, ["court_soon", "age"], actor=world.arun, now=later)
    assert Entry.objects.filter(verb="case.flag").count() == 2


def test_who_may_not_work_on_the_case_sets_no_flag(world):
    case = a_case(world)
    with refused("RY-LIST-UNKNOWN", "flags"):
        actions.set_flags(case, ["her name"], actor=world.nok, now=world.now)
    with refused("RY-ABSENT"):
        actions.set_flags(case, ["media"], actor=world.dao, now=world.now)
    world.exclude(world.prasit, case.survivor.node)
    with refused("RY-ABSENT"):
        actions.set_flags(case, ["media"], actor=world.again(world.prasit), now=world.now)
    assert not Flag.objects.exists()


def test_flags_stand_on_the_page_and_in_the_lists(world):
    case, other = a_case(world), a_case(world)
    nok = world.client(world.nok)
    sent = nok.post(f"/cases/{case.pk}/flags", {"flags": ["media"], "submission": "x" * 22})
    assert sent.status_code == 302
    word = listed("flags").label("media", "en")
    for address in (f"/cases/{case.pk}", "/cases/", "/cases/every"):
        assert read(nok.get(address)).count(word) == 1
    assert word not in read(nok.get(f"/cases/{other.pk}"))
    thai = world.client(world.nok, language="th").get("/cases/every")
    assert listed("flags").label("media", "th") in read(thai)


def test_many_flags_cost_no_more_queries(world):
    def asked():
        nok = world.client(world.nok)
        with CaptureQueriesContext(connection) as found:
            read(nok.get("/cases/every"))
            read(nok.get("/cases/"))
        return len(found)

    a_case(world)
    before = asked()
    for _ in range(3):
        actions.set_flags(a_case(world), ["age", "media"], actor=world.nok, now=world.now)
    assert asked() == before


# --- one kind of the time line


@pytest.fixture
def case(world):
    case = a_case(world)
    happened(world, case, "care_arrival")
    for _ in range(25):
        actions.add_note(case, kind="case", text=NOTE, actor=world.nok, now=world.now)
    referred(world, case, a_partner(world, kind="LawEnforcement"), basis="danger_to_life",
             reason="He knows where she sleeps.")  # fmt: skip
    return case


@pytest.mark.parametrize(
    ("group", "there"),
    [("law", {"event"}), ("notes", {"note"}), ("referrals", {"referral"}), ("course", {"turn"}),
     ("consent", set()), ("other", set())],
)  # fmt: skip
def test_one_kind_of_what_happened(world, case, group, there):
    line = queries.timeline(world.nok, case, group=group, now=world.now)
    assert {one.kind for one in line.happenings} == there
    page = read(world.client(world.nok).get(f"/cases/{case.pk}/timeline?kind={group}"))
    assert page.count('class="moj-timeline__item"') == len(line.happenings)


def test_older_ones_of_the_kind_follow(world, case):
    page = read(world.client(world.nok).get(f"/cases/{case.pk}/timeline?kind=notes"))
    assert page.count('class="moj-timeline__item"') == 20
    assert "?kind=notes&amp;page=2" in page
    rest = read(world.client(world.nok).get(f"/cases/{case.pk}/timeline?kind=notes&page=2"))
    assert rest.count('class="moj-timeline__item"') == 5
    odd = read(world.client(world.nok).get(f"/cases/{case.pk}/timeline?kind=nonsense"))
    assert odd.count('class="moj-timeline__item"') == 20


def test_every_kind_has_one_group_and_a_new_one_stands_under_other():
    every = [kind for _words, of in kinds.GROUPS.values() for kind in of]
    assert len(every) == len(set(every))
    assert kinds.group_of("care_session") == "care"
    assert kinds.group_of("something_new") == kinds.OTHER


# --- adding from anywhere


def test_the_menu_offers_what_the_role_adds(world):
    for who, there, away in (
        (world.nok, "/leads/new", ""),
        (world.mali, "/cases/add", "/leads/new"),
        (world.wit, "/leads/new", "/cases/add"),
        (world.pim, "", "romyen-add"),
    ):
        page = read(world.client(who).get("/me"))
        assert there in page
        assert not away or away not in page


def test_nok_chooses_her_own_case_by_name(world):
    mine, other = a_case(world), a_case(world, by=world.arun)
    page = read(world.client(world.nok).get("/cases/add"))
    assert NAME in page
    assert f"/cases/{mine.pk}/note" in page
    assert other.pk not in page
    assert world.client(world.wit).get("/cases/add").status_code == 403


# --- a language that keeps one's place


def test_what_was_refused_stands_in_the_form_in_the_other_language(world):
    case = a_case(world)
    browser, words = world.client(world.nok), "Find out when the clinic opens."
    address = f"/cases/{case.pk}/task?from=somewhere"
    typed = {"words": words, "due_on_day": "99", "due_on_month": "3", "due_on_year": "2026"}
    answer = browser.post(address, {"submission": "x" * 22, **typed})
    assert answer.status_code == 422
    assert f'name="next" value="{address}"' in read(answer)
    back = browser.post("/language", {"language": "th", "next": address})
    assert back.headers["Location"] == address
    page = read(browser.get(address))
    assert 'lang="th"' in page
    assert words in page
    assert 'value="99"' in page
    assert Draft.objects.get().form == f"/cases/{case.pk}/task"
    assert words.encode() not in bytes(Draft.objects.get().sealed)


def test_once_it_is_saved_nothing_is_kept(world):
    case = a_case(world)
    browser, address = world.client(world.nok), f"/cases/{case.pk}/task"
    assert browser.post(address, {"submission": "x" * 22}).status_code == 422
    typed = {"words": "Call her.", "submission": "y" * 22}
    assert browser.post(address, typed).status_code == 302
    assert not Draft.objects.exists()


def test_the_way_back_leads_nowhere_else(world):
    browser = world.client(world.nok)
    answer = browser.post("/language", {"language": "th", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in answer.headers["Location"]


# --- the page of a case is no wall


def test_what_ends_late_stands_apart_once_there_is_much(world):
    def clocks(*days):
        return [{"due": world.now + timedelta(days=count)} for count in days]

    few = clocks(50, 60, 90, 400)
    assert panels.by_distance(few, world.now) == {"clocks": few, "later": []}
    many = clocks(-3, 1, 2, 5, 29, 31, 400)
    found = panels.by_distance(many, world.now)
    assert found == {"clocks": many[:5], "later": many[5:]}


def test_older_happenings_are_folded_and_none_is_lost(world, case):
    page = read(world.client(world.nok).get(f"/cases/{case.pk}"))
    assert page.count('class="moj-timeline__item"') == 20
    first, rest = page.split("What happened before", 1)
    assert first.count('class="moj-timeline__item"') == 8
    assert rest.count('class="moj-timeline__item"') == 12
