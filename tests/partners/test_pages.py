"""The pages of the directory, in both languages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from romyen.partners import actions
from romyen.partners.models import Partner

TYPED = {
    "name": "Fictional Police Station",
    "kind": "LawEnforcement",
    "country": "TH",
    "province": "50",
    "contact": "Front desk",
    "active": "on",
    "submission": "one",
}


@pytest.fixture
def station(world):
    return actions.record(
        name="Fictional Police Station",
        kind="LawEnforcement",
        province="50",
        actor=world.nok,
        now=world.now,
    )


@pytest.mark.parametrize(("language", "province"), [("en", "Chiang Mai"), ("th", "เชียงใหม่")])
def test_every_page_reads_in_both_languages(world, station, language, province):
    browser = world.client(world.nok, language)
    for address in (
        "/partners/",
        f"/partners/{station.pk}",
        "/partners/new",
        f"/partners/{station.pk}/edit",
    ):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert province in answer.content.decode()
        assert f'lang="{language}"' in answer.content.decode()


def test_nok_adds_an_organisation(world):
    browser = world.client(world.nok)
    answer = browser.post("/partners/new", TYPED)
    made = Partner.objects.get()
    assert answer["Location"] == f"/partners/{made.pk}"
    assert browser.post("/partners/new", TYPED)["Location"] == f"/partners/{made.pk}"
    assert Partner.objects.count() == 1


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(world):
    answer = world.client(world.nok).post("/partners/new", {**TYPED, "country": "MM"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_province-error"' in page
    assert "Front desk" in page


def test_the_second_editor_sees_both_versions_and_chooses(world, station):
    arun, nok = world.client(world.arun), world.client(world.nok)
    edit = f"/partners/{station.pk}/edit"
    nok.post(edit, {**TYPED, "version": "1", "contact": "Upstairs", "submission": "a"})
    answer = arun.post(edit, {**TYPED, "version": "1", "contact": "Downstairs", "submission": "b"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Upstairs" in page
    assert "Downstairs" in page
    assert 'name="version" value="2"' in page
    arun.post(edit, {**TYPED, "version": "2", "contact": "Downstairs", "submission": "c"})
    assert Partner.objects.get().contact == "Downstairs"


def test_a_counsellor_reads_and_does_not_record(world, station):
    browser = world.client(world.mali)
    assert browser.get("/partners/").status_code == 200
    assert "/edit" not in browser.get(f"/partners/{station.pk}").content.decode()
    assert browser.get("/partners/new").status_code == 403
    assert world.client(world.lek).get("/partners/").status_code == 403


def test_the_directory_asks_the_same_number_of_questions_however_long(world, station):
    browser = world.client(world.nok)
    browser.get("/partners/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/partners/")
    for number in range(30):
        actions.record(name=f"Office {number}", kind="NGO", actor=world.nok, now=world.now)
    with CaptureQueriesContext(connection) as many:
        browser.get("/partners/")
    assert len(many) == len(few)
