"""The pages of prevention: in both languages, forgiving, a fixed number of questions."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.prevention.story import LINES, a_session, as_stored

from romyen.partners import actions as partners
from romyen.prevention import actions
from romyen.prevention.models import Answers, Session

FULL = {
    "on_day": "10",
    "on_month": "2",
    "on_year": "2026",
    "kind": "school",
    "topics": ["safe_touch"],
    "venue": "Fictional school",
    "province": "50",
    "reach_f_13": "๒๐",
    "reach_m_13": "11",
    "submission": "one",
}


def read(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["In a school", "Whom to call"]), ("th", ["ในโรงเรียน", "ควรโทรหาใคร"])],
)
def test_every_page_reads_in_both_languages(world, language, words):
    session = a_session(world, place="500101", reach={"f:13": 8})
    actions.match_answers(session, stage="after", lines=LINES, actor=world.nok, now=world.now)
    browser = world.client(world.nok, language)
    page = f"/prevention/{session.pk}"
    for address in ("/prevention/", "/prevention/new", "/prevention/questions", page,
                    f"{page}/edit", f"{page}/answers", f"{page}/lines"):  # fmt: skip
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in read(answer)
    shown = read(browser.get(page))
    assert [word for word in words if word not in shown] == []
    small = {"en": "This group is small.", "th": "กลุ่มนี้มีขนาดเล็ก"}[language]
    assert small in shown


def test_nok_records_a_session_in_thai_digits_and_sends_it_twice(world):
    browser = world.client(world.nok)
    answer = browser.post("/prevention/new", FULL)
    session = Session.objects.get()
    assert answer["Location"] == f"/prevention/{session.pk}"
    assert session.reach == {"f:13": 20, "m:13": 11}
    assert browser.post("/prevention/new", FULL)["Location"] == f"/prevention/{session.pk}"
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reach_f_13": "-3"}, "reach_f_13"),
        ({"reach_f_13": "many"}, "reach_f_13"),
        ({"topics": []}, "topics"),
        ({"on_year": "2569"}, "on"),
        ({"partner": "nobody"}, "partner"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(world, change, field):
    answer = world.client(world.nok).post("/prevention/new", {**FULL, **change})
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in read(answer)
    assert 'value="Fictional school"' in read(answer)
    assert not Session.objects.exists()


def test_after_a_conflict_both_versions_are_seen_and_the_second_try_is_taken(world):
    session = a_session(world, venue="First school")
    browser = world.client(world.nok)
    actions.edit(session, expected=1, venue="Second school", actor=world.nok, now=world.now)
    typed = {**FULL, "version": "1", "venue": "Third school"}
    answer = browser.post(f"/prevention/{session.pk}/edit", typed)
    assert answer.status_code == 422
    assert "Second school" in read(answer)
    assert "Third school" in read(answer)
    assert 'name="version" value="2"' in read(answer)
    again = browser.post(f"/prevention/{session.pk}/edit", {**typed, "version": "2"})
    assert again.status_code == 302
    assert as_stored(session).venue == "Third school"


def test_areas_come_without_javascript_and_what_was_typed_stays(world):
    answer = world.client(world.nok).post("/prevention/new", {**FULL, "areas": "1"})
    assert answer.status_code == 200
    assert "Mueang Chiang Mai" in read(answer)
    assert 'value="Fictional school"' in read(answer)
    assert not Session.objects.exists()


def test_answers_are_entered_on_a_page(world):
    session = a_session(world, reach={"f:13": 30})
    browser = world.client(world.nok)
    page = f"/prevention/{session.pk}"
    typed = {"stage": "after", "asked": "30", "offer_before": "10", "offer_after": "25"}
    assert browser.post(f"{page}/answers", {**typed, "submission": "a"}).status_code == 302
    bad = browser.post(f"{page}/answers", {**typed, "offer_after": "", "submission": "b"})
    assert bad.status_code == 422
    assert 'id="id_offer_after-error"' in read(bad)
    shown = read(browser.get(page))
    assert "10 → 25" in shown
    assert "Out of 30 people" in shown
    given = {"stage": "later", "lines": LINES, "submission": "c"}
    assert browser.post(f"{page}/lines", given).status_code == 302
    assert set(Answers.objects.values_list("stage", flat=True)) == {"after", "later"}
    refused = browser.post(f"{page}/lines", {**given, "lines": LINES + "x", "submission": "d"})
    assert "Line 7 cannot be read" in read(refused)


def test_dao_and_prasit_get_the_page_of_what_does_not_exist(world):
    session = a_session(world)
    world.exclude(world.prasit, session.node)
    nothing = world.client(world.nok).get("/prevention/nothing-of-that-name")
    assert nothing.status_code == 404
    for reader in (world.dao, world.prasit):
        browser = world.client(reader)
        assert browser.get(f"/prevention/{session.pk}").content == nothing.content
        assert session.node.code not in read(browser.get("/prevention/"))


def test_the_list_narrows_goes_on_and_asks_the_same_number_of_questions(world):
    browser = world.client(world.arun)
    a_session(world)

    def asked(address="/prevention/"):
        with CaptureQueriesContext(connection) as queries:
            page = read(browser.get(address))
        return len(queries), page

    asked()
    few, _page = asked()
    for number in range(30):
        a_session(world, on=date(2026, 1, 1 + number), place="10", kind="online")
    many, page = asked()
    assert few == many
    assert page.count('href="/prevention/2') + page.count("romyen-code") >= 25
    older = page.split('href="?older=')[1].split('"')[0]
    _count, second = asked(f"/prevention/?older={older}")
    assert second.count("romyen-code") == 31 - 25
    _count, narrow = asked("/prevention/?kind=school")
    assert narrow.count("romyen-code") == 1
    _count, bangkok = asked("/prevention/?province=10")
    assert bangkok.count("romyen-code") == 25
    for wrong in ("?older=x", "?older=000000.a", "?older=9999999.a", "?kind=party"):
        assert browser.get(f"/prevention/{wrong}").status_code == 422


def test_one_session_asks_the_same_number_of_questions_with_or_without_answers(world):
    who = {"actor": world.nok, "now": world.now}
    school = partners.record(name="Fictional school", kind="SchoolOrCollege", province="50", **who)
    bare, full = (
        a_session(world),
        a_session(
            world, partner=school, facilitators=[world.nok.id, world.arun.id], reach={"f:13": 9}
        ),
    )
    actions.match_answers(full, stage="after", lines=LINES, **who)
    browser = world.client(world.arun)
    counts = []
    for session in (bare, bare, full):
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/prevention/{session.pk}")
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_disclosure_leads_to_a_lead_and_never_into_the_table(world):
    kaew = world.join("kaew", "educator", world.team, by=world.founder)
    session = a_session(world, by=kaew)
    page = read(world.client(kaew).get(f"/prevention/{session.pk}"))
    assert 'href="/leads/new"' in page
    form = read(world.client(kaew).get(f"/prevention/{session.pk}/edit"))
    assert "<textarea" not in form
