"""The pages of shelters: both languages, masked until asked for, forgiving; an address on one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cases.story import NAME, a_case
from tests.shelters.story import (
    ADDRESS,
    TODAY,
    a_house,
    agreed,
    asked,
    beds_of,
    located,
    opened,
    placed,
)

from romyen.audit.models import Entry
from romyen.rules.ids import new_id
from romyen.shelters import actions
from romyen.shelters.models import Bed, Incident, Location, Shelter, Stay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_morning(world, monkeypatch):
    """The pages read the clock of the story."""
    monkeypatch.setattr(timezone, "now", lambda: world.now)


def read(answer):
    return answer.content.decode()


def sent(browser, page, **typed):
    return browser.post(page, {"submission": new_id(), **typed})


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@pytest.fixture
def house(world):
    """A house with an address, somebody in a bed, somebody without one, and an incident."""
    shelter = a_house(world, takes=["women"], residents_per_staff=4, licence_until=TODAY)
    located(world, shelter)
    bed = beds_of(world, shelter, "A1", "A2")[0]
    stay = placed(world, shelter, bed=bed, confirmed=["licence"])
    placed(world, shelter, confirmed=["licence"])
    actions.record_leave(
        stay, began_on=TODAY, until_on=date(2026, 3, 4), reason="family", words="At her aunt's.",
        actor=world.nok, now=world.now,
    )  # fmt: skip
    actions.record_incident(
        shelter, kind="medical", on=TODAY, words="She fell.", cases=[stay.case],
        follow_up_on=date(2026, 3, 5), actor=world.nok, now=world.now,
    )  # fmt: skip
    return shelter


def addresses(shelter):
    """Every page of shelters that a GET answers."""
    page, stay = f"/shelters/{shelter.pk}", Stay.objects.get(bed__isnull=False)
    incident = Incident.objects.get()
    parts = ["", "/edit", "/beds", "/sealed", "/sealed/anew", "/keepers", "/keepers/ask"]
    parts += ["/incident", f"/incidents/{incident.pk}", f"/incidents/{incident.pk}/follow-up"]
    stays = [f"/shelters/stays/{stay.pk}/{verb}" for verb in ("leave", "end", "move")]
    stays += [f"/shelters/stays/{stay.pk}/move/{shelter.pk}"]
    fixed = ["/shelters/", "/shelters/new", f"/shelters/of-case/{stay.case_id}"]
    return [*fixed, *stays, *(page + part for part in parts)]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Chiang Mai", "Licence ends soon"]), ("th", ["เชียงใหม่", "ใบอนุญาตใกล้สิ้นสุด"])],
)
def test_every_page_reads_in_both_languages(world, house, language, words):
    browser = world.client(world.nok, language)
    for address in addresses(house):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in read(answer), address
    page = read(browser.get("/shelters/"))
    assert all(word in page for word in words)


# --- the address


def test_an_address_stands_on_one_page_for_one_who_holds_it(world, house):
    """For the holder too: only after the reason, and nowhere else."""
    browser = world.client(world.nok)
    for address in [*addresses(house), f"/cases/{Stay.objects.first().case_id}", "/"]:
        assert "Soi Nowhere" not in read(browser.get(address)), address
    page = f"/shelters/{house.pk}/sealed"
    assert "Soi Nowhere" not in read(sent(browser, page, purpose="curious"))
    answer = sent(browser, page, purpose="visit")
    assert ADDRESS in read(answer)
    assert answer["Cache-Control"] == "no-store"
    entry = Entry.objects.filter(verb="sealed.read", subjects__subject=house.pk).last()
    assert (entry.actor, entry.purpose) == (world.nok.id, "visit")


def test_for_everyone_else_it_stands_nowhere(world, house):
    for who in ("founder", "somsri", "arun", "mali", "wit", "pim", "lek", "dao", "prasit"):
        browser = world.client(getattr(world, who))
        for address in addresses(house):
            for answer in (browser.get(address), sent(browser, address, purpose="visit")):
                assert "Soi Nowhere" not in read(answer), (who, address)


def test_title_and_address_of_the_page_say_nothing(world, house):
    page = read(world.client(world.nok).get(f"/shelters/{house.pk}/sealed"))
    assert "<title>Sealed part – Romyen</title>" in page
    assert house.name not in page


def test_what_was_typed_of_an_address_is_no_draft(world, house):
    other = a_house(world, name="House of the Well")
    browser = world.client(world.nok)
    page = read(browser.get(f"/shelters/{other.pk}/sealed/first"))
    assert "data-draft" not in page
    wrong = sent(browser, f"/shelters/{other.pk}/sealed/first", address="", arrival="Knock twice.")
    assert wrong.status_code == 422
    assert "Knock twice." in read(wrong)  # nothing is lost
    assert not Location.objects.filter(shelter=other).exists()


def test_two_people_open_it_on_the_pages(world, house):
    nok = world.client(world.nok)
    page = f"/shelters/{house.pk}/keepers"
    until = day("until", date(2026, 3, 9))
    given = {"member": world.arun.id, "purpose": "brings a new resident", **until}
    assert sent(nok, f"{page}/ask", **given).status_code == 302
    assert "Open the address of a shelter" in read(world.client(world.pim).get("/approvals"))
    approval = agreed(world, asked(world, house, world.mali))
    assert sent(nok, f"{page}/open", approval=approval.pk).status_code == 302
    assert "Mali" in read(nok.get(page))
    assert sent(nok, f"{page}/{world.mali.id}/close").status_code == 302
    assert "Mali" not in read(nok.get(page))
    assert sent(nok, f"{page}/{world.mali.id}/close").status_code == 404


def test_who_knows_it_is_told_to_holders_and_keepers_of_the_house(world, house):
    opened(world, house, world.mali)
    page = f"/shelters/{house.pk}/keepers"
    for who, status in ((world.mali, 200), (world.founder, 200), (world.arun, 403)):
        assert world.client(who).get(page).status_code == status


def test_the_page_of_who_can_see_a_house_tells_others_nothing_of_that(world, house):
    opened(world, house, world.mali)
    page = reverse("access:who_can", args=[house.pk])
    told = {who: read(world.client(getattr(world, who)).get(page)) for who in ("nok", "arun")}
    assert "Holder of an address" in told["nok"]
    assert "The address of a shelter" in told["nok"]
    assert "Holder of an address" not in told["arun"]
    assert "The address of a shelter" not in told["arun"]
    assert "Mali" in told["arun"]  # as a counsellor of the team


# --- houses and stays


def test_the_list_is_taken_away_without_an_address(world, house):
    answer = world.client(world.nok).get("/shelters/?as=csv")
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    assert house.node.code in text
    assert "Chiang Mai" in text
    assert "Soi Nowhere" not in text
    assert world.client(world.arun).get("/shelters/?as=csv").status_code == 403


def test_a_house_is_begun_on_a_page(world):
    browser = world.client(world.nok)
    given = {"name": "House of the Lamp", "kind": "ours", "province": "50", "capacity": "0"}
    wrong = sent(browser, "/shelters/new", **given)
    assert wrong.status_code == 422
    assert "between 1 and 500" in read(wrong)
    assert sent(browser, "/shelters/new", **given | {"capacity": "8"}).status_code == 302
    assert Shelter.objects.get().capacity == 8
    assert world.client(world.arun).get("/shelters/new").status_code == 403


def test_both_versions_stand_side_by_side_after_a_conflict(world, house):
    browser, page = world.client(world.nok), f"/shelters/{house.pk}/edit"
    given = {"name": "House of the Moon", "kind": "ours", "province": "50", "capacity": "4"}
    answer = sent(browser, page, **given, version="0")
    assert answer.status_code == 422
    assert "House of the Lamp" in read(answer)
    version = Shelter.objects.get().version
    assert sent(browser, page, **given, version=str(version)).status_code == 302
    assert Shelter.objects.get().name == "House of the Moon"


def test_warnings_stand_in_the_form_and_are_confirmed(world, house):
    case, browser = a_case(world, minor="yes"), world.client(world.arun)
    choose = read(browser.get(f"/shelters/place/{case.pk}"))
    assert "Takes in others" in choose
    page = f"/shelters/place/{case.pk}/{house.pk}"
    form = read(browser.get(page))
    assert "does not usually take in" in form
    given = {"bed": Bed.objects.get(label="A2").pk, **day("arrived_on", TODAY)}
    assert sent(browser, page, **given, confirmed=["licence"]).status_code == 422
    assert sent(browser, page, **given, confirmed=["licence", "unfit"]).status_code == 302
    assert Stay.objects.get(case=case).bed.label == "A2"


def test_one_form_sent_twice_makes_one_stay(world, house):
    case, browser = a_case(world), world.client(world.nok)
    given = {"submission": new_id(), "confirmed": ["licence"], **day("arrived_on", TODAY)}
    for _ in range(2):
        answer = browser.post(f"/shelters/place/{case.pk}/{house.pk}", given)
        assert answer.status_code == 302
    assert Stay.objects.filter(case=case).count() == 1


def test_names_are_masked_until_somebody_says_what_for(world, house):
    browser, page = world.client(world.mali), f"/shelters/{house.pk}"
    assert NAME not in read(browser.get(page))
    assert NAME in read(sent(browser, page, purpose="care"))
    investigator = world.client(world.wit)
    assert investigator.get(page).status_code == 404


def test_the_house_says_that_somebody_hidden_has_a_bed_and_not_who(world, house):
    stay = Stay.objects.get(bed__isnull=False)
    world.exclude(world.arun, stay.case.node)
    page = read(world.client(world.arun).get(f"/shelters/{house.pk}"))
    assert stay.case.node.code not in page
    assert "2 of 4 places taken" in page
    assert "Illness or injury" not in page  # what happened concerned her


def test_the_box_on_the_case_tells_house_and_province(world, house):
    stay = Stay.objects.get(bed__isnull=False)
    box = read(
        world.client(world.mali).get(
            f"/shelters/of-case/{stay.case_id}", headers={"HX-Request": "true"}
        )
    )
    assert "House of the Lamp" in box
    assert "Chiang Mai" in box
    assert "Nights away" not in box  # a counsellor records no stay
    assert "<html" not in box
    assert world.client(world.dao).get(f"/shelters/of-case/{stay.case_id}").status_code == 404


def test_who_may_not_read_shelters_is_offered_no_box(world, house):
    lawyer = world.join("law", "legal_officer", world.team, by=world.founder)
    stay = Stay.objects.get(bed__isnull=False)
    page = f"/cases/{stay.case_id}"
    assert "/shelters/of-case/" in read(world.client(world.mali).get(page))
    shown = read(world.client(lawyer).get(page))
    assert "/shelters/" not in shown
    assert "Arrived in a shelter" in shown
    assert "House of the Lamp" not in shown


def test_words_of_a_stay_open_for_a_purpose(world, house):
    stay = Stay.objects.get(bed__isnull=False)
    page, browser = f"/shelters/of-case/{stay.case_id}", world.client(world.arun)
    assert "At her aunt" not in read(browser.get(page))
    assert "At her aunt" in read(sent(browser, page, purpose="care"))


def queries_of(browser, address):
    with CaptureQueriesContext(connection) as asked_for:
        assert browser.get(address).status_code == 200
    return len(asked_for)


def test_more_people_take_no_more_questions(world, house):
    stay, browser = Stay.objects.get(bed__isnull=False), world.client(world.arun)
    pages = ["/shelters/", f"/shelters/{house.pk}", f"/shelters/of-case/{stay.case_id}"]
    pages += [f"/cases/{stay.case_id}", f"/shelters/place/{a_case(world).pk}"]
    before = [queries_of(browser, page) for page in pages]
    a_house(world, name="House of the Well", capacity=8)
    for _ in range(2):
        other = placed(world, house, confirmed=["licence"])
        actions.record_incident(
            house, kind="conflict", on=TODAY, words="A quarrel.", cases=[other.case],
            actor=world.nok, now=world.now,
        )  # fmt: skip
    actions.transfer(
        stay, Shelter.objects.get(name="House of the Well"), on=TODAY, expected=1,
        actor=world.nok, now=world.now,
    )  # fmt: skip
    assert [queries_of(browser, page) for page in pages] == before
