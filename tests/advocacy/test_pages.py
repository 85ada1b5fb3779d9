"""The pages of advocacy: in both languages, forgiving, a fixed number of questions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.advocacy.story import TEXT, a_recommendation, an_authority, as_stored, turned

from romyen.advocacy import actions
from romyen.advocacy.models import Recommendation, Turn

FULL = {
    "source": "us_tip",
    "source_year": "2025",
    "theme": "movement",
    "text": TEXT,
    "on_day": "1",
    "on_month": "7",
    "on_year": "2025",
    "submission": "one",
}


def read(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Freedom of movement", "Promised"]), ("th", ["เสรีภาพในการเดินทาง", "รับปากแล้ว"])],
)
def test_every_page_reads_in_both_languages(world, language, words):
    kept = a_recommendation(world, owner=an_authority(world))
    turned(world, kept)
    browser = world.client(world.nok, language)
    page = f"/advocacy/{kept.pk}"
    for address in ("/advocacy/", "/advocacy/new", page, f"{page}/edit", f"{page}/turn"):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in read(answer)
    for address in ("/advocacy/", page):
        assert [word for word in words if word not in read(browser.get(address))] == []


def test_nok_keeps_a_recommendation_and_sends_it_twice(world):
    browser = world.client(world.nok)
    answer = browser.post("/advocacy/new", FULL)
    kept = Recommendation.objects.get()
    assert answer["Location"] == f"/advocacy/{kept.pk}"
    assert browser.post("/advocacy/new", FULL)["Location"] == f"/advocacy/{kept.pk}"
    assert Recommendation.objects.count() == 1
    assert kept.source_year == 2025


def test_a_year_is_typed_and_shown_in_the_readers_era(world):
    browser = world.client(world.nok, "th")
    browser.post("/advocacy/new", {**FULL, "source_year": "๒๕๖๘", "on_year": "2568"})
    kept = Recommendation.objects.get()
    assert kept.source_year == 2025
    assert 'value="2568"' in read(browser.get(f"/advocacy/{kept.pk}/edit"))
    wrong = browser.post(
        "/advocacy/new", {**FULL, "source_year": "2025", "on_year": "2568", "submission": "b"}
    )
    assert wrong.status_code == 422
    assert 'value="2025"' in read(wrong)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"text": ""}, "text"), ({"theme": "weather"}, "theme"), ({"owner": "nobody"}, "owner")],
)
def test_what_is_wrong_stands_beside_its_field(world, change, field):
    answer = world.client(world.nok).post("/advocacy/new", {**FULL, **change})
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in read(answer)
    assert not Recommendation.objects.exists()


def test_after_a_conflict_both_versions_are_seen_and_the_second_try_is_taken(world):
    kept = a_recommendation(world)
    browser = world.client(world.nok)
    actions.edit(kept, expected=1, text="Words of Arun", actor=world.nok, now=world.now)
    typed = {**FULL, "version": "1", "text": "Words of Nok"}
    answer = browser.post(f"/advocacy/{kept.pk}/edit", typed)
    assert answer.status_code == 422
    assert "Words of Arun" in read(answer)
    assert "Words of Nok" in read(answer)
    assert browser.post(f"/advocacy/{kept.pk}/edit", {**typed, "version": "2"}).status_code == 302
    assert as_stored(kept).text == "Words of Nok"


def test_a_turn_is_recorded_and_its_address_is_text_that_leads_nowhere(world):
    kept = a_recommendation(world)
    browser = world.client(world.nok)
    typed = {"status": "done", "on_day": "1", "on_month": "2", "on_year": "2026",
             "url": "https://example.org/<b>act", "evidence": "In <i>force</i>",
             "submission": "a"}  # fmt: skip
    assert browser.post(f"/advocacy/{kept.pk}/turn", typed).status_code == 302
    assert Turn.objects.count() == 2
    page = read(browser.get(f"/advocacy/{kept.pk}"))
    assert "https://example.org/&lt;b&gt;act" in page
    assert "In &lt;i&gt;force" in page
    assert 'href="https://example.org' not in page
    nothing = browser.post(f"/advocacy/{kept.pk}/turn", {**typed, "url": "", "evidence": "",
                                                          "submission": "b"})  # fmt: skip
    assert 'id="id_evidence-error"' in read(nothing)


def test_dao_and_prasit_get_the_page_of_what_does_not_exist(world):
    kept = a_recommendation(world)
    world.exclude(world.prasit, kept.node)
    nothing = world.client(world.nok).get("/advocacy/nothing-of-that-name")
    assert nothing.status_code == 404
    for reader in (world.dao, world.prasit):
        browser = world.client(reader)
        assert browser.get(f"/advocacy/{kept.pk}").content == nothing.content
        assert kept.node.code not in read(browser.get("/advocacy/?status=all"))


def test_the_list_narrows_goes_on_and_asks_the_same_number_of_questions(world):
    browser = world.client(world.arun)
    a_recommendation(world, theme="judges")

    def asked(address="/advocacy/"):
        with CaptureQueriesContext(connection) as queries:
            page = read(browser.get(address))
        return len(queries), page

    asked()
    few, _page = asked()
    authority = an_authority(world)
    for number in range(30):
        world.now += timedelta(seconds=1)
        a_recommendation(world, owner=authority if number % 2 else None)
    many, page = asked()
    assert few == many
    assert page.count("romyen-code") == 25
    older = page.split('href="?older=')[1].split('"')[0]
    assert asked(f"/advocacy/?older={older}")[1].count("romyen-code") == 31 - 25
    assert asked("/advocacy/?theme=judges")[1].count("romyen-code") == 1
    assert asked("/advocacy/?status=done")[1].count("romyen-code") == 0
    for wrong in ("?older=x", "?theme=weather", "?status=gone"):
        assert browser.get(f"/advocacy/{wrong}").status_code == 422


def test_one_recommendation_asks_the_same_number_of_questions_whatever_became_of_it(world):
    bare, full = a_recommendation(world), a_recommendation(world, owner=an_authority(world))
    for status in ("taken_up", "promised", "partly"):
        turned(world, full, status=status)
    browser = world.client(world.arun)
    counts = []
    for kept in (bare, bare, full):
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/advocacy/{kept.pk}")
        counts.append(len(queries))
    assert counts[1] == counts[2]
