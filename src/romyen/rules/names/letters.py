"""Folding: one way of writing for what looks or is typed alike, and what belongs to no name.

น้ำ is typed as น, ้, ำ or as น, ํ, ้, า; แ as itself or as two เ; digits come in every script;
zero-width characters, full-width letters and accents slip in. After folding they are equal.
"""

import re
import unicodedata

_MARKS = re.compile("[ัิ-ฺ็-๎]{2,}|[ັິ-ຼ່-ໍ]{2,}")
_TONES = frozenset("่้๊๋์ํ๎່້໊໋໌ໍ")
_NIKHAHIT = frozenset("ํໍ")
_LOOKS = (
    (re.compile("ํา"), "ำ"),  # as NFKD leaves sara am
    (re.compile("เเ"), "แ"),
    (re.compile("ໍາ"), "ຳ"),
    (re.compile("ເເ"), "ແ"),
    (re.compile("ຫນ"), "ໜ"),
    (re.compile("ຫມ"), "ໝ"),
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_LATIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŋ": "ng"}
)
_WORD = re.compile(
    r"[^\W_](?:[^\W_]|['’ʻ]|[\u0e2f-\u0e4e\u0eb0-\u0ece\u102b-\u103e\u17b6-\u17d3])*"
)

TITLES = frozenset(
    """
    นาย นาง นางสาว นส ดช ดญ เด็กชาย เด็กหญิง คุณ หม่อม ดร พระ
    mr mrs ms miss mister dr khun nai nang nangsao master
    u daw ko ma maung
    ဦး ဒေါ် ကို မ မောင်
    ທ້າວ ນາງ ທ້າວ ນາງສາວ ທ່ານ
    លោក លោកស្រី អ្នកស្រី កញ្ញា អ្នក lok neak
    """.split()
)
"""What is written before a name and is no part of it. Left out only where a name follows, so
somebody who is called Ma or Ko keeps that name, and so do Ma Ma and Ko Ko."""
_SPLIT = frozenset("นสดชญ")
"""น.ส., ด.ช. and ด.ญ. fall into two words."""
_GLUED = re.compile(
    "^(?:(?:นางสาว|เด็กชาย|เด็กหญิง|น\\.ส\\.|ด\\.ช\\.|ด\\.ญ\\.|นาย|นาง(?!สาว))(?=[ก-ฮเ-ไ][ก-๎])"
    "|(?:ທ້າວ|ນາງສາວ|ນາງ(?!ສາວ)|ທ່ານ)(?=[ກ-ຮເ-ໄ][ກ-ໝ])|(?:ဒေါ်|ဦး)(?=[က-အ]))"
)
"""Titles that are written without a space before the name."""


def fold(name: str) -> str:
    """A name as it is compared: one form for each look, lower case, digits as 0 to 9."""
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", name))
    text = unicodedata.normalize("NFC", _ACCENTS.sub("", text)).casefold().translate(_LATIN)
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    text = _MARKS.sub(_ordered, text)
    for pattern, plain in _LOOKS:
        text = pattern.sub(plain, text)
    return " ".join(text.split())


def _ordered(marks: "re.Match[str]") -> str:
    """Marks above and below a letter, each once: vowels, then tones, then what closes."""
    return "".join(sorted(dict.fromkeys(marks[0]), key=lambda m: (m in _TONES) + (m in _NIKHAHIT)))


def words(folded: str) -> list[str]:
    """The words of a folded name, without titles before it."""
    found = [re.sub("['’ʻ]", "", word) for word in _WORD.findall(_GLUED.sub("", folded))]
    if len(found) > 2 and found[0] in _SPLIT and found[1] in _SPLIT:
        return found[2:]
    titled = len(found) > 1 and found[0] in TITLES and found[0] != found[1]
    return found[1:] if titled else found
