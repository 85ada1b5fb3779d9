"""The first page: what waits for an answer, what is late and due, by role; and the menu."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.cases.story import NAME, a_case, a_partner, happened, referred

from romyen.audit.models import Entry
from romyen.cases import actions
from romyen.cases.models import Deadline, Task
from romyen.desk.agenda import MOST, agenda
from romyen.notices.actions import notify
from romyen.rules.spans import local_day

pytestmark = pytest.mark.django_db


WORDS = "Bring her slippers to the clinic"


@pytest.fixture(autouse=True)
def at_that_hour(monkeypatch, world):
    """The page is read at the hour of the stories, in English unless a test says otherwise."""
    monkeypatch.setattr("romyen.access.clock", lambda: world.now)
    with override("en"):
        yield


@pytest.fixture
def case(world):
    """A case of Nok's without clocks or tasks."""
    case = a_case(world)
    Deadline.objects.all().delete()
    Task.objects.all().delete()
    return case


def add_task(world, case, days=None, who=None):
    """A task so many days from today; nobody can set a day that is over, it becomes so."""
    day = None if days is None else local_day(world.now) + timedelta(days=days)
    task = actions.add_task(
        case, words=WORDS, assigned=(who or world.nok).member, actor=world.nok, now=world.now
    )
    Task.objects.filter(pk=task.pk).update(due_on=day)


def home(world, who, language="en"):
    answer = world.client(who, language=language).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_late_today_soon_and_without_a_day(world, case):
    for days in (-3, 0, 5, 9, None):
        add_task(world, case, days)
    found = agenda(world.nok, now=world.now)
    parts = (found.late, found.today, found.week, found.undated)
    assert [len(part) for part in parts] == [1, 1, 1, 1]
    assert found.late[0].when == "over for 3 days"
    assert found.undated[0].when == "No day set"
    page = home(world, world.nok)
    for heading in ("Late", "Today", "In the coming days", "Tasks without a day"):
        assert f">{heading}</h2>" in page
    assert WORDS not in page
    assert NAME not in page
    assert not Entry.objects.filter(verb="sealed.read", actor=world.nok.id).exists()


def test_a_clock_of_the_law_that_ran_out_is_late(world, case):
    happened(world, case, "temporary_protection_entered")
    Task.objects.all().delete()
    Deadline.objects.update(due_at=world.now - timedelta(days=4))
    [*late] = agenda(world.nok, now=world.now).late
    assert {one.kind for one in late} == {"Deadline"}
    assert {one.when for one in late} == {"over for 4 days"}


def test_whoever_manages_no_case_is_not_shown_the_tasks_of_others(world, case):
    add_task(world, case, 1)
    assert len(agenda(world.nok, now=world.now).week) == 1
    assert agenda(world.mali, now=world.now).week == []
    add_task(world, case, 2, who=world.mali)
    assert len(agenda(world.mali, now=world.now).week) == 1


def test_a_full_day_is_cut_and_says_so(world, case):
    for _ in range(MOST):
        add_task(world, case, 0)
    assert "There is more" not in home(world, world.nok)
    add_task(world, case, 0)
    page = home(world, world.nok)
    assert "There is more" in page
    assert page.count('class="romyen-agenda__item ') == MOST


def test_what_waits_for_an_answer(world, case):
    assert "Waits for your answer" not in home(world, world.arun)
    actions.hand_over([case], to=world.arun.member, reason="leave", actor=world.nok, now=world.now)
    assert "1 case is offered to you" in home(world, world.arun)
    assert "offered to you" not in home(world, world.nok)


def test_a_disclosure_waits_for_the_second_person_and_not_for_its_maker(world, case):
    referred(
        world,
        case,
        a_partner(world, kind="LawEnforcement"),
        basis="danger_to_life",
        reason="He knows where she sleeps.",
    )
    said = "look it over as second person"
    assert said in home(world, world.arun)
    assert said not in home(world, world.nok)
    assert said not in home(world, world.wit)


def test_nothing_empty_stands_on_the_page(world):
    page = home(world, world.pim)
    assert "Nothing waits for you today." in page
    assert "<h2" not in page


def test_the_number_of_queries_does_not_grow(world, case):
    def count():
        client = world.client(world.nok)
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        return len(asked)

    add_task(world, case, -1)
    add_task(world, case, 1)
    takes = count()
    for days in (-2, -1, 0, 0, 1, 2, None):
        add_task(world, case, days)
    other = a_case(world)
    happened(world, other, "care_arrival")
    assert count() == takes


@pytest.mark.parametrize("language", ["en", "th"])
def test_rarer_sections_are_behind_more_which_names_the_present_one(world, settings, language):
    more = {"en": "More", "th": "เพิ่มเติม"}[language]
    client = world.client(world.nok, language=language)
    page = client.get("/").content.decode()
    assert page.count("romyen-navigation__rest") > 1
    assert f'<summary class="romyen-menu__open">{more}</summary>' in page
    there = client.get("/people").content.decode()
    assert f'<summary class="romyen-menu__open">{more}: <strong>' in there
    settings.ROMYEN_IN_BAR = 99
    assert "romyen-navigation__rest" not in client.get("/").content.decode()


def test_one_section_alone_is_not_hidden(world, settings):
    settings.ROMYEN_NAVIGATION = [("desk:home", "", "Home"), ("desk:calendar", "", "Calendar")]
    settings.ROMYEN_IN_BAR = 1
    assert "romyen-navigation__more" not in home(world, world.nok)


def test_a_manager_sees_how_much_is_late_and_due_in_the_teams(world, case):
    for days in (-2, -1, 3):
        add_task(world, case, days)
    page = home(world, world.somsri)
    assert "2 are late" in page
    assert "1 becomes due in the coming days" in page
    assert "are late" not in home(world, world.mali)


def test_notices_that_say_the_same_are_said_once(world, case):
    for _ in range(3):
        notify([world.pim.id], "case.taken", now=world.now)
    notify([world.pim.id], "case.declined", now=world.now)
    page = home(world, world.pim)
    assert page.count("(3)") == 1
    assert page.count('<span class="romyen-agenda__about">') == 2
