"""The pages of a case: both languages, masked until asked for, forgiving, one record per form."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.cases.story import (
    NAME,
    NOTE,
    a_case,
    a_partner,
    a_survivor,
    as_stored,
    consented,
    happened,
    referred,
)
from tests.leads.story import a_lead

from romyen.audit.models import Entry
from romyen.cases import actions, paper
from romyen.cases.book import listed
from romyen.cases.models import Case, Deadline, Event, Note, Offer, Person, Referral, Task

pytestmark = pytest.mark.django_db
PROTECTION = "temporary_protection_entered"
DANGER = {"basis": "danger_to_life", "reason": "He knows where she sleeps."}


def read(answer):
    return answer.content.decode()


def a_full_case(world):
    """A case with one of everything."""
    case = a_case(world, opened_on=date(2026, 2, 20))
    happened(world, case, PROTECTION, detail="In the morning.")
    happened(world, case, "care_arrival")
    actions.add_task(case, words="Bring slippers.", actor=world.nok, now=world.now)
    actions.add_note(case, kind="case", text=NOTE, actor=world.nok, now=world.now)
    actions.add_person(case, role="suspect", name="Uncle Black", actor=world.nok, now=world.now)
    referred(world, case, a_partner(world, kind="LawEnforcement"), **DANGER)
    return case


def addresses(case):
    """Every page of a case that a GET answers."""
    page = f"/cases/{case.pk}"
    event, deadline = (
        Event.objects.filter(code=PROTECTION).get(),
        Deadline.objects.get(key__startswith="PRT-01/"),
    )
    task, note = Task.objects.filter(key="").get(), Note.objects.get()
    person, referral = Person.objects.get(), Referral.objects.get()
    parts = ["", "/timeline", "/event", f"/events/{event.pk}", f"/events/{event.pk}/correct"]
    parts += [f"/deadlines/{deadline.pk}/{verb}" for verb in ("met", "extend", "not-applicable")]
    parts += ["/task", f"/tasks/{task.pk}/drop", "/notes", "/note", f"/notes/{note.pk}/correct"]
    parts += ["/people", "/person", f"/people/{person.pk}/edit", "/link", "/refer"]
    parts += [f"/refer/{referral.partner_id}?purpose=referral", f"/referrals/{referral.pk}"]
    parts += [f"/referrals/{referral.pk}/answer", "/wish", "/close"]
    fixed = [
        "/cases/",
        "/cases/every",
        "/cases/hand-over",
        f"/cases/of-survivor/{case.survivor_id}",
    ]
    return [*fixed, *(page + part for part in parts)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["Temporary protection of a possible victim ends", "section 29", "read in the source"],
        ),
        ("th", ["สิ้นสุดการคุ้มครองชั่วคราว"]),
    ],
)
def test_every_page_reads_in_both_languages(world, language, words):
    case = a_full_case(world)
    browser = world.client(world.nok, language)
    for address in addresses(case):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in read(answer), address
    page = read(browser.get(f"/cases/{case.pk}"))
    assert [word for word in words if word not in page] == []


def test_strangers_get_the_page_of_nothing(world):
    case = a_full_case(world)
    world.exclude(world.prasit, case.survivor.node)
    for reader in (world.dao, world.again(world.prasit)):
        browser = world.client(reader)
        nothing = browser.get("/cases/there-is-no-such-case")
        for address in addresses(case)[3:]:
            answer = browser.get(address)
            assert (answer.status_code, answer.content) == (404, nothing.content), address


def test_names_stay_masked_until_opened_for_a_purpose(world):
    case = a_full_case(world)
    browser = world.client(world.nok)
    before = Entry.objects.filter(verb="sealed.read").count()
    masked = read(browser.get(f"/cases/{case.pk}"))
    assert NAME not in masked
    assert "In the morning." not in masked
    assert Entry.objects.filter(verb="sealed.read").count() == before
    opened = read(browser.post(f"/cases/{case.pk}", {"purpose": "care"}))
    assert NAME in opened
    assert "In the morning." in opened
    assert "Bring slippers." in opened
    entry = Entry.objects.filter(verb="sealed.read").get()
    assert entry.purpose == "care"
    wrong = browser.post(f"/cases/{case.pk}", {"purpose": "curiosity"})
    assert NAME not in read(wrong)


def test_a_case_is_opened_from_the_survivors_page_once_however_often_sent(world):
    lead, survivor = a_lead(world), a_survivor(world)
    browser = world.client(world.nok)
    box = read(browser.get(f"/cases/of-survivor/{survivor.pk}", headers={"HX-Request": "true"}))
    assert f"/cases/open/{survivor.pk}" in box
    assert "<html" not in box
    form = {
        "manager": world.nok.id,
        "opened_on_day": "1",
        "opened_on_month": "3",
        "opened_on_year": "2026",
        "submission": "one",
    }
    page = f"/cases/open/{survivor.pk}?lead={lead.pk}"
    first, second = browser.post(page, form), browser.post(page, form)
    case = Case.objects.get()
    assert first["Location"] == second["Location"] == f"/cases/{case.pk}"
    assert case.lead_id == lead.pk
    assert case.node.code in read(browser.get(f"/cases/of-lead/{lead.pk}"))


def event_form(**changes):
    given = {
        "code": PROTECTION,
        "at_day": "1",
        "at_month": "3",
        "at_year": "2026",
        "hour": "14:00",
        "source": "seen",
        "detail": "",
        "submission": "one",
    }
    return {**given, **changes}


def test_an_event_sent_twice_starts_one_clock(world):
    case = a_case(world)
    browser = world.client(world.nok)
    for _ in range(2):
        assert browser.post(f"/cases/{case.pk}/event", event_form()).status_code == 302
    assert Event.objects.count() == 1
    assert Deadline.objects.get().due_at.isoformat() == "2026-03-02T07:00:00+00:00"


@pytest.mark.parametrize(
    ("changes", "target", "words"),
    [
        ({"at_year": "2569"}, "id_at", "Common Era"),
        ({"at_year": "2099"}, "id_at", "future"),
        ({"at_day": "31", "at_month": "2"}, "id_at", "no such date"),
        ({"hour": "25:00"}, "id_hour", "hours and minutes"),
        ({"code": "breach_known"}, "id_code", "breach_known"),
        ({"source": ""}, "id_source", "Still missing"),
    ],
)
def test_what_cannot_be_stands_beside_its_field_and_nothing_typed_is_lost(
    world, changes, target, words
):
    case = a_case(world)
    browser = world.client(world.nok)
    sent = event_form(detail="Words that I typed.", **changes)
    answer = browser.post(f"/cases/{case.pk}/event", sent)
    assert answer.status_code == 422
    page = read(answer)
    assert words in page
    assert "Words that I typed." in page
    assert re.search(rf'href="#{target}', page)
    assert not Event.objects.exists()


def test_closing_before_opening_is_refused_beside_its_field(world):
    case = a_case(world, opened_on=date(2026, 2, 20))
    form = {
        "outcome": "reintegrated",
        "closed_on_day": "19",
        "closed_on_month": "2",
        "closed_on_year": "2026",
        "words": "She is home.",
        "version": "1",
        "submission": "one",
    }
    browser = world.client(world.nok)
    answer = browser.post(f"/cases/{case.pk}/close", form)
    assert answer.status_code == 422
    assert 'id="id_closed_on-error"' in read(answer)
    assert "She is home." in read(answer)
    later = {**form, "closed_on_day": "21", "submission": "two"}
    assert browser.post(f"/cases/{case.pk}/close", later).status_code == 302
    assert not as_stored(case).is_open
    assert browser.get(f"/cases/{case.pk}/event").status_code == 409
    assert browser.get(f"/cases/{case.pk}").status_code == 200
    assert browser.get(f"/cases/{case.pk}/reopen").status_code == 200


def test_running_deadlines_are_confirmed_one_by_one(world):
    case = a_case(world)
    happened(world, case, PROTECTION)
    deadline = Deadline.objects.get()
    form = {
        "outcome": "other",
        "closed_on_day": "3",
        "closed_on_month": "3",
        "closed_on_year": "2026",
        "version": "1",
    }
    browser = world.client(world.nok)
    refused = browser.post(f"/cases/{case.pk}/close", {**form, "submission": "one"})
    assert 'id="id_confirmed-error"' in read(refused)
    confirmed = {**form, "confirmed": [deadline.pk], "submission": "two"}
    assert browser.post(f"/cases/{case.pk}/close", confirmed).status_code == 302


def test_the_second_editor_of_a_person_sees_both_versions(world):
    case = a_case(world)
    person = actions.add_person(case, role="suspect", name="Uncle", actor=world.nok, now=world.now)
    actions.edit_person(
        person, role="witness", name="Uncle Grey", expected=1, actor=world.arun, now=world.now
    )
    browser = world.client(world.nok)
    page = f"/cases/{case.pk}/people/{person.pk}/edit"
    form = {"role": "suspect", "name": "Uncle Black", "version": "1", "submission": "one"}
    answer = browser.post(page, form)
    shown = read(answer)
    assert answer.status_code == 422
    assert "Uncle Grey" in shown
    assert "Uncle Black" in shown
    assert 'name="version" value="2"' in re.sub(r"\s+", " ", shown)
    assert browser.post(page, {**form, "version": "2", "submission": "two"}).status_code == 302


def test_a_referral_is_made_step_by_step_and_its_sheet_shows_the_chosen_only(world):
    case, partner = a_case(world), a_partner(world)
    consented(world, case, partner)
    actions.add_note(case, kind="case", text=NOTE, actor=world.nok, now=world.now)
    browser = world.client(world.nok)
    steps = browser.get(
        f"/cases/{case.pk}/refer",
        {"partner": partner.pk, "purpose": "referral", "service": "Health"},
    )
    second = steps["Location"]
    assert "id_basis" not in read(browser.get(second))
    form = {"shown": ["name", "manager"], "request": "A check of her eyes.", "submission": "one"}
    page = browser.post(second, form)["Location"]
    before = Entry.objects.filter(verb="sealed.read").count()
    assert NAME not in read(browser.get(page))
    assert browser.get(f"{page}/sheet").status_code == 405
    answer = browser.post(f"{page}/sheet")
    sheet = read(answer)
    assert [
        word for word in (NAME, "A check of her eyes.", partner.name) if word not in sheet
    ] == []
    assert 'lang="th"' in sheet
    assert "With consent given on" in sheet
    assert "Gender" not in sheet
    assert NOTE not in sheet
    assert Entry.objects.filter(verb="sealed.read").count() == before + 1
    assert Entry.objects.filter(verb="case.disclose").count() == 1


def test_without_consent_the_form_asks_for_a_basis_and_its_maker_may_not_review(world):
    case, partner = a_case(world), a_partner(world)
    browser = world.client(world.nok)
    second = f"/cases/{case.pk}/refer/{partner.pk}?purpose=referral"
    form = {"shown": ["name"], "submission": "one"}
    answer = browser.post(second, form)
    assert answer.status_code == 422
    assert 'id="id_basis-error"' in read(answer)
    page = browser.post(second, {**form, **DANGER, "submission": "two"})["Location"]
    line = read(browser.get(f"/cases/{case.pk}"))
    assert "To prevent danger to life, body or health" in line
    assert "24(2)" in line
    assert "Waits for a second person" in line or "Review missed" in line
    assert browser.get(f"{page}/review").status_code == 403
    assert world.client(world.mali).get(f"{page}/review").status_code == 403
    assert world.client(world.arun).get(f"{page}/review").status_code == 200
    review = {"finding": "right", "words": "It was needed.", "submission": "three"}
    assert world.client(world.somsri).post(f"{page}/review", review).status_code == 302
    assert Referral.objects.get().reviewed_by == world.somsri.id


def test_a_caseload_is_handed_over_on_one_page(world):
    cases = [a_case(world) for _ in range(2)]
    browser = world.client(world.nok)
    assert NAME in read(browser.get("/cases/"))
    form = {
        "cases": [case.pk for case in cases],
        "to": world.arun.id,
        "reason": "leave",
        "submission": "one",
    }
    assert browser.post("/cases/hand-over", form).status_code == 302
    assert set(Case.objects.values_list("manager", flat=True)) == {world.nok.id}
    assert set(Offer.objects.values_list("to", flat=True)) == {world.arun.id}
    assert Offer.objects.filter(ended_at=None).count() == 2
    assert world.client(world.arun).get("/cases/hand-over").status_code == 403


def test_the_other_case_of_a_family_is_named_by_its_code(world):
    case, sister = a_case(world), a_case(world)
    browser = world.client(world.nok)
    page, form = f"/cases/{case.pk}/link", {"kind": "siblings", "submission": "one"}
    assert browser.post(page, {**form, "code": "C-AAAAAAA2"}).status_code == 422
    code = sister.node.code
    assert browser.post(page, {**form, "code": code, "submission": "two"}).status_code == 302
    assert code in read(browser.get(f"/cases/{case.pk}"))


def queries_of(browser, address):
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def test_the_number_of_queries_does_not_grow_with_the_caseload(world):
    a_full_case(world)
    browser = world.client(world.nok)
    few = queries_of(browser, "/cases/")
    for _ in range(4):
        happened(world, a_case(world), PROTECTION)
    assert queries_of(browser, "/cases/") == few


def test_the_number_of_queries_does_not_grow_with_the_case(world):
    case = a_full_case(world)
    browser = world.client(world.nok)
    few = queries_of(browser, f"/cases/{case.pk}")
    for _ in range(5):
        happened(world, case, "care_arrival")
        actions.add_note(case, kind="legal", text=NOTE, actor=world.arun, now=world.now)
    assert queries_of(browser, f"/cases/{case.pk}") == few
    assert few < 40


def test_every_fact_of_the_list_has_words_on_the_sheet():
    assert set(paper._FACTS) == set(listed("referral_facts").items)


def test_the_lists_of_the_case_have_both_languages():
    with translation.override("th"):
        for name in ("event_sources", "task_titles", "note_kinds", "hand_over_reasons"):
            assert all(item.th for item in listed(name))
