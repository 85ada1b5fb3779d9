"""The pages of operations: in both languages, masked, forgiving, absent to whom they are closed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.operations.story import (
    AIM,
    NAME,
    OFFICER,
    PLACE,
    a_lead,
    a_station,
    a_survivor,
    as_stored,
    carried_out,
    later,
    met,
    planned,
)

from romyen.audit.models import Entry
from romyen.operations import actions
from romyen.operations.actions.papers import Arrested
from romyen.operations.actions.people import Met
from romyen.operations.models import Arrest, Debrief, Encounter, Leak, Operation
from romyen.survivors.models import Survivor

pytestmark = pytest.mark.django_db


def read(answer):
    return answer.content.decode()


def day(name, text):
    return dict(zip((f"{name}_year", f"{name}_month", f"{name}_day"), text.split("-"), strict=True))


@pytest.fixture(autouse=True)
def clock(world, monkeypatch):
    """The pages read the hour of the stories, five days on."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(world, 5))


@pytest.fixture
def raid(world):
    """It took place, two people were met, one arrested, and it was talked over."""
    operation = carried_out(world, planned(world, lead=a_lead(world)))
    met(world, operation)
    told = {"actor": world.nok, "now": later(world, 4)}
    actions.record_arrest(operation, Arrested(men=1, names="Fictional A"), **told)
    actions.debrief(operation, staff_care="yes", went="Calmly.", expected=0, **told)
    return as_stored(operation)


def addresses(operation):
    page = f"/operations/{operation.pk}"
    one, arrest = operation.encounters.order_by("number").first(), operation.arrests.first()
    yield from ("/operations/", "/operations/new", "/operations/leaks", page, f"{page}/people")
    if one:
        person = f"{page}/people/{one.pk}"
        yield from (f"{page}/people/add", person, f"{person}/outcome", f"{person}/register")
        yield from (f"{page}/arrests/add", f"{page}/arrests/{arrest.pk}", f"{page}/debrief")
        yield f"{page}/blown"
    else:
        yield from (f"{page}/{part}" for part in ("edit", "carried-out", "called-off", "blown"))
    if operation.lead_id:
        yield f"/operations/of-lead/{operation.lead_id}"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Carried out", "Sa Kaeo"]), ("th", ["ดำเนินการแล้ว", "สระแก้ว"])],
)
def test_every_page_reads_in_both_languages_and_shows_nothing_sealed(world, raid, language, words):
    browser = world.client(world.nok, language)
    waiting = planned(world)
    for operation in (raid, waiting):
        for address in addresses(operation):
            answer = browser.get(address)
            assert answer.status_code == 200, address
            assert f'<html lang="{language}"' in read(answer)
            shown = [text for text in (PLACE, OFFICER, AIM, NAME) if text in read(answer)]
            assert shown == [], address
    page = read(browser.get(f"/operations/{raid.pk}"))
    assert [word for word in words if word not in page] == []


def test_a_plan_in_the_list_says_no_day_and_no_province(world):
    planned(world)
    page = read(world.client(world.wit).get("/operations/"))
    assert "Planned" in page
    for told in ("Sa Kaeo", "2569", "5 March", "Fictional Police Station"):
        assert told not in page


def test_with_a_purpose_the_plan_opens_and_that_is_written_down(world):
    operation = planned(world)
    address = f"/operations/{operation.pk}"
    page = read(world.client(world.wit).post(address, {"purpose": "prepare"}))
    for told in (PLACE, OFFICER, AIM, "Sa Kaeo", "Fictional Police Station", "5 March"):
        assert told in page
    assert Entry.objects.filter(verb="sealed.read", purpose="prepare").exists()
    assert world.client(world.wit).post(address, {"purpose": "curiosity"}).status_code == 422


@pytest.mark.parametrize("who", ["arun", "mali", "dao"])
def test_to_carers_and_strangers_it_is_absent(world, raid, who):
    browser = world.client(getattr(world, who))
    absent = browser.get("/operations/nobody")
    for address in (f"/operations/{raid.pk}", f"/operations/{raid.pk}/people"):
        answer = browser.get(address)
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert browser.get("/operations/").status_code == 403


def test_nok_plans_in_the_browser_from_a_lead_and_sends_it_twice(world):
    lead, station = a_lead(world), a_station(world)
    typed = {
        "kind": "joint", **day("on", "2026-3-9"), "province": "27", "place": PLACE,
        "unit": station.pk, "officer": OFFICER, "order_no": "", "aim": AIM, "version": "0",
        "counting": "none", "roles": ["interpreting"], "submission": "one",
    }  # fmt: skip
    browser = world.client(world.nok)
    assert browser.get(f"/operations/new?lead={lead.pk}").status_code == 200
    answer = browser.post(f"/operations/new?lead={lead.pk}", typed)
    operation = Operation.objects.get()
    assert answer["Location"] == f"/operations/{operation.pk}"
    assert operation.lead == lead
    browser.post(f"/operations/new?lead={lead.pk}", typed)
    assert Operation.objects.count() == 1
    bad = browser.post("/operations/new", {**typed, "unit": "", "submission": "two"})
    assert bad.status_code == 422
    assert 'id="id_unit-error"' in read(bad)
    assert AIM in read(bad)


def test_the_box_on_the_lead_stands_only_for_those_who_may_know(world):
    lead = a_lead(world)
    operation = planned(world, lead=lead)
    box = f"/operations/of-lead/{lead.pk}"
    assert box in read(world.client(world.nok).get(f"/leads/{lead.pk}"))
    assert box not in read(world.client(world.arun).get(f"/leads/{lead.pk}"))
    assert operation.node.code in read(world.client(world.wit).get(box))
    assert world.client(world.arun).get(box).status_code == 403


def test_the_plan_opens_to_be_changed_and_a_conflict_shows_both(world):
    operation = planned(world)
    page, browser = f"/operations/{operation.pk}/edit", world.client(world.nok)
    masked = read(browser.get(page))
    assert "Open these to change them" in masked
    typed = {"kind": "joint", "counting": "direct", "version": "1", "shown": ""}
    opened = read(browser.post(page, {**typed, "open": "1"}))
    assert PLACE in opened
    assert OFFICER in opened
    kept = browser.post(page, {**typed, "submission": "a"})
    assert kept.status_code == 302
    assert as_stored(operation).counting == "direct"
    late = browser.post(page, {**typed, "shown": "aim", "aim": "Ten beds.", "submission": "b"})
    assert late.status_code == 422
    assert AIM in read(late)
    assert "Ten beds." in read(late)
    assert 'name="version" value="2"' in read(late)


def test_carried_out_in_the_browser_in_thai_digits(world):
    operation = planned(world)
    typed = {
        "on_day": "๖", "on_month": "๓", "on_year": "๒๕๖๙", "province": "27", "place": "",
        "unit": a_station(world).pk, "outcome": "Six.", "version": "1", "submission": "one",
    }  # fmt: skip
    browser = world.client(world.wit, "th")
    answer = browser.post(f"/operations/{operation.pk}/carried-out", typed)
    assert answer.status_code == 302
    assert as_stored(operation).carried_on.isoformat() == "2026-03-06"
    again = browser.post(f"/operations/{operation.pk}/carried-out", {**typed, "submission": "two"})
    assert again.status_code == 409


def test_what_was_planned_is_taken_over_and_nothing_is_typed_anew(world):
    operation = planned(world)
    address, browser = f"/operations/{operation.pk}/carried-out", world.client(world.wit)
    assert PLACE not in read(browser.get(address))
    page = read(browser.post(address, {"open": "1"}))
    assert PLACE in page
    assert f'<option value="{a_station(world).pk}" selected' in page
    assert 'name="on_day"' in page
    assert as_stored(operation).state == "planned"
    assert Entry.objects.filter(verb="sealed.read", purpose="record").count() == 1


def test_the_day_after_one_press_opens_day_and_place(world):
    operation = carried_out(world, days=3)
    browser = world.client(world.wit)
    page = read(browser.get(f"/operations/{operation.pk}"))
    assert "Open day, province and police unit" in page
    assert "Sa Kaeo" not in page
    browser.post(f"/operations/{operation.pk}/open-day", {"submission": "one"})
    assert "Sa Kaeo" in read(browser.get(f"/operations/{operation.pk}"))


def test_called_off_and_blown_in_the_browser(world):
    browser = world.client(world.wit)
    off, blown = planned(world), planned(world)
    typed = {"off_code": "risk", "reason": "Too many.", "version": "1", "submission": "one"}
    assert browser.post(f"/operations/{off.pk}/called-off", typed).status_code == 302
    typed = {"suspected": "media", **day("noticed_on", "2026-3-7"), "how": "A post."}
    address = f"/operations/{blown.pk}/blown"
    assert browser.post(address, {**typed, "submission": "two"}).status_code == 302
    assert Leak.objects.get().suspected == "media"
    assert blown.node.code in read(browser.get("/operations/leaks"))
    assert "A post." not in read(browser.get(f"/operations/{blown.pk}"))


def test_the_notice_of_a_leak_leads_to_it_and_says_nothing(world):
    operation = planned(world)
    told = {"noticed_on": later(world, 5).date(), "how": "A post.", "now": later(world, 5)}
    actions.blow(operation, suspected="media", **told, actor=world.nok)
    page = read(world.client(world.wit).get(reverse("access:notices")))
    assert "Something that was planned has to stop." in page
    assert f"/operations/{operation.pk}" in page
    assert "Media" not in page


@pytest.mark.parametrize("route", ["who_can", "who_has", "exclude", "share"])
def test_an_operation_has_the_walls_of_every_record(world, raid, route):
    page = world.client(world.nok).get(reverse(f"access:{route}", args=[raid.pk]))
    assert page.status_code == 200
    assert raid.node.code in read(page)
    hidden = world.client(world.arun).get(reverse(f"access:{route}", args=[raid.pk]))
    assert hidden.status_code == 404


# --- many at once


BATCH = {
    "sex": "unknown", "age": "unknown", "nationality": "TH", "group": "group_1",
    "outcome": "open", "lines": "", "count": "", "submission": "one",
}  # fmt: skip


def test_two_hundred_lines_at_once_and_sent_twice_once(world, raid):
    before = raid.encounters.count()
    lines = "\n".join(f"Person {n}; F; {n % 60}; KH" for n in range(200))
    browser, page = world.client(world.wit), f"/operations/{raid.pk}/people/add"
    answer = browser.post(page, {**BATCH, "lines": lines})
    assert answer["Location"] == f"/operations/{raid.pk}/people"
    browser.post(page, {**BATCH, "lines": lines})
    assert raid.encounters.count() == before + 200


def test_people_without_particulars_are_counted_in_thai_digits(world, raid):
    before = raid.encounters.count()
    page = f"/operations/{raid.pk}/people/add"
    world.client(world.wit).post(page, {**BATCH, "count": "๒๐๐", "lines": "Malee; F"})
    rows = raid.encounters.filter(number__gt=before)
    assert rows.count() == 201
    assert set(rows.values_list("group", "nationality")) == {("group_1", "TH")}


@pytest.mark.parametrize(
    "typed",
    [{"count": "0"}, {"count": ""}, {"count": "10000"}, {"count": "-3"}, {"count": "many"},
     {"lines": "\n".join(["x"] * 10_000)}, {"sex": "robot", "count": "1"}],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_kept(world, raid, typed):
    before = raid.encounters.count()
    page = f"/operations/{raid.pk}/people/add"
    answer = world.client(world.wit).post(page, {**BATCH, **typed})
    assert answer.status_code == 422
    assert Encounter.objects.count() == before
    assert "govuk-error-summary" in read(answer)


def test_faults_in_two_hundred_lines_are_all_told_and_nothing_is_lost(world, raid):
    before = raid.encounters.count()
    lines = [f"Person {n}; F; 20" for n in range(210)]
    lines[6], lines[150] = "Person 7; robot; 20", "Person 151; F; old; Atlantis"
    answer = world.client(world.wit).post(
        f"/operations/{raid.pk}/people/add", {**BATCH, "lines": "\n".join(lines)}
    )
    page = read(answer)
    assert answer.status_code == 422
    for told in ("Line 7: the sex", "Line 151: the age", "Line 151: the nationality"):
        assert told in page
    assert "Person 209; F; 20" in page
    assert Encounter.objects.count() == before


def test_the_table_costs_the_same_for_two_and_for_two_hundred(world, raid):
    def cost():
        browser = world.client(world.wit)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/operations/{raid.pk}/people").status_code == 200
        return len(asked)

    few = cost()
    met(world, raid, [Met(name=f"P{n}", outcome="home") for n in range(190)])
    assert cost() == few


def test_the_names_of_the_table_open_with_a_purpose(world, raid):
    browser, page = world.client(world.wit), f"/operations/{raid.pk}/people"
    assert NAME not in read(browser.get(page))
    assert NAME in read(browser.post(page, {"purpose": "screen"}))
    assert Entry.objects.filter(verb="sealed.read", purpose="screen").count() == 1


def test_one_after_the_other(world, raid):
    met(world, raid, [Met(), Met()])
    browser, first = world.client(world.wit), raid.encounters.get(number=3)
    page = f"/operations/{raid.pk}/people"
    typed = {
        "sex": "male", "age": "18--20", "nationality": "", "group": "none", "outcome": "home",
        "asked": "asked", "name": "", "words": "", "version": "1", "shown": "name words",
        "next": "1", "submission": "one",
    }  # fmt: skip
    following = raid.encounters.get(number=4)
    answer = browser.post(f"{page}/{first.pk}/outcome", typed)
    assert raid.encounters.get(number=2).outcome == "open"
    assert answer["Location"] == f"{page}/{following.pk}/outcome"
    first.refresh_from_db()
    assert (first.outcome, first.asked) == ("home", "asked")
    again = browser.post(f"{page}/{first.pk}/outcome", {**typed, "submission": "two"})
    assert again.status_code == 422
    assert "Both versions" in read(again)


def test_before_a_file_is_begun_nok_sees_who_is_known_already(world, raid):
    one, browser = raid.encounters.get(number=1), world.client(world.nok)
    known, hidden = a_survivor(world), a_survivor(world)
    world.exclude(world.nok, hidden.node, by=world.founder)
    page = f"/operations/{raid.pk}/people/{one.pk}/register"
    shown = read(browser.post(page, {"full_name": "", "submission": "one"}))
    assert "Is she known already?" in shown
    assert known.node.code in shown
    assert hidden.node.code not in shown
    typed = {"full_name": "", "submission": "two"}
    assert browser.post(page, {**typed, "her": hidden.pk}).status_code == 404
    answer = browser.post(page, {**typed, "her": known.pk})
    assert answer["Location"] == f"/survivors/{known.pk}"
    one.refresh_from_db()
    assert one.survivor_id == known.pk
    assert Survivor.objects.count() == 2


def test_somebody_else_of_the_same_name_gets_a_file(world, raid):
    one, browser, known = raid.encounters.get(number=1), world.client(world.nok), a_survivor(world)
    page = f"/operations/{raid.pk}/people/{one.pk}/register"
    typed = {"full_name": "", "submission": "one"}
    assert browser.post(page, typed).status_code == 200
    assert browser.post(page, {**typed, "apart": known.pk}).status_code == 302
    assert Survivor.objects.count() == 2


def test_a_survivors_file_with_one_press_keeps_the_name(world, raid):
    one = raid.encounters.get(number=1)
    page = f"/operations/{raid.pk}/people/{one.pk}"
    browser = world.client(world.nok)
    answer = browser.post(f"{page}/register", {"full_name": "", "submission": "one"})
    her = Survivor.objects.get()
    assert answer["Location"] == f"/survivors/{her.pk}"
    opened = read(browser.post(f"/survivors/{her.pk}", {"purpose": "care"}))
    assert NAME in opened
    again = browser.post(f"{page}/register", {"full_name": "", "submission": "two"})
    assert again.status_code == 409
    assert Survivor.objects.count() == 1
    assert her.node.code in read(browser.get(page))
    assert her.node.code not in read(world.client(world.wit).get(page))
    box = f"/operations/of-survivor/{her.pk}"
    assert box in read(browser.get(f"/survivors/{her.pk}"))
    assert box not in read(world.client(world.arun).get(f"/survivors/{her.pk}"))
    assert raid.node.code in read(browser.get(box))


def test_an_arrest_and_a_debrief_in_the_browser(world, raid):
    browser, page = world.client(world.wit), f"/operations/{raid.pk}"
    typed = {"women": "๒", "men": "", "others": "", "standing": "held", "version": "1"}
    kept = {**typed, "names": "B", "shown": "names charges reference notes", "submission": "one"}
    assert browser.post(f"{page}/arrests/add", kept).status_code == 302
    assert Arrest.objects.get(women=2).standing == "held"
    nobody = browser.post(f"{page}/arrests/add", {**kept, "women": "0", "submission": "two"})
    assert nobody.status_code == 422
    typed = {"staff_care": "given", "version": "1", "shown": "", "submission": "three"}
    assert browser.post(f"{page}/debrief", typed).status_code == 302
    assert Debrief.objects.get().staff_care == "given"
    assert "Calmly." in read(browser.post(page, {"purpose": "review"}))


@pytest.mark.parametrize("language", ["en", "th"])
def test_no_page_says_that_the_organisation_searches_or_arrests(world, raid, language):
    page = read(world.client(world.nok, language).get(f"/operations/{raid.pk}"))
    said = {"en": "done by the police unit alone", "th": "เป็นอำนาจของหน่วยตำรวจแต่ผู้เดียว"}
    assert said[language] in page
    assert not re.search(r"we (?:arrest|search)", page, re.IGNORECASE)
