"""Text as it is kept and as it is compared."""

import re
import unicodedata

_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"\s+")
_EDGES = " \t\n\u00a0\u202f\ufeff"


def tidy(text: str) -> str:
    """The text as it is kept: lines end with \\n, no blanks at either end, the rest as typed."""
    return _BREAKS.sub("\n", text).strip(_EDGES)


def has_control(text: str) -> bool:
    """Whether it holds a control character other than tab and line end."""
    return _CONTROL.search(text) is not None


def folded(text: str) -> str:
    """The text as values of lists are compared: no case, doubled blanks or no-break spaces."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return _BLANKS.sub(" ", plain).strip().casefold()


def composed(text: str) -> str:
    """The text in normal form C: two keyboards may write one letter in two ways."""
    return unicodedata.normalize("NFC", text)
