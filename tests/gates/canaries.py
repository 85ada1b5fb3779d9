"""Canaries: words that nobody writes, put where only holders may read, and sought everywhere else.

Each is Thai and Latin in one, so that every way of writing letters down is met. The stems are
the same for all, the number tells which one sang.
"""

import re
from dataclasses import dataclass, field

LATIN = "QZkanari"
THAI = "ฃนกฅมิ้น"
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_NUMBER = re.compile(rf"{LATIN}(\d{{4}})x")


def canary(number: int) -> str:
    """The words of one canary."""
    digits = f"{number:04d}"
    return f"{THAI}{digits.translate(_THAI_DIGITS)} {LATIN}{digits}x"


@dataclass
class Canaries:
    """The canaries of one world: what each was put into, and facts that are canaries by rarity."""

    places: list[str] = field(default_factory=list)
    rare: dict[str, str] = field(default_factory=dict)

    def new(self, place: str) -> str:
        """Fresh words for a place."""
        self.places.append(place)
        return canary(len(self.places) - 1)

    def known(self, text: str, place: str) -> str:
        """A fact that can hold no free words (a day, a code) but is rare enough to be sought."""
        self.rare[text] = place
        return text

    def sung(self, text: str) -> list[str]:
        """The places whose canaries stand in ``text``."""
        found = [self.places[int(number)] for number in _NUMBER.findall(text)]
        return [*found, *(place for rare, place in self.rare.items() if rare in text)]
