"""Codes for records that people say aloud: without meaning, and safe against slips.

A code is a kind letter, seven random characters and a check character: ``S-7K3MQ4TX``. The
alphabet has 31 characters that don't look alike. 31 is prime and every place has its own weight
below 31, so a weighted sum modulo 31 finds every single wrong character and every exchange of
two characters (adjacent or not; the method of ISO/IEC 7064's pure systems, with other weights).
"""

import secrets
import unicodedata
from collections.abc import Sequence
from typing import Literal, Protocol

from romyen.rules.days import thai_digits
from romyen.rules.refusals import refuse

Kind = Literal[
    "lead", "survivor", "case", "operation", "shelter", "proceeding", "session", "recommendation"
]

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals without 0, 1, I, L and O."""

LETTERS: dict[Kind, str] = {
    "lead": "L",
    "survivor": "S",
    "case": "C",
    "operation": "O",
    "shelter": "H",
    "proceeding": "P",
    "session": "E",
    "recommendation": "R",
}
RANDOM = 7
"""Random characters: 31**7, about 27 thousand million codes of each kind."""

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_KIND_VALUES = {letter: _VALUES[letter] for letter in LETTERS.values() if letter in _VALUES}
_KIND_VALUES |= {"L": 0, "O": 1}
"""L and O stand only in front, so they may share a value with a character that never does."""


class Chooser(Protocol):
    """What picks random characters: the module ``secrets``, or ``random.Random`` in tests."""

    def choice(self, seq: Sequence[str], /) -> str:
        """One of the characters."""
        ...


def new_code(kind: Kind, token: Chooser = secrets) -> str:
    """A fresh code for a record of this kind, such as ``S-7K3MQ4TX``."""
    letter = LETTERS[kind]
    body = "".join(token.choice(ALPHABET) for _ in range(RANDOM))
    return f"{letter}-{body}{_check(letter, body)}"


def check_code(text: str) -> str:
    """The code as it is stored; case, spaces, hyphens and Thai digits are forgiven.

    Refuses with ``RY-CODE-MISTYPED`` when any character is wrong or two have changed places.
    """
    folded = thai_digits(unicodedata.normalize("NFKC", text)).upper()
    plain = "".join(character for character in folded if not _is_filler(character))
    letter, body, check = plain[:1], plain[1:-1], plain[-1:]
    known = letter in _KIND_VALUES and len(body) == RANDOM and all(c in _VALUES for c in plain[1:])
    if not known or _check(letter, body) != check:
        raise refuse("RY-CODE-MISTYPED")
    return f"{letter}-{body}{check}"


def kind_of(code: str) -> Kind:
    """The kind of record that a checked code names."""
    return next(kind for kind, letter in LETTERS.items() if letter == code[:1])


def _check(letter: str, body: str) -> str:
    """The character that brings the weighted sum to 0 modulo 31; its own weight is 1."""
    values = [_KIND_VALUES[letter], *(_VALUES[character] for character in body)]
    total = sum(value * weight for weight, value in enumerate(values, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def _is_filler(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Pd", "Cf"}
