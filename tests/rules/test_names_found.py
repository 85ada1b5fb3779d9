"""Of well-known names the right one is found among thousands, in both directions.

The names are common Thai given names with a spelling that is usual for them; those around are
put together from parts of Thai names and belong to nobody.
"""

import random
from itertools import product

import pytest

from romyen.rules.names import rank

KNOWN = [
    tuple(pair.split())
    for line in """
อภิสิทธิ์ abhisit|อดิศักดิ์ adisak|อำนาจ amnat|อมรรัตน์ amornrat|อำพล ampol|อานันท์ anand
อัญชลี anchalee|อังคณา angkana|อนุสรณ์ anusorn|อนุทิน anutin|อภิรดี apiradee
เอื้อมพร auemporn|ภูมิพล bhumibol|บัณฑิต bundit|บุษบา busaba|ชัชชาติ chadchart
ชัยวัฒน์ chaiwat|จักรพงษ์ chakrapong|ชาคริต chakrit|ชนิดา chanida|ชนินทร์ chanin
ชาญวิทย์ charnvit|เจริญ charoen|ชาติชาย chatichai|จาตุรนต์ chaturon|เชิดชัย cherdchai
ชูชาติ choochart|จุฬาลักษณ์ chulalak|ดาวเรือง daoruang|เดชา decha|ดวงจันทร์ duangchan
เอกสิทธิ์ ekkasit|จินตหรา jintara|กรรณิการ์ kannika|กัญญารัตน์ kanyarat|เกศินี kesinee
กิตติศักดิ์ kittisak|กฤษดา krisda|กุลธิดา kultida|ลดาวัลย์ ladawan|มาลี malee|มานะ mana
มณีรัตน์ maneerat|มลฤดี monruedee|เหมือนฝัน muanfun|มุกดา mukda|นภาพร napaporn
นารีรัตน์ nareerat|ณัฐพงษ์ nattapong|ณัฐวุฒิ nattawut|อรอนงค์ onanong|องอาจ ongart
อรพรรณ orapan|แพทองธาร paetongtarn|ไพโรจน์ pairoj|ปณิธาน panitan|ปาริชาติ parichat
ปัทมา pattama|ปวีณา paweena|ภาวิณี pawinee|เพ็ญศรี pensri|เพชรรัตน์ petcharat|ปิยะ piya
พงศกร pongsakorn|พรพิมล pornpimol|ประจักษ์ prachak|ประพันธ์ prapan|ประวิตร prawit
พุ่มพวง pumpuang|รัชพล ratchapol|รจนา rotjana|แสงดาว saengdao|สาคร sakorn|เสน่ห์ saneh
ศรัณย์ saran|สราวุฒิ sarawut|ศศิธร sasithorn|เสกสรรค์ seksan|สิทธิชัย sittichai
ศิวพร siwaporn|สร้อยทิพย์ soithip|สมชาย somchai|สมพร somporn|สมหญิง somying
สงกรานต์ songkran|ทรงพล songpol|โสรยา soraya|เศรษฐา srettha|ศรีสุดา srisuda|สุขสันต์ suksan
สุนิสา sunisa|สุนทร sunthorn|ศุภชัย supachai|สุภาพร supaporn|สุภาวดี supawadee
ทัศนีย์ tassanee|ธนาธร thanathorn|ธนวัฒน์ thanawat|ถนอม thanom|ธีรศักดิ์ theerasak
ธิดารัตน์ thidarat|ธงไชย thongchai|อุไร urai|อุษา usa|วราภรณ์ waraporn|วารุณี warunee
วีรวัฒน์ weerawat|วิไล wilai|วิภาดา wipada|ยงยุทธ yongyuth
""".split("\n")
    for pair in line.split("|")
    if pair
]
FIRST = """
กมล กนก กิตติ กุล เกียรติ ขวัญ จักร จันทร์ จิรา จิตร ชล ชัย ชาญ ชุติ ณัฐ ดวง ทิพย์ ธน ธีร นภา นันท นิ บุญ
เบญจ ปิยะ ประ พงษ์ พร พัชร พิม เพ็ญ เพชร ภัทร มณี มาลี ยุทธ รัตน วร วัน วิ ศรี ศิริ ศักดิ์ สม สิทธิ สุ สุร เสาว แสง อร
""".split()
SECOND = """
กร กานต์ กาญจน์ เกศ จิต จิรา ใจ ชัย ชาย โชค ดา เดช ดี ธร ธิดา นภา นันท์ นาถ นารี ปรีดา พงศ์ พงษ์ พร พล พันธ์ ภรณ์ ภา
มาศ มาลย์ มี รักษ์ รัตน์ ฤดี ลักษณ์ วดี วรรณ วัฒน์ วิทย์ วุฒิ ศรี ศักดิ์ สิทธิ์ สุข สุดา หทัย อนงค์ อร
""".split()


def crowd() -> list[str]:
    """Some 2,500 Thai names, the known ones among them."""
    return [*(first + second for first, second in product(FIRST, SECOND)), *(k for k, _ in KNOWN)]


def places(asked: list[tuple[str, str]], among: list[str]) -> list[int]:
    """At which place each name was found; 99 where not among ten."""
    found = [([name for name, _ in rank(query, among)], right) for query, right in asked]
    return [names.index(right) + 1 if right in names else 99 for names, right in found]


def share(found: list[int], most: int) -> float:
    """Of how many the place is at most that."""
    return sum(place <= most for place in found) / len(found)


def test_usual_spellings_find_thai_names():
    found = places([(latin, thai) for thai, latin in KNOWN[::2]], crowd())
    assert share(found, 10) >= 0.97
    assert share(found, 1) >= 0.75


def test_thai_names_find_usual_spellings():
    found = places(KNOWN, [latin for _, latin in KNOWN])
    assert share(found, 10) == 1
    assert share(found, 1) >= 0.97


def test_slips_of_the_keyboard_are_forgiven():
    chance = random.Random(26)
    asked = [(slipped(latin, chance), thai) for thai, latin in KNOWN[::3] if len(latin) > 7]
    assert share(places(asked, crowd()), 10) >= 0.75


def slipped(latin: str, chance: random.Random) -> str:
    """With two neighbouring letters in the middle changed about."""
    at = chance.randrange(2, len(latin) - 2)
    return latin[:at] + latin[at + 1] + latin[at] + latin[at + 2 :]


@pytest.mark.parametrize(
    ("nickname", "latin"),
    [
        ("พลอย", "Ploy"), ("ปุ๋ย", "Pui"), ("นุ้ย", "Nui"), ("อ้อม", "Orm"), ("เมย์", "May"),
        ("แนน", "Nan"), ("กุ้ง", "Kung"), ("หนู", "Noo"), ("เล็ก", "Lek"), ("ต่าย", "Tai"),
        ("ฝ้าย", "Fai"), ("ไอซ์", "Ice"), ("เบิร์ด", "Bird"), ("จูน", "June"), ("แบงค์", "Bank"),
    ],
)  # fmt: skip
def test_nicknames_are_found(nickname, latin):
    nicknames = "พลอย ปุ๋ย นุ้ย อ้อม เมย์ แนน กุ้ง หนู เล็ก ต่าย ฝ้าย ไอซ์ เบิร์ด จูน แบงค์ นก ดาว น้ำ ฟ้า".split()
    assert nickname in [name for name, _ in rank(latin, nicknames, limit=2)]
