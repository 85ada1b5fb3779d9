"""What the invented people of a measured world are called, and how their cases went."""

from datetime import timedelta

NAMES = (
    "ดอกไม้ รักไทย", "แก้ว สดใส", "ฟ้า สว่างวงศ์", "ขวัญ เย็นใจ", "ခင်မာလာ", "သန်းသန်းအေး",
    "မိုးမိုး", "ບົວ ແກ້ວມະນີ", "ສຸກ ດວງຈັນ", "សុខ ដារា", "ចន្ទ បុប្ផា", "Nguyễn Thị Hoa", "Dilnoza Example",
)  # fmt: skip
NATIONS = ("TH", "MM", "LA", "KH", "VN", "UZ")
OUTCOMES = ("reintegrated", "goals_reached", "returned_home")
NOTES = (
    "วันนี้เธอบอกว่านอนหลับดีขึ้น ชอบรดน้ำต้นไม้ตอนเช้า และอยากเรียนเย็บผ้า",
    "She asked how long the next step takes. Explained again, with the interpreter.",
)
COURSE = (("first_contact", 0), ("care_arrival", 2))
OPEN_CASES = 60
"""A caseworker's caseload."""


def person(dice, number, today):
    """Who somebody is: names in any script, an age, a country."""
    from romyen.rules.births import Birth
    from romyen.rules.days import PartialDay
    from romyen.survivors.particulars import Particulars

    born = PartialDay(today.year - dice.randint(9, 45), dice.randint(1, 12), dice.randint(1, 27))
    return Particulars(
        full_name=f"{dice.choice(NAMES)} {number}",
        birth=Birth.known(born, "stated"),
        gender=dice.choice(("Feminine", "Masculine")),
        nationalities=(dice.choice(NATIONS),),
        languages=(dice.choice(("th", "my", "lo", "km")),),
        interpreter=number % 2 == 0,
        exploitation=("ForcedLabour",),
    )


def kept(dice, number, today):
    """A survivor's file as an import would bring it in."""
    from romyen.survivors.actions.taking_over import Kept

    return Kept(
        particulars=person(dice, number, today),
        names=({"kind": "nickname", "text": f"nickname {number}"},),
        contacts=({"kind": "telephone", "value": f"08{number:08}"},),
        status=dice.choice(("possible", "presumed", "identified")),
        organisation="ngo",
        agreed=("interview", "storage"),
    )


def kept_case(dice, manager, opened, *, still_open):
    """Her case; most were closed after half a year or more."""
    from romyen.cases.actions.taking_over import Kept

    closed = {
        "closed": True,
        "closed_on": opened + timedelta(days=dice.randint(100, 190)),
        "outcome": dice.choice(OUTCOMES),
    }
    return Kept(manager=manager, opened_on=opened, **({} if still_open else closed))
