"""The pages of survivors: in both languages, masked until asked for, forgiving."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.survivors.cast import MALEE

from romyen.access import drafts
from romyen.audit.models import Entry
from romyen.survivors import actions, queries
from romyen.survivors.models import Consent, Screening, Survivor

pytestmark = pytest.mark.django_db
FORM = {
    "full_name": "มาลี ใจดี",
    "nickname": "Lek",
    "birth_day": "17",
    "birth_month": "5",
    "birth_year": "2010",
    "birth_method": "stated",
    "gender": "Feminine",
    "nationalities": ["TH"],
    "languages": ["th"],
    "submission": "one",
}
EDIT = {
    "full_name": "มาลี ใจดี",
    "given_name": "Malee",
    "birth_day": "17",
    "birth_month": "5",
    "birth_year": "2010",
    "birth_method": "document",
    "gender": "Feminine",
    "nationalities": ["TH"],
    "languages": ["th", "shn"],
    "interpreter": "on",
    "version": "1",
    "submission": "edit",
}


def read(answer):
    return answer.content.decode()


PARTS = (
    *("", "/edit", "/safe-contact", "/guardian", "/void", "/add/name", "/add/document"),
    *("/add/contact", "/alerts/new", "/identification", "/consents/new", "/screenings/new"),
)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Formally identified victim", "Thailand"]), ("th", ["ผู้เสียหายที่ผ่านการคัดแยกแล้ว", "ไทย"])],
)
def test_every_page_reads_in_both_languages(world, malee, agreed, language, words):
    actions.identify(
        malee,
        status="identified",
        organisation="mdt",
        on=agreed.given_on,
        basis="interview",
        actor=world.nok,
        now=world.now,
    )
    alert = actions.raise_alert(malee, kind="threat", actor=world.nok, now=world.now)
    browser = world.client(world.nok, language)
    page = f"/survivors/{malee.pk}"
    more = [f"{page}/alerts/{alert.pk}/lower", f"{page}/consents/{agreed.pk}/withdraw"]
    for address in ["/survivors/", "/survivors/register", *(page + part for part in PARTS), *more]:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in read(answer)
    assert [word for word in words if word not in read(browser.get("/survivors/"))] == []


def test_nok_registers_in_one_page_and_sends_it_twice(world):
    browser = world.client(world.nok)
    first = browser.post("/survivors/register", FORM)
    again = browser.post("/survivors/register", FORM)
    assert first.status_code == 302
    assert first["Location"] == again["Location"]
    one = Survivor.objects.get()
    opened = queries.file(world.nok, one, purpose="care", now=world.now)
    assert opened.called == "มาลี ใจดี"
    assert [name.said["text"] for name in opened.names] == ["Lek"]


def test_nothing_has_to_be_typed(world):
    answer = world.client(world.nok).post("/survivors/register", {"submission": "none"})
    assert answer.status_code == 302
    assert "Name not known yet" in read(world.client(world.nok).get(answer["Location"]))


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"birth_year": "2090"}, "birth", "The birth lies in the future"),
        ({"birth_year": "2553"}, "birth", "You wrote 2553"),
        ({"birth_month": "13"}, "birth", "There is no such date"),
        ({"age_youngest": "15"}, "age_youngest", "not both"),
        ({"gender": "girl"}, "gender", "not one of the available choices"),
    ],
)
def test_a_slip_is_said_beside_its_field_and_nothing_typed_is_lost(world, typed, field, words):
    answer = world.client(world.nok).post("/survivors/register", {**FORM, **typed})
    assert answer.status_code == 422
    text = read(answer)
    [error] = re.findall(rf'id="id_{field}-error">(.*?)</p>', text, re.DOTALL)
    assert words in error
    assert 'value="มาลี ใจดี"' in text
    assert not Survivor.objects.exists()


def test_an_age_is_enough(world):
    typed = {
        "age_youngest": "14",
        "age_oldest": "16",
        "birth_method": "appearance",
        "submission": "x",
    }
    world.client(world.nok).post("/survivors/register", typed)
    one = Survivor.objects.get()
    assert (one.minor, one.age_band, one.birth_method) == ("presumed", "9--17", "appearance")
    page = read(world.client(world.nok).post(f"/survivors/{one.pk}", {"purpose": "care"}))
    assert "about 14–16 years" in page


def test_the_page_is_masked_until_it_is_asked_for(world, malee):
    browser = world.client(world.arun)
    page = f"/survivors/{malee.pk}"
    assert "มาลี" not in read(browser.get(page))
    assert not Entry.objects.filter(verb="sealed.read").exists()
    refused = browser.post(page, {"purpose": ""})
    assert refused.status_code == 422
    assert "มาลี" not in read(refused)
    shown = read(browser.post(page, {"purpose": "contact"}))
    assert "มาลี ใจดี" in shown
    assert "17 May 2010" in shown
    assert [entry.purpose for entry in Entry.objects.filter(verb="sealed.read")] == ["contact"]


def test_dao_and_prasit_get_the_same_bytes_as_for_nobody(world, malee):
    world.exclude(world.prasit, malee.node)
    for stranger in (world.dao, world.prasit):
        browser = world.client(stranger)
        absent = browser.get("/survivors/nobody")
        assert absent.status_code == 404
        for part in PARTS:
            hidden = browser.get(f"/survivors/{malee.pk}{part}")
            assert (hidden.status_code, hidden.content) == (404, absent.content)
        assert malee.node.code not in read(browser.get("/survivors/"))
        found = browser.get("/survivors/", {"code": malee.node.code})
        assert "No survivor that is open to you has this code." in read(found)


def test_a_code_leads_to_its_page(world, malee):
    browser = world.client(world.nok)
    there = browser.get("/survivors/", {"code": malee.node.code.lower()})
    assert there["Location"] == f"/survivors/{malee.pk}"
    assert "slip" in read(browser.get("/survivors/", {"code": "S-2222222A"}))


def test_alerts_and_safe_contact_stand_first(world, malee):
    actions.raise_alert(malee, kind="self_harm", text="not alone", actor=world.nok, now=world.now)
    for reader, seen in ((world.mali, True), (world.arun, False)):
        page = read(world.client(reader).get(f"/survivors/{malee.pk}"))
        assert ("Risk of self-harm" in page) is seen
        assert ("closed to you" in page) is not seen


def test_two_editors_the_second_sees_both_and_chooses(world, malee):
    nok, arun = world.client(world.nok), world.client(world.arun)
    page = f"/survivors/{malee.pk}/edit"
    nok.post(page, {**EDIT, "full_name": "มาลี ใจงาม", "submission": "nok"})
    mine = {**EDIT, "given_name": "Mali", "full_name": "มาลี", "submission": "arun"}
    conflict = arun.post(page, mine)
    assert conflict.status_code == 422
    assert [w for w in ("มาลี ใจงาม", "Malee", 'value="Mali"') if w not in read(conflict)] == []
    assert re.search(r'name="version"[^>]*value="2"', read(conflict))
    chosen = {**mine, "version": "2", "keep": ["full_name"], "submission": "again"}
    assert arun.post(page, chosen).status_code == 302
    malee.refresh_from_db()
    opened = queries.file(world.nok, malee, purpose="care", now=world.now).opened
    assert (opened["full_name"], opened["given_name"]) == ("มาลี ใจงาม", "Mali")


def test_after_formal_identification_only_a_correction_is_offered(world, malee):
    when = {"on": world.now.date(), "basis": "interview", "actor": world.nok, "now": world.now}
    actions.identify(malee, status="identified", organisation="mdt", **when)
    browser, page = world.client(world.nok), f"/survivors/{malee.pk}/identification"
    assert "Correct the last step" in read(browser.get(page))
    typed = {
        "status": "presumed",
        "organisation": "ngo",
        "basis": "screening",
        "on_day": "2",
        "on_month": "3",
        "on_year": "2026",
        "submission": "s",
    }
    refused = browser.post(page, typed)
    assert "Write why the earlier step is corrected." in read(refused)
    assert browser.post(page, {**typed, "reason": "entered twice"}).status_code == 302
    malee.refresh_from_db()
    assert malee.status == "presumed"


def test_a_consent_is_given_and_withdrawn_in_the_browser(world, malee):
    browser = world.client(world.nok)
    page = f"/survivors/{malee.pk}"
    given = {
        "purpose": "photo",
        "recipient": "ourselves",
        "giver": "herself",
        "way": "signed",
        "given_on_day": "1",
        "given_on_month": "3",
        "given_on_year": "2026",
        "submission": "give",
    }
    assert browser.post(f"{page}/consents/new", given).status_code == 302
    consent = Consent.objects.get()
    assert "Consent given" in read(browser.get(page))
    withdrawn = browser.post(f"{page}/consents/{consent.pk}/withdraw", {"submission": "w"})
    assert withdrawn["Location"] == f"{page}#consent"
    assert "Consent withdrawn" in read(browser.get(page))


def test_a_screening_is_explained_and_never_scored(world, malee):
    browser = world.client(world.arun)
    page = f"/survivors/{malee.pk}/screenings/new"
    typed = {
        "began_month": "1",
        "began_year": "2026",
        "act-transportation-kind": "heard",
        "act-transportation-evidence": "a van over the river",
        "ilo-ILO07-evidence": "her passport in a drawer",
        "submission": "talk",
    }
    slip = browser.post(page, typed)
    assert slip.status_code == 422
    assert "Choose whether it was observed, heard or inferred." in read(slip)
    assert "her passport in a drawer" in read(slip)
    done = browser.post(page, {**typed, "ilo-ILO07-kind": "observed"})
    assert done["Location"] == f"/survivors/{malee.pk}/screenings/{Screening.objects.get().pk}"
    shown = read(browser.get(done["Location"]))
    main = re.sub(r"<[^>]+>", " ", shown.split("<main")[1].split("</main>")[0])
    assert "a van over the river" in main
    assert "For a child the law does not ask for this element." in main
    assert not re.search(r"\bscore|\bpoints?\b|\d+\s*%|\d+ of \d+|\d+/\d+", main, re.IGNORECASE)


def test_a_draft_comes_back_and_goes_with_the_saving(world):
    browser = world.client(world.nok)
    typed = {"full_name": ["ร่าง ยังไม่ส่ง"], "birth_year": ["2010"]}
    drafts.keep(world.nok.member, "/survivors/register", typed, now=world.now)
    assert 'value="ร่าง ยังไม่ส่ง"' in read(browser.get("/survivors/register"))
    browser.post("/survivors/register", FORM)
    assert drafts.recall(world.nok, "/survivors/register") is None


def counted(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def test_the_number_of_queries_does_not_grow(world, malee, agreed):
    browser = world.client(world.arun)
    page = f"/survivors/{malee.pk}"
    before = counted(browser, "/survivors/"), counted(browser, page)
    for _ in range(3):
        actions.register(MALEE, team=world.team.node, actor=world.nok, now=world.now)
        actions.identify(
            malee,
            status="possible",
            organisation="ngo",
            on=agreed.given_on,
            basis="screening",
            corrects=bool(malee.status),
            reason="again",
            actor=world.nok,
            now=world.now,
        )
        actions.give_consent(
            malee,
            purpose="photo",
            giver="herself",
            way="signed",
            given_on=agreed.given_on,
            actor=world.nok,
            now=world.now,
        )
    assert (counted(browser, "/survivors/"), counted(browser, page)) == before
