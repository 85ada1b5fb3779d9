"""Burmese names, read as sounds, syllable by syllable: by the MLC Transcription System and BGN/PCGN
(1970) where they agree with how people spell their names, and by those spellings where not.

A syllable is a consonant with what hangs on it, perhaps closed by a consonant that asat (်)
kills; the closing one colours the vowel (the rhymes below). Latin spellings follow the sound:
Kyaw, Hla, Shwe, Htet, Win, Aung.
"""

import re

from romyen.rules.names.sounds import once

_INITIAL = {
    "က": "k", "ခ": "K", "ဂ": "k", "ဃ": "k", "င": "G", "စ": "s", "ဆ": "s", "ဇ": "s", "ဈ": "s",
    "ည": "n", "ဉ": "n", "ဋ": "t", "ဌ": "T", "ဍ": "d", "ဎ": "d", "ဏ": "n", "တ": "t", "ထ": "T",
    "ဒ": "d", "ဓ": "d", "န": "n", "ပ": "p", "ဖ": "P", "ဗ": "b", "ဘ": "b,P.2", "မ": "m", "ယ": "y",
    "ရ": "y,r.05", "လ": "l", "ဝ": "w", "သ": "T,t.1,s.2", "ဟ": "h", "ဠ": "l", "အ": "q", "ဿ": "T",
}  # fmt: skip
_ALONE = {"ဥ": "u", "ဦ": "u", "ဣ": "i", "ဤ": "i", "ဧ": "e", "ဩ": "O", "ဪ": "O"}
_VOWELS = {
    "": "a", "ာ": "a", "ါ": "a", "ိ": "i", "ီ": "i", "ု": "u", "ူ": "u", "ေ": "e,A.1", "ဲ": "E,A.15",
    "ော": "O,W.05", "ေါ": "O,W.05", "ို": "o", "ံ": "a", "ုံ": "o,u.05", "ိံ": "e",
}  # fmt: skip
_RHYMES = {
    ("", "င"): ("i", "n,G.1"), ("", "ဉ"): ("i", "n"), ("", "ည"): ("i,e.1,A.15", ""),
    ("", "စ"): ("i", "t,k.2"), ("", "က"): ("e,E,a.2", "t,k.05"), ("", "ယ"): ("E,A.1", ""),
    ("", "ပ"): ("a", "t,p.05"), ("", "မ"): ("a", "n,m.05"), ("ော", "င"): ("W,O.1", "G,n.1"),
    ("ေါ", "င"): ("W,O.1", "G,n.1"), ("ို", "င"): ("A", "G,n.1"), ("ော", "က"): ("W,O.05", "k,t.1"),
    ("ေါ", "က"): ("W,O.05", "k,t.1"), ("ို", "က"): ("A", "k,t.1"), ("ိ", "န"): ("e,A.1", "n"),
    ("ိ", "မ"): ("e,A.1", "n,m.05"), ("ိ", "တ"): ("e,A.1", "t,k.1"), ("ိ", "ပ"): ("e,A.1", "t,k.1"),
    ("ု", "န"): ("o,u.05", "n"), ("ု", "မ"): ("o,u.05", "n,m.05"), ("ု", "တ"): ("o,u.05", "t,k.1"),
    ("ု", "ပ"): ("o,u.05", "t,k.1"), ("ော", ""): ("O,W.05", ""),
}  # fmt: skip
_SYLLABLE = re.compile(r"([က-အဿ])(?:္[က-အ])*([ျြွှ]*)([ါ-ဲံ]*)(?:([က-အ])[့း]*်)?[့း်]*|([ဣ-ဪ])[့း်]*|.")
_STACK = re.compile("([က-အ])္(?=[က-အ])")


def sounds(word: str) -> tuple[str, ...]:
    """A Burmese word as slots."""
    found: list[str] = []
    text = _STACK.sub(r"\1်", word).replace("့်", "့်")
    for syllable in _SYLLABLE.finditer(text):
        if syllable[5]:
            found.append(f"0.22:{_ALONE.get(syllable[5], 'a')}")
        elif syllable[1]:
            _syllable(syllable, found)
    return tuple(once(found))


def _syllable(syllable: "re.Match[str]", found: list[str]) -> None:
    letter, medials, sign, closing = syllable[1], syllable[2], syllable[3], syllable[4]
    _onset(letter, medials, found)
    rhyme = _RHYMES.get((sign, closing or "")) if closing else None
    vowel, coda = rhyme or (_VOWELS.get(sign, "a"), _coda(closing))
    if "ွ" in medials and not sign:
        vowel = f"{vowel},u.05,o.1,V"
    found.append(f"{0.1 if not sign and not closing else 0.22}:{vowel}")
    if sign.endswith("ံ"):
        coda = "n,m.05"
    if coda:
        found.append(f"{0.45 if coda[0] in 'tk' else 0.9}:{coda}")
    if closing and "့" in syllable[0] and coda[:1] in ("n", "G"):
        found.append("0.02:t")  # the creaky tone, as in Myint and Nyunt


def _coda(closing: str | None) -> str:
    return _INITIAL.get(closing or "", "")


def _onset(letter: str, medials: str, found: list[str]) -> None:
    palatal = "ျ" in medials or "ြ" in medials
    if "ှ" in medials and (letter in "ရယ" or (letter == "လ" and palatal)):
        found.append("0.9:C,s.1,y.3")  # sh, as in Shwe
    elif letter == "အ":
        found.append("0.02:q")
    elif palatal and letter in "ကခဂ":
        found.append("0.9:C,K.02" if letter == "ခ" else f"0.9:{_INITIAL[letter]},c.03")
        found.append(f"{0.1 if letter == 'ခ' else 0.25}:y,r.2")
    else:
        skip = 0.5 if letter in "ဟဝယ" else 0.9
        found.append(f"{skip}:{_INITIAL[letter]}")
        if letter in "ညဉ":
            found.append("0.2:y")
        if palatal:
            found.append("0.3:y,r.1")
        if "ှ" in medials:
            found.insert(-1, "0.05:h")
    if "ွ" in medials:
        found.append("0.3:w")
