"""Measures over time: counting a questionnaire, and keeping scores of those we may not embed.

Counting says nothing about a person beyond the number: no cut-off, no band, no verdict. A total
is never made from an incomplete questionnaire, and never drawn. Ranges, licences and sources
stand in ``data/measures.yaml``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from romyen.rules.lists import CONFIDENCES, BadData, check_words, read_yaml
from romyen.rules.refusals import refuse

FORMAT = "romyen/measures@1"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Score:
    """One number that a tool gives: its range, its decimal places, the questions behind it."""

    code: str
    en: str
    th: str
    least: Decimal
    most: Decimal
    places: int
    of: tuple[int, ...]

    def label(self, language: str) -> str:
        """Its name in that language."""
        return self.th if language.startswith("th") and self.th else self.en


@dataclass(frozen=True)
class Tool:
    """A questionnaire. ``items`` is empty where its text may not be embedded.

    ``alarm`` is the number of the question whose answer asks for help on the same day; None where
    there is none. ``better`` is "lower" or "higher".
    """

    code: str
    en: str
    th: str
    better: str
    licence: str
    source: str
    confidence: str
    range_confidence: str
    note: str
    note_th: str
    asks: str
    alarm: int | None
    scores: tuple[Score, ...]
    items: tuple[str, ...]
    answers: tuple[tuple[int, str], ...]

    def label(self, language: str) -> str:
        """Its name in that language."""
        return self.th if language.startswith("th") and self.th else self.en

    def remark(self, language: str) -> str:
        """What has to be known before it is used; empty where nothing has."""
        return self.note_th if language.startswith("th") and self.note_th else self.note

    @property
    def embedded(self) -> bool:
        """Whether its questions may be asked here."""
        return bool(self.items)


@dataclass(frozen=True)
class Taken:
    """What came out. ``scores`` leaves out what could not be counted; ``missing`` says why.

    ``missing`` holds the numbers of unanswered questions, or the codes of scores nobody gave.
    """

    scores: Mapping[str, Decimal]
    missing: tuple[str, ...] = ()
    answers: Mapping[int, int] | None = None
    alarm: str = ""
    version: str = ""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing; only then does it belong on the line."""
        return not self.missing

    @property
    def same_day(self) -> bool:
        """Whether someone has to see to the person's safety today."""
        return self.alarm == YES

    def to_text(self) -> str:
        """For sealing."""
        said = {
            "scores": {code: str(value) for code, value in self.scores.items()},
            "missing": list(self.missing),
            "answers": {str(n): value for n, value in (self.answers or {}).items()},
            "alarm": self.alarm,
            "version": self.version,
        }
        return json.dumps(said, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Taken":
        """As it was sealed."""
        said = json.loads(text)
        return cls(
            {code: Decimal(value) for code, value in said["scores"].items()},
            tuple(said["missing"]),
            {int(n): value for n, value in said["answers"].items()} or None,
            said["alarm"],
            said["version"],
        )


def count(tool: Tool, answers: Mapping[int, int | None]) -> Taken:
    """The scores of the answers by question number. Each needs all of its questions.

    Refuses an answer out of range or to a question that there is not with ``RY-MEASURE-RANGE``,
    and a questionnaire without one answer with ``RY-MEASURE-EMPTY``.
    """
    given = {n: value for n, value in answers.items() if value is not None}
    for number, value in given.items():
        _check_answer(tool, number, value)
    if not given:
        raise refuse("RY-MEASURE-EMPTY")
    missing = tuple(str(n) for n in range(1, len(tool.items) + 1) if n not in given)
    scores = {
        score.code: Decimal(sum(given[n] for n in score.of))
        for score in tool.scores
        if all(n in given for n in score.of)
    }
    return Taken(scores, missing, dict(sorted(given.items())))


def _check_answer(tool: Tool, number: int, value: int) -> None:
    possible = [number_ for number_, _words in tool.answers]
    if not 1 <= number <= len(tool.items) or value not in possible:
        least, most = (possible[0], possible[-1]) if possible else (0, 0)
        raise refuse("RY-MEASURE-RANGE", field=f"item_{number}", least=least, most=most)


def read(
    tool: Tool, scores: Mapping[str, Decimal | None], *, alarm: str = "", version: str = ""
) -> Taken:
    """Scores that were counted elsewhere, checked against the tool's range.

    Refuses with ``RY-MEASURE-RANGE``, ``RY-MEASURE-EMPTY``, or ``RY-MEASURE-ALARM`` while nobody
    said how the question about safety was answered.
    """
    known = {score.code: score for score in tool.scores}
    given = {code: value for code, value in scores.items() if value is not None}
    for code, value in given.items():
        _check_score(known.get(code), code, value)
    if not given:
        raise refuse("RY-MEASURE-EMPTY", field=f"score_{tool.scores[0].code}")
    if tool.alarm and alarm not in (YES, NO):
        raise refuse("RY-MEASURE-ALARM", field="alarm")
    missing = tuple(code for code in known if code not in given)
    return Taken(given, missing, None, alarm if tool.alarm else "", version.strip())


def _check_score(score: Score | None, code: str, value: Decimal) -> None:
    if score is None:
        raise refuse("RY-LIST-UNKNOWN", field=f"score_{code}")
    fits = value.is_finite() and score.least <= value <= score.most
    if not fits or value != round(value, score.places):
        refusal = "RY-MEASURE-RANGE-PARTS" if score.places else "RY-MEASURE-RANGE"
        raise refuse(refusal, field=f"score_{code}", least=score.least, most=score.most)


@dataclass(frozen=True)
class Point:
    """One complete measurement on the line of a score."""

    on: date
    value: Decimal


def line(score: str, taken: Iterable[tuple[date, Taken]]) -> list[Point]:
    """The points of a score by day. An incomplete measurement is no point."""
    points = [
        Point(on, one.scores[score]) for on, one in taken if one.complete and score in one.scores
    ]
    return sorted(points, key=lambda point: point.on)


def tool(code: str, *, field: str = "") -> Tool:
    """The tool with this code; refuses with ``RY-LIST-UNKNOWN``."""
    found = tools().get(code)
    if found is None:
        raise refuse("RY-LIST-UNKNOWN", field=field)
    return found


@cache
def tools() -> Mapping[str, Tool]:
    """Every tool by code, in the order in which they are offered."""
    return load(Path(str(files(__package__) / "data/measures.yaml")))


def load(path: Path) -> Mapping[str, Tool]:
    """The tools of a data file; a mistake raises ``BadData`` naming the tool."""
    data = read_yaml(path)
    if data.get("format") != FORMAT:
        raise BadData(f"{path.name}: not of the format {FORMAT}")
    found: dict[str, Tool] = {}
    for raw in data.get("tools") or []:
        one = _tool(f"{path.name}: {raw.get('code')}", raw)
        if one.code in found:
            raise BadData(f"{path.name}: {one.code} stands twice")
        found[one.code] = one
    return found


def _tool(where: str, raw: Mapping[str, Any]) -> Tool:
    for name in ("code", "en", "licence", "source"):
        if not raw.get(name):
            raise BadData(f"{where}: no {name}")
    for name in ("confidence", "range_confidence"):
        if raw.get(name) not in CONFIDENCES:
            raise BadData(f"{where}: unknown {name} “{raw.get(name)}”")
    if raw.get("better") not in ("lower", "higher"):
        raise BadData(f"{where}: better is lower or higher")
    check_words(where, raw)
    texts = ("code", "en", "th", "better", "licence", "source", "confidence", "range_confidence",
             "note", "note_th", "asks")  # fmt: skip
    one = Tool(
        **{name: str(raw.get(name) or "").strip() for name in texts},
        alarm=raw.get("alarm"),
        scores=tuple(_score(where, entry) for entry in raw.get("scores") or []),
        items=tuple(raw.get("items") or ()),
        answers=tuple((entry["value"], entry["en"]) for entry in raw.get("answers") or []),
    )
    _check(where, one)
    return one


def _score(where: str, raw: Mapping[str, Any]) -> Score:
    least, most = Decimal(raw["least"]), Decimal(raw["most"])
    if not raw.get("code") or least >= most:
        raise BadData(f"{where}: a score needs a code and a range: {raw!r}")
    first, last = raw.get("of") or (1, 0)
    of = tuple(range(first, last + 1))
    return Score(
        raw["code"], raw["en"], raw.get("th", ""), least, most, int(raw.get("places", 0)), of
    )


def _check(where: str, one: Tool) -> None:
    """An embedded tool counts its own range; nothing else has questions."""
    if not one.scores:
        raise BadData(f"{where}: no scores")
    if one.embedded != bool(one.answers):
        raise BadData(f"{where}: questions and answers belong together")
    values = [value for value, _words in one.answers]
    for score in one.scores if one.embedded else ():
        count_of = len(score.of)
        if (score.least, score.most) != (
            Decimal(count_of * min(values)),
            Decimal(count_of * max(values)),
        ):
            raise BadData(f"{where}: {score.code} cannot reach its range")
