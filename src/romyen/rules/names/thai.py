"""Thai names, read as sounds: by the rules of RTGS (Royal Institute, 1999), without its choices.

The reading leaves open what spelling leaves open. A consonant without a vowel sign may end a
syllable or begin one, so its slot offers both sounds, and between two such consonants stands a
vowel that costs little to leave out. Letters that are written and not spoken (the last of จันทร์)
stay as slots that cost almost nothing to leave out, since older Latin spellings keep them.
"""

from romyen.rules.names.sounds import BEFORE_R, CLUSTER, EITHER, LINK, SPOKEN, once
from romyen.rules.names.thaiwriting import (
    BEFORE,
    CARRYING,
    FINAL,
    INITIAL,
    LEADING,
    PLAIN,
    SIGNS,
    SONORANT,
    prepared,
    unhushed,
)

_VOWEL, _SURE, _WEAK, _FAINT = 0.22, 0.9, 0.35, 0.05
_SILENT = 0.004


def sounds(word: str) -> tuple[str, ...]:
    """A Thai word as slots."""
    return tuple(once(_Reading(prepared(word)).slots()))


class _Reading:
    """One pass over a word."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._found: list[str] = []
        self._bare = ""  # the last consonant, if no vowel followed it
        self._ends = False  # that consonant surely ends its syllable
        self._open = False  # a vowel stands just before, and may be closed

    def slots(self) -> list[str]:
        while self._at < len(self._text):
            self._next()
        return self._found

    def _peek(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._text[at] if 0 <= at < len(self._text) else ""

    def _next(self) -> None:
        letter = self._peek()
        if silent := unhushed(letter):
            self._at += 1
            self._silent(silent)
        elif letter in BEFORE:
            self._framed(letter)
        elif letter in INITIAL:
            self._consonant(letter)
        elif letter in "ฤฦ":
            self._vocalic(letter)
        else:
            self._sign(letter)

    def _silent(self, letter: str) -> None:
        if letter in PLAIN:
            self._found.append(f"{_FAINT if self._peek() else 0.01}:{PLAIN[letter]}")
        else:
            self._found.append(f"{_SILENT}:{INITIAL.get(letter, 'h')}")

    def _vowel(self, sounds: str, *, closed: bool = False) -> None:
        self._found.append(f"{_VOWEL}:{sounds}")
        self._bare, self._ends, self._open = "", False, not closed

    def _between(self, before: str) -> None:
        """What may be spoken between the last consonant and the next, where nothing is written."""
        if self._bare:
            self._found.append(before)

    # -- vowels behind their consonant

    def _sign(self, letter: str) -> None:
        after = self._peek(1)
        self._at += 1
        if letter == "ั" and after == "ว":
            self._at += 1 + (self._peek(1) == "ะ")
            self._vowel("V,u.15,o.15")
        elif letter == "ั" and after == "ย":
            self._at += 1
            self._vowel("A", closed=True)
        elif letter == "ุ" and after == "ย" and not self._begins(0):
            self._at += 1
            self._vowel("L", closed=True)
            self._found.append(f"{_FAINT}:y,i")
        elif letter == "ำ":
            self._vowel("a,u.2", closed=True)
            self._found.append(f"{_SURE}:m")
        elif letter == "า" and after and after in "ยว" and not self._begins(0):
            self._glide(after)
        elif letter in PLAIN:
            self._vowel(PLAIN[letter])

    def _glide(self, glide: str) -> None:
        """าย and าว, where the glide may also begin a syllable: สายชล, นายก, ถาวร."""
        self._at += 1
        ahead = self._peek()
        if not ahead:
            self._vowel("A" if glide == "ย" else "W", closed=True)
            return
        self._vowel("A,3.01" if glide == "ย" else "3,a.02,W", closed=True)
        carries = ahead in INITIAL and not self._begins(0) and not self._peek(1)
        self._found.append(f"{0.12 if carries else _FAINT}:{'y,i' if glide == 'ย' else 'w,o'}")
        self._bare, self._ends = glide, not carries

    def _vocalic(self, letter: str) -> None:
        """ฤ and ฦ: a consonant and its vowel in one letter; ri after ก, ต, ท, ป, ศ and ส."""
        before = self._bare
        if before:
            self._between(CLUSTER if before in "กตทปพคศส" else EITHER)
        self._at += 1 + (self._peek(1) == "ๅ")
        self._found.append(f"{_SURE}:{'r' if letter == 'ฤ' else 'l'}")
        front = (before and before in "กตทปศส") or self._peek() in ("ท", "ช")
        self._vowel("i,U.05,X.1,1.02" if front else "U,i.08,X.1,u.1")

    # -- consonants

    def _begins(self, ahead: int) -> bool:
        """Whether the consonant at that place has a vowel sign behind it."""
        after, next_one = self._peek(ahead + 1), self._peek(ahead + 2)
        if not after:
            return False
        if after == "อ":
            return next_one not in SIGNS
        if after == "ร" and next_one == "ร":
            return self._peek(ahead + 3) not in SIGNS
        return after in SIGNS or after in "ฤฦ"

    def _spoken(self) -> str:
        """The next letter that is spoken."""
        return next((one for one in self._text[self._at :] if not unhushed(one)), "")

    def _consonant(self, letter: str) -> None:
        after = self._peek(1)
        if letter == "ร" and after == "ร" and self._peek(2) not in SIGNS:
            self._double_r()
        elif letter == "อ" and self._bare and after not in SIGNS:
            self._aw()
        elif letter == "ว" and self._bare and self._ua_ahead():
            self._ua()
        else:
            self._at += 1
            self._place(letter)

    def _double_r(self) -> None:
        """รร: a, and n where no other consonant ends the syllable."""
        self._at += 2
        ending = self._peek()
        closing = bool(ending) and ending in INITIAL and not self._begins(0)
        closing = closing and (ending in "มณพคษ" or not self._peek(1) or self._begins(1))
        self._vowel("a,O.1", closed=not closing)
        if not closing:
            same = self._peek() in ("ณ", "น")
            self._found.append(f"{_FAINT if same else _SURE}:n,r.05")

    def _aw(self) -> None:
        self._at += 1
        if self._peek() == "ย" and not self._begins(0):
            self._at += 1
            self._vowel("J", closed=True)
        else:
            self._vowel("O")

    def _ua_ahead(self) -> bool:
        after = self._peek(1)
        return bool(after) and after in INITIAL and not self._begins(0) and not self._begins(1)

    def _ua(self) -> None:
        """ว between two consonants: ua, as in ดวง, or w with its own vowels."""
        alone = len(self._found) < 2 or self._ends
        self._at += 1
        if self._peek() == "ย":
            self._at += 1
            self._vowel("V,L.15", closed=True)
            self._found.append("0.1:y,i")
            return
        self._between(LINK)
        self._found.append("0.5:V,w.04,u.1,o.2" if alone else "0.5:w,V.03,u.1,o.2")
        self._bare, self._ends, self._open = "ว", False, False

    def _place(self, letter: str) -> None:
        """A consonant at the beginning or the end of a syllable, or at either."""
        begins = self._begins(-1)
        more = self._spoken()
        cluster = bool(self._bare) and self._cluster(letter, begins=begins)
        silent_r = letter == "ร" and not begins and self._closes_with_r()
        self._between(self._unwritten(letter, begins=begins, cluster=cluster, silent_r=silent_r))
        closing = not begins and (self._open or (bool(self._bare) and not self._ends))
        ends = closing and (not more or self._next_begins() or self._after_short_a())
        skip = _FAINT if silent_r else self._skip(letter, begins=begins, cluster=cluster)
        self._found.append(
            f"{skip}:{self._heard(letter, begins=begins, ends=ends, closing=closing)}"
        )
        if letter in "ษศส" and more and more in "ฐฏฎถ":
            self._found[-1] = f"0.12:{self._found[-1].partition(':')[2]}"
        if closing and more and letter in "ลรสศษจชซ":
            self._found.append(f"0:{INITIAL[letter]}.01")  # heard twice: chon-la, rat-cha
        surely = silent_r or (ends and (self._open or not more))
        takes_aw = self._peek() == "อ"
        self._bare = letter if takes_aw or not begins else ""
        self._ends, self._open = surely, False

    def _next_begins(self) -> bool:
        """Whether what follows is the beginning of another syllable."""
        after, second = self._peek(), self._peek(1)
        if not after or after in BEFORE:
            return bool(after)
        carries = after in CARRYING + "สศ" and second in ("ร", "ล") and self._begins(1)
        return after in INITIAL and (self._begins(0) or carries)

    def _after_short_a(self) -> bool:
        return self._peek(-2) == "ั"

    def _unwritten(self, letter: str, *, begins: bool, cluster: bool, silent_r: bool) -> str:
        if cluster:
            return CLUSTER
        if self._ends or silent_r:
            return LINK
        if begins:
            return EITHER
        if letter == "ร":
            return BEFORE_R
        return EITHER if self._spoken() else SPOKEN

    def _cluster(self, letter: str, *, begins: bool) -> bool:
        """Whether the consonant before carries this one: กร, ปล, ศร, ทร."""
        if not begins or self._ends or letter not in "รลว":
            return False
        return self._bare in CARRYING or (self._bare in "สศ" and self._peek() in ("ี", "อ"))

    def _closes_with_r(self) -> bool:
        """Whether this ร stands, unspoken, behind a consonant that closes: จักร, ฉัตร, เพชร."""
        sign, closing = self._peek(-3), self._peek(-2)
        if closing not in FINAL or not self._bare:
            return False
        if sign == "ั":
            return True
        lead = self._peek(-4)
        return closing in "ตทช" and (sign in SIGNS - {"า"} or (bool(lead) and lead in BEFORE))

    def _skip(self, letter: str, *, begins: bool, cluster: bool) -> float:
        after = self._peek()
        if letter == "อ":
            return 0.02
        if letter == "ห" and after and after in SONORANT and not begins:
            return _FAINT
        if letter in "รล" and (cluster or (self._bare == "ท" and len(self._found) < 3)):
            return _FAINT if self._bare in "สศท" else _WEAK
        return 0.5 if letter in "หฮยว" else _SURE

    def _heard(self, letter: str, *, begins: bool, ends: bool, closing: bool) -> str:
        first, last = INITIAL[letter], FINAL.get(letter, "")
        if letter == "ท" and self._peek() == "ร":
            first = "s,T.03" if len(self._found) < 2 and self._peek(1) != "ร" else "T,s.1"
        if not closing or not last or last == first:
            return first
        if ends:
            return f"{last},{first[0]}.02"
        return f"{first},{last}.02"

    # -- vowels before their consonant

    def _framed(self, sign: str) -> None:
        """A vowel written before its consonant, often with more of it behind."""
        self._between(LINK)
        self._bare = ""
        self._at += 1
        group = self._group(sign)
        self._at += len(group)
        for number, letter in enumerate(group):
            self._framed_consonant(letter, group, number)
        self._behind(sign)

    def _framed_consonant(self, letter: str, group: str, number: int) -> None:
        skip = 0.02 if letter == "อ" else 0.5 if letter in "หฮยว" else _SURE
        if number and letter in "รล" and group[0] in CARRYING + "ส":
            skip = _FAINT if group[0] == "ส" and letter == "ร" else _WEAK
        elif number and group[0] != "ห":
            self._found.append(EITHER)
        if not number and letter == "ห" and len(group) > 1:
            skip = _FAINT
        self._found.append(f"{skip}:{INITIAL[letter]}")

    def _group(self, sign: str) -> str:
        """The consonants that the vowel belongs to: one, or two spoken together."""
        first, second = self._peek(), self._peek(1)
        if not first or first not in INITIAL:
            return ""
        two = bool(second) and second in INITIAL and self._two(sign, first, second)
        return first + second if two else first

    def _two(self, sign: str, first: str, second: str) -> bool:
        third, fourth = self._peek(2), self._peek(3)
        if sign == "เ" and third + fourth in ("ีย", "ือ"):
            return self._peek(4) not in SIGNS
        if sign == "เ" and third == "ิ" and first in LEADING + CARRYING:
            closed = bool(fourth) and fourth in INITIAL and self._peek(4) not in SIGNS
            return second in SONORANT and closed
        if third in SIGNS and not (sign == "เ" and third == "า"):
            return False
        return self._carried(sign, first, second, third)

    def _carried(self, sign: str, first: str, second: str, third: str) -> bool:
        if first == "ห" and second in SONORANT:
            return bool(third) or sign != "เ"
        if sign == "เ" and third == "อ":
            return second in SONORANT and first in LEADING + CARRYING
        if second in "รล" and first in CARRYING:
            return bool(third) or sign in "แไใ"
        return sign == "แ" and second in "ลว" and first in "ขถส" and bool(third)

    def _behind(self, sign: str) -> None:
        """What the vowel is, with what stands behind its consonant."""
        if sign in "ไใ":
            self._vowel("A", closed=True)
            self._faint("ย", "y,i")
        elif sign in "แโ":
            self._at += self._peek() in ("ะ", "็")
            self._vowel("E" if sign == "แ" else "o")
        else:
            self._around()

    def _around(self) -> None:
        for behind, sounds in _AROUND.items():
            if self._text.startswith(behind, self._at) and self._belongs(behind):
                self._at += len(behind)
                self._vowel(sounds, closed=behind in ("า", "ย"))
                if behind == "า":
                    self._faint("ว", "w,o")
                return
        self._vowel("e")

    def _belongs(self, behind: str) -> bool:
        """Whether a last ย, ว or อ is part of the vowel: no sign of its own follows."""
        ahead = self._peek(len(behind))
        return behind[-1] not in "ยวอ" or not ahead or ahead not in SIGNS

    def _faint(self, letter: str, sounds: str) -> None:
        """A glide that the vowel has swallowed: ไชยวัฒน์, เยาวลักษณ์."""
        if self._peek() == letter and not self._begins(0):
            self._at += 1
            self._found.append(f"{_FAINT}:{sounds}")
            self._bare, self._ends = letter, True


_AROUND = {
    "ียว": "Z,I.1", "ียะ": "I", "ีย": "I,i.1,e.1", "ือ": "Y,U.05", "าะ": "O,o", "า": "W,o.15",
    "อะ": "X", "อ": "X,O.15", "ิ": "X,e.1", "ย": "X,A.2", "็": "e", "ะ": "e",
}  # fmt: skip
