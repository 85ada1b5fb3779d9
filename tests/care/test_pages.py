"""The pages of care: both languages, masked until opened, a fixed number of questions."""

import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.care.story import (
    TODAY,
    WISH,
    a_case,
    a_goal,
    a_measure,
    a_session,
    an_appointment,
    followed,
    given,
    low_mood,
)

from romyen.audit.models import Entry
from romyen.care import actions, queries
from romyen.care.models import Appointment, FollowUp, Goal, Measure, Service, Session
from romyen.cases import actions as cases
from romyen.cases.queries import timeline
from romyen.rules import measures
from romyen.survivors import actions as survivors
from romyen.survivors.models import Alert
from romyen.survivors.particulars import SafeContact

pytestmark = pytest.mark.django_db
BOXED = {"HX-Request": "true"}


def read(answer):
    return answer.content.decode()


def a_full_case(world):
    """A case with one of everything."""
    case = a_case(world, opened_on=date(2026, 2, 20))
    a_goal(world, case)
    given(world, case, note="Rice and a bed.")
    an_appointment(world, case)
    a_measure(world, case, words="I sleep a little.")
    a_session(world, case)
    followed(world, case)
    return case


def addresses(case):
    """Every page that a carer opens, and then those of counsellors."""
    page = f"/care/{case.pk}"
    goal, measure = Goal.objects.first(), Measure.objects.first()
    follow_up, visit = FollowUp.objects.first(), Appointment.objects.first()
    parts = ["", "/paper", "/goal", "/services", "/service", "/appointments", "/appointment"]
    parts += [f"/goals/{goal.pk}", f"/goals/{goal.pk}/rewrite", f"/goals/{goal.pk}/review"]
    parts += [f"/appointments/{visit.pk}", f"/measures/{measure.pk}", "/measures", "/danger"]
    parts += [f"/measure/{tool}" for tool in measures.tools()]
    parts += ["/follow-ups", "/follow-up", f"/follow-ups/{follow_up.pk}"]
    parts += [f"/strike/service/{Service.objects.first().pk}", f"/strike/measure/{measure.pk}"]
    session = Session.objects.first().pk
    heard = ["/counselling", "/session", f"/sessions/{session}", f"/strike/session/{session}"]
    return [page + part for part in parts], [page + part for part in heard]


@pytest.mark.parametrize(("language", "words"), [("en", "Plan and support"), ("th", "แผน")])
def test_every_page_reads_in_both_languages(world, language, words):
    case = a_full_case(world)
    carers, counsellors = addresses(case)
    for reader, pages in ((world.arun, carers), (world.mali, carers + counsellors)):
        browser = world.client(reader, language)
        for address in pages:
            answer = browser.get(address)
            assert answer.status_code == 200, address
            assert f'<html lang="{language}"' in read(answer), address
            assert "RY-" not in read(answer)
    assert words in read(browser.get(f"/care/{case.pk}"))


def test_strangers_get_the_page_of_nothing(world):
    case = a_full_case(world)
    world.exclude(world.prasit, case.survivor.node)
    carers, counsellors = addresses(case)
    for reader in (world.dao, world.again(world.prasit), world.wit):
        browser = world.client(reader)
        nothing = browser.get("/care/there-is-no-such-case")
        for address in carers + counsellors:
            answer = browser.get(address)
            assert (answer.status_code, answer.content) == (404, nothing.content), address


def test_counselling_is_closed_to_who_manages_the_case(world):
    case = a_full_case(world)
    _carers, counsellors = addresses(case)
    browser = world.client(world.nok)
    assert {browser.get(address).status_code for address in counsellors} == {403}
    plan = read(browser.get(f"/care/{case.pk}"))
    assert "Counselling sessions: 1" in re.sub(r"\s+", " ", plan)
    assert "/counselling" not in plan


def test_her_words_are_masked_until_opened_for_a_purpose(world):
    case = a_full_case(world)
    browser = world.client(world.arun)
    page = f"/care/{case.pk}"
    reads = Entry.objects.filter(verb="sealed.read")
    before = reads.count()
    assert WISH not in read(browser.get(page))
    assert reads.count() == before
    assert WISH in read(browser.post(page, {"purpose": "care"}))
    assert WISH in read(browser.post(f"{page}/paper", {"purpose": "care"}))
    assert reads.count() == before + 2
    assert WISH not in read(browser.post(page, {"purpose": "curiosity"}))


def test_what_a_ring_does_not_open_stays_masked(world):
    case = a_full_case(world)
    arun, mali = world.client(world.arun), world.client(world.mali)
    for part, words in (
        ("appointments", "Sleep."),
        ("measures", "I sleep a little."),
        (f"measures/{Measure.objects.get().pk}", "20 of 80"),
    ):
        page = f"/care/{case.pk}/{part}"
        assert words in read(mali.post(page, {"purpose": "care"})), part
        closed = read(arun.post(page, {"purpose": "care"}))
        assert words not in closed, part
        assert "Closed to you" in closed, part
    notes = f"/care/{case.pk}/counselling"
    assert "She drew a tree." in read(mali.post(notes, {"purpose": "care"}))
    assert "She drew a tree." not in read(mali.get(notes))


def test_the_line_is_drawn_only_of_what_was_opened(world):
    case = a_full_case(world)
    a_measure(world, case, on=date(2026, 1, 5), value=3)
    a_measure(
        world, case, on=date(2026, 2, 5), taken=measures.count(measures.tool("PCL-5"), {1: 4})
    )
    page = f"/care/{case.pk}/measures"
    mali, arun = world.client(world.mali), world.client(world.arun)
    assert "<svg" not in read(mali.get(page))
    assert "<svg" not in read(arun.post(page, {"purpose": "care"}))
    drawn = read(mali.post(page, {"purpose": "care"}))
    assert drawn.count('role="img"') == 2  # the total, and its four parts
    total = drawn[drawn.index('role="img"') : drawn.index("</figure>")]
    assert total.count("<path") == 2  # the incomplete one is no point
    assert "Incomplete: no total, not on the line" in drawn


def typed(**more):
    days = {"on_day": "2", "on_month": "3", "on_year": "2026"}
    return {"submission": "one", **days, **more}


def test_a_questionnaire_is_counted_once_however_often_it_is_sent(world):
    case = a_case(world)
    browser, page = world.client(world.mali), f"/care/{case.pk}/measure/PCL-5"
    form = typed(words="Better.", **{f"item_{n}": "2" for n in range(1, 21)})
    for _ in range(2):
        assert browser.post(page, form).status_code == 302
    row = Measure.objects.get()
    shown = read(browser.post(f"/care/{case.pk}/measures/{row.pk}", {"purpose": "care"}))
    assert "40 of 80" in shown
    assert "Moderately" in shown


def test_a_missing_answer_is_named_and_no_total_is_shown(world):
    case = a_case(world)
    browser, page = world.client(world.mali), f"/care/{case.pk}/measure/PCL-5"
    form = typed(**{f"item_{n}": "2" for n in range(1, 21) if n != 7})
    assert browser.post(page, form).status_code == 302
    row = Measure.objects.get()
    shown = read(browser.post(f"/care/{case.pk}/measures/{row.pk}", {"purpose": "care"}))
    assert "Not answered: 7" in re.sub(r"\s+", " ", shown)
    assert "of 80" not in shown


@pytest.mark.parametrize(
    ("tool", "form", "target"),
    [
        ("PCL-5", {}, "Nothing was answered"),
        ("PCL-5", {"item_3": "9"}, 'href="#id_item_3'),
        ("PHQ-9", {"score_total": "28", "alarm": "no"}, 'href="#id_score_total'),
        ("PHQ-9", {"score_total": "3"}, 'href="#id_alarm'),
        ("ASO", {"score_safety": "4.5"}, 'href="#id_score_safety'),
        ("ASO", {"score_safety": "many"}, 'href="#id_score_safety'),
    ],
)
def test_what_cannot_be_stands_beside_its_field_and_nothing_typed_is_lost(
    world, tool, form, target
):
    case = a_case(world)
    answer = world.client(world.mali).post(
        f"/care/{case.pk}/measure/{tool}", typed(words="Words that I typed.", **form)
    )
    assert answer.status_code == 422
    assert target in read(answer)
    assert "Words that I typed." in read(answer)
    assert not Measure.objects.exists()


def test_the_thai_page_says_that_no_thai_version_is_invented(world):
    case = a_case(world)
    page = read(world.client(world.mali, "th").get(f"/care/{case.pk}/measure/PCL-5"))
    assert "Trouble falling or staying asleep?" in page
    assert "ฉบับภาษาไทยที่ผ่านการตรวจทาน" in page


def test_an_answer_that_asks_for_help_leads_to_whom_to_call(world):
    case = a_case(world)
    browser = world.client(world.mali)
    form = typed(score_total="20", alarm="yes", alarm_words="Stay with her.")
    answer = browser.post(f"/care/{case.pk}/measure/PHQ-9", form)
    assert answer["Location"] == f"/care/{case.pk}/danger"
    page = read(browser.get(answer["Location"]))
    assert 'href="tel:1323"' in page
    assert 'href="tel:1669"' in page
    assert "public code citing" in page
    assert Alert.objects.count() == 1


def test_immediate_danger_in_a_session_leads_there_too(world):
    case = a_case(world)
    form = typed(kind="individual", safety="immediate", counsellor=world.mali.id, notes="Tired.")
    answer = world.client(world.mali).post(f"/care/{case.pk}/session", form)
    assert answer["Location"] == f"/care/{case.pk}/danger"
    assert Alert.objects.count() == 1


def test_a_goal_that_two_rewrite_shows_both_versions(world):
    goal = a_goal(world, a_case(world))
    facts = {"kind": "Health", "words": "I want to sleep.", "expected": 1}
    actions.rewrite_goal(goal, **facts, actor=world.nok, now=world.now)
    page = f"/care/{goal.case_id}/goals/{goal.pk}/rewrite"
    form = {"submission": "x", "words": "I want to sing.", "kind": "Education", "version": "1"}
    browser = world.client(world.arun)
    answer = browser.post(page, form)
    assert answer.status_code == 422
    both = read(answer)
    assert "I want to sleep." in both
    assert "I want to sing." in both
    assert 'name="version" value="2"' in both
    again = browser.post(page, form | {"version": "2", "submission": "y"})
    assert again.status_code == 302
    assert Goal.objects.get().version == 3


def test_help_from_before_the_case_is_kept_and_said(world):
    case = a_case(world, opened_on=date(2026, 2, 20))
    form = typed(kind="Housing") | {"on_month": "2", "on_day": "1"}
    answer = world.client(world.arun).post(f"/care/{case.pk}/service", form, follow=True)
    assert "before the case was opened" in read(answer)
    assert Service.objects.get().on == date(2026, 2, 1)


def test_a_follow_up_shows_how_to_make_contact_safely(world):
    case = a_case(world)
    safe = SafeContact(not_before="18:00", way="telephone", say="This is the school.")
    her = case.survivor
    survivors.set_safe_contact(her, safe, expected=1, actor=world.nok, now=world.now)
    row = followed(world, case)[0]
    page = read(world.client(world.arun).get(f"/care/{case.pk}/follow-ups/{row.pk}"))
    assert "This is the school." in page
    assert "Never before 18:00" in page


def test_follow_ups_go_on_when_the_case_is_closed(world):
    case = a_case(world)
    followed(world, case, start_on=TODAY)
    how = {"outcome": "reintegrated", "closed_on": TODAY, "expected": 1}
    cases.close_case(case, **how, actor=world.nok, now=world.now)
    browser, row = world.client(world.arun), FollowUp.objects.earliest("due_on")
    form = {"submission": "x", "reached": "yes", "way": "visit", "found": ["wishes_help"]}
    form |= {"done_on_day": "2", "done_on_month": "3", "done_on_year": "2026", "version": "1"}
    answer = browser.post(f"/care/{case.pk}/follow-ups/{row.pk}", form)
    assert answer.status_code == 302
    assert FollowUp.objects.get(pk=row.pk).found == ["wishes_help"]
    assert "/reopen" not in read(browser.get(answer["Location"]))  # Arun's role does not reopen
    assert f"/cases/{case.pk}/reopen" in read(world.client(world.nok).get(answer["Location"]))
    assert browser.get(f"/care/{case.pk}/goal").status_code == 409


# --- beside other packages' pages


def test_the_boxes_stand_on_the_page_of_those_who_do_it(world):
    case = a_full_case(world)
    nok, mali = (read(world.client(r).get(f"/cases/{case.pk}")) for r in (world.nok, world.mali))
    assert f'"/care/{case.pk}"' in nok
    assert f'"/care/{case.pk}/counselling"' not in nok
    assert f'"/care/{case.pk}/counselling"' in mali
    box = read(world.client(world.nok).get(f"/care/{case.pk}", headers=BOXED))
    assert "<html" not in box
    assert "1 goal under way" in box
    heard = read(world.client(world.mali).get(f"/care/{case.pk}/counselling", headers=BOXED))
    assert "<html" not in heard
    assert "Alone with the counsellor" in heard


def test_the_time_line_tells_days_and_codes_to_those_who_read_care(world):
    case = a_full_case(world)
    an_appointment(world, case, on=TODAY)
    visit = Appointment.objects.get(on=TODAY)
    facts = {"state": "kept", "expected": 1, "actor": world.nok, "now": world.now}
    actions.settle_appointment(visit, **facts)
    found = timeline(world.nok, case, now=world.now).happenings
    told = {one.kind: one.said for one in found if one.said}
    assert set(told) == {"care_goal", "care_service", "care_session", "care_appointment"}
    assert told["care_session"] == {
        "title": "A counselling session", "href": f"/care/{case.pk}"
    }  # fmt: skip
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = queries.happenings(world.nok, case, most=2, now=world.now)
    assert len(again) == 2
    assert len(asked) == 1
    assert queries.happenings(world.wit, case, most=9, now=world.now) == []


def test_the_calendar_names_nobody_and_no_illness(world):
    case = a_full_case(world)
    span = {"since": world.now, "until": world.now + timedelta(days=40), "now": world.now}
    with CaptureQueriesContext(connection) as asked:
        dues = queries.dues(world.nok, **span)
    assert len(asked) == 1
    assert [due.kind for due in dues] == ["appointment", "goal_review", "follow_up"]
    assert all(due.mine for due in dues)
    assert (dues[0].what, dues[0].code) == ("An appointment", case.node.code)
    world.exclude(world.prasit, case.survivor.node)
    for reader in (world.dao, world.again(world.prasit), world.wit):
        assert queries.dues(reader, **span) == []


def test_the_calendar_of_ones_own(world):
    case = a_case(world)
    an_appointment(world, case, hour=time(9, 30), companion=world.arun.member)
    a_goal(world, case)
    followed(world, case)
    span = {"since": world.now, "until": world.now + timedelta(days=40), "now": world.now}
    assert len(queries.dues(world.nok, **span, mine=True)) == 3
    [visit] = queries.dues(world.arun, **span, mine=True)
    assert visit.at.isoformat() == "2026-03-05T09:30:00+07:00"
    assert [due.mine for due in queries.dues(world.arun, **span)] == [True, False, False]
    early = {**span, "until": world.now + timedelta(days=3)}
    assert queries.dues(world.nok, **early) == []


def test_a_page_asks_as_often_whatever_there_is(world):
    case = a_full_case(world)
    browser = world.client(world.mali)
    pages = [f"/care/{case.pk}", f"/cases/{case.pk}"]
    parts = ("services", "appointments", "measures", "counselling", "follow-ups")
    pages += [f"/care/{case.pk}/{part}" for part in parts]

    def asked(page, **how):
        with CaptureQueriesContext(connection) as found:
            answer = browser.post(page, how) if how else browser.get(page)
        assert answer.status_code == 200
        return len(found)

    ways = [(page, how) for page in pages for how in ({}, {"purpose": "care"})]
    for page, how in ways:
        asked(page, **how)
    before = [asked(page, **how) for page, how in ways]
    for _ in range(3):
        a_goal(world, case)
        given(world, case)
        an_appointment(world, case)
        a_measure(world, case, tool="PHQ-9", taken=low_mood("no"))
        a_session(world, case)
    assert [asked(page, **how) for page, how in ways] == before
