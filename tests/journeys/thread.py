"""The steps of the thread, from a lead to closure, for whoever walks them in either language.

Everybody in it is invented and nobody comes to harm. What people write stands in ``Told``, once in
English and once in Thai; what the pages say is asked of the person, in the person's language.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect
from tests.journeys.colleagues import email
from tests.journeys.server import NOK, PASSPHRASE

from romyen.care.words import kinds as goal_kinds
from romyen.care.words import listed as of_care
from romyen.leads.words import words as of_leads
from romyen.operations.words import words as of_operations
from romyen.partners.words import kinds as partner_kinds
from romyen.rules import measures, places
from romyen.shelters.words import listed as of_shelters
from romyen.survivors.listed import listed as of_survivors

PERSON, OPERATION = r"^/operations/[\w-]{22}/people/[\w-]{22}$", r"^/operations/[\w-]{22}$"
SURVIVOR, CASE, SHELTER = (rf"^/{kind}/[\w-]{{22}}$" for kind in ("survivors", "cases", "shelters"))
MET = 30
TODAY = (datetime.now(UTC) + timedelta(hours=7)).date()
"""The day in Bangkok."""


@dataclass(frozen=True)
class Told:
    """What people write in the thread."""

    lead: str
    police: str
    place: str
    officer: str
    aim: str
    found: str
    names: tuple[str, str, str]
    cells: str
    house: str
    address: str
    wish: str
    counselled: str
    accused: str
    black_no: str
    room: str
    claimed: str
    home: str


IN_ENGLISH = Told(
    lead="Somebody wrote that thirty people may not leave a farm.",
    police="Example Police Station (invented)",
    place="The blue barn behind the ice factory",
    officer="Police Captain Sample (invented)",
    aim="Two interpreters, six quiet beds.",
    found="Thirty people were met; nobody was hurt.",
    names=("May Thu (invented)", "Nilar Moe (invented)", "Khin Sandi (invented)"),
    cells="F; 24; MM; 1; presumed",
    house="House of the Lamp",
    address="7 Nowhere Lane, behind the green gate",
    wish="I want to bake bread and send my sister to school.",
    counselled="She drew a river and a boat, and wants to go on drawing.",
    accused="Uncle Blue (invented)",
    black_no="Black 77/2569",
    room="Room 9 on the second floor",
    claimed="120,000",
    home="She bakes in her aunt's shop.",
)
IN_THAI = Told(
    lead="มีผู้เขียนมาว่าคนสามสิบคนออกจากฟาร์มไม่ได้",
    police="สถานีตำรวจตัวอย่าง (สมมติ)",
    place="โรงนาสีฟ้าหลังโรงน้ำแข็ง",
    officer="ร.ต.อ. ตัวอย่าง (นามสมมติ)",
    aim="ล่ามสองคน เตียงพักหกเตียง",
    found="พบสามสิบคน ไม่มีผู้บาดเจ็บ",
    names=("เมทู (นามสมมติ)", "นิลาโม (นามสมมติ)", "คินซันดี (นามสมมติ)"),
    cells="หญิง; ๒๔; เมียนมา; ๑; presumed",
    house="บ้านตะเกียง",
    address="เลขที่ ๗ ซอยไม่มีจริง หลังประตูสีเขียว",
    wish="อยากทำขนมปังและส่งน้องเรียนหนังสือ",
    counselled="เธอวาดรูปแม่น้ำกับเรือ และอยากวาดต่อ",
    accused="ลุงฟ้า (นามสมมติ)",
    black_no="หมายเลขดำที่ ๗๗/๒๕๖๙",
    room="ห้องพิจารณา ๙ ชั้นสอง",
    claimed="๑๒๐,๐๐๐ บาท",
    home="เธอทำขนมปังที่ร้านของป้า",
)


def arrive(person, name):
    """Somebody signs in for the first time."""
    person.sign_in_first(NOK if name == "nok" else email(name), PASSPHRASE)
    person.reads("Home")


def label(person, words, code):
    """A choice as it stands on the person's pages."""
    return words.label(code, person.language)


def province(person, code):
    return places.place(code).name(person.language)


# --- from the lead to the people met


def write_lead(nok, told):
    """Three answers; what was told is sealed at once."""
    nok.go("/leads/new")
    nok.fill("What was told?", told.lead)
    nok.choose("Who told it?", label(nok, of_leads("sources"), "public"))
    nok.pick("Is anyone in danger?", label(nok, of_leads("imminence"), "ongoing"))
    nok.press("Save the lead")
    lead = nok.at(r"^/leads/[\w-]{22}$")[0]
    nok.misses(told.lead)
    return lead


def add_police(nok, told):
    nok.go("/partners/new")
    nok.fill("Name of the organisation or office", told.police)
    nok.choose("Kind of organisation", label(nok, partner_kinds(), "LawEnforcement"))
    nok.press("Save")
    nok.reads(told.police)


def plan_operation(wit, told, lead):
    """Wit plans beside the police; day and place are sealed as soon as saved."""
    wit.go(lead)
    wit.press("Plan an operation")
    wit.pick("Kind of operation", label(wit, of_operations("kinds"), "joint"))
    wit.on("Planned day", TODAY)
    wit.choose("Province", province(wit, "27"))
    wit.fill("The exact place", told.place)
    wit.choose("Police unit", told.police)
    wit.fill("Officer in charge", told.officer)
    roles = of_operations("roles")
    wit.pick(
        "What does the organisation do there?",
        label(wit, roles, "interpreting"),
        label(wit, roles, "victim_support"),
    )
    wit.fill("The plan", told.aim)
    wit.press("Save the plan")
    operation = wit.at(OPERATION)[0]
    wit.reads(label(wit, of_operations("states"), "planned"))
    wit.misses(told.place, told.officer, told.aim, told.police)
    return operation


def carry_out(wit, told, operation):
    """It took place as planned, today: until tomorrow the day stands in no list."""
    wit.go(operation)
    wit.press("It was carried out")
    expect(wit.field("The exact place")).to_have_value("")
    wit.press("Take over what was planned")
    expect(wit.field("The exact place")).to_have_value(told.place)
    wit.fill("What happened?", told.found)
    wit.press("Save")
    wit.at(f"^{operation}$")
    wit.reads(
        label(wit, of_operations("states"), "carried_out"),
        "Day, place and police unit stay sealed until the day after.",
    )
    wit.misses(told.place, told.found)
    wit.go("/operations/")
    row = wit.page.locator("tbody tr")
    expect(row).to_contain_text(wit.t("Sealed"))
    expect(row).not_to_contain_text(wit.era_day(TODAY))


def meet(wit, told, operation):
    """Thirty people in one go. A line that is not understood is named, and nothing is kept."""
    wit.go(operation)
    wit.press("Write down people met")
    named = [f"{name}; {told.cells}" for name in told.names]
    wit.fill("One person on each line", "\n".join([*named, "; F; 24; XYZ"]))
    wit.fill("People without any particulars", str(MET - 3))
    wit.press("Write them down")
    fault = wit.t(
        "Line %(line)s: the nationality “%(cell)s” is not understood.", line=4, cell="XYZ"
    )
    wit.put_right("One person on each line", fault)
    expect(wit.field("People without any particulars")).to_have_value(str(MET - 3))
    wit.fill("One person on each line", "\n".join(named))
    wit.press("Write them down")
    wit.at(f"^{operation}/people$")
    expect(wit.page.locator("tbody tr")).to_have_count(MET)
    wit.misses(*told.names)


def decide(wit, operation):
    """What becomes of the fourth and the fifth; the page goes on to the next who is open."""
    person = open_person(wit, operation, 4)
    wit.press("Change, or decide")
    for outcome in ("home", "immigration"):
        wit.choose("Outcome", label(wit, of_operations("outcomes"), outcome))
        wit.press("Save and go on to the next person")
    wit.go(person)
    wit.reads(label(wit, of_operations("outcomes"), "home"))
    wit.misses(wit.t("Begin a survivor's file"))
    wit.go(f"{operation}/people?outcome=immigration")
    expect(wit.page.locator("tbody tr")).to_have_count(1)
    wit.go(f"{operation}/people?outcome=open")
    expect(wit.page.locator("tbody tr")).to_have_count(MET - 5)


def open_person(person, operation, number):
    person.go(f"{operation}/people")
    person.follow(str(number))
    return person.at(PERSON)[0]


def begin_files(nok, told, operation):
    """Three of the people met become survivors, by the names that were written down there."""
    return [begin_file(nok, told, operation, number) for number in (1, 2, 3)]


def begin_file(nok, told, operation, number):
    met = open_person(nok, operation, number)
    nok.press("Begin a survivor's file")
    nok.press("Begin the file")
    her = nok.at(SURVIVOR)[0]
    nok.misses(*told.names)
    nok.show(label(nok, of_survivors("reading_purposes"), "care"))
    nok.reads(told.names[number - 1])
    nok.go(met)
    nok.reads("Survivor's file:")
    nok.misses(nok.t("Begin a survivor's file"))
    return her


def open_case(nok, her, manager):
    nok.go(her)
    nok.press("Open a case")
    nok.choose("Who manages the case?", manager)
    nok.press("Open a case")
    return nok.at(CASE)[0]


# --- a roof, a plan, somebody to talk to


def found_house(pranee, told):
    """The province is all that stands open; the address has a key of its own."""
    pranee.go("/shelters/")
    pranee.press("Add a shelter")
    pranee.fill("Name of the house", told.house)
    pranee.pick("Whose house is it?", label(pranee, of_shelters("kinds"), "ours"))
    pranee.choose("Province", province(pranee, "50"))
    pranee.fill("For how many people?", "4")
    pranee.pick("Whom does it take in?", label(pranee, of_shelters("takes"), "women"))
    pranee.press("Save")
    house = pranee.at(SHELTER)[0]
    pranee.reads(told.house, province(pranee, "50"))
    pranee.follow("Write it down")
    pranee.fill("Address", told.address)
    pranee.press("Seal it")
    pranee.at(f"^{house}/keepers$")
    pranee.reads("Pranee", "without an end")
    pranee.go(house)
    pranee.press("Beds")
    pranee.fill("Labels of the beds", "A1\nA2")
    pranee.press("Save")
    pranee.go(house)
    pranee.misses(told.address)
    return house


def read_address(pranee, told, house):
    """For a reason, once: the page that asks for it says nothing."""
    pranee.go(f"{house}/sealed")
    pranee.misses(told.address)
    pranee.show(label(pranee, of_shelters("reading_purposes"), "journey"))
    pranee.reads(told.address)


def place(pranee, told, case, bed):
    """She sleeps in this bed from today; nobody else can be given it."""
    pranee.go(case)
    pranee.follow("Place in a shelter")
    pranee.follow(told.house)
    pranee.choose("Bed", bed)
    pranee.press("Save")
    pranee.go(case)
    pranee.reads(told.house, bed)
    pranee.misses(told.address)


def set_goal(arun, told, case):
    """What she wants, in her words; closed until it is opened for a purpose."""
    arun.go(f"/care{case.removeprefix('/cases')}")
    arun.reads("There is no plan yet")
    arun.press("Set the first goal")
    arun.fill("What does the survivor want? In the survivor's own words", told.wish)
    arun.choose("What kind of goal is it?", label(arun, goal_kinds(), "Livelihood"))
    arun.press("Save")
    arun.go(f"/care{case.removeprefix('/cases')}")
    arun.misses(told.wish)
    arun.show(label(arun, of_survivors("reading_purposes"), "care"))
    arun.reads(told.wish)


def counsel(mali, told, case):
    """Counselling has a compartment of its own."""
    mali.go(case)
    mali.follow("Record a counselling session")
    mali.on("On which day?", TODAY)
    mali.pick("How?", label(mali, of_care("session_kinds"), "individual"))
    mali.fill("How many minutes?", "50")
    mali.choose("Who counselled?", "Mali")
    safety = label(mali, of_care("safety_outcomes"), "none")
    mali.pick("What did the question about safety bring?", safety)
    mali.fill("Notes", told.counselled)
    mali.press("Save")
    mali.go(f"/care{case.removeprefix('/cases')}/counselling")
    mali.misses(told.counselled)
    mali.show(label(mali, of_survivors("reading_purposes"), "care"))
    mali.reads(told.counselled)


def measure(mali, case, on, answer, *, missing=0):
    """A questionnaire, question by question; one may stay without an answer."""
    tool = measures.tool("PCL-5")
    mali.go(f"/care{case.removeprefix('/cases')}/measure/{tool.code}")
    mali.on("On which day was it taken?", on)
    for number, question in enumerate(tool.items, start=1):
        if number != missing:
            mali.pick(f"{number}. {question}", answer)
    mali.press("Save")
    mali.at(r"/measures/[\w-]{22}$")


def measure_three_times(mali, case):
    """One with a gap has no total and says so; two whole ones are a line."""
    line = mali.page.locator(".romyen-chart__series polyline")
    incomplete = mali.t("Incomplete: there is no total, and no point on the line.")
    measure(mali, case, TODAY, "A little bit", missing=7)
    warning = mali.page.locator(".govuk-warning-text")
    expect(warning).to_contain_text(incomplete)
    mali.show(label(mali, of_survivors("reading_purposes"), "care"))
    expect(warning).to_contain_text(f"{mali.t('Not answered')}: 7")
    for days, answer in ((40, "Quite a bit"), (5, "Moderately")):
        measure(mali, case, TODAY - timedelta(days), answer)
        expect(mali.page.locator(".govuk-warning-text")).to_have_count(0)
    mali.go(f"/care{case.removeprefix('/cases')}/measures")
    expect(line).to_have_count(0)
    mali.show(label(mali, of_survivors("reading_purposes"), "care"))
    mali.reads("Incomplete: no total, not on the line")
    expect(line.first).to_be_visible()
    (_x, before), (_x, after) = [
        [float(part) for part in point.split(",")]
        for point in (line.first.get_attribute("points") or "").split()
    ]
    assert after > before, "fewer points are lower on the page"
