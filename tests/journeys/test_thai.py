"""A child from a lead to closure, in Thai, on a telephone; her colleague's has no JavaScript."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from tests.journeys.server import NOK, PASSPHRASE, THIDA

from romyen.cases.book import book
from romyen.cases.book import listed as of_case
from romyen.leads.words import book as of_leads
from romyen.leads.words import words as of_lead
from romyen.partners.words import kinds
from romyen.rules.consent import basis
from romyen.rules.screening import indicators
from romyen.survivors.listed import genders, nationalities
from romyen.survivors.listed import listed as of_survivor

pytestmark = pytest.mark.journey

TOLD = "ครูเห็นว่าเด็กไม่มาเรียนสามสัปดาห์ เพื่อนเล่าว่าต้องทำงานที่ร้านทุกคืน"
NAME = "เด็กหญิงน้ำใส ใจดี (นามสมมติ)"
NICKNAME = "ปลาทู"
STEPFATHER = "พ่อเลี้ยง (นามสมมติ)"
POLICE = "สถานีตำรวจตัวอย่าง (สมมติ)"
OFFICE = "สำนักงานจังหวัดตัวอย่าง (สมมติ)"
TODAY = (datetime.now(UTC) + timedelta(hours=7)).date()
"""The day in Bangkok."""


def said(words, code):
    """A choice as it stands on a Thai page."""
    return words.label(code, "th")


def event(code):
    return book().events[code].label("th")


def clock(name):
    return book().clocks[name].label("th")


def thai_digits(text):
    return str(text).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


def write_lead(nok):
    """Three answers while the teacher is on the telephone: the numbers to call come first."""
    nok.follow("Write down a lead")
    nok.press("Save the lead")
    nok.put_right(
        "What was told?", nok.t("Still missing: %(label)s", label=nok.t("What was told?"))
    )
    nok.fill("What was told?", TOLD)
    nok.choose("Who told it?", said(of_lead("sources"), "school"))
    nok.pick("Is anyone in danger?", said(of_lead("imminence"), "now"))
    nok.press("Save the lead")
    lead = nok.at(r"^/leads/[\w-]{22}$")[0]
    nok.reads("Call first, write later.", "1300", "191")
    nok.misses(TOLD)
    return lead


def complete_lead(nok, lead):
    """What follows later: a child, the place by its official names, the signs."""
    nok.press("Complete")
    nok.pick("Is a child involved?", said(of_lead("child_involved"), "yes_child"))
    nok.fill("Name of the person who told it", "ครูมะลิ (นามสมมติ)")
    nok.pick("Is it safe to contact this person?", said(of_lead("contact_safe"), "yes"))
    nok.choose("Province", "เชียงใหม่")
    nok.choose("District", "เมืองเชียงใหม่")
    nok.choose("Subdistrict", "สุเทพ")
    nok.pick("Warning signs in an offer or a journey", said(of_lead("red_flags"), "DEBT"))
    nok.press("Save")
    nok.at(f"^{lead}$")
    nok.reads("สุเทพ", "1387")


def see_to_duties(nok, lead):
    """The duty to report a child's abuse stands there with its law, until it is done."""
    duty = of_leads().clocks["INT-03"].label("th")
    nok.press("Record that it was done", duty)
    nok.fill("What was done?", "แจ้งพนักงานเจ้าหน้าที่ทางโทรศัพท์แล้ว")
    nok.press("Record that it was done")
    nok.at(f"^{lead}$")
    done = nok.page.locator(".romyen-card", has_text=duty)
    expect(done).to_contain_text(nok.t("Done"))


def pass_to_police(nok, lead):
    """The police take it over, with a receipt."""
    add_partner(nok, POLICE, "LawEnforcement")
    nok.go(lead)
    nok.press("Pass to the police")
    nok.choose("Police unit", POLICE)
    nok.fill("Who took it over?", "ร.ต.อ. ตัวอย่าง (นามสมมติ)")
    nok.fill("Number of the receipt or daily report", thai_digits("12/2569"))
    nok.press("Record the receipt")
    nok.at(f"^{lead}$")
    nok.reads(POLICE, said(of_lead("statuses"), "passed"))


def add_partner(nok, name, kind):
    nok.go("/partners/")
    nok.press("Add an organisation")
    nok.fill("Name of the organisation or office", name)
    nok.choose("Kind of organisation", said(kinds(), kind))
    nok.press("Save")
    nok.reads(name)


def register(nok, lead):
    """Her year of birth is known, and in Thai digits; one of the other era is not converted."""
    nok.go(f"/survivors/register?lead={lead.rpartition('/')[2]}")
    nok.fill("Name", NAME)
    nok.fill("Nickname", NICKNAME)
    nok.day("Date of birth", "", "", TODAY.year - 14)
    nok.pick("Gender", said(genders(), "Feminine"))
    nok.pick("Nationality", said(nationalities(), "TH"))
    nok.pick("Languages spoken", said(of_survivor("languages"), "th"))
    nok.press("Register")
    nok.put_right("Date of birth", "พ.ศ.")
    expect(nok.field("Name")).to_have_value(NAME)
    nok.day("Date of birth", "", "", thai_digits(TODAY.year - 14 + 543))
    nok.press("Register")
    her = nok.at(r"^/survivors/[\w-]{22}$")[0]
    nok.misses(NAME)
    return her


def warn(nok, her):
    """What everyone must know first, and whose word does not count."""
    nok.follow("Raise an alert")
    nok.pick("What is it about?", said(of_survivor("alert_kinds"), "trafficker_searching"))
    nok.fill("What does everyone need to know?", "ห้ามบอกที่อยู่กับผู้ใด")
    nok.press("Raise the alert")
    nok.at(f"^{her}$")
    nok.reads("ห้ามบอกที่อยู่กับผู้ใด")
    nok.follow("Parent or guardian")
    nok.pick("The guardian", said(of_survivor("guardian_conflicts"), "unsafe"))
    nok.press("Save")
    nok.put_right("What makes you think so?", "")
    nok.fill("What makes you think so?", "พ่อเลี้ยงเป็นผู้พาไปทำงาน")
    nok.press("Save")
    nok.at(f"^{her}$")
    nok.reads("Guardian in conflict")
    nok.misses("พ่อเลี้ยงเป็นผู้พาไปทำงาน")


def guardian_consents(nok, her):
    """The stepfather signs; it is written down, and carries nothing."""
    nok.go(f"{her}/consents/new")
    nok.choose("What for?", said(of_survivor("consent_purposes"), "referral"))
    nok.choose("To whom?", OFFICE)
    nok.pick("Who consents?", said(of_survivor("consent_givers"), "guardian"))
    nok.fill("Name of the guardian", STEPFATHER)
    nok.choose("How was it given?", said(of_survivor("consent_ways"), "signed"))
    nok.on("Given on", TODAY)
    nok.press("Save")
    nok.at(f"^{her}$")
    nok.reads("Only a guardian in conflict has consented: it does not count")


def screen(nok, her):
    """For a child the means do not matter, nor what she agreed to."""
    nok.go(f"{her}/screenings/new")
    nok.on("When did it begin?", TODAY - timedelta(5))
    for element, code, kind, words in (
        ("act", "recruitment", "Heard", "พ่อเลี้ยงพาไปฝากที่ร้าน"),
        ("purpose", "forced_labour", "Inferred", "ทำงานทุกคืนและไม่ได้เงิน"),
    ):
        label = next(one for one in indicators(element) if one.code == code).label("th")
        nok.page.locator("summary", has_text=label).first.click()
        nok.pick(f"{label}: {nok.t('how is it known?')}", nok.t(kind))
        nok.fill(f"{label}: {nok.t('what was seen or said?')}", words)
    nok.press("Save and see what it means")
    nok.reads(
        "For a child the means do not matter, nor what the child agreed to.",
        "For a child the law does not ask for this element.",
        "What is only inferred needs to be seen or heard from someone.",
    )


def open_case(nok, her):
    nok.go(her)
    nok.press("Open a case")
    nok.choose("Who manages the case?", "Nok")
    nok.press("Open a case")
    return nok.at(r"^/cases/[\w-]{22}$")[0]


def record(nok, code):
    nok.press("Record an event")
    nok.choose("What happened?", event(code))
    nok.on("On which day?", TODAY)
    nok.pick("How do we know?", said(of_case("event_sources"), "official"))
    nok.press("Save")


def protect(nok):
    """Two steps of the Child Protection Act: one at once, one that a court may extend."""
    record(nok, "child_separated")
    examination = clock("CHD-03")
    nok.reads(examination)
    nok.press("Done", examination)
    record(nok, "child_observation")
    observation = clock("CHD-04")
    nok.reads(observation, nok.era_day(TODAY + timedelta(7)))
    nok.follow("Extend", observation)
    nok.pick("Extended by", nok.t("the court"))
    nok.on("Until", TODAY + timedelta(60))
    nok.fill("Number of the order or letter", "พ.๑๒/๒๕๖๙")
    nok.press("Save")
    nok.put_right("Until", nok.era_day(TODAY + timedelta(30)))
    nok.on("Until", TODAY + timedelta(20))
    nok.press("Save")
    nok.reads(nok.era_day(TODAY + timedelta(20)))


def refer(nok, case):
    """No consent counts: the duty to report carries it, and waits for nobody."""
    nok.go(case)
    nok.press("Refer")
    nok.choose("To which organisation?", OFFICE)
    nok.pick("What for?", said(of_survivor("consent_purposes"), "referral"))
    nok.press("Continue")
    nok.reads("Only a guardian in conflict has consented: it does not count")
    nok.pick(
        "What may be passed on?",
        said(of_case("referral_facts"), "name"),
        said(of_case("referral_facts"), "birth"),
    )
    nok.pick("Lawful basis", basis("child_abuse_report").label("th"))
    nok.fill("Why it is needed without consent", "ผู้ปกครองไม่ปลอดภัยสำหรับเด็ก")
    nok.press("Save")
    nok.at(r"/referrals/[\w-]{22}$")
    nok.press("Open the sheet")
    nok.reads(NAME, str(TODAY.year - 14 + 543), str(TODAY.year - 14))
    nok.misses(NICKNAME, STEPFATHER, "ร้าน")


def review(thida, case):
    """The second person works without JavaScript: every slot is a link, every step a page."""
    thida.sign_in_first(THIDA, PASSPHRASE)
    thida.follow("A disclosure without consent waits for a second person.")
    thida.at(f"^{case}$")
    thida.follow(OFFICE)
    thida.follow("Review this disclosure")
    thida.press("Save")
    thida.put_right("What do you find?", "")
    thida.pick("What do you find?", said(of_case("review_findings"), "right"))
    thida.fill("Why?", "เด็กอยู่ในอันตราย")
    thida.press("Save")
    thida.reads("Reviewed by")


def work_without_script(thida, case):
    """A note, the people, and her wish."""
    thida.go(case)
    thida.follow("Notes")
    thida.press("Write a note")
    thida.pick("Kind of note", said(of_case("note_kinds"), "health"))
    thida.fill("Note", "นอนหลับดี อยากกลับไปเรียน")
    thida.press("Save")
    thida.at(f"^{case}$")
    thida.follow("Notes")
    thida.misses("อยากกลับไปเรียน")
    thida.show(said(of_survivor("reading_purposes"), "care"))
    thida.reads("อยากกลับไปเรียน")
    thida.go(case)
    thida.follow("Add a person")
    thida.choose("Who is it?", said(of_case("person_roles"), "guardian"))
    thida.fill("Name", STEPFATHER)
    thida.field("This person's interest runs against the survivor's").check()
    thida.press("Save")
    thida.misses(STEPFATHER)
    thida.follow("Change", thida.t("Wish about the proceedings"))
    thida.pick(
        "Does the survivor wish to take part in the proceedings?",
        said(of_case("proceedings_wishes"), "undecided"),
    )
    thida.press("Save")
    thida.reads(said(of_case("proceedings_wishes"), "undecided"))


def close(thida, case):
    """The deadline that still runs is named and confirmed; then the case rests."""
    thida.follow("Close this case")
    thida.pick("How did it end?", said(of_case("outcomes"), "referred"))
    thida.press("Save")
    thida.reads("These deadlines still run. Confirm each.", clock("CHD-04"))
    for box in (
        thida.group("These deadlines still run. Confirm each.").get_by_role("checkbox").all()
    ):
        box.check()
    thida.press("Save")
    thida.at(f"^{case}$")
    thida.reads("How it ended", said(of_case("outcomes"), "referred"))
    thida.press("Sign out")
    thida.go(case)
    thida.at("/sign/in")


def test_a_child_from_a_lead_to_closure(office, person):
    nok = person(office, language="th", width=390)
    thida = person(office, language="th", width=390, script=False)
    nok.sign_in_first(NOK, PASSPHRASE)
    lead = write_lead(nok)
    complete_lead(nok, lead)
    see_to_duties(nok, lead)
    pass_to_police(nok, lead)
    add_partner(nok, OFFICE, "CentralGovernmentOrganisation")
    her = register(nok, lead)
    warn(nok, her)
    guardian_consents(nok, her)
    screen(nok, her)
    case = open_case(nok, her)
    protect(nok)
    refer(nok, case)
    review(thida, case)
    work_without_script(thida, case)
    close(thida, case)
    assert "The log is sound" in office.command("audit", "verify")
