"""The codes of prevention, their words, and the questions before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from romyen.rules import lists
from romyen.rules.lists import CONFIDENCES, BadData, CodeList, check_words, read_yaml

AFTER, LATER = "after", "later"
"""When the questions were asked again: right after, or about three months later."""

FORMAT = "romyen/questions@1"
_FILE = Path(__file__).parent / "data" / "questions.yaml"


def words(name: str) -> CodeList:
    """A list of this package: ``kinds``, ``topics``, ``sexes``, ``ages``, ``stages``."""
    return lists.of("prevention", name)


def groups() -> list[str]:
    """The keys of a reach: sex and age band, such as ``f:13``."""
    return [f"{sex.code}:{age.code}" for sex in words("sexes") for age in words("ages")]


@dataclass(frozen=True)
class Said:
    """Words in two languages."""

    en: str
    th: str

    def label(self, language: str) -> str:
        """The words in that language."""
        return self.th if language.startswith("th") else self.en


@dataclass(frozen=True)
class Question:
    """One scene with its answers by letter. ``right`` is the letter of the right one."""

    code: str
    name: Said
    scene: Said
    answers: Mapping[str, Said]
    right: str


@dataclass(frozen=True)
class Questionnaire:
    """Questions in order, with their source and how sure we are."""

    code: str
    source: str
    confidence: str
    questions: tuple[Question, ...]

    def name_of(self, code: str, language: str) -> str:
        """The short name of a question; the code itself when it is no longer asked."""
        found = {question.code: question.name for question in self.questions}
        return found[code].label(language) if code in found else code


@cache
def questionnaire(path: Path = _FILE) -> Questionnaire:
    """The questions that are asked; a mistake in the data raises ``BadData`` naming the item."""
    data = read_yaml(path)
    if data.get("format") != FORMAT or data.get("confidence") not in CONFIDENCES:
        raise BadData(f"{path.name}: not of the format {FORMAT}, or an unknown confidence")
    asked = tuple(_question(f"{path.name}: {raw.get('code')}", raw) for raw in data["questions"])
    return Questionnaire(data["code"], data["source"], data["confidence"], asked)


def _question(where: str, raw: Mapping[str, Any]) -> Question:
    check_words(where, raw)
    answers = {one["code"]: Said(one["en"], one["th"]) for one in raw["answers"]}
    if raw["right"] not in answers or any(len(letter) != 1 for letter in answers):
        raise BadData(f"{where}: the right answer has to be one of the letters")
    scene = Said(raw["scene"]["en"], raw["scene"]["th"])
    return Question(raw["code"], Said(raw["en"], raw["th"]), scene, answers, raw["right"])
