"""Sounds that the scripts of the region share, and how easily one is written for another.

A name becomes a row of *slots*. A slot is a short text that says what it may stand for:
``0.9:r,n.05`` is a sound that is heard as r (or, a little less likely, as n), and leaving it out
costs 0.9. Every script is read into the same alphabet:

========== ===========================================================================
consonants k K(h) G(ng) c(unaspirated ch, j) C(h) s d t T(h) n b p P(h) f m y r l w h q(none)
vowels     a i u 3(aa) 1(ii) 2(uu) e E(ae) o O(aw) U(ue) X(oe) A(ai) W(ao) I(ia)
           V(ua) Y(uea) J(oi) L(ui) Z(io)
========== ===========================================================================

Costs are judgements about how Thai, Lao, Burmese and Khmer names are spelled in Latin letters
(RTGS drops tones and vowel length; people keep older spellings, and write p for ph), not counts
from a list of names. 1 is a different consonant.
"""

from collections.abc import Iterable
from functools import cache

CONSONANTS = frozenset("kKGcCsdtTnbpPfmyrlwhq")
LONG = {"3": "a", "1": "i", "2": "u"}
"""Vowels that the spelling says are long, and their short sisters."""
VOWELS = frozenset("aiueEoOUXAWIVYJLZ").union(LONG)
DIFFERENT, MIXED, LENGTH = 1.0, 1.3, 0.03
VOWEL = 0.34
"""Another vowel. Vowels are what romanisations agree on least."""

_NEAR = {
    "kK": 0.12, "cC": 0.1, "tT": 0.12, "pP": 0.12, "dt": 0.2, "dT": 0.25, "bp": 0.2, "bP": 0.25,
    "Pf": 0.25, "pf": 0.4, "lr": 0.25, "nl": 0.5, "nr": 0.55, "nG": 0.3, "mn": 0.5, "sC": 0.45,
    "sc": 0.5, "sT": 0.55, "yc": 0.45, "yC": 0.6, "wf": 0.5, "wb": 0.45, "wP": 0.6, "hq": 0.3,
    "hK": 0.5, "hr": 0.5, "hf": 0.6, "kG": 0.6, "TC": 0.55, "tc": 0.55, "yn": 0.7, "kq": 0.5,
    "ai": 0.34, "au": 0.2, "ao": 0.2, "aO": 0.2, "aE": 0.22, "ae": 0.25, "aX": 0.22, "aA": 0.2,
    "aW": 0.2, "aI": 0.22, "aV": 0.22, "aU": 0.3, "ie": 0.15, "iI": 0.1, "iA": 0.18, "iU": 0.2,
    "iZ": 0.15, "iy": 0.1, "eE": 0.05, "eX": 0.15, "eI": 0.2, "eA": 0.2, "eU": 0.22, "EX": 0.22,
    "uo": 0.15, "uU": 0.1, "uV": 0.1, "uX": 0.22, "uL": 0.12, "uY": 0.15, "uw": 0.1, "uO": 0.25,
    "oO": 0.02, "oX": 0.18, "oV": 0.15, "oW": 0.15, "oJ": 0.15, "OW": 0.12, "OX": 0.2, "OJ": 0.12,
    "UX": 0.12, "UY": 0.05, "IY": 0.2, "VY": 0.15, "XY": 0.2, "Ay": 0.3, "Ww": 0.3, "Zw": 0.3,
    "Ly": 0.3, "Jy": 0.3, "XJ": 0.2, "JL": 0.2, "Iy": 0.25, "Vw": 0.15, "ow": 0.25, "Ow": 0.3,
    "IZ": 0.15, "eZ": 0.2, "WZ": 0.2,
}  # fmt: skip
_COST = {**_NEAR, **{p[::-1]: c for p, c in _NEAR.items()}}


def _between(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in LONG or other in LONG:
        return LENGTH + _between(LONG.get(one, one), LONG.get(other, other))
    near = _COST.get(one + other)
    if near is not None:
        return near
    if one in VOWELS and other in VOWELS:
        return VOWEL
    return MIXED if (one in VOWELS) != (other in VOWELS) else DIFFERENT


EITHER = "0.02:a,o,O.03,u.12,e.2,i.2"
"""The vowel that nobody writes between two consonants: it may be a or o, or none."""
SPOKEN = "0.15:o,O.02,a.1,u.12,e.2,i.22"
"""The one before a last consonant: o, as in กมล."""
BEFORE_R = "0.15:O,o,a.06,u.15,e.2,i.25"
"""The one before ร: aw, as in พร, or a where ร begins the next syllable, as in วรพจน์."""
LINK = "0:a.01,o.1,i.25,u.25,e.25"
"""The a that may follow the end of a syllable in words from Sanskrit, as in ราชบุรี."""
CLUSTER = "0:a.1,o.2,u.25,i.25"
"""Between consonants that are spoken together, as in กร, some set a vowel."""
UNWRITTEN = frozenset((EITHER, SPOKEN, BEFORE_R, LINK, CLUSTER))


@cache
def heard(slot: str) -> tuple[float, tuple[tuple[str, float], ...]]:
    """What leaving the slot out costs, and the sounds it may stand for with their costs."""
    skip, _, sounds = slot.partition(":")
    return float(skip), tuple((one[0], float(one[1:] or 0)) for one in sounds.split(","))


def skipped(slot: str) -> float:
    """What it costs to leave this slot out."""
    return heard(slot)[0]


@cache
def between(one: str, other: str) -> float:
    """What it costs to read two slots as the same. There are few slots, so all are remembered."""
    return min(
        cost + more + _between(sound, as_sound)
        for sound, cost in heard(one)[1]
        for as_sound, more in heard(other)[1]
    )


def distance(one: tuple[str, ...], other: tuple[str, ...], most: float = 1e9) -> float:
    """The least cost of reading two rows of slots as one name; ``most`` or more is given up."""
    above = [0.0]
    for slot in other:
        above.append(above[-1] + heard(slot)[0])
    for slot in one:
        skip = heard(slot)[0]
        corner, left = above[0], above[0] + skip
        row = [left]
        for at, beside in enumerate(other, 1):
            over = above[at]
            best = corner + between(slot, beside)
            if over + skip < best:
                best = over + skip
            if left + heard(beside)[0] < best:
                best = left + heard(beside)[0]
            corner, left = over, best
            row.append(best)
        if min(row) >= most:
            return most
        above = row
    return above[-1]


_PLACES = {**dict.fromkeys("kK", 1), **dict.fromkeys("tTd", 2), **dict.fromkeys("pPb", 3),
           **dict.fromkeys("cC", 4), "s": 5, "n": 6, "m": 7, "l": 8}  # fmt: skip


def once(slots: Iterable[str]) -> list[str]:
    """Of two like consonants in a row (กิตติ, พุทธ, វណ្ណា) the second costs little to leave out."""
    found: list[str] = []
    before = ""
    for slot in slots:
        if slot in UNWRITTEN or skipped(slot) < 0.1:
            found.append(slot)
            continue
        alike = _place(slot) and _place(slot) == _place(before)
        found.append(f"0.02:{slot.partition(':')[2]}" if alike else slot)
        before = slot
    return found


def _place(slot: str) -> int:
    return _PLACES.get(slot.partition(":")[2][:1], 0)
