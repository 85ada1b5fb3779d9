"""A person from a lead to an open case, in English, at a desk."""

import pytest
from tests.journeys.server import NOK, PASSPHRASE

pytestmark = pytest.mark.journey

ARUN = "arun@example.org"
ARUNS = "papaya thunder meadow bronze"
TOLD = "A neighbour saw a young woman who is not let out of a workshop."
NAME = "Htwe Htwe (invented)"
CLINIC = "Riverside Clinic (invented)"
FOR_HELP = "Passing information on for help"


def settle_in(nok, arun):
    """Nok signs in for the first time, invites Arun, and admits him by his five groups."""
    nok.sign_in_first(NOK, PASSPHRASE)
    nok.reads("Hello, Nok")
    nok.follow("People")
    nok.press("Invite a colleague")
    nok.fill("Name", "Arun")
    nok.fill("E-mail address", ARUN)
    nok.choose("Role", "Caseworker")
    nok.choose("Where", "Intake")
    nok.press("Invite")
    link = nok.page.locator("main [translate=no]").inner_text()
    arun.join(link, ARUNS)
    arun.sign_in_first(ARUN, ARUNS)
    arun.at("/waiting$")
    words = arun.page.locator(".romyen-words").inner_text()
    nok.follow("People")
    nok.follow("Arun")
    nok.fill("The five groups that your colleague reads to you", words)
    nok.press("The groups agree: admit")
    nok.misses("waits to be admitted")
    arun.press("I have been admitted: go on")
    arun.reads("Hello, Arun")


def write_lead(arun):
    """Three fields, then an assessment; gives the lead's address."""
    arun.follow("Write down a lead")
    arun.fill("What was told?", TOLD)
    arun.choose("Who told it?", "Member of the public")
    arun.pick("Is anyone in danger?", "Going on, no sign of sudden danger")
    arun.press("Save the lead")
    lead = arun.at(r"^/leads/[\w-]{22}$")[0]
    arun.misses(TOLD)
    arun.press("Assess")
    arun.pick("What do we do?", "Follow up")
    arun.fill("Why?", "It fits what partners report from this street.")
    arun.press("Save")
    arun.at(f"^{lead}$")
    return lead


def register(arun, lead):
    """The survivor whom the lead is about; gives the address of her page."""
    arun.go(f"/survivors/register?lead={lead.rpartition('/')[2]}")
    arun.fill("Name", NAME)
    arun.fill("Nickname", "Htwe")
    arun.day("Date of birth", 14, 2, 2003)
    arun.pick("Gender", "Feminine")
    arun.pick("Nationality", "Myanmar")
    arun.pick("Languages spoken", "Burmese")
    arun.page.get_by_label("An interpreter is needed").check()
    arun.press("Register")
    her = arun.at(r"^/survivors/[\w-]{22}$")[0]
    arun.misses(NAME)
    arun.follow("Safe contact")
    arun.fill("Not before", "18:00")
    arun.choose("Best way", "Through a trusted person")
    arun.fill("What to say", "You are from the clinic.")
    arun.press("Save")
    arun.reads("You are from the clinic.", "18:00")
    return her


def screen(arun, her):
    """What she told and what was seen; the result explains, and counts nothing."""
    arun.follow("Write down a screening talk")
    arun.day("When did it happen?", 1, 3, 2026)
    for sign, kind, words in (
        ("Recruitment", "Heard", "A cousin's friend offered work in a shop."),
        ("Fraud", "Heard", "The shop was a workshop; the pay never came."),
        ("Forced labour or services", "Observed", "Marks of long work on both hands."),
    ):
        arun.page.locator("summary", has_text=sign).first.click()
        arun.pick(f"{sign}: how is it known?", kind)
        arun.fill(f"{sign}: what was seen or said?", words)
    arun.press("Save and see what it means")
    arun.at(r"/screenings/[\w-]{22}$")
    arun.reads(
        "What the screening shows",
        "The evidence entered touches this element.",
        "Marks of long work on both hands.",
    )
    arun.follow("Record a decision")
    arun.pick("What was decided?", "Possible victim")
    arun.choose("Who decided?", "NGO")
    arun.day("On which day?", 2, 3, 2026)
    arun.choose("On what basis?", "Initial screening")
    arun.press("Save")
    arun.at(f"^{her}$")
    arun.reads("Possible victim")


def add_partner(arun):
    """The clinic that she will be referred to."""
    arun.follow("Partners")
    arun.press("Add an organisation")
    arun.fill("Name of the organisation or office", CLINIC)
    arun.page.get_by_label("Kind of organisation").select_option(index=1)
    arun.press("Save")
    arun.reads("Riverside Clinic")


def consent(arun, her, purpose, recipient):
    """She agrees to one purpose and one recipient."""
    arun.go(f"{her}/consents/new")
    arun.choose("What for?", purpose)
    arun.choose("To whom?", recipient)
    arun.pick("Who consents?", "The person herself or himself")
    arun.choose("How was it given?", "Spoken, through an interpreter")
    arun.day("Given on", 2, 3, 2026)
    arun.press("Save")
    arun.at(f"^{her}$")
    arun.reads("Consent given")


def open_case(arun, her):
    """A case from the lead; gives its address."""
    arun.go(her)
    arun.press("Open a case")
    arun.reads("From the lead")
    arun.choose("Who manages the case?", "Arun")
    arun.press("Open a case")
    return arun.at(r"^/cases/[\w-]{22}$")[0]


def test_from_a_lead_to_an_open_case(office, person):
    nok, arun = person(), person()
    settle_in(nok, arun)
    lead = write_lead(arun)
    her = register(arun, lead)
    screen(arun, her)
    add_partner(arun)
    consent(arun, her, "Keeping her information", "This organisation")
    consent(arun, her, FOR_HELP, CLINIC)
    case = open_case(arun, her)
    arun.reads("Open", "Managed by Arun")
    nok.go(her)
    nok.follow("Who has seen this")
    nok.reads("Arun")
    nok.go(case)
    office.command("audit", "verify")
