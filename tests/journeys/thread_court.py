"""The end of the thread: the court, the money, how she fares, and the closed case."""

from datetime import timedelta

from playwright.sync_api import expect
from tests.journeys.thread import TODAY, label

from romyen.care.words import listed as of_care
from romyen.cases.book import listed as of_case
from romyen.legal.words import words as of_law
from romyen.shelters.words import listed as of_shelters
from romyen.survivors.listed import listed as of_survivors

PROCEEDING = r"^/legal/[\w-]{22}$"
NEXT_MONTH = (TODAY.replace(day=1) + timedelta(days=32)).replace(day=12)
"""The day of the hearing."""
CLAIMED, ORDERED, FIRST, SECOND = 120_000, 80_000, 30_000, 50_000
"""Baht."""
BEFORE_CHARGE = (
    "No charge was filed by that day, so this cannot stand there. Write down the charge first. "
    "Before a charge there is testimony in advance only (section 31)."
)


def begin_proceeding(prasit, told, case):
    prasit.go(f"/legal/case{case.removeprefix('/cases')}")
    prasit.press("Write down a proceeding")
    kind = label(prasit, of_law("proceeding_kinds"), "trafficking")
    prasit.choose("What kind of proceeding?", kind)
    prasit.pick("Part in the proceeding", label(prasit, of_law("party_roles"), "injured"))
    prasit.choose("Where does it stand?", label(prasit, of_law("stages"), "first_instance"))
    prasit.on("Since when?", TODAY - timedelta(9))
    prasit.fill("Black case number", told.black_no)
    prasit.fill("The accused", told.accused)
    prasit.press("Save")
    prasit.go("/legal/")
    prasit.page.locator("tbody a.romyen-code").click()
    prasit.look()
    prasit.reads(kind)
    prasit.misses(told.black_no, told.accused)
    return prasit.at(PROCEEDING)[0]


def charge(prasit, proceeding):
    """No hearing before a charge; with the charge the hearing stands, and she has to come."""
    hearing(prasit, proceeding, "")
    prasit.put_right("On which day?", prasit.t(BEFORE_CHARGE))
    prasit.go(proceeding)
    prasit.press("Write down a charge")
    offence = prasit.field("Law and section").locator("option").nth(1).inner_text()
    prasit.choose("Law and section", offence)
    prasit.on("Charged on", TODAY - timedelta(9))
    prasit.pick("What became of it?", label(prasit, of_law("results"), "pending"))
    prasit.press("Save")
    prasit.at(f"^{proceeding}$")
    prasit.reads(offence)


def hearing(prasit, proceeding, room):
    """A day at court next month, to which everyone of the proceeding has to come."""
    prasit.go(proceeding)
    prasit.press("Write down a hearing")
    prasit.pick("What is it?", label(prasit, of_law("hearing_kinds"), "hearing"))
    prasit.on("On which day?", NEXT_MONTH)
    prasit.fill("Where exactly?", room)
    prasit.group("Who has to come?").get_by_role("checkbox").check()
    prasit.press("Save")


def to_court(prasit, told, proceeding):
    """With the charge the hearing can stand; where exactly is sealed, and she has to come."""
    hearing(prasit, proceeding, told.room)
    prasit.at(f"^{proceeding}$")
    prasit.reads(prasit.era_day(NEXT_MONTH), "Not prepared yet")
    prasit.misses(told.room)
    prasit.show(label(prasit, of_survivors("reading_purposes"), "legal"))
    prasit.reads(told.room, told.black_no, told.accused)


def compensate(prasit, told, case):
    """Claimed, ordered, and paid in two parts: the three sums stand side by side."""
    file = f"/legal/case{case.removeprefix('/cases')}"
    prasit.go(file)
    prasit.follow("Compensation")
    prasit.pick("What is it?", label(prasit, of_law("compensation_heads"), "damages"))
    prasit.choose("Who has to pay?", label(prasit, of_law("payers"), "defendant"))
    prasit.fill("Claimed, in baht", told.claimed)
    prasit.on("Claimed on", TODAY - timedelta(8))
    prasit.choose("Enforcement", label(prasit, of_law("enforcement_states"), "none"))
    prasit.press("Save")
    damages = label(prasit, of_law("compensation_heads"), "damages")
    prasit.go(file)
    prasit.follow("Change", damages)
    prasit.fill("Ordered, in baht", str(ORDERED))
    prasit.on("Ordered on", TODAY - timedelta(3))
    prasit.choose("Enforcement", label(prasit, of_law("enforcement_states"), "part"))
    prasit.press("Save")
    for amount in (FIRST, SECOND):
        prasit.go(file)
        prasit.follow("Record a payment", damages)
        prasit.fill("Paid, in baht", str(amount))
        prasit.on("Paid on", TODAY)
        prasit.press("Save")
    prasit.go(file)
    part = prasit.page.locator("article.romyen-card")
    for amount in (CLAIMED, ORDERED, FIRST, SECOND, FIRST + SECOND):
        expect(part).to_contain_text(f"{amount:,}")


# --- how she fares


def follow_up(arun, told, case):
    """Five are planned in one step; the first finds her well."""
    arun.go(f"/care{case.removeprefix('/cases')}/follow-ups")
    arun.press("Plan the follow-ups")
    arun.pick("What begins here?", label(arun, of_care("follow_up_starts"), "exit"))
    arun.on("On which day?", TODAY)
    arun.press("Save")
    expect(arun.page.locator("article.romyen-card")).to_have_count(5)
    first = label(arun, of_care("follow_up_months"), "1")
    arun.follow("Record the follow-up", first)
    arun.pick("Was the survivor reached?", arun.t("Yes"))
    arun.on("On which day?", TODAY)
    arun.pick("How?", label(arun, of_care("follow_up_ways"), "visit"))
    found = of_care("follow_up_found")
    arun.pick("What did you find?", label(arun, found, "safe"), label(arun, found, "working"))
    arun.fill("In the survivor's own words", told.home)
    arun.press("Save")
    done = arun.page.locator("article.romyen-card", has_text=first)
    expect(done).to_contain_text(label(arun, of_care("follow_up_states"), "done"))
    expect(done).to_contain_text(label(arun, found, "working"))
    arun.misses(told.home)


def leave_house(pranee, case, house):
    """Her bed is free again, and the stay remains in the course of the case."""
    pranee.go(case)
    pranee.follow("Left the house")
    pranee.on("Left on", TODAY)
    pranee.choose("Reason", label(pranee, of_shelters("exit_reasons"), "goals_reached"))
    pranee.press("Save")
    pranee.go(case)
    pranee.reads("Stays in no shelter now.")
    pranee.go(house)
    expect(pranee.page.locator("tbody tr", has_text="A1")).to_contain_text(pranee.t("Free"))


def close(arun, told, case):
    """The case rests; what went on stands in its course, and follow-ups go on."""
    arun.go(case)
    expect(arun.page.get_by_role("button", name=arun.t("Refer"), exact=True)).to_have_count(1)
    arun.follow("Close this case")
    arun.pick("How did it end?", label(arun, of_case("outcomes"), "reintegrated"))
    arun.on("Closed on", TODAY)
    arun.fill("In your own words", told.home)
    arun.press("Save")
    arun.at(f"^{case}$")
    arun.reads("How it ended", label(arun, of_case("outcomes"), "reintegrated"))
    arun.misses(told.home)
    for step in ("Record an event", "Refer", "Add a task"):
        expect(arun.page.get_by_role("button", name=arun.t(step), exact=True)).to_have_count(0)
    arun.go(f"/care{case.removeprefix('/cases')}/follow-ups")
    arun.reads("This case is closed. Measures and follow-ups go on.")
    expect(arun.page.get_by_role("link", name=arun.t("Record the follow-up"))).to_have_count(4)
