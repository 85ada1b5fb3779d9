"""Answers of a group before and after, as sums: what one person knew is never kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from romyen.prevention.words import Question, questionnaire
from romyen.rules.days import thai_digits
from romyen.rules.refusals import refuse

FEWEST = 5
"""Below this a sum would show what one child answered: it is not kept at all."""
SMALL = 10
"""Below this a change may be chance; the page says so."""
MOST_LINES = 2_000
_SKIPPED = ".-_0"

type Results = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Sums:
    """How many answered, and for each question how many were right."""

    asked: int
    results: Results


def counted(asked: int, right: Mapping[str, tuple[int | None, int | None]]) -> Sums:
    """Sums that were counted by hand: question → right before, right after.

    Refuses with ``RY-SESSION-TOO-FEW``, ``-HALF``, ``-MORE-RIGHT`` or ``-NO-ANSWERS``. A question
    that was not asked is left out, or both its numbers are None.
    """
    _enough(asked, field="asked")
    results: Results = {}
    for question in questionnaire().questions:
        before, after = right.get(question.code, (None, None))
        if before is None and after is None:
            continue
        if before is None or after is None:
            raise refuse("RY-SESSION-HALF", field=f"{question.code}_after")
        if not (0 <= before <= asked and 0 <= after <= asked):
            raise refuse("RY-SESSION-MORE-RIGHT", field=f"{question.code}_before", asked=asked)
        results[question.code] = {"before": before, "after": after}
    if not results:
        raise refuse("RY-SESSION-NO-ANSWERS", field="asked")
    return Sums(asked, results)


def _enough(asked: int, *, field: str) -> None:
    if asked < FEWEST:
        raise refuse("RY-SESSION-TOO-FEW", field=field, fewest=FEWEST)


def matched(text: str) -> Sums:
    """Sums of lines ``CODE;answers before;answers after``, each answer one letter.

    The codes that participants made up only tell that no one stands twice; nothing of a line
    is kept. A dot or a hyphen is a question left empty: not right. Refuses with the number of
    the line that cannot be read.
    """
    seen: set[str] = set()
    pairs: list[tuple[str, str]] = []
    for number, line in _lines(text):
        code, before, after = _parts(number, line)
        if code in seen:
            raise refuse("RY-SESSION-CODE-TWICE", field="lines", line=number)
        seen.add(code)
        pairs.append((before, after))
    _enough(len(pairs), field="lines")
    asked = enumerate(questionnaire().questions)
    return Sums(len(pairs), {one.code: _sum(place, one, pairs) for place, one in asked})


def _lines(text: str) -> Iterator[tuple[int, str]]:
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise refuse("RY-SESSION-LINE", field="lines", line=MOST_LINES + 1)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, line


def _parts(number: int, line: str) -> tuple[str, str, str]:
    """Code and both rows of letters, of which each must be as long as the questionnaire."""
    parts = [part.strip() for part in line.replace("\t", ";").split(";")]
    if len(parts) != 3 or not all(parts):
        raise refuse("RY-SESSION-LINE", field="lines", line=number)
    before, after = (_letters(part) for part in parts[1:])
    if not (_fits(before) and _fits(after)):
        raise refuse("RY-SESSION-LINE", field="lines", line=number)
    return thai_digits(parts[0]).casefold(), before, after


def _letters(part: str) -> str:
    return "".join(part.replace(",", "").split()).lower()


def _fits(letters: str) -> bool:
    questions = questionnaire().questions
    return len(letters) == len(questions) and all(
        letter in question.answers or letter in _SKIPPED
        for letter, question in zip(letters, questions, strict=True)
    )


def _sum(place: int, question: Question, pairs: list[tuple[str, str]]) -> dict[str, int]:
    right = [(b[place] == question.right, a[place] == question.right) for b, a in pairs]
    return {
        "before": sum(before for before, _after in right),
        "after": sum(after for _before, after in right),
        "gained": sum(after and not before for before, after in right),
        "lost": sum(before and not after for before, after in right),
    }
