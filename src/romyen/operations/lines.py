"""Reading people from lines: what somebody typed or copied out of a table.

One person on each line, the cells apart by tabs, semicolons or vertical bars: name, sex, age,
nationality, group, outcome, words. Every cell may be empty; what is left out is taken from what
holds for all. Words of our lists are understood in both languages, and ages as numbers in either
kind of digits.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from romyen.operations.actions.people import Met
from romyen.operations.words import words
from romyen.rules.days import thai_digits
from romyen.rules.lists import CodeList, Item
from romyen.rules.refusals import gettext_noop as _
from romyen.survivors.listed import nationalities
from romyen.survivors.particulars import AGE_BANDS

CELLS = ("name", "sex", "age", "nationality", "group", "outcome", "words")
LISTS = {"sex": "sexes", "age": "ages", "group": "groups", "outcome": "outcomes"}
OLDEST = 120
MOST_FAULTS = 50
"""Faults that are told at once; the rest is counted."""
LONGEST_NAME, LONGEST_WORDS = 500, 2_000

CELL_FAULTS = {
    "sex": _("Line %(line)s: the sex “%(cell)s” is not understood."),
    "age": _("Line %(line)s: the age “%(cell)s” is not understood."),
    "nationality": _("Line %(line)s: the nationality “%(cell)s” is not understood."),
    "group": _("Line %(line)s: the group “%(cell)s” is not understood."),
    "outcome": _("Line %(line)s: the outcome “%(cell)s” is not understood."),
}
TOO_MANY_CELLS = _("Line %(line)s has more than seven cells.")
TOO_LONG = _("Line %(line)s: a name or note is too long.")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line: an English message id and what stands in it."""

    message: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Read:
    """The people of some lines, and every fault found in them."""

    people: list[Met]
    faults: list[Fault]


def read_lines(text: str, usual: Met) -> Read:
    """Everyone on the lines; ``usual`` is what holds where a cell is empty.

    Empty lines are skipped and counted, so that the number of a line is the one on the page.
    """
    people, faults = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            person, wrong = _read(number, line, usual)
            people.append(person)
            faults += wrong
    return Read(people, faults)


def _read(number: int, line: str, usual: Met) -> tuple[Met, list[Fault]]:
    cells = [cell.strip() for cell in re.split(r"[\t;|]", line)]
    if len(cells) > len(CELLS):
        return usual, [Fault(TOO_MANY_CELLS, {"line": number})]
    said = {name: cell for name, cell in zip(CELLS, cells, strict=False) if cell}
    found, faults = _codes(number, said)
    if len(said.get("name", "")) > LONGEST_NAME or len(said.get("words", "")) > LONGEST_WORDS:
        faults.append(Fault(TOO_LONG, {"line": number}))
    free = {name: said[name] for name in ("name", "words") if name in said}
    return replace(usual, **free, **found), faults


def _codes(number: int, said: dict[str, str]) -> tuple[dict[str, str], list[Fault]]:
    found, faults = {}, []
    for name, message in CELL_FAULTS.items():
        if cell := said.get(name):
            code = _age(cell) if name == "age" else ""
            code = code or _known(name).get(_plain(cell), "")
            if code:
                found[name] = code
            else:
                faults.append(Fault(message, {"line": number, "cell": cell[:40]}))
    return found, faults


def _age(cell: str) -> str:
    """The band of an age in years; empty for what is no age."""
    digits = thai_digits(cell)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3):
        return ""
    years = int(digits)
    for low, high in AGE_BANDS:
        if low <= years <= min(high, OLDEST):
            return f"{low}+" if high == 999 else f"{low}--{high}"
    return ""


@cache
def _known(name: str) -> dict[str, str]:
    """Every way of writing a code of a cell's list → the code."""
    found: CodeList = nationalities() if name == "nationality" else words(LISTS[name])
    ways: dict[str, str] = {}
    for item in found:
        for way in _ways(item):
            ways.setdefault(_plain(way), item.code)
    return ways


def _ways(item: Item) -> Iterable[str]:
    return (item.code, item.en, item.th, *item.more.get("also", ()))


def _plain(text: str) -> str:
    """Canonically composed, small, Thai digits written as 0-9: what two spellings share."""
    return thai_digits(unicodedata.normalize("NFC", text)).strip().casefold()
