"""Telephone numbers as people write them, made alike for comparing.

Numbering plan: ITU-T E.164; Thailand is +66, and numbers inside the country begin with 0 and
have nine (landline) or ten (mobile) digits (NBTC, Fundamental Telecommunications Numbering Plan).
"""

import re
import unicodedata

from romyen.rules.days import thai_digits

THAILAND = "66"
SHORTEST, LONGEST = 8, 15
"""Digits of a number that is worth comparing: emergency numbers are everybody's. E.164 has 15."""
_WRITTEN = re.compile(r"(?<![\d+])(?:\+|00)?\(?\d(?:[ \t().\-\u2010-\u2015]{0,3}\d){6,17}(?!\d)")


def telephones(text: str) -> list[str]:
    """The numbers in a text, each once: ``0812345678`` for Thailand, ``+959…`` for elsewhere."""
    plain = thai_digits(unicodedata.normalize("NFKC", text))
    found = [_alike(match.group()) for match in _WRITTEN.finditer(plain)]
    return list(dict.fromkeys(number for number in found if number))


def _alike(written: str) -> str:
    abroad = written.lstrip().startswith(("+", "00"))
    digits = re.sub(r"\D", "", written)
    digits = digits.removeprefix("00") if abroad else digits
    if abroad or (digits.startswith(THAILAND) and len(digits) in (10, 11)):
        return _from_abroad(digits)
    return digits if digits[0] == "0" and SHORTEST <= len(digits) <= 11 else ""


def _from_abroad(digits: str) -> str:
    """With its country: Thailand's as it is dialled inside, ``+66 (0)81`` too."""
    if not SHORTEST <= len(digits) <= LONGEST:
        return ""
    if not digits.startswith(THAILAND):
        return f"+{digits}"
    return "0" + digits.removeprefix(THAILAND).removeprefix("0")


def number_alike(text: str) -> str:
    """The number of a paper without spaces, hyphens and case; empty if it says too little."""
    folded = thai_digits(unicodedata.normalize("NFKC", text)).upper()
    plain = "".join(letter for letter in folded if letter.isalnum())
    return plain if len(plain) >= 5 else ""
