"""What is counted, as data (indicators.yaml): definition, counting rule, source, dimensions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from romyen.rules.lists import CONFIDENCES, BadData, check_words, read_yaml

FORMAT = "romyen/indicators@1"
METHODS = ("flow", "standing", "nights", "reach")
_FILE = Path(__file__).parent / "data" / "indicators.yaml"

type Said = Mapping[str, str]
"""Words by language: ``en`` and ``th``."""


def label(said: Said, language: str) -> str:
    """The words in that language."""
    return said["th"] if language.startswith("th") else said["en"]


@dataclass(frozen=True)
class Dimension:
    """By what an indicator is told apart. ``many``: a row may count under several codes."""

    code: str
    field: str
    words: str
    said: Said
    many: bool = False


@dataclass(frozen=True)
class Indicator:
    """One thing that is counted. ``day`` is a column, or two between which a row runs.

    ``people`` names whom a small figure would point at where rows are not people; ``nobody``
    says that it points at no one.
    """

    code: str
    version: int
    chapter: str
    said: Said
    definition: Said
    rule: Said
    method: str
    table: str
    day: tuple[str, ...]
    where: Mapping[str, Any]
    sum: tuple[str, ...]
    people: str
    nobody: bool
    trend: bool
    unit: Said
    by: tuple[Dimension, ...]

    @property
    def sums_up(self) -> bool:
        """Whether the quarters of a year add up to the year."""
        return self.method != "standing"


@dataclass(frozen=True)
class Book:
    """All indicators by code, their chapters, and the rules for small numbers."""

    source: str
    confidence: str
    fewest: int
    years: int
    chapters: Mapping[str, Said]
    indicators: Mapping[str, Indicator] = field(default_factory=dict)


@cache
def book(path: Path = _FILE) -> Book:
    """The indicators; a mistake in the data raises ``BadData`` naming the item."""
    data = read_yaml(path)
    if data.get("format") != FORMAT or data.get("confidence") not in CONFIDENCES:
        raise BadData(f"{path.name}: not of the format {FORMAT}, or an unknown confidence")
    chapters = {raw["code"]: _said(f"{path.name}: {raw['code']}", raw) for raw in data["chapters"]}
    found: dict[str, Indicator] = {}
    for raw in data["indicators"]:
        one = _indicator(f"{path.name}: {raw.get('code')}", raw)
        if one.code in found or one.chapter not in chapters:
            raise BadData(f"{path.name}: {one.code} stands twice or in no chapter")
        found[one.code] = one
    return Book(
        data["source"], data["confidence"], int(data["fewest"]), int(data["years"]), chapters, found
    )


def _indicator(where: str, raw: Mapping[str, Any]) -> Indicator:
    if raw["method"] not in METHODS or int(raw["version"]) < 1:
        raise BadData(f"{where}: an unknown method, or no version")
    day = raw["day"]
    return Indicator(
        code=raw["code"],
        version=int(raw["version"]),
        chapter=raw["chapter"],
        said=_said(where, raw),
        definition=_pair(where, raw["definition"]),
        rule=_pair(where, raw["rule"]),
        method=raw["method"],
        table=raw["table"],
        day=(day,) if isinstance(day, str) else tuple(day),
        where=raw.get("where", {}),
        sum=tuple(raw.get("sum", ())),
        people=raw.get("people", ""),
        nobody=bool(raw.get("nobody")),
        trend=bool(raw.get("trend")),
        unit=_pair(where, raw.get("unit", {"en": "", "th": ""})),
        by=tuple(_dimension(where, one) for one in raw.get("by", ())),
    )


def _dimension(where: str, raw: Mapping[str, Any]) -> Dimension:
    said = _pair(f"{where} by {raw.get('code')}", raw)
    return Dimension(raw["code"], raw["field"], raw["words"], said, bool(raw.get("many")))


def _said(where: str, raw: Mapping[str, Any]) -> Said:
    check_words(where, raw)
    return _pair(where, raw)


def _pair(where: str, raw: Mapping[str, Any]) -> Said:
    if "en" not in raw or "th" not in raw:
        raise BadData(f"{where}: words are missing in one language")
    return {"en": raw["en"], "th": raw["th"]}
