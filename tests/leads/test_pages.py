"""The pages of leads: in both languages, masked, forgiving."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.leads.story import ACCOUNT, REASON, a_lead, a_station, as_stored, passed

from romyen.access import drafts
from romyen.audit.models import Entry
from romyen.leads import actions
from romyen.leads.models import Duty, Lead, Receipt

QUICK = {"account": ACCOUNT, "source": "public", "imminence": "ongoing", "submission": "one"}
FULL = {
    "imminence": "ongoing",
    "child": "unknown",
    "source": "public",
    "contact_safe": "yes",
    "received_at_day": "2",
    "received_at_month": "3",
    "received_at_year": "2026",
    "received_at_time": "10:00",
    "version": "1",
    "shown": "reporter contact place_detail",
    "reporter": "Auntie Somjai",
    "province": "50",
    "submission": "one",
}


def read(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Member of the public", "In danger now", "Chiang Mai"]),
        ("th", ["ประชาชนทั่วไป", "อยู่ในอันตรายขณะนี้", "เชียงใหม่"]),
    ],
)
def test_every_page_reads_in_both_languages(world, language, words):
    lead = a_lead(world, imminence="now", place="500101", child="yes_child")
    a_station(world)
    browser = world.client(world.nok, language)
    duty = Duty.objects.first()
    page = f"/leads/{lead.pk}"
    for address in ("/leads/", "/leads/new", page, f"{page}/complete", f"{page}/triage",
                    f"{page}/police", f"{page}/close", f"{page}/duties/{duty.pk}"):  # fmt: skip
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in read(answer)
        assert ACCOUNT not in read(answer)
    for address in ("/leads/", page):
        assert [word for word in words if word not in read(browser.get(address))] == []


def test_nok_writes_a_lead_down_in_three_fields_and_sends_it_twice(world):
    browser = world.client(world.nok)
    answer = browser.post("/leads/new", QUICK)
    lead = Lead.objects.get()
    assert answer["Location"] == f"/leads/{lead.pk}"
    assert browser.post("/leads/new", QUICK)["Location"] == f"/leads/{lead.pk}"
    assert Lead.objects.count() == 1


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(world):
    answer = world.client(world.nok).post("/leads/new", {**QUICK, "source": ""})
    assert answer.status_code == 422
    assert 'id="id_source-error"' in read(answer)
    assert ACCOUNT in read(answer)
    assert not Lead.objects.exists()


def test_founder_of_two_teams_chooses_one(world):
    browser = world.client(world.founder)
    assert browser.post("/leads/new", QUICK).status_code == 422
    browser.post("/leads/new", {**QUICK, "team": world.other_team.pk})
    assert Lead.objects.get().node.team_id == world.other_team.pk


def test_dao_and_prasit_get_the_page_of_what_does_not_exist(world):
    lead = a_lead(world)
    world.exclude(world.prasit, lead.node)
    nothing = world.client(world.nok).get("/leads/nothing-of-that-name")
    assert nothing.status_code == 404
    for reader in (world.dao, world.prasit):
        browser = world.client(reader)
        for ending in ("", "/complete", "/triage", "/police", "/close"):
            answer = browser.get(f"/leads/{lead.pk}{ending}")
            assert (answer.status_code, answer.content) == (404, nothing.content)
        assert lead.node.code not in read(browser.get("/leads/?status=all"))


def test_a_counsellor_has_no_inbox(world):
    browser = world.client(world.mali)
    assert browser.get("/leads/").status_code == 403
    assert browser.get("/leads/new").status_code == 403


def test_the_page_is_masked_until_a_purpose_is_given(world):
    lead = a_lead(world, reporter="Auntie Somjai")
    browser, page = world.client(world.arun), f"/leads/{lead.pk}"
    assert ACCOUNT not in read(browser.get(page))
    assert not Entry.objects.filter(verb="sealed.read").exists()
    answer = browser.post(page, {"purpose": ""})
    assert answer.status_code == 422
    assert ACCOUNT not in read(answer)
    answer = browser.post(page, {"purpose": "assess"})
    assert ACCOUNT in read(answer)
    assert "Auntie Somjai" in read(answer)
    entry = Entry.objects.get(verb="sealed.read")
    assert (entry.actor, entry.purpose) == (world.arun.id, "assess")


def test_danger_shows_numbers_that_have_a_source(world):
    page = read(world.client(world.nok).get(f"/leads/{a_lead(world, imminence='now').pk}"))
    assert 'href="tel:191"' in page
    assert 'href="tel:1300"' in page
    assert "1191" not in page
    assert 'href="tel:191"' not in read(world.client(world.nok).get(f"/leads/{a_lead(world).pk}"))


def test_a_lead_is_completed_without_opening_what_is_sealed(world):
    lead = a_lead(world)
    answer = world.client(world.arun).post(f"/leads/{lead.pk}/complete", FULL)
    assert answer["Location"] == f"/leads/{lead.pk}"
    fresh = as_stored(lead)
    assert (fresh.place, fresh.contact_safe, fresh.version) == ("50", "yes", 2)
    assert fresh.account == lead.account
    assert fresh.reporter is not None


def test_sealed_parts_are_opened_to_be_changed(world):
    lead = a_lead(world)
    browser, address = world.client(world.arun), f"/leads/{lead.pk}/complete"
    assert ACCOUNT not in read(browser.get(address))
    answer = browser.post(address, {**FULL, "open": "1"})
    assert ACCOUNT in read(answer)
    assert "Auntie Somjai" in read(answer)
    assert 'value="account reporter contact place_detail"' in read(answer)
    assert Entry.objects.get(verb="sealed.read").purpose == "complete"
    shown = "account reporter contact place_detail"
    browser.post(address, {**FULL, "shown": shown, "account": "Corrected."})
    assert "Corrected." in read(browser.post(f"/leads/{lead.pk}", {"purpose": "assess"}))


def test_a_year_of_the_other_era_is_refused_beside_its_field(world):
    lead = a_lead(world)
    answer = world.client(world.nok).post(
        f"/leads/{lead.pk}/complete", {**FULL, "received_at_year": "2569"}
    )
    assert answer.status_code == 422
    assert 'id="id_received_at-error"' in read(answer)
    assert as_stored(lead).version == 1


def test_a_district_of_another_province_is_not_taken(world):
    lead = a_lead(world)
    answer = world.client(world.nok).post(
        f"/leads/{lead.pk}/complete", {**FULL, "district": "1001"}
    )
    assert 'id="id_district-error"' in read(answer)
    assert as_stored(lead).place == ""


def test_the_areas_inside_come_with_and_without_javascript(world):
    lead, browser = a_lead(world), world.client(world.nok)
    assert 'value="5001"' in read(browser.get("/leads/places?province=50"))
    inner = read(browser.get("/leads/places?province=50&district=5001"))
    assert 'value="500101"' in inner
    assert 'value="500101"' not in read(browser.get("/leads/places?province=57&district=5001"))
    answer = browser.post(f"/leads/{lead.pk}/complete", {**FULL, "areas": "1"})
    assert 'value="5001"' in read(answer)
    assert "Auntie Somjai" in read(answer)
    assert as_stored(lead).version == 1


def test_the_second_writer_sees_both_versions_and_chooses(world):
    lead = a_lead(world)
    nok, arun, address = (
        world.client(world.nok),
        world.client(world.arun),
        f"/leads/{lead.pk}/complete",
    )
    nok.post(address, {**FULL, "province": "57", "submission": "a"})
    answer = arun.post(address, {**FULL, "reporter": "Uncle Chai", "submission": "b"})
    page = read(answer)
    assert answer.status_code == 422
    assert "Auntie Somjai" in page
    assert "Uncle Chai" in page
    assert "Chiang Rai" in page
    assert 'name="version" value="2"' in page
    arun.post(address, {**FULL, "reporter": "Uncle Chai", "version": "2", "submission": "c"})
    assert "Uncle Chai" in read(nok.post(f"/leads/{lead.pk}", {"purpose": "assess"}))


def test_a_draft_stands_in_the_form_again_until_it_is_saved(world):
    browser = world.client(world.nok)
    typed = {"account": ["Half a sent"], "imminence": ["days"]}
    drafts.keep(world.nok.member, "/leads/new", typed, now=world.now)
    page = read(browser.get("/leads/new"))
    assert "Half a sent" in page
    assert "not saved yet" in page
    browser.post("/leads/new", QUICK)
    assert "Half a sent" not in read(browser.get("/leads/new"))


def test_what_is_autosaved_comes_back_and_can_be_thrown_away(world):
    lead, browser = a_lead(world), world.client(world.nok)
    address = f"/leads/{lead.pk}/complete"
    draft = f"/draft?form={address}"
    assert f'data-draft="{draft}"' in read(browser.get(address))
    browser.post(draft, {**FULL, "place_detail": "Behind the market"})
    page = read(browser.get(address))
    assert "Behind the market" in page
    assert "Auntie Somjai" in page
    assert browser.post(draft, {"discard": "1"})["Location"] == address
    assert "Behind the market" not in read(browser.get(address))


def test_decisions_are_taken_on_their_pages(world):
    lead, browser = a_lead(world), world.client(world.nok)
    page = f"/leads/{lead.pk}"
    browser.post(f"{page}/triage", {"decision": "follow", "reason": REASON, "submission": "a"})
    assert as_stored(lead).decision == "follow"
    unit = a_station(world)
    given = {"unit": unit.pk, "officer": "Desk 2", "receipt_no": "5/69", "submission": "b"}
    day = {"passed_on_day": "2", "passed_on_month": "3", "passed_on_year": "2026"}
    browser.post(f"{page}/police", {**given, **day})
    assert Receipt.objects.get().unit == unit
    assert browser.get(f"{page}/triage").status_code == 409
    assert unit.name in read(browser.get(page))
    assert "Desk 2" in read(browser.post(page, {"purpose": "review"}))


def test_no_action_leads_on_to_closing(world):
    lead, browser = a_lead(world), world.client(world.nok)
    page = f"/leads/{lead.pk}"
    answer = browser.post(
        f"{page}/triage", {"decision": "no_action", "reason": REASON, "submission": "a"}
    )
    assert answer["Location"] == f"{page}/close"
    browser.post(
        f"{page}/close",
        {"outcome": "closed", "closing_reason": "outside", "reason": "x", "submission": "b"},
    )
    assert as_stored(lead).status == "closed"


def test_a_duty_is_recorded_from_the_page(world):
    lead, browser = a_lead(world, child="yes_child"), world.client(world.nok)
    duty, page = Duty.objects.get(), f"/leads/{lead.pk}"
    assert "section 29, 41" in read(browser.get(page))
    browser.post(
        f"{page}/duties/{duty.pk}", {"note": "Told the shelter office.", "submission": "a"}
    )
    assert Duty.objects.get().done_at
    assert browser.get(f"{page}/duties/{duty.pk}").status_code == 409
    browser.post(f"{page}/field", {"submission": "b"})
    assert Duty.objects.count() == 2


def fill(world, number):
    for minute in range(number):
        world_now = world.now + timedelta(minutes=minute)
        actions.take_down(
            team=world.team, account=ACCOUNT, source="public", imminence="ongoing",
            received_at=world.now - timedelta(minutes=minute), actor=world.nok, now=world_now,
        )  # fmt: skip


def test_the_inbox_pages_back_without_repeating_or_losing_one(world):
    fill(world, 30)
    browser = world.client(world.nok)
    first = read(browser.get("/leads/"))
    older = first.split('rel="next"')[0].split('href="')[-1].split('"')[0].replace("&amp;", "&")
    second = read(browser.get(f"/leads/{older}"))
    codes = [lead.node.code for lead in Lead.objects.select_related("node")]
    assert sum(code in first for code in codes) == 25
    assert sum(code in second for code in codes) == 5
    assert all((code in first) != (code in second) for code in codes)
    assert browser.get("/leads/?older=nonsense").status_code == 422


def test_the_inbox_is_narrowed(world):
    north, hot = a_lead(world, place="500101"), a_lead(world, imminence="days")
    browser = world.client(world.nok)
    page = read(browser.get("/leads/?province=50"))
    assert (north.node.code in page, hot.node.code in page) == (True, False)
    page = read(browser.get("/leads/?imminence=days"))
    assert (north.node.code in page, hot.node.code in page) == (False, True)
    assert "No lead fits" in read(browser.get("/leads/?status=closed"))
    assert browser.get("/leads/?status=nonsense").status_code == 422


def queries_of(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_pages_ask_the_same_number_of_questions_however_much_there_is(world):
    lead, unit, browser = a_lead(world), a_station(world), world.client(world.nok)
    passed(world, lead, unit)
    addresses = ("/leads/", f"/leads/{lead.pk}")
    few = [queries_of(browser, address) for address in addresses]
    fill(world, 30)
    passed(world, lead, unit)
    facts = {"expected": 3, "child": "yes_child", "imminence": "now"}
    actions.complete(lead, **facts, actor=world.nok, now=world.now)
    assert [queries_of(browser, address) for address in addresses] == few
