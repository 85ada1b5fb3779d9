"""Is she known already? Asked before a file is begun, of the files that the asker may read.

It compares what is typed with what the asker holds, and with nothing else: a record that is hidden
from her is neither opened nor counted, and cannot be hinted at.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from romyen import access
from romyen.access import Column, Opened, Reader
from romyen.rules.births import Birth
from romyen.rules.likeness import name_reasons
from romyen.rules.names import Key, rank_keys, score
from romyen.rules.telephones import number_alike, telephones
from romyen.survivors.held import name_columns, named, parts, present
from romyen.survivors.models import Contact, Document, Survivor
from romyen.survivors.queries import names

PURPOSE = "known_already"
LIKE = 0.85
"""How alike two names are that may be one."""
ALIKE = 0.5
"""What a sign weighs that says nothing alone: a nickname, one word of a name."""
NAME = "name"
SHOWN = 5
RANKED = 50


@dataclass(frozen=True)
class Asked:
    """What is known of someone who may be on record. Many share a nickname: alone it is no sign."""

    names: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    birth: Birth | None = None
    telephones: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likely:
    """A record that may be hers, what she is called in it, and codes of why."""

    survivor: Survivor
    called: Opened
    reasons: tuple[str, ...]


type Reasons = dict[str, dict[str, float]]
"""Whose, and why with how much weight."""


def likely(reader: Reader, asked: Asked, *, now: datetime) -> list[Likely]:
    """The records that may be of the same person, the likeliest first, with their reasons.

    One entry says how many were compared; where any is shown, a read entry names those.
    """
    found = _found(reader, asked, now)
    if not found:
        return []
    order = sorted(found, key=lambda ref: (-sum(found[ref].values()), ref))[:SHOWN]
    rows = present(reader, now=now).select_related("node").in_bulk(order)
    called = names(reader, rows.values(), purpose=PURPOSE, now=now)
    return [
        Likely(rows[ref], called[ref], _codes(asked, called[ref], found[ref]))
        for ref in order
        if ref in rows
    ]


def _codes(asked: Asked, called: Opened, why: dict[str, float]) -> tuple[str, ...]:
    """Codes of why; for names the nearest that can be said of them."""
    rest = [code for code in why if code != NAME]
    if NAME not in why or not isinstance(called, str):
        return (*(["near"] if NAME in why else []), *rest)
    return (*name_reasons(asked.names, [called]), *rest)


def _found(reader: Reader, asked: Asked, now: datetime) -> Reasons:
    wanted = _wanted(reader, asked, now)
    columns = [column for some, _ in wanted for column in some]
    if not columns:
        return {}
    opened = access.compare(reader, columns, verb="survivor.compare", now=now)
    found: Reasons = defaultdict(dict)
    for some, judge in wanted:
        mine, opened = opened[: len(some)], opened[len(some) :]
        judge(mine, found)
    return {ref: why for ref, why in found.items() if max(why.values()) >= LIKE}


type Judge = Callable[[list[list[tuple[str, str]]], Reasons], None]


def _wanted(reader: Reader, asked: Asked, now: datetime) -> list[tuple[list[Column], Judge]]:
    """What has to be opened for what was asked, and who reads it; names first."""
    wanted: list[tuple[list[Column], Judge]] = []
    if asked.names or asked.nicknames:
        births = [Column.of(present(reader, now=now), "birth")] if _exact(asked) else []
        wanted.append(([*name_columns(reader, now=now), *births], _by_name(asked)))
    for model, told, alike, code in (
        (Contact, asked.telephones, _telephones, "telephone"),
        (Document, asked.documents, _numbers, "document"),
    ):
        if told:
            rows = parts(reader, model._default_manager.all(), now=now)
            column = Column.of(rows, "content", "survivor")
            wanted.append(([column], _by_number(set(told), alike, code)))
    return wanted


def _by_name(asked: Asked) -> Judge:
    """By names alone, and by the day of birth, which is the last column where it is asked for."""

    def judge(opened: list[list[tuple[str, str]]], found: Reasons) -> None:
        births = opened.pop() if _exact(asked) else []
        keys = list(named(opened))
        for name in asked.names:
            for whose, likeness in rank_keys(Key.of(name), keys, RANKED):
                if likeness >= LIKE:
                    _note(found[whose], NAME, likeness)
        for name in asked.nicknames:
            for whose, likeness in rank_keys(Key.of(name), keys, RANKED):
                if likeness >= LIKE:
                    _note(found[whose], "nickname", ALIKE * likeness)
        if asked.birth is not None and births:
            day = asked.birth.day
            _by_birth(asked, {w for w, t in births if Birth.from_text(t).day == day}, keys, found)

    return judge


def _exact(asked: Asked) -> bool:
    return asked.birth is not None and asked.birth.kind == "exact"


def _by_birth(
    asked: Asked, that_day: set[str], keys: list[tuple[str, Key]], found: Reasons
) -> None:
    """The same day, and one word of the name: a family name is often another one, or missing."""
    words = [Key.of(word) for name in (*asked.names, *asked.nicknames) for word in name.split()]
    for whose, key in keys:
        if whose in that_day and any(score(word, key) >= LIKE for word in words):
            _note(found[whose], "birth", 1.0)
            found[whose].setdefault(NAME if asked.names else "nickname", ALIKE)


def _note(why: dict[str, float], code: str, weight: float) -> None:
    why[code] = max(weight, why.get(code, 0.0))


def _by_number(
    told: set[str], alike: Callable[[Mapping[str, str]], Iterable[str]], code: str
) -> Judge:
    def judge(opened: list[list[tuple[str, str]]], found: Reasons) -> None:
        for whose, text in opened[0]:
            if not told.isdisjoint(alike(json.loads(text))):
                found[whose][code] = 1.0

    return judge


def _telephones(content: Mapping[str, str]) -> Iterable[str]:
    return telephones(content.get("value", ""))


def _numbers(content: Mapping[str, str]) -> Iterable[str]:
    return [number_alike(content.get("number", ""))]
