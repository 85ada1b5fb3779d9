"""The error workbook: the rows that could not be imported, as they came, with what to mend.

It has the headings of the file that they came from, so it is imported again as it is; its last
column is for people and never read. Rows of which the cells may have moved (merged cells, a
lost separator) stay refused until someone writes Yes beside them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from romyen.exchange.htcds.choosing import allowed, nearest
from romyen.exchange.htcds.conflicts import Conflict, Translate
from romyen.exchange.htcds.mapping import Outcome
from romyen.exchange.htcds.sheetwriting import Sheet, write_sheets
from romyen.exchange.htcds.source import Column, Formula, Source, Value
from romyen.exchange.htcds.standard import CHECK, MEND
from romyen.exchange.htcds.values import FORMULA_MARK
from romyen.rules.refusals import gettext_noop as _

MEND_HEADING = _("Romyen: what to mend")
CHECK_HEADING = _("Romyen: write Yes when this row is right")
_ROW = _("Row %(row)s")
_TYPED = _("Written: %(typed)s")
_ALLOWED = _("Allowed: %(values)s")

_MOST_SEARCHED = 1_000
"""For so many values the nearest allowed ones are looked up; a search takes milliseconds."""

_MOST_SHOWN = 120
"""Characters of a typed value that are repeated in the last column."""

_MOST_WORDS = 30_000


def write_errors(source: Source, refused: Iterable[Outcome], *, thai: Translate = str) -> bytes:
    """An .xlsx with the refused rows of a source, built in memory.

    ``thai`` translates message ids; each message stands in Thai and in English. It holds
    content of the file: it belongs to the person who brought the file and to nobody else.
    """
    outcomes = list(refused)
    names = dict.fromkeys(column.sheet for column in source.columns)
    words = _Words(thai)
    sheets = []
    for name in names:
        # Submissions carry the name of their file, but have one set of columns.
        mine = [o for o in outcomes if o.raw.sheet == name or len(names) == 1]
        columns = [column for column in source.columns if column.sheet == name]
        if mine or len(names) == 1:
            sheets.append(_sheet(name, columns, mine, words))
    return write_sheets(sheets)


def _sheet(name: str, columns: Sequence[Column], outcomes: list[Outcome], words: "_Words") -> Sheet:
    """One sheet: row 1 names (hidden), row 2 labels, then the rows."""
    names: dict[int, Value] = {c.position: c.name for c in columns if c.name}
    labels: dict[int, Value] = {c.position: c.label for c in columns if c.label}
    positions = [*names, *labels, *(c.position for o in outcomes for c in o.raw.cells), 1]
    last = max(positions)
    if any(outcome.raw.flaw for outcome in outcomes):
        last += 1
        names[last], labels[last] = CHECK, words.both(CHECK_HEADING)
    names[last + 1], labels[last + 1] = MEND, words.both(MEND_HEADING)
    check = last if names.get(last) == CHECK else None
    rows = (_row(outcome, last + 1, check, words) for outcome in outcomes)
    return Sheet(name or "Sheet1", _all_rows(names, labels, rows), hidden_rows=1)


def _all_rows(
    names: dict[int, Value], labels: dict[int, Value], rows: Iterator[dict[int, Value]]
) -> Iterator[dict[int, Value]]:
    yield names
    yield labels
    yield from rows


def _row(outcome: Outcome, mend: int, check: int | None, words: "_Words") -> dict[int, Value]:
    cells: dict[int, Value] = {c.position: _harmless(c.value) for c in outcome.raw.cells}
    if check and outcome.raw.flaw:
        cells[check] = "No"
    cells[mend] = words.of(outcome)
    return cells


def _harmless(value: Value) -> Value:
    """The value as it came; a formula as text that calculates nothing and is refused again."""
    return FORMULA_MARK + value.text if isinstance(value, Formula) else value


class _Words:
    """What to mend, in Thai and in English."""

    def __init__(self, thai: Translate) -> None:
        self._thai = thai
        self._searched = 0
        self._nearest = cache(nearest)

    def both(self, message: str) -> str:
        """A message in both languages, once where there is no translation."""
        return " / ".join(dict.fromkeys((self._thai(message), message)))

    def of(self, outcome: Outcome) -> str:
        """Everything that keeps a row from being imported, one line for each reason."""
        row = self.both(_ROW) % {"row": outcome.raw.number}
        place = f"{row} ({outcome.raw.sheet})" if outcome.raw.sheet else row
        reasons = [self._reason(told) for told in outcome.conflicts if told.refuses]
        return "\n".join([place, *reasons])[:_MOST_WORDS]

    def _reason(self, told: Conflict) -> str:
        texts = dict.fromkeys((told.message(self._thai), told.message()))
        message = " / ".join(texts)
        lines = [f"{told.column}: {message}" if told.column else message]
        if told.typed:
            lines.append(self.both(_TYPED) % {"typed": told.typed[:_MOST_SHOWN]})
        values = self._allowed(told)
        if values:
            lines.append(self.both(_ALLOWED) % {"values": "; ".join(values)})
        return f"{told.code} " + "\n    ".join(lines)

    def _allowed(self, told: Conflict) -> list[str]:
        """The nearest allowed values; the whole list where nothing is near and it is short."""
        if told.code != "RY-HTCDS-VALUE-UNKNOWN":
            return []
        self._searched += 1
        if self._searched > _MOST_SEARCHED:
            return []
        return self._nearest(told.typed[:_MOST_SHOWN], told.field) or allowed(told.field)
