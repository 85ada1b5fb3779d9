"""Reads clocks from data files and refuses to start with a wrong one, naming the item."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from romyen.rules.clocks import Book, Clock, ClockKind, Event, Extension, Version
from romyen.rules.lists import CONFIDENCES, BadData, check_words, read_yaml
from romyen.rules.spans import Counting, Span, Unit

FORMAT = "romyen/clocks@1"
FACTS = ("minor", "foreign_national", "thai_national")
SCOPES = ("case", "lead", "organisation")
_PLACES = ("leads", "data_protection", "none")
_VERSION = ("id", "instrument", "source", "confidence", "duration")


@cache
def load(*paths: Path) -> Book:
    """The book of all these files together. A mistake raises ``BadData`` naming the item."""
    events: dict[str, Event] = {}
    clocks: dict[str, Clock] = {}
    other: dict[str, str] = {}
    for path in paths:
        data = read_yaml(path)
        if data.get("format") != FORMAT:
            raise BadData(f"{path.name}: not of the format {FORMAT}")
        for raw in data.get("events") or []:
            _add(events, _event(f"{path.name}: event {raw.get('code')}", raw), path)
        for raw in data.get("clocks") or []:
            _add(clocks, _clock(f"{path.name}: clock {raw.get('id')}", raw, data, events), path)
        for raw in data.get("other_steps") or []:
            other[raw["step"]] = _other(f"{path.name}: step {raw['step']}", raw)
    return Book(events, clocks, other)


def _add[T: (Event, Clock)](found: dict[str, T], item: T, path: Path) -> None:
    """Keep an item under its code, which must be new."""
    code = item.code if isinstance(item, Event) else item.id
    if code in found:
        raise BadData(f"{path.name}: {code} stands twice")
    found[code] = item


def _need(where: str, raw: Mapping[str, Any], *keys: str) -> None:
    missing = [key for key in keys if raw.get(key) in (None, "")]
    if missing:
        raise BadData(f"{where}: {', '.join(missing)} missing")


def _one_of(where: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadData(f"{where}: “{value}” is none of {', '.join(allowed)}")
    return str(value)


def _event(where: str, raw: Mapping[str, Any]) -> Event:
    """One event of the catalogue."""
    _need(where, raw, "code", "en", "th")
    check_words(where, raw)
    scope = _one_of(where, raw.get("scope", "case"), SCOPES)
    by_choice = bool(raw.get("by_choice", False))
    return Event(raw["code"], raw["en"], raw["th"], raw["th_status"], scope, by_choice)


def _clock(
    where: str, raw: Mapping[str, Any], data: Mapping[str, Any], events: Mapping[str, Event]
) -> Clock:
    """One clock with its versions."""
    _need(where, raw, "id", "events", "en", "th", "kind", "versions")
    check_words(where, raw)
    for code in raw["events"]:
        if code not in events:
            raise BadData(f"{where}: unknown event {code}")
    kind = _one_of(where, raw["kind"], get_args(ClockKind))
    when = raw.get("when") or {}
    for fact in when:
        _one_of(where, fact, FACTS)
    shares = [] if kind == "at_once" else raw.get("warn_at", data.get("warn_at") or [])
    versions = tuple(_version(f"{where}, version {v.get('id')}", v) for v in raw["versions"])
    _check_versions(where, kind, versions)
    return Clock(
        id=raw["id"],
        step=str(raw.get("step") or ""),
        events=tuple(raw["events"]),
        en=raw["en"],
        th=raw["th"],
        th_status=raw["th_status"],
        kind=kind,  # type: ignore[arg-type]
        actor=str(raw.get("actor") or ""),
        when=when,
        warn_at=tuple(_share(where, share) for share in shares),
        versions=versions,
    )


def _version(where: str, raw: Mapping[str, Any]) -> Version:
    """One version of the law."""
    _need(where, raw, *_VERSION)
    if "/" in str(raw["id"]):
        raise BadData(f"{where}: an id holds no slash")
    duration = _span(where, raw["duration"])
    repeat = _span(where, raw["repeat"]) if raw.get("repeat") else None
    if repeat and repeat.unit != duration.unit:
        raise BadData(f"{where}: duration and repeat need the same unit")
    return Version(
        id=str(raw["id"]),
        instrument=raw["instrument"],
        section=str(raw.get("section") or ""),
        source=raw["source"],
        confidence=_one_of(where, raw["confidence"], CONFIDENCES),
        duration=duration,
        counting=_counting(where, raw.get("counting") or {}),
        valid_from=_date(where, raw.get("valid_from")),
        valid_to=_date(where, raw.get("valid_to")),
        extension=_extension(where, raw.get("extension")),
        schedule=tuple(_span(where, span) for span in raw.get("schedule") or []),
        repeat=repeat,
        start_known=bool(raw.get("start_known", True)),
        note=str(raw.get("note") or ""),
    )


def _check_versions(where: str, kind: str, versions: tuple[Version, ...]) -> None:
    """Ids differ, no two are in force on one day, and only “at once” lasts no time."""
    if len({version.id for version in versions}) < len(versions):
        raise BadData(f"{where}: two versions have one id")
    for version in versions:
        if (version.duration.value == 0) != (kind == "at_once"):
            raise BadData(f"{where}: the value 0 belongs to at_once, and only there")
        if (version.valid_to or date.max) < (version.valid_from or date.min):
            raise BadData(f"{where}: version {version.id} ends before it begins")
    ordered = sorted(versions, key=lambda version: version.valid_from or date.min)
    for earlier, later in pairwise(ordered):
        if (earlier.valid_to or date.max) >= (later.valid_from or date.min):
            raise BadData(f"{where}: versions {earlier.id} and {later.id} are in force together")


def _extension(where: str, raw: Mapping[str, Any] | None) -> Extension | None:
    """Who may extend, and how far."""
    if not raw:
        return None
    _need(where, raw, "by", "confidence")
    if not raw.get("value") and not raw.get("total"):
        raise BadData(f"{where}: an extension needs a value or a total")
    step = _span(where, raw) if raw.get("value") else None
    total = _span(where, raw["total"]) if raw.get("total") else None
    confidence = _one_of(where, raw["confidence"], CONFIDENCES)
    return Extension(str(raw["by"]), confidence, step, total, bool(raw.get("renewable")))


def _span(where: str, raw: Mapping[str, Any]) -> Span:
    """A whole, non-negative number of a known unit."""
    value = raw.get("value")
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadData(f"{where}: a duration is a whole number, not {value!r}")
    return Span(value, _one_of(where, raw.get("unit"), get_args(Unit)))  # type: ignore[arg-type]


def _counting(where: str, raw: Mapping[str, Any]) -> Counting:
    """How days count: what is not said or “unknown” is assumed, and marked as not known."""
    first = _one_of(where, raw.get("first_day", "unknown"), ("counted", "not_counted", "unknown"))
    days = _one_of(where, raw.get("days", "unknown"), ("calendar", "working", "unknown"))
    known = "unknown" not in (first, days)
    return Counting(first == "counted", days == "working", known)


def _date(where: str, value: Any) -> date | None:
    if value is not None and type(value) is not date:
        raise BadData(f"{where}: {value!r} is not a date")
    return value


def _share(where: str, value: Any) -> Fraction:
    """A fraction of the time, such as 5/6."""
    try:
        share = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise BadData(f"{where}: {value!r} is not a fraction") from None
    if not 0 < share < 1:
        raise BadData(f"{where}: a warning lies between the start and the end")
    return share


def _other(where: str, raw: Mapping[str, Any]) -> str:
    """Where a step without a clock here lives, and why."""
    _need(where, raw, "belongs_to", "reason")
    return f"{_one_of(where, raw['belongs_to'], _PLACES)}: {raw['reason']}"
