"""Coarse rows of a name, and how near two of them are: the sieves before sounds are compared.

An *outline* is a row of kinds: eight of consonants (upper case), three of vowels (lower case),
``?`` for a vowel that is not written. Its *print* is a number whose bits say which kinds of
consonants follow one another, so that thousands are compared in the time of one distance.
"""

from itertools import pairwise

from romyen.rules.names.sounds import UNWRITTEN, heard

_KIND = {
    **dict.fromkeys("kKG", "K"), **dict.fromkeys("cCs", "S"), **dict.fromkeys("tTd", "T"),
    **dict.fromkeys("pPbf", "P"), **dict.fromkeys("nlr", "N"), "m": "M", "w": "W", "y": "Y",
    **dict.fromkeys("aEX3", "a"), **dict.fromkeys("AIieUZ1", "i"),
    **dict.fromkeys("uoOVWYJL2", "o"),
}  # fmt: skip
ANY = "?"
_ORDER = "KSTPNMWY"
_SURE, _FAINT = 0.2, 0.05
"""Slots that may be left out for less are no part of an outline, or of the fullest one."""


def outlines(slots: tuple[str, ...]) -> tuple[str, ...]:
    """The outlines of a row: as it begins syllables, as it ends them, and with faint letters."""
    rows = (_row(slots, _SURE, 0), _row(slots, _SURE, -1), _row(slots, _FAINT, 0))
    return tuple(dict.fromkeys(rows))


def _row(slots: tuple[str, ...], sure: float, which: int) -> str:
    found = []
    for slot in slots:
        skip, sounds = heard(slot)
        if slot in UNWRITTEN:
            found.append(ANY if skip else "")
        elif skip >= sure:
            first = sounds[0][0]
            found.append(_KIND.get(sounds[which][0] if first in "tTnkKpPcCs" else first, ""))
    return "".join(found)


def print_of(row: str) -> int:
    """The print of an outline: pairs of neighbours, of next neighbours, first, last, how often."""
    kinds = [_ORDER.index(kind) for kind in row if kind in _ORDER]
    bits = 0
    if kinds:
        bits = 1 << kinds[0] | 1 << 8 + kinds[-1]
    for one, other in pairwise(kinds):
        bits |= 1 << 16 + 8 * one + other
    for one, other in zip(kinds, kinds[2:], strict=False):
        bits |= 1 << 80 + 8 * one + other
    for kind in set(kinds):
        bits |= ((1 << min(kinds.count(kind), 3)) - 1) << 144 + 3 * kind
    return bits


class Outline:
    """Levenshtein distance to one outline, in whole words of bits (Myers 1999, Hyyrö 2003)."""

    def __init__(self, text: str) -> None:
        self.size = len(text)
        self._masks: dict[str, int] = {}
        for at, letter in enumerate(text):
            for one in "aio" + ANY if letter == ANY else letter:
                self._masks[one] = self._masks.get(one, 0) | 1 << at
        for vowel in "aio":
            self._masks[ANY] = self._masks.get(ANY, 0) | self._masks.get(vowel, 0)

    def far(self, other: str) -> float:
        """The distance as a share of the longer row: 0 is the same, 1 nothing alike."""
        return self._distance(other) / max(self.size, len(other), 1)

    def _distance(self, other: str) -> int:
        size = self.size
        if not size:
            return len(other)
        full, last = (1 << size) - 1, 1 << (size - 1)
        up, down, found = full, 0, size
        for letter in other:
            mask = self._masks.get(letter, 0)
            flat = mask | down
            cross = (((mask & up) + up) ^ up) | mask
            rise, fall = down | (~(cross | up) & full), up & cross
            found += bool(rise & last) - bool(fall & last)
            rise = (rise << 1) | 1
            up = ((fall << 1) | (~(flat | rise) & full)) & full
            down = rise & flat
        return found
