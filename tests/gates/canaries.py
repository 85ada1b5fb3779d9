"""Canaries: words that nobody writes, put where only holders may read, and sought everywhere else.

Each is Thai and Latin in one, so that every way of writing letters down is met. The stems are
the same for all, the number tells which one sang.
"""

import base64
import json
import re
from dataclasses import dataclass, field
from urllib.parse import quote

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


def _quoted(stem: str) -> list[bytes]:
    return [quote(stem).encode(), quote(stem).lower().encode()]


def _base64(stem: bytes) -> list[bytes]:
    """As base64 shows it in the middle of other bytes, at each of the three alignments."""
    found = []
    for before in range(3):
        text = base64.b64encode(b"\0" * before + stem)
        found.append(text[4 if before else 0 : len(text) // 4 * 4 - 4])
    return [*found, *(one.replace(b"+", b"-").replace(b"/", b"_") for one in found)]


def stems() -> dict[bytes, str]:
    """The stems as bytes in every way of writing that a programme might use, with its name."""
    ways: dict[bytes, str] = {}
    for stem in (LATIN, THAI):
        plain = stem.encode()
        ways |= {
            plain: "as it is",
            stem.encode("utf-16-le"): "UTF-16",
            stem.encode("utf-16-be"): "UTF-16",
        }
        ways |= {json.dumps(stem)[1:-1].encode(): "JSON"}
        ways |= dict.fromkeys(_quoted(stem), "quoted for an address")
        ways |= dict.fromkeys(_base64(plain), "base64")
        ways |= {plain.hex().encode(): "hex", plain.hex().upper().encode(): "hex"}
    return ways


_STEMS = re.compile(b"|".join(map(re.escape, sorted(stems(), key=len, reverse=True))))


def heard(content: bytes) -> list[str]:
    """How canaries are written in these bytes, with what stands behind the first of each way."""
    found: dict[str, str] = {}
    for hit in _STEMS.finditer(content):
        behind = content[max(hit.start() - 40, 0) : hit.end() + 24]
        found.setdefault(stems()[hit[0]], f"{behind!r}")
    return [f"{way}: {behind}" for way, behind in found.items()]
