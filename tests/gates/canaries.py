"""Canaries: words that nobody writes, put where only holders may read, and sought everywhere else.

Each is Thai and Latin in one, so that every way of writing letters down is met. The stems are
the same for all, the number tells which one sang.
"""

import base64
import json
import re
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote

LATIN = "QZkanari"
FOLDED = LATIN.casefold()
"""As it stands in the keys of names."""
THAI = "ฃนกฅมิ้น"
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_NUMBER = re.compile(rf"{LATIN}(\d{{4}})x", re.IGNORECASE)


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


def _quoted(stem: str) -> list[bytes]:
    return [quote(stem).encode(), quote(stem).lower().encode()]


def _base64(stem: bytes) -> list[bytes]:
    """As base64 shows it in the middle of other bytes, at each of the three alignments."""
    found = []
    for before in range(3):
        text = base64.b64encode(b"\0" * before + stem)
        found.append(text[4 if before else 0 : len(text) // 4 * 4 - 4])
    return [*found, *(one.replace(b"+", b"-").replace(b"/", b"_") for one in found)]


@cache
def stems(rare: tuple[str, ...] = ()) -> dict[bytes, str]:
    """What is sought, in every way of writing that a programme might use, with its name."""
    ways: dict[bytes, str] = {}
    for stem in (LATIN, FOLDED, THAI, *rare):
        plain = stem.encode()
        ways |= dict.fromkeys((stem.encode("utf-16-le"), stem.encode("utf-16-be")), "UTF-16")
        ways |= dict.fromkeys(_quoted(stem), "quoted for an address")
        ways |= dict.fromkeys(_base64(plain), "base64")
        ways |= dict.fromkeys((plain.hex().encode(), plain.hex().upper().encode()), "hex")
        ways |= {json.dumps(stem)[1:-1].encode(): "JSON", plain: "as it is"}
    return ways


@cache
def _sought(rare: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(map(re.escape, sorted(stems(rare), key=len, reverse=True))))


def heard(content: bytes, rare: tuple[str, ...] = ()) -> list[str]:
    """How canaries are written in these bytes, with what stands around the first of each way.

    ``rare`` are facts that are canaries by rarity (a day of birth).
    """
    found: dict[str, str] = {}
    for hit in _sought(rare).finditer(content):
        around = content[max(hit.start() - 40, 0) : hit.end() + 24]
        found.setdefault(stems(rare)[hit[0]], f"{around!r}")
    return [f"{way}: {around}" for way, around in found.items()]
