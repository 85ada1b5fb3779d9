"""Values of lists, typed as code or label, one or several.

Labels hold the very characters that separate values (``Water supply; sewerage, waste …``,
``Congo, Democratic Republic of the``), so text is never simply split: it is cut at every
separator and put together again in every way that gives only values of the list. Exactly one
way must be left.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from romyen.exchange.htcds.standard import Option, fields
from romyen.exchange.htcds.texts import folded

_SEPARATORS = re.compile(r"[;,|\n]")
_MOST = 64
"""More pieces than any list has values."""

_MOST_REMEMBERED = 10_000
_remembered: dict[tuple[str, str, bool], "Chosen"] = {}
"""Texts that were read as values of a list. Others may hold anything, a name in the wrong column
too, and are not remembered."""

_SHOWN = 80
"""Characters of a typed value that are compared for what is nearest."""


@dataclass(frozen=True)
class Choices:
    """A list, ready to be read from. ``spoken`` holds codes and labels folded."""

    order: Mapping[str, int]
    codes: Mapping[str, str]
    spoken: Mapping[str, str]
    common: Mapping[str, str]
    longest: int
    """Pieces that separators cut the value with most separators into."""


@dataclass(frozen=True)
class Chosen:
    """Codes in the order of the list; ``common`` are those read through an everyday name."""

    codes: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    problem: str = ""


@cache
def choices(field: str) -> Choices:
    """The list of a field, by its qualified name."""
    return _choices(fields()[field].options)


def choose(text: str, field: str, *, several: bool) -> Chosen:
    """The values that a text means; ``problem`` is a conflict code when it is not clear."""
    known = _remembered.get((text, field, several))
    if known is None:
        known = _choose(text, field, several=several)
        if not known.problem and len(_remembered) < _MOST_REMEMBERED:
            _remembered[text, field, several] = known
    return known


def _choose(text: str, field: str, *, several: bool) -> Chosen:
    listed = choices(field)
    whole = _value(text, listed)
    if whole:
        return _chosen([text], listed)
    words = text.split()
    if all(word in listed.codes for word in words):
        return _several(words, listed, several=several)
    readings = _readings(text, listed)
    if not readings:
        return Chosen(problem="RY-HTCDS-VALUE-UNKNOWN")
    if len(readings) > 1:
        return Chosen(problem="RY-HTCDS-VALUE-AMBIGUOUS")
    return _several(readings[0], listed, several=several)


def nearest(typed: str, field: str) -> list[str]:
    """Up to three allowed values that look most like what was typed, as ``code (label)``."""
    options = {folded(text): o for o in fields()[field].options for text in (o.code, o.label)}
    close = difflib.get_close_matches(folded(typed[:_SHOWN]), options, n=6, cutoff=0.5)
    found = dict.fromkeys(options[text] for text in close)
    return [_words(option) for option in list(found)[:3]]


def allowed(field: str, most: int = 25) -> list[str]:
    """Every allowed value as ``code (label)``; none when the list is longer than ``most``."""
    options = fields()[field].options
    return [_words(option) for option in options] if len(options) <= most else []


def _words(option: Option) -> str:
    return option.code if option.code == option.label else f"{option.code} ({option.label})"


def _choices(options: tuple[Option, ...]) -> Choices:
    codes = {code: o.code for o in options for code in (o.code, *o.codes)}
    spoken: dict[str, str] = {}
    for option in options:
        for text in (option.code, option.label, *option.codes, *option.labels):
            spoken.setdefault(folded(text), option.code)
    common = {folded(text): o.code for o in options for text in o.common}
    order = {option.code: at for at, option in enumerate(options)}
    longest = 1 + max((len(_SEPARATORS.findall(text)) for text in spoken), default=0)
    return Choices(order, codes, spoken, common, longest)


def _value(text: str, listed: Choices) -> str:
    plain = folded(text)
    return listed.spoken.get(plain) or listed.common.get(plain, "")


def _several(texts: list[str], listed: Choices, *, several: bool) -> Chosen:
    chosen = _chosen(texts, listed)
    if len(chosen.codes) > 1 and not several:
        return Chosen(problem="RY-HTCDS-ONE-ONLY")
    return chosen


def _chosen(texts: list[str], listed: Choices) -> Chosen:
    codes = {listed.codes.get(text) or _value(text, listed) for text in texts}
    common = tuple(t for t in texts if t not in listed.codes and folded(t) not in listed.spoken)
    return Chosen(tuple(sorted(codes, key=listed.order.__getitem__)), common)


def _readings(text: str, listed: Choices) -> list[list[str]]:
    """At most two ways to put the pieces together so that each part is a value of the list."""
    cuts = [0, *(found.end() for found in _SEPARATORS.finditer(text)), len(text) + 1]
    if len(cuts) - 1 > _MOST:
        return []
    ways: list[list[list[str]]] = [[] for _ in cuts]
    ways[0] = [[]]
    for end in range(1, len(cuts)):
        for start in range(max(0, end - listed.longest), end):
            part = text[cuts[start] : cuts[end] - 1]
            if ways[start] and (_value(part, listed) or (end - start == 1 and not part.strip())):
                ways[end] += [[*way, part] for way in ways[start]]
        ways[end] = ways[end][:2]
    return [[part for part in way if part.strip()] for way in ways[-1] if any(map(str.strip, way))]
