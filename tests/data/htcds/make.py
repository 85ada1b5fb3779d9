"""Makes the example files beside it: the same bytes every time (fixed seed, fixed dates)."""

import csv
import io
import random
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
OFFICIAL = HERE / "official"
STEADY = (2022, 1, 1, 0, 0, 0)

NAMES = [
    ("TH", "นางสาว", "สมหญิง", "ใจเย็น"),
    ("TH", "นาย", "บุญมี", "ศรีสวัสดิ์วงศ์"),
    ("TH", "เด็กหญิง", "น้ำฝน", "ทองดี"),
    ("TH", "นาง", "ญาดา", "ณ ตัวอย่าง"),
    ("TH", "", "ฟ้าใส", ""),
    ("MM", "Ma", "Khin Thida", ""),
    ("MM", "မ", "သီရိအေး", ""),
    ("MM", "ကို", "အောင်မျိုး", ""),
    ("MM", "Naw", "Paw Eh Htoo", ""),
    ("MM", "", "ၸၢႆးသႅင်", ""),
    ("KH", "", "ស្រីពៅ", "ចាន់"),
    ("KH", "Mr", "Sokha", "Example-Chan"),
    ("KH", "លោក", "វិចិត្រ", "សុខ"),
    ("LA", "ນາງ", "ບຸນມີ", "ແສງຈັນ"),
    ("LA", "", "ຄຳຫຼ້າ", ""),
    ("LA", "Ms", "Noy", "Example"),
    ("VN", "", "Thị Hoa", "Nguyễn Mẫu"),
    ("PH", "", "María José", "Ejemplo"),
    ("UZ", "", "Gulnora", "Namunayeva"),
    ("KE", "", "Wanjiru", "Mfano"),
]
INDUSTRIES = [
    "Agriculture, forestry and fishing",
    "F_Construction",
    "Accommodation and food service activities",
    "Water supply; sewerage, waste management and remediation",
]
CONTROL = [
    "Withholds documents; Takes earnings",
    "DebtBondage, FalsePromises",
    "Threatens children/family;Psychological abuse",
    "Excessive working hours",
]
RECRUITED = ["Through online social networks", "ThroughFriendsOrSocialEvents", "At work; Other"]
STATUS = [
    "Possible victim of trafficking",
    "ActualVictimOfTrafficking",
    "possible victim of trafficking ",
]

ADDRESS = {
    "Mailing Street": "12 ถนนตัวอย่าง",
    "Mailing City": "Chiang Mai",
    "Mailing State/Province": "เชียงใหม่",
    "Mailing Zip/Postal Code": "50200",
    "Mailing Country": "Thailand",
}


def rows() -> list[dict[str, object]]:
    """40 rows under the visible labels, without trouble."""
    chance = random.Random(2551)
    return [_row(chance, at) for at in range(40)]


def _row(chance: random.Random, at: int) -> dict[str, object]:
    country, salutation, first, second = NAMES[at % len(NAMES)]
    labour = chance.random() < 0.7
    row: dict[str, object] = {
        "Case Owner": chance.choice(["Nok", "Arun"]),
        "Salutation": salutation,
        "First Name": f"{first}{'' if at < len(NAMES) else ' ' + chr(0x41 + at - len(NAMES))}",
        "Second Name": second,
        "Consent": chance.choice(["Yes", "TRUE", True]),
        "Birthdate": date(1980 + chance.randrange(28), 1 + chance.randrange(12), 15),
        "Gender": chance.choice(
            ["Feminine", "Masculine\u00a0", "Transgender Feminine", "feminine"]
        ),
        "Citizenship": country,
        "Trafficking Status": chance.choice(STATUS),
        "Trafficking Status Decision Making Organization": chance.choice(["NGO", "Police"]),
        "Method of Recruitment": chance.choice(RECRUITED),
        "Location of Recruitment": "a fictional employment office",
        "Methods of Control": chance.choice(CONTROL),
        "Type of Exploitation": "Forced labour" if labour else "Servitude; Other",
        "Forced Labour Industry": chance.choice(INDUSTRIES) if labour else None,
        "Location of Exploitation": chance.choice(["สมุทรสาคร", "Mae Sot", "ระยอง"]),
        "Status": chance.choice(["Active", "Follow Up", "Closed Referred"]),
        "Referring Organisation": "Example Foundation",
        "Incoming Referral Date": datetime(2024, 1 + chance.randrange(12), 3, tzinfo=UTC).date(),
        "Reason for Incoming Referral": "Additional Services Required",
        "Reason for Outgoing Referral": chance.choice([None, "Other"]),
    }
    return row | (ADDRESS if at % 4 == 0 else {})


TROUBLES: dict[int, dict[str, object]] = {
    5: {"Citizenship": "NA"},
    7: {"Citizenship": "Laos"},
    9: {"Birthdate": "1998"},
    11: {"Birthdate": "25/12/1998"},
    13: {"Mobile Phone": 66812345678, "Email": "someone@example.org"},
    15: {"Forced Labour Industry": "Construction; Manufacturing"},
    # From here on, rows that cannot be imported.
    20: {"Gender": "Femail"},
    22: {"Birthdate": "03/04/2010"},
    24: {"Birthdate": "12/05/2541"},
    26: {"First Name": '=UPPER("somchai")'},
    28: {"Methods of Control": "Physical threats; beaten"},
    30: {"Incoming Referral Date": "last Tuesday"},
}
REFUSED = 6


def workbook() -> bytes:
    """The official workbook, filled in."""
    book = openpyxl.load_workbook(OFFICIAL / "workbook.xlsx")
    sheet = book.active
    columns = {sheet.cell(2, at).value: at for at in range(2, sheet.max_column + 1)}
    sheet.cell(2, 40).value = "Favourite food"
    for at, row in enumerate(rows()):
        for label, value in (row | TROUBLES.get(at, {})).items():
            cell = sheet.cell(3 + at, columns[label])
            cell.value = value
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
        sheet.cell(3 + at, 40).value = "ข้าวเหนียว" if at % 5 == 0 else None
    own = book.create_sheet("My notes")
    own["A1"] = "call the office on Monday"
    moment = datetime(*STEADY, tzinfo=UTC).replace(tzinfo=None)
    book.properties.created = book.properties.modified = moment
    buffer = io.BytesIO()
    book.save(buffer)
    return _steady(buffer.getvalue())


def _steady(content: bytes) -> bytes:
    """The same archive with fixed dates in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, STEADY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _without_moment(data)
            new.writestr(entry, data)
    return buffer.getvalue()


def _without_moment(data: bytes) -> bytes:
    import re

    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2022-01-01T00:00:00Z", data)


def names_csv() -> bytes:
    """CSV by field name: codes, ISO dates, a name over two lines, a comma in a name."""
    out = io.StringIO(newline="")
    heads = ["prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_Gender", "prs_Citizenship"]
    heads += ["vic_TypeOfExploitation", "cas_Status", "cas_IncomingReferralDetails", "shelter_bed"]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    chance = random.Random(2559)
    for at, (country, _, first, second) in enumerate(NAMES[:12]):
        born = f"{1985 + chance.randrange(20)}-0{1 + chance.randrange(9)}-15"
        kind = chance.choice(["ForcedLabour", "ForcedLabour;Other", "Servitude"])
        told = "first line\nsecond line, with a comma" if at % 3 == 0 else ""
        line = [first, second, born, "Feminine", country, kind, "Active", told, str(at)]
        writer.writerow(line)
    return out.getvalue().encode()


def answers() -> list[dict[str, str]]:
    """What eight enumerators entered into the official form."""
    chance = random.Random(2565)
    return [
        {
            "con_Consent": "TRUE",
            "prs_First_Name": first,
            "prs_Second_Name": second,
            "prs_Birthdate": f"{1990 + chance.randrange(15)}-0{1 + chance.randrange(9)}-15",
            "prs_Gender": "Feminine",
            "prs_Citizenship": country,
            "prs_Title": "Khun" if at == 2 else "",
            "vic_MethodOfRecruitment": "AtWork Other",
            "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
            "vic_TraffickingStatusDecisionMakingOrg": "NGO",
            "vic_Methods_of_Control": "DebtBondage WithholdsDocuments",
            "vic_TypeOfExploitation": "ForcedLabour",
            "vic_ForcedLabourIndustry": "C_Manufacturing F_Construction",
            "cas_Status": "Active",
            "cas_ReasonForIncomingReferral": "needs a lawyer" if at == 3 else "Other",
        }
        for at, (country, _, first, second) in enumerate(NAMES[4:12])
    ]


def instance(at: int) -> str:
    """A made-up instance id."""
    return f"00000000-0000-4000-8000-{at:012d}"


def submission(at: int, answer: dict[str, str]) -> bytes:
    """One submission as a form server hands it over."""
    from xml.sax.saxutils import escape

    leaves = "".join(
        f"<{name}>{escape(text)}</{name}>" if text else f"<{name}/>"
        for name, text in answer.items()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<data xmlns:orx="http://openrosa.org/xforms" id="htcds" version="vSmt4GQA3C9uBMLPEVfgND">'
        "<start>2024-05-01T09:00:00.000+07:00</start><end>2024-05-01T09:20:00.000+07:00</end>"
        f"{leaves}<__version__>vSmt4GQA3C9uBMLPEVfgND</__version__>"
        f"<orx:meta><orx:instanceID>uuid:{instance(at)}</orx:instanceID></orx:meta></data>\n"
    ).encode()


def kobo_csv() -> bytes:
    """The same answers as Kobo exports them: semicolons, XML names, its own columns behind."""
    out = io.StringIO(newline="")
    found = answers()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["start", "end", *found[0], "_id", "_uuid", "_submission_time", "_index"])
    for at, answer in enumerate(found):
        times = ["2024-05-01T09:00:00.000+07:00", "2024-05-01T09:20:00.000+07:00"]
        own = [str(900 + at), instance(at), "2024-05-01T02:21:00", str(at + 1)]
        writer.writerow([*times, *answer.values(), *own])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def files() -> dict[str, bytes]:
    """Every file by its name."""
    made = {"filled.xlsx": workbook(), "names.csv": names_csv(), "kobo.csv": kobo_csv()}
    for at, answer in enumerate(answers()):
        made[f"submissions/{at + 1:02d}.xml"] = submission(at, answer)
    return made


def main() -> None:
    """Write the files."""
    for name, content in files().items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
