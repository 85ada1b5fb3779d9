"""The calendar: what becomes due, for whom, and what a lost phone would tell."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from tests.cases.story import NAME, a_case, happened

from romyen.access import people
from romyen.audit.models import Entry
from romyen.cases import actions
from romyen.cases.models import Deadline, Task
from romyen.cases.queries import dues as source
from romyen.desk import dues, ics
from romyen.desk.months import Month
from romyen.rules.dues import Due
from romyen.rules.spans import BANGKOK, end_of_day

pytestmark = pytest.mark.django_db
MARCH = "/calendar?month=2026-03"
ALL = f"{MARCH}&whose=teams"
WORDS = "Bring her slippers to the clinic"


@pytest.fixture
def case(world):
    """A case of Nok's with a clock of the law and a task in March."""
    case = a_case(world, opened_on=date(2026, 2, 20))
    happened(world, case, "temporary_protection_entered")
    Deadline.objects.exclude(key__startswith="PRT-01/").delete()
    Task.objects.all().delete()
    actions.add_task(
        case, words=WORDS, due_on=date(2026, 3, 9), assigned=world.arun.member,
        actor=world.nok, now=world.now,
    )  # fmt: skip
    return case


def page(world, who, address=MARCH, language="en"):
    answer = world.client(who, language=language).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def queries(world, who, address):
    client = world.client(who)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_nok_sees_what_becomes_due_in_her_case_and_no_name(world, case):
    text = page(world, world.nok)
    assert text.count(case.node.code) == 2
    assert "A task in your own words" in text
    assert WORDS not in text
    assert NAME not in text
    assert "March 2026" in text
    assert not Entry.objects.filter(verb="sealed.read", actor=world.nok.id).exists()


@pytest.mark.parametrize("view", ["", "&view=list"])
def test_mine_is_what_i_manage_or_have_to_do(world, case, view):
    assert page(world, world.arun, MARCH + view).count(case.node.code) == 1
    assert page(world, world.arun, ALL + view).count(case.node.code) == 2
    assert case.node.code not in page(world, world.mali, MARCH + view)
    assert page(world, world.mali, ALL + view).count(case.node.code) == 2
    assert page(world, world.arun, f"{ALL}{view}&kind=task").count(case.node.code) == 1


@pytest.mark.parametrize("address", [MARCH, ALL, f"{ALL}&view=list"])
def test_a_stranger_and_whoever_is_excluded_see_an_empty_month(world, case, address):
    def bare(text):
        return re.sub(r'csrfmiddlewaretoken" value="\w+"|Prasit|Arun', "", text)

    Task.objects.update(assigned=None)
    world.exclude(world.prasit, case.survivor.node)
    assert case.node.code not in page(world, world.dao, address)
    hidden = page(world, world.prasit, address)
    assert case.node.code not in hidden
    takes = queries(world, world.prasit, address)
    Deadline.objects.update(settled_at=world.now)
    Task.objects.update(done_at=world.now)
    assert bare(page(world, world.prasit, address)) == bare(hidden)
    assert queries(world, world.prasit, address) == takes


@pytest.mark.parametrize("address", [MARCH, ALL])
@pytest.mark.parametrize("name", ["nok", "founder"])
def test_the_number_of_queries_does_not_grow(world, case, address, name):
    happened(world, a_case(world, by=world.founder), "temporary_protection_entered")
    before = queries(world, getattr(world, name), address)
    for _ in range(3):
        happened(world, a_case(world, by=world.founder), "temporary_protection_entered")
        happened(world, a_case(world), "temporary_protection_entered")
    assert queries(world, getattr(world, name), address) == before


def test_what_is_settled_and_what_is_closed_is_not_due(world, case):
    Deadline.objects.update(settled_at=world.now)
    assert page(world, world.nok).count(case.node.code) == 1
    task = Task.objects.get(words__isnull=False)
    actions.finish_task(task, expected=1, actor=world.nok, now=world.now)
    assert case.node.code not in page(world, world.nok)


def test_years_are_written_in_the_readers_era(world, case):
    thai = page(world, world.nok, language="th")
    assert "มีนาคม 2569" in thai
    assert 'lang="th"' in thai
    browser = world.client(world.nok)
    browser.cookies["romyen_era"] = "be"
    assert "March 2569 B.E." in browser.get(MARCH).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "month=2026-13", "month=0000-01", "month=๒๕๖๙-๐๓", "month=2100-12", "month=1900-01",
        "month=2026-3", "month=", "kind=nonsense", "whose=everyone", "view=%00%FF",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_taken_calmly(world, case, query):
    assert world.client(world.nok).get(f"/calendar?{query}").status_code in (200, 404)


def test_weeks_are_whole_and_hold_the_month():
    for month in (Month(2026, 2), Month(2024, 2), Month(2026, 12)):
        days = [day for week in month.weeks() for day in week]
        assert all(len(week) == 7 for week in month.weeks())
        assert sum((day.year, day.month) == (month.year, month.number) for day in days) in (
            (month.until - month.since).days,
        )
        assert days == sorted(days)


def test_a_source_that_had_more_to_say_is_not_silently_cut(world, case, monkeypatch):
    monkeypatch.setattr(source, "MOST", 2)
    monkeypatch.setattr(dues, "MOST", 2)
    for day in (4, 11, 12):
        actions.add_task(
            case, title="contact_her", due_on=date(2026, 3, day), actor=world.nok, now=world.now
        )
    text = page(world, world.nok)
    assert "There is more than fits here. Shown up to" in text
    assert "9 March 2026" in text
    assert not dues.gather(
        world.nok,
        since=Month(2026, 4).since,
        until=Month(2026, 4).until,
        mine=True,
        now=world.now,
    ).cut


def test_a_day_of_the_law_is_a_day_and_an_hour_an_hour(world, case):
    Deadline.objects.update(due_at=end_of_day(date(2026, 3, 5)))
    [deadline] = [due for due in march(world) if due.kind == "deadline"]
    assert deadline.at == date(2026, 3, 5)
    Deadline.objects.update(due_at=datetime(2026, 3, 5, 14, 30, tzinfo=BANGKOK))
    [deadline] = [due for due in march(world) if due.kind == "deadline"]
    assert deadline.at == datetime(2026, 3, 5, 14, 30, tzinfo=BANGKOK)
    assert "14:30" in page(world, world.nok)


def march(world, who=None, mine=True):
    month = Month(2026, 3)
    return dues.gather(
        who or world.nok, since=month.since, until=month.until, mine=mine, now=world.now
    ).dues


def test_a_record_shared_with_a_stranger_is_on_her_calendar(world, case):
    people.assign(
        world.dao.member, "caseworker", case.node, purpose="knows her language",
        actor=world.founder, now=world.now,
    )  # fmt: skip
    dao = world.again(world.dao)
    assert {due.code for due in march(world, dao, mine=False)} == {case.node.code}
    assert len(march(world, dao, mine=False)) == 2


# --- the file


def taken(world, who, query="month=2026-03"):
    answer = world.client(who).get(f"/calendar/file?{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calendar-2026-03.ics"'
    return answer.content


def test_another_programme_reads_the_file_and_learns_no_more_than_kinds_and_codes(world, case):
    content = taken(world, world.nok)
    events = Calendar.from_ical(content).walk("VEVENT")
    assert sorted(str(event["SUMMARY"]) for event in events) == [
        f"Deadline · {case.node.code}",
        f"Task · {case.node.code}",
    ]
    assert {event.get("DESCRIPTION", event.get("LOCATION")) for event in events} == {None}
    starts = {event.decoded("DTSTART") for event in events}
    assert date(2026, 3, 9) in starts
    keys = {due.key for due in march(world)}
    assert {str(event["UID"]) for event in events} == {f"{key}@romyen" for key in keys}
    assert WORDS.encode() not in content


def test_the_file_keeps_the_rules_of_its_format(world, case):
    for content in (taken(world, world.nok), ics.calendar([], now=world.now), long_words(world)):
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in content.replace(b"\r\n", b"")
        lines = content.split(b"\r\n")[:-1]
        assert all(0 < len(line) <= 75 for line in lines)
        assert all(line.decode() for line in lines)


def long_words(world):
    due = Due("k" * 22, "task", date(2026, 3, 9), "", "ก,ข;ค\\ง\r\n" * 30, "")
    content = ics.calendar([due], now=world.now)
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Task · " + "ก,ข;ค\\ง\n" * 30
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
    return content


def test_a_moment_is_written_in_universal_time(world):
    at = datetime(2026, 3, 9, 14, 30, tzinfo=BANGKOK)
    content = ics.calendar([Due("k", "hearing", at, "", "C", "")], now=world.now)
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("DTSTART") == datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
    assert event.decoded("DTSTAMP") == world.now


def test_what_is_the_teams_only_they_take_away_who_take_lists(world, case):
    assert b"VEVENT" in taken(world, world.arun)
    assert world.client(world.arun).get(f"/calendar/file?{ALL[10:]}").status_code == 403
    assert taken(world, world.nok, ALL[10:]).count(b"BEGIN:VEVENT") == 2
    assert "Take this month" not in page(world, world.arun, ALL)
    assert "Take this month" in page(world, world.nok, ALL)


def test_that_it_was_taken_stands_in_the_log_without_a_name(world, case):
    taken(world, world.nok)
    entry = Entry.objects.filter(verb="list.export").get()
    assert entry.actor == world.nok.id
    assert json.loads(entry.detail.body) == {"list": "calendar", "count": 2}
