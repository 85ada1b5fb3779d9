"""Code lists: what may be chosen, in which words, from which source and how sure we are.

Lists are data. A package keeps its own in ``data/lists.yaml``; the official lists of HTCDS 2.0
lie beside this module, because the file of a survivor and the exchange both need them. Every
list names its source and confidence; Thai words that no Thai practitioner has reviewed are
marked as drafts, so that pages can say so.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from romyen.rules.refusals import refuse

CONFIDENCES = (
    "verified_in_source",
    "secondary_source",
    "general_knowledge_verify",
    "design_proposal",
)
"""How sure we are, the surest first: the words were read in the source; read in press or public
code; not read, to be checked by a Thai lawyer or practitioner; our own proposal."""

DRAFT, AS_IN_SOURCE = "draft", "as_in_source"
FORMAT = "romyen/lists@1"
_PACKAGES = Path(__file__).parent.parent
_WORDS = ("en", "th", "th_status")


class BadData(ValueError):
    """A data file that ships with Romyen is wrong; the message names the file and the item."""


@dataclass(frozen=True)
class Item:
    """One code of a list. ``more`` holds what only this list knows, such as ``map_to``."""

    code: str
    en: str
    th: str = ""
    th_status: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """The words in that language; English where the language has none yet."""
        return self.th if language.startswith("th") and self.th else self.en

    @property
    def draft(self) -> bool:
        """Whether the Thai words still need a Thai practitioner."""
        return self.th_status == DRAFT


@dataclass(frozen=True)
class CodeList:
    """A named list with its source and confidence, in the order people see it."""

    name: str
    source: str
    confidence: str
    items: Mapping[str, Item]

    def __iter__(self) -> Iterator[Item]:
        """The items, in order."""
        return iter(self.items.values())

    def __contains__(self, code: object) -> bool:
        """Whether the list has this code."""
        return code in self.items

    def item(self, code: str, *, field: str = "") -> Item:
        """The item with this code; refuses with ``RY-LIST-UNKNOWN``."""
        found = self.items.get(code)
        if found is None:
            raise refuse("RY-LIST-UNKNOWN", field=field)
        return found

    def label(self, code: str, language: str) -> str:
        """The words for a code; the code itself when the list does not know it (old records)."""
        found = self.items.get(code)
        return found.label(language) if found else code

    def choices(self, language: str) -> list[tuple[str, str]]:
        """Pairs of code and words, for a form."""
        return [(item.code, item.label(language)) for item in self]


@cache
def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a data file; refuses a file that is not one, naming it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as file:
        found = yaml.load(file, Loader=loader)  # noqa: S506 - safe, in C where built
    if not isinstance(found, dict):
        raise BadData(f"{path.name}: not a mapping")
    return found


@cache
def load(path: Path) -> Mapping[str, CodeList]:
    """Every list of a data file by name; a mistake raises ``BadData`` naming the item."""
    data = read_yaml(path)
    if data.get("format") != FORMAT:
        raise BadData(f"{path.name}: not of the format {FORMAT}")
    lists = data.get("lists") or {}
    return {name: _list(f"{path.name}: {name}", name, raw) for name, raw in lists.items()}


@cache
def of(package: str, name: str) -> CodeList:
    """The list with this name of a package: ``of("leads", "red_flags")``."""
    return load(_PACKAGES / package / "data" / "lists.yaml")[name]


@cache
def htcds(field_name: str) -> CodeList:
    """An official list of HTCDS 2.0 by its field, such as ``vic_TypeOfExploitation``.

    Values and English words are IOM's (CC BY 4.0), unchanged; the Thai words are our drafts.
    An unknown field is a mistake of ours: KeyError.
    """
    thai = read_yaml(Path(str(files(__package__) / "data/htcds_th.yaml"))).get("lists", {})
    words = thai.get(field_name, {})
    items = {
        value: Item(value, label, words.get(value, ""), DRAFT if value in words else "")
        for value, label in _htcds_rows()[field_name]
    }
    return CodeList(field_name, "IOM HTCDS 2.0, CC BY 4.0", CONFIDENCES[0], items)


def htcds_fields() -> tuple[str, ...]:
    """The HTCDS fields that have a list."""
    return tuple(_htcds_rows())


@cache
def _htcds_rows() -> dict[str, list[tuple[str, str]]]:
    """Value and label of every list, by field, in the official order."""
    rows: dict[str, list[tuple[str, str]]] = {}
    text = (files(__package__) / "data/htcds/htcds_codelists.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        rows.setdefault(row["field"], []).append((row["value"], row["label"]))
    return rows


def _list(where: str, name: str, raw: Mapping[str, Any]) -> CodeList:
    """A list, checked."""
    source, confidence = str(raw.get("source") or ""), str(raw.get("confidence") or "")
    if not source:
        raise BadData(f"{where}: no source")
    if confidence not in CONFIDENCES:
        raise BadData(f"{where}: unknown confidence “{confidence}”")
    items: dict[str, Item] = {}
    for entry in raw.get("items") or []:
        item = _item(where, entry)
        if item.code in items:
            raise BadData(f"{where}: {item.code} stands twice")
        items[item.code] = item
    if not items:
        raise BadData(f"{where}: no items")
    return CodeList(name, source, confidence, items)


def _item(where: str, entry: Mapping[str, Any]) -> Item:
    """One item, checked."""
    code = str(entry.get("code") or "")
    if not code or not entry.get("en"):
        raise BadData(f"{where}: an item needs a code and English words: {entry!r}")
    check_words(f"{where}: {code}", entry)
    more = {key: value for key, value in entry.items() if key not in ("code", *_WORDS)}
    en, th, th_status = (str(entry.get(word) or "") for word in _WORDS)
    return Item(code, en, th, th_status, more)


def check_words(where: str, entry: Mapping[str, Any]) -> None:
    """Thai words say whether they are a draft or stand so in the source."""
    if entry.get("th") and entry.get("th_status") not in (DRAFT, AS_IN_SOURCE):
        raise BadData(f"{where}: Thai words without th_status draft or as_in_source")
