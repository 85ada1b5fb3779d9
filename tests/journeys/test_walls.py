"""The walls from the other side: one case, and what each of the others sees of it.

Nok leads, Pranee keeps the house, Mali counsels, Prasit is at court; Wit finds out, Arun helps,
Pim watches over data, and Thida, who may everything that Nok may, is a relative. Every wall is
looked at twice: what is closed to one is open to another, or a closed page would say nothing.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys import thread, thread_court
from tests.journeys.look import PICTURES
from tests.journeys.person import Person
from tests.journeys.server import PASSPHRASE, THIDA
from tests.journeys.thread import IN_ENGLISH as TOLD
from tests.journeys.thread import TODAY

pytestmark = pytest.mark.journey

NOTE = "Her story, told in her own time: the debt, the night bus, the farm."
HERS = TOLD.names[0]
WRITTEN = (*TOLD.names, NOTE, TOLD.wish, TOLD.counselled, TOLD.address, TOLD.room, TOLD.accused)
"""All that is sealed of her: nobody meets it without opening it."""
BLANK = 10_000
"""Bytes: a picture of a page with words on it is bigger."""


@dataclass
class Scene:
    """The case with everything around it, and those who have sat down."""

    people: dict[str, Person]
    album: Path
    lead: str = ""
    operation: str = ""
    her: str = ""
    case: str = ""
    house: str = ""
    proceeding: str = ""

    def at(self, part):
        """A page of the case in another section: ``care``, ``legal/case``."""
        return f"/{part}{self.case.removeprefix('/cases')}"

    @property
    def counselling(self):
        return f"{self.at('care')}/counselling"

    @property
    def of_her(self):
        """Every address that is about her."""
        care = self.at("care")
        parts = ("measures", "follow-ups", "services", "appointments", "counselling")
        papers = [f"{self.case}/{one}" for one in ("notes", "people", "timeline")]
        others = [self.at(one) for one in ("legal/case", "shelters/of-case", "exchange/summary")]
        return [self.her, self.case, *papers, care, *(f"{care}/{one}" for one in parts), *others]

    def codes(self, *kinds):
        """The codes of these records, as Nok reads them."""
        nok, found = self.people["nok"], []
        for kind in kinds:
            nok.go(getattr(self, kind))
            found.append(nok.page.locator("main .romyen-code").first.inner_text().strip())
        assert all(len(code) > 5 for code in found), found
        return found

    def keep(self, who, name):
        """Pictures of the whole page, in Thai too: what was asserted was there to be seen."""
        self._picture(who.page, f"walls-{name}.png")
        with beside(who, "th") as page:
            assert page.locator("html").get_attribute("lang") == "th"
            self._picture(page, f"walls-{name}-th.png")

    def _picture(self, page, name):
        page.screenshot(path=self.album / name, full_page=True)
        assert (self.album / name).stat().st_size > BLANK


@contextmanager
def beside(who, language):
    """The same address in a second tab, as it opens in another language."""

    def speak(code):
        cookie = {"name": "django_language", "value": code, "url": who.address}
        who.context.add_cookies([cookie])

    speak(language)
    page = who.context.new_page()
    try:
        page.goto(who.page.url)
        yield page
    finally:
        page.close()
        speak(who.language)


@pytest.fixture(scope="module")
def scene(foundation, browser, tmp_path_factory):
    """The thread up to the day before the hearing, through the doors."""
    people = {}

    def sit(name, language="en"):
        people[name] = Person(browser, foundation.address, story="walls", language=language)
        if name == "thida":
            people[name].sign_in_first(THIDA, PASSPHRASE)
        else:
            thread.arrive(people[name], name)
        return people[name]

    one = Scene(people, Path(PICTURES) if PICTURES else tmp_path_factory.mktemp("walls"))
    nok, pranee, mali, prasit = (sit(name) for name in ("nok", "pranee", "mali", "prasit"))
    one.lead = thread.write_lead(nok, TOLD)
    thread.add_police(nok, TOLD)
    one.operation = thread.plan_operation(nok, TOLD, one.lead)
    thread.carry_out(nok, TOLD, one.operation)
    thread.meet(nok, TOLD, one.operation)
    one.her = thread.begin_file(nok, TOLD, one.operation, 1)
    one.case = thread.open_case(nok, one.her, "Nok")
    write_note(nok, one.case)
    one.house = thread.found_house(pranee, TOLD)
    thread.place(pranee, TOLD, one.case, "A1")
    thread.set_goal(nok, TOLD, one.case)
    thread.counsel(mali, TOLD, one.case)
    one.proceeding = thread_court.begin_proceeding(prasit, TOLD, one.case)
    thread_court.charge(prasit, one.proceeding)
    thread_court.to_court(prasit, TOLD, one.proceeding)
    for name in ("wit", "arun", "pim", "thida"):
        sit(name)
    yield one
    for person in people.values():
        person.context.close()


@pytest.fixture(autouse=True)
def _faultless(scene):
    """No page of a test had a fault that nobody expected."""
    yield
    faults = {fault for one in scene.people.values() for fault in one.faults}
    for one in scene.people.values():
        one.faults.clear()
    assert sorted(faults) == []


def write_note(nok, case):
    nok.go(f"{case}/note")
    nok.pick("Kind of note", "Case note")
    nok.fill("Note", NOTE)
    nok.press("Save")
    nok.at(f"^{case}$")


def answer(who, path):
    """Everything that an address answers, but the moment."""
    got = who.context.request.get(path)
    headers = {name: text for name, text in got.headers.items() if name != "date"}
    return got.status, headers, got.body()


def never_was(who, *paths):
    """Each address answers as one that nobody ever had, byte for byte."""
    for path in paths:
        ref = next(part for part in path.split("/") if len(part) == 22)
        got = answer(who, path)
        assert got[0] == 404, path
        assert got == answer(who, path.replace(ref, "A" * 22)), path


def is_closed(who, *paths):
    """Each page says that it is not for this role, and nothing of what stands on it."""
    for path in paths:
        with who.knowing(403):
            who.go(path)
        assert who.context.request.get(path).status == 403, path
        who.misses(*WRITTEN)


def menu(who):
    """The sections that somebody is offered."""
    who.go("/")
    texts = who.page.locator("#navigation a").all_text_contents()  # those under “More” too
    return {text.strip() for text in texts}


def open_up(who, path, purpose="Working on the file"):
    who.go(path)
    who.misses(*WRITTEN)
    who.show(purpose)


def calendar(who):
    """All that is open to somebody in the month of the hearing."""
    month = f"{thread_court.NEXT_MONTH:%Y-%m}"
    who.go(f"/calendar?view=list&whose=teams&month={month}")


def test_the_investigator_sees_the_operation_and_no_survivor(scene):
    wit = scene.people["wit"]
    hers = scene.codes("her", "case", "house", "proceeding")
    assert {"Leads", "Operations"} <= menu(wit)
    assert not {"Search", "Survivors", "Cases", "Proceedings", "Shelters"} & menu(wit)
    scene.keep(wit, "investigator-home")
    wit.go(scene.operation)
    wit.reads("Carried out", str(thread.MET))
    wit.misses(*WRITTEN, *hers)
    scene.keep(wit, "investigator-operation")
    thread.open_person(wit, scene.operation, 1)
    wit.reads("Presumed victim")
    wit.misses(*WRITTEN, *hers, "Survivor's file", "Begin a survivor's file")
    scene.keep(wit, "investigator-person-met")
    wit.go(scene.lead)
    wit.misses(*hers)
    calendar(wit)
    wit.misses(*hers)
    never_was(wit, *scene.of_her, scene.house, f"{scene.house}/sealed", scene.proceeding)
    is_closed(wit, "/survivors/", "/cases/every", "/search/", "/shelters/", "/survivors/?as=csv")


def test_counselling_opens_to_the_counsellor_alone(scene):
    mali = scene.people["mali"]
    open_up(mali, scene.counselling)
    mali.reads(TOLD.counselled)
    scene.keep(mali, "counsellor-counselling")
    session = mali.page.locator("article h2 a").first.get_attribute("href")
    hidden = scene.codes("lead", "operation")
    mali.go(scene.case)
    mali.reads("Counselling sessions")
    mali.misses(*hidden)
    scene.keep(mali, "counsellor-case")
    assert not {"Leads", "Operations", "Proceedings"} & menu(mali)
    never_was(mali, scene.lead, scene.operation, f"{scene.operation}/people", scene.proceeding)
    is_closed(mali, "/leads/", "/operations/", "/legal/", f"{scene.house}/sealed")
    for name in ("nok", "arun", "pranee", "prasit"):
        other = scene.people[name]
        is_closed(other, scene.counselling, session)
        other.go(scene.case)
        other.misses(TOLD.counselled, "Record a counselling session")
    nok = scene.people["nok"]
    open_up(nok, scene.at("care"))
    nok.reads(TOLD.wish, "Counselling sessions: 1")
    nok.misses(TOLD.counselled)
    scene.keep(nok, "case-manager-plan")


def test_the_shelter_manager_sees_her_house_and_not_the_story(scene):
    pranee = scene.people["pranee"]
    [case] = scene.codes("case")
    open_up(pranee, scene.house)
    bed = pranee.page.locator("tbody tr", has_text="A1")
    expect(bed).to_contain_text(case)
    expect(bed).to_contain_text(HERS)
    scene.keep(pranee, "shelter-manager-house")
    open_up(pranee, scene.at("care"))
    pranee.reads(TOLD.wish)
    scene.keep(pranee, "shelter-manager-plan")
    pranee.go(scene.case)
    pranee.misses(*WRITTEN, *scene.codes("lead", "operation", "proceeding"))
    open_up(pranee, f"{scene.case}/notes")
    pranee.misses(NOTE)
    scene.keep(pranee, "shelter-manager-notes")
    is_closed(pranee, scene.counselling, scene.at("legal/case"), scene.at("exchange/summary"))
    never_was(pranee, scene.lead, scene.operation, scene.proceeding)
    nok = scene.people["nok"]
    open_up(nok, f"{scene.case}/notes")
    nok.reads(NOTE)


def test_the_legal_officer_sees_the_proceeding_and_not_the_house(scene):
    prasit = scene.people["prasit"]
    open_up(prasit, scene.proceeding, "Preparing legal steps")
    prasit.reads(TOLD.room, TOLD.accused, TOLD.black_no)
    scene.keep(prasit, "legal-officer-proceeding")
    prasit.go(scene.case)
    prasit.reads("The legal file")
    prasit.misses(*WRITTEN, TOLD.house, "Counselling", "Plan and support")
    scene.keep(prasit, "legal-officer-case")
    prasit.go(f"{scene.case}/timeline")
    prasit.misses(TOLD.house, "Counselling")
    nok = scene.people["nok"]
    nok.go(f"{scene.case}/timeline")
    nok.reads(TOLD.house)
    is_closed(prasit, scene.counselling, scene.at("care"), scene.at("shelters/of-case"))
    is_closed(prasit, "/shelters/")
    never_was(prasit, scene.house, f"{scene.house}/sealed", f"{scene.house}/keepers")
    never_was(prasit, scene.lead, scene.operation)


def test_the_address_opens_to_its_keeper_and_to_whom_two_people_wanted(scene):
    pranee, nok, arun, pim = (scene.people[name] for name in ("pranee", "nok", "arun", "pim"))
    sealed, keepers = f"{scene.house}/sealed", f"{scene.house}/keepers"
    for name in ("nok", "arun", "mali", "thida"):
        is_closed(scene.people[name], sealed)
    thread.read_address(pranee, TOLD, scene.house)
    scene.keep(pranee, "keeper-address")
    ask_for(pranee, keepers, "Arun")
    is_closed(arun, sealed)
    agree(nok, knows_it=False)
    pranee.go(keepers)
    pranee.misses("open it now")
    agree(pim)
    is_closed(arun, sealed)
    is_closed(nok, sealed)
    pranee.go(keepers)
    pranee.press("A second person agreed: open it now")
    thread.read_address(arun, TOLD, scene.house)
    scene.keep(arun, "second-person-address")
    is_closed(nok, sealed)
    never_was(pim, sealed, keepers)
    pranee.go(keepers)
    pranee.press("Take it back now", "Arun")
    is_closed(arun, sealed)
    scene.keep(arun, "address-taken-back")


def agree(second, *, knows_it=True):
    """A second person looks at the request. A lead who knows no address cannot judge it."""
    second.go("/approvals")
    second.reads("brings her to the house", "Arun")
    with second.knowing(200 if knows_it else 403):
        second.press("I agree")
    if not knows_it:
        assert "RY-ACCESS-APPROVER-KEYS" in second.page.content()


def ask_for(pranee, keepers, colleague):
    """Pranee asks; one person alone opens nothing."""
    pranee.go(keepers)
    pranee.misses("open it now")
    pranee.press("Open it to a colleague")
    pranee.choose("Colleague", colleague)
    pranee.on("Last day", TODAY + timedelta(2))
    pranee.fill("Purpose", "brings her to the house")
    pranee.press("Save")
    pranee.at(f"^{keepers}$")
    pranee.reads("waiting")
    pranee.misses("open it now")


def test_for_an_excluded_colleague_nothing_of_it_ever_was(scene):
    nok, thida = scene.people["nok"], scene.people["thida"]
    records = ("her", "proceeding", "operation")
    codes = [*scene.codes(*records), *scene.codes("case")]
    pages = ("/survivors/", "/legal/", "/operations/", "/cases/every")
    lists = {
        f"{path}{how}": code
        for path, code in zip(pages, codes, strict=True)
        for how in ("", "?as=csv")
    }
    for path, code in lists.items():
        assert code in thida.context.request.get(path).text(), path
    assert search(thida, HERS).count() == 1
    calendar(thida)
    thida.reads(codes[1])
    for record in records:
        exclude(nok, getattr(scene, record), "Thida")
    never_was(thida, *scene.of_her, scene.proceeding, scene.operation)
    never_was(thida, f"{scene.operation}/people")
    with thida.knowing(404):
        thida.go(scene.her)
    thida.reads("Page not found")
    scene.keep(thida, "excluded-her-page")
    for path in (*lists, "/", "/cases/", "/leads/", scene.lead, scene.house):
        text = thida.context.request.get(path).text()
        assert not [code for code in codes if code in text], path
    thida.go("/survivors/")
    scene.keep(thida, "excluded-survivors")
    assert search(thida, HERS).count() == 0
    thida.reads("Nobody who is open to you is called like this.")
    scene.keep(thida, "excluded-search")
    calendar(thida)
    thida.misses(*codes)
    scene.keep(thida, "excluded-calendar")
    ics = f"/calendar/file?whose=teams&month={thread_court.NEXT_MONTH:%Y-%m}"
    assert codes[1] in nok.context.request.get(ics).text()
    assert codes[1] not in thida.context.request.get(ics).text()


def search(who, name):
    """The rows that a search for a name finds."""
    who.go("/search/")
    who.fill("Name or code", name)
    who.press("Search")
    return who.page.locator("main tbody tr")


def exclude(nok, record, colleague):
    nok.go(record)
    nok.follow("Who can see this, and why")
    nok.follow("Exclude a colleague")
    nok.choose("Colleague", colleague)
    nok.pick("Reason", "A relative or close friend")
    nok.press("Exclude")
