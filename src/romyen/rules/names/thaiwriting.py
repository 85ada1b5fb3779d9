"""What Thai letters stand for, and what is written there and not spoken."""

import re

INITIAL = {
    "ก": "k", **dict.fromkeys("ขฃคฅฆ", "K"), "ง": "G", "จ": "c", **dict.fromkeys("ฉชฌ", "C"),
    **dict.fromkeys("ซศษส", "s"), "ญ": "y", "ย": "y", "ฎ": "d", "ด": "d", "ฏ": "t", "ต": "t",
    "ฑ": "T,d.1", **dict.fromkeys("ฐฒถทธ", "T"), "ณ": "n", "น": "n", "บ": "b", "ป": "p",
    **dict.fromkeys("ผพภ", "P"), "ฝ": "f", "ฟ": "f", "ม": "m", "ร": "r", "ล": "l", "ฬ": "l",
    "ว": "w", "ห": "h", "ฮ": "h", "อ": "q",
}  # fmt: skip
"""RTGS (Royal Institute, 1999), table of consonants at the beginning of a syllable."""
FINAL = {
    **dict.fromkeys("กขคฆ", "k"), **dict.fromkeys("จชซฉฌ", "t"), **dict.fromkeys("ศษส", "t"),
    **dict.fromkeys("ฎฏฐฑฒดตถทธ", "t"), **dict.fromkeys("บปพฟภผฝ", "p"),
    **dict.fromkeys("ญณนรลฬ", "n"), "ม": "m", "ง": "G", "ย": "y", "ว": "w",
}  # fmt: skip
"""The same at its end: eight sounds remain."""
BEFORE = "เแโใไ"
SIGNS = frozenset("ะาิีึืุูัำๅ็")
PLAIN = {
    "ะ": "a", "า": "3,a.02", "ๅ": "3", "ั": "a", "ิ": "i", "ี": "1", "ึ": "U", "ื": "U",
    "ุ": "u", "ู": "2", "็": "O",
}  # fmt: skip
SONORANT = "งญนมยรลว"
CARRYING = "กขคตทปผพฟบด"
"""What may carry ร, ล or ว as one cluster."""
LEADING = "กขจฉตถผฝสศหปอ"
"""What may lead the consonant of another syllable (อักษรนำ), as in เฉลิม and เสถียร."""

_HUSH = 0xE000
_TONES = re.compile("[ฺ่้๊๋ํ๎]")
_KILLED = re.compile("([ก-ฮ])([ิุ]?)์")
_KILLED_TWO = re.compile(
    "(?:(?<=[นกสม])([ทตด])(ร)|(?<=ก)(ษ)(ณ)|(?<=ญ)(จ)(น)|(?<=น)(ท)(น)|(?<=ษ)(ฐ)(ร))([ิุ]?)์"
)
"""In จันทร์ and ลักษณ์ the letter before the killed one is silent with it."""
_SILENT_R = re.compile("(?<=ีย)ร(?=ต)")
"""As in เกียรติ."""
_FAINT_SIGN = re.compile(
    "(?:(?<=าต)|(?<=ูม)|(?<=[เโ].[ตธ]))([ิุ])(?=[ก-ฮเ-ไ])"
    "|(?<=[ุาีูโ\ue000-\uefff][ตฒธถม])([ิุ])$|(?<=[เโ].[ตธ])([ิุ])$"
)
"""In ชาติ and วุฒิ the last sign is written and hardly spoken."""
_FAINT = {"ิ": chr(_HUSH + ord("ิ")), "ุ": chr(_HUSH + ord("ุ"))}


def hushed(letter: str) -> str:
    """The letter as one that is written and not spoken."""
    return chr(ord(letter) + _HUSH)


def unhushed(letter: str) -> str:
    """The letter that is not spoken here; empty if this one is spoken."""
    return chr(ord(letter) - _HUSH) if letter > "\ue000" else ""


def prepared(word: str) -> str:
    """A folded word without tones, with its silent letters marked."""
    text = _TONES.sub("", word).replace("ฯ", "")
    text = _KILLED_TWO.sub(_hush_all, text)
    text = _KILLED.sub(_hush_all, text).replace("์", "")
    text = _SILENT_R.sub(lambda found: hushed(found[0]), text)
    return _FAINT_SIGN.sub(lambda found: _FAINT[found[0]], text)


def _hush_all(found: "re.Match[str]") -> str:
    return "".join(hushed(letter) for letter in found[0] if letter not in "ิุ์")
