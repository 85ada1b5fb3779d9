"""Khmer names, read as sounds: by UNGEGN and BGN/PCGN (1972), loosely.

A consonant belongs to one of two series, which colours its vowel; Latin spellings follow the
sound and differ by habit (Sophea, Sophia), so a vowel slot offers both series' sounds.
"""

from romyen.rules.names.sounds import once

_INITIAL = {
    "ក": "k", "ខ": "K", "គ": "k", "ឃ": "K", "ង": "G", "ច": "c,C", "ឆ": "C", "ជ": "c,C", "ឈ": "C",
    "ញ": "n", "ដ": "d", "ឋ": "T", "ឌ": "d", "ឍ": "T", "ណ": "n", "ត": "t", "ថ": "T", "ទ": "t",
    "ធ": "T", "ន": "n", "ប": "b,p.05", "ផ": "P", "ព": "p", "ភ": "P", "ម": "m", "យ": "y", "រ": "r",
    "ល": "l", "វ": "w", "ស": "s", "ហ": "h", "ឡ": "l", "អ": "q",
}  # fmt: skip
_VOWELS = {
    "ា": "a,I.05,i.2", "ិ": "i,e.05", "ី": "i,e.1,A.15", "ឹ": "U,X.05,e.1", "ឺ": "U,X.05", "ុ": "o,u",
    "ូ": "u,o.05", "ួ": "V,u.1", "ើ": "X,A.15,e.1", "ឿ": "Y,X.1", "ៀ": "I", "េ": "e,i.1",
    "ែ": "E,e", "ៃ": "A,e.1", "ោ": "o,W.05,O", "ៅ": "W,o.1,A.2",
}  # fmt: skip
_ALONE = {
    "ឥ": "i", "ឦ": "i", "ឧ": "u,o", "ឩ": "u", "ឪ": "u", "ឯ": "e,E", "ឰ": "A", "ឱ": "o,W", "ឲ": "o",
    "ឳ": "W",
}  # fmt: skip
_RHOTIC = {"ឫ": ("r", "U"), "ឬ": ("r", "U"), "ឭ": ("l", "U"), "ឮ": ("l", "U")}
_OPEN = "0.06:a,o,O,I.1,u.15,e.25"
_UNDER, _SILENT = "្", "៍"


def sounds(word: str) -> tuple[str, ...]:
    """A Khmer word as slots."""
    found: list[str] = []
    bare = False
    for at, letter in enumerate(word):
        before, after = word[at - 1 : at] if at else "", word[at + 1 : at + 2]
        if letter in _INITIAL:
            if bare and before != _UNDER:
                found.append(_OPEN)
            found.append(_consonant(letter, before, after, last=at + 1 == len(word)))
            bare = after not in _VOWELS and after != _UNDER
        elif letter in _VOWELS:
            found.append(f"0.22:{_VOWELS[letter]}")
            bare = False
        elif letter == "ំ":
            found += ["0.9:m"] if not bare else ["0.22:a,u.05,o.05", "0.9:m"]
            bare = False
        elif letter == "ះ":
            found += [_OPEN] * bare + ["0.12:h"]
            bare = False
        elif letter in _ALONE:
            found.append(f"0.22:{_ALONE[letter]}")
            bare = False
        elif letter in _RHOTIC:
            consonant, vowel = _RHOTIC[letter]
            found += [f"0.9:{consonant}", f"0.22:{vowel}"]
            bare = False
    return tuple(once(found))


def _consonant(letter: str, before: str, after: str, *, last: bool) -> str:
    sounds, skip = _INITIAL[letter], 0.9
    if after == _SILENT or (last and before == _UNDER):
        skip = 0.05  # killed, or written below the end of a word
    elif letter == "អ":
        skip = 0.02
    elif letter in "ហយវ":
        skip = 0.5
    elif letter == "រ" and (last or before == _UNDER):
        skip = 0.35
    elif letter == "ញ":
        sounds += ",y.2,G.3"
    if letter == "ប" and after in ("៉", _UNDER):
        sounds = "p,b.05"
    if letter == "ស" and last:
        sounds += ",h.3"
    return f"{skip}:{sounds}"
