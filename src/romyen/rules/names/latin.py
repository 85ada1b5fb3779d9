"""Latin spellings, read as sounds: of Thai, Lao, Burmese, Khmer and European names alike."""

import re

_CONSONANTS = {
    "tch": "C", "ng": "G", "kh": "K,k.1", "gh": "K,k.1", "ch": "C,c.02,k.4", "sh": "C.1,s.15",
    "th": "T,t.08,d.3", "dh": "T.02,d.1,t.1", "ph": "P,f.15,p.08", "bh": "P.02,b.1,p.1",
    "ck": "k", "hs": "s", "hl": "l", "hm": "m", "hn": "n", "hp": "P", "ht": "T", "hk": "K",
    "b": "b,p.08", "c": "c.1,k.05,s.2,K.1", "d": "d,t.1,T.15", "f": "f,P.25", "g": "k.02,G.2,c.3",
    "h": "h", "j": "c,C.1,y.3", "k": "k,K.05", "l": "l", "m": "m", "n": "n", "p": "p,P.02,b.15",
    "q": "k", "r": "r", "s": "s", "t": "t,T.02,d.15", "v": "w,b.3,f.3", "w": "w", "x": "s.2,k.3",
    "z": "s.05",
}  # fmt: skip
_VOWELS = {
    "a": "a,3", "aa": "3,a.03", "ae": "E", "ai": "A", "ao": "W,O.1", "au": "W,O.05",
    "aw": "O,W.03", "ay": "A,e.2", "aye": "A", "aei": "E", "aow": "W", "aeo": "E,Z.15 w",
    "aew": "E,Z.15 w", "e": "e", "ea": "1.05,I,e.1", "ee": "1,i.03", "ei": "A.1,e.1,i.1",
    "eo": "e,Z w", "eu": "U,X.1,Z.1", "ew": "e,Z,u.1 w", "ey": "A.1,i.1,e.1", "eua": "Y",
    "eia": "I", "i": "i,1.01", "ia": "I", "ie": "1.02,I.02", "ii": "1,i.03", "io": "Z,i.2",
    "iu": "i,Z w", "iw": "i,Z w", "iew": "Z,I.1", "iao": "Z,I.1", "iaw": "Z,I.1", "iang": "I",
    "o": "o", "oa": "O,V.1", "oua": "V", "oe": "X,o.1", "oei": "X", "oi": "J,X.1",
    "oo": "2,u.03,o.15", "ou": "2,u,W.1", "ow": "W,o.05", "oy": "J", "oey": "X", "oh": "o",
    "u": "u,2.01,a.12", "ua": "V", "uai": "V", "ue": "U", "uea": "Y", "ui": "L", "uo": "V.02,u.1",
    "uu": "2,u.03", "uay": "V", "uy": "L", "ueai": "Y", "uae": "Y.1", "y": "i,1", "ya": "I.1",
    "yo": "Z.1",
}  # fmt: skip
"""Runs of vowels; what stands behind a space is a glide, a slot of its own."""
_CONSONANT_SKIP, _VOWEL_SKIP, _WEAK = 0.9, 0.22, 0.12
_TWICE = "·"
"""Stands before a consonant that was written twice."""
_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxz])\1+")
_DOUBLED_H = re.compile(r"([kgcstdpb])(?=\1h)")
_MAGIC_E = re.compile("[ai][bcdfgjklmnpstvz]e$")


def sounds(word: str) -> tuple[str, ...]:
    """A word of plain Latin letters (no accents, lower case) as slots."""
    found: list[str] = []
    text = _DOUBLED_H.sub(_TWICE, word.replace(_TWICE, ""))
    text = re.sub("aye$", "ay", _DOUBLED.sub(rf"{_TWICE}\1", text))
    at = 0
    while at < len(text):
        at = _read(text, at, found)
    return tuple(found)


def _read(text: str, at: int, found: list[str]) -> int:
    """Read one sound at a place; gives the place after it."""
    letter = text[at]
    if letter in "aeiou" or (letter == "y" and not _vowel_at(text, at + 1)):
        end = _run_end(text, at)
        _vowels(text, at, end, found)
        return end
    if letter == "y":
        found.append("0.6:y,c.4,i.2")
        return at + 1
    if letter in "rh" and at and text[at - 1] in "aeiouw" and not _vowel_at(text, at + 1, "y"):
        _lengthened(text, at, found)
        return at + 1
    return _consonant(text, at, found)


def _consonant(text: str, at: int, found: list[str]) -> int:
    if text[at] == _TWICE:
        found.append(f"0.04:{_CONSONANTS.get(text[at + 1], 'q').partition(',')[0]}")
        return at + 1
    for size in (3, 2, 1):
        piece = text[at : at + size]
        if piece in _CONSONANTS and not (size > 1 and piece[0] == "h" and at):
            if piece == "tch":
                found.append("0.1:t")  # one sound in Batchelor, two in Chatchai
            if piece == "x" and at + 1 == len(text):
                found.append("0.9:k")  # as in Max; elsewhere the s of Lao Xay
            soft = piece == "c" and text[at + 1 : at + 2] in ("e", "i", "y")
            sounded = "s,c.2,C.2" if soft else _CONSONANTS[piece]
            found.append(f"{_skip(text, at, piece)}:{sounded}")
            return at + size
    return at + 1


_LONGER = {"a": "3,a.03", "o": "O,o.04", "e": "X,e.04,i.1", "i": "i,1,X.1", "u": "u,2,X.05"}


def _lengthened(text: str, at: int, found: list[str]) -> None:
    """r and h that only lengthen the vowel: porn, karn, Lert, Sarah."""
    letter, last = text[at], at + 1 == len(text)
    if letter == "r" and text[at - 2 : at - 1] not in tuple("aeiou"):
        found[-1] = f"{_VOWEL_SKIP}:{_LONGER.get(text[at - 1], 'u')}"
    skip = _WEAK if last and letter == "r" else 0.03
    found.append(f"{skip}:{'r,n.15' if letter == 'r' else 'h'}")


def _skip(text: str, at: int, piece: str) -> float:
    if piece == "h" and text[at - 1 : at] == "n":
        return 0.25  # nh is one sound in Lao and Khmer names
    return 0.5 if piece in "hw" else _CONSONANT_SKIP


def _vowel_at(text: str, at: int, more: str = "") -> bool:
    return at < len(text) and text[at] in "aeiou" + more


def _run_end(text: str, at: int) -> int:
    end = at + 1
    while end < len(text):
        letter = text[end]
        glide = letter in "yw" and not _vowel_at(text, end + 1)
        if letter not in "aeiou" and not glide:
            break
        end += 1
    return end


def _vowels(text: str, at: int, end: int, found: list[str]) -> None:
    run, last = text[at:end], end == len(text)
    if run == "e" and last and at > 1 and text[at - 1] not in "aeiouyw":
        found.append("0.1:e,i.1")  # silent, as in June and Mone
    elif _MAGIC_E.fullmatch(text[at:]):
        found.append(f"{_VOWEL_SKIP}:{'e,a.03,3.05' if run == 'a' else 'i,A.03,1.02'}")
    else:
        _run(run, found)


def _run(run: str, found: list[str]) -> None:
    """A run of vowels, the longest known piece first."""
    while run:
        size = next((n for n in range(min(4, len(run)), 0, -1) if run[:n] in _VOWELS), 0)
        vowel, _, glide = _VOWELS.get(run[:size], " ").partition(" ")
        if vowel:
            found.append(f"{_VOWEL_SKIP}:{vowel}")
        if glide:
            found.append("0.15:w,o.05,y.3")
        if not size:
            found.append("0.5:w,u")  # a w that no piece takes
        run = run[size or 1 :]
