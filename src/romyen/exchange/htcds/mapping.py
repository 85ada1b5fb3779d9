"""From a source to records: each row becomes a record or goes back to the person who brought it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from romyen.exchange.htcds.columns import Plan, Target, Use, plan
from romyen.exchange.htcds.conflicts import Conflict
from romyen.exchange.htcds.record import FieldValue, Record, canonical, kept_as_json, recognition
from romyen.exchange.htcds.source import Cell, Formula, RawRow, Source, letter
from romyen.exchange.htcds.standard import CHECK, VERSION, Field, Kind
from romyen.exchange.htcds.values import Note, keep, take
from romyen.rules.formulas import restore
from romyen.rules.refusals import Refusal

_ONCE = frozenset(
    {
        "RY-HTCDS-COLUMN-DEPRECATED",
        "RY-HTCDS-NUMBER-FOR-TEXT",
        "RY-HTCDS-DATE-FOR-TEXT",
        "RY-HTCDS-SEVERAL-FOR-ONE",
        "RY-HTCDS-COLUMN-NO-HEADING",
    }
)
"""Conflicts that say something of the whole column, however many rows show it."""

_MOST_KEPT = 60_000
"""Characters of all kept columns of a row as JSON; one cell of our CSV has to hold them, with
the apostrophes that keep a spreadsheet from calculating."""

_CHECKED = Field(CHECK, "", Kind.CHECK)


@dataclass(frozen=True)
class Outcome:
    """What became of a row. ``record`` is None when the row is refused."""

    raw: RawRow
    record: Record | None
    conflicts: tuple[Conflict, ...]

    @property
    def refused(self) -> bool:
        """Whether the row has to go back to be mended."""
        return self.record is None

    def refuse(self, refusal: Refusal) -> "Outcome":
        """The same row, refused by a verb further on."""
        told = Conflict(
            refusal.code,
            row=self.raw.number,
            column=refusal.field,
            sheet=self.raw.sheet,
            details=refusal.details,
        )
        return replace(self, record=None, conflicts=(*self.conflicts, told))


class Mapped:
    """The rows of a source as outcomes, in order; iterating reads from the beginning.

    ``conflicts`` are those of files, sheets and columns; some columns show theirs only in their
    values, so the list is complete when all rows have been read.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.plan: Plan = plan(source)
        self.conflicts: list[Conflict] = [*source.conflicts, *self.plan.conflicts]
        self._ours = any(column.name == "romyen_version" for column in source.columns)
        self._told: set[tuple[str, str, str]] = set()
        self._seen: dict[bytes, tuple[int, bytes]] = {}

    def __iter__(self) -> Iterator[Outcome]:
        """Each filled row. Refuses when the file turns out damaged on the way."""
        self._seen = {}
        for raw in self.source.rows():
            outcome = self._map(raw)
            if outcome is not None:
                yield outcome

    def _map(self, raw: RawRow) -> Outcome | None:
        row = _Row(raw, self.plan, form=self.source.kind == "form", ours=self._is_ours(raw))
        if not (row.values or row.kept or row.conflicts or raw.flaw):
            return None
        self.conflicts += [conflict for conflict in row.of_columns if self._is_new(conflict)]
        record = row.record()
        if record is not None:
            row.conflicts += self._again(raw, record)
        if any(conflict.refuses for conflict in row.conflicts):
            record = None
        return Outcome(raw, record, tuple(row.conflicts))

    def _is_ours(self, raw: RawRow) -> bool:
        return self._ours and any(
            cell.name == "romyen_version" and str(cell.value) == VERSION for cell in raw.cells
        )

    def _is_new(self, conflict: Conflict) -> bool:
        key = (conflict.code, conflict.column, conflict.sheet)
        new = key not in self._told
        self._told.add(key)
        return new

    def _again(self, raw: RawRow, record: Record) -> list[Conflict]:
        """The conflict of a row that has come before in this file."""
        kind, key = recognition(record)
        content = hashlib.sha256(canonical(record)).digest()
        known = self._seen.setdefault(
            hashlib.sha256(kind.encode() + key).digest(), (raw.number, content)
        )
        if known == (raw.number, content):
            return []
        code = "RY-HTCDS-ROW-TWICE" if known[1] == content else "RY-HTCDS-ID-TWICE"
        return [Conflict(code, row=raw.number, sheet=raw.sheet, details={"other": known[0]})]


class _Row:
    """Gathers what the cells of one row give."""

    def __init__(self, raw: RawRow, plan: Plan, *, form: bool, ours: bool) -> None:
        self.values: dict[str, FieldValue] = {}
        self.kept: dict[str, str] = {}
        self.conflicts: list[Conflict] = []
        self.of_columns: list[Conflict] = []
        self._raw, self._plan, self._form = raw, plan, form
        if raw.flaw:
            self._tell(Note(raw.flaw), "")
        for cell in raw.cells:
            if ours and isinstance(cell.value, str):
                cell = cell._replace(value=restore(cell.value))
            self._add(cell, plan.target(raw.sheet, cell.position))
        if raw.instance_id:
            self.values.setdefault("romyen_instance_id", raw.instance_id)

    def record(self) -> Record | None:
        """The record, unless a value could not be read."""
        if len(kept_as_json(self.kept)) > _MOST_KEPT:
            self._tell(Note("RY-HTCDS-ROW-TOO-LONG"), "")
        if any(conflict.refuses for conflict in self.conflicts):
            return None
        return Record.of(self.values, self.kept)

    def _add(self, cell: Cell, target: Target) -> None:
        heading = cell.label or cell.name or letter(cell.position)
        if target.field is not None:
            self._add_field(cell, target.field, " ".join(heading.split()))
        elif target.use is Use.CHECK:
            if take(cell.value, _CHECKED, form=False).values.get(_CHECKED.name) != "TRUE":
                self._tell(Note("RY-HTCDS-NOT-CHECKED"), heading)
        elif target.use is Use.UNMAPPED:
            self._add_unmapped(cell, heading)
        elif target.use is Use.KEPT and not _is_index(cell):
            self._keep(cell, target, heading)

    def _add_field(self, cell: Cell, field: Field, heading: str) -> None:
        taken = take(cell.value, field, form=self._form)
        for name, value in taken.values.items():
            if self.values.setdefault(name, value) != value:
                self._tell(Note("RY-HTCDS-TWO-VALUES"), heading, field.name)
        if taken.kept:
            self.kept[heading] = taken.kept
        if field.deprecated and taken.values:
            self._tell(Note("RY-HTCDS-COLUMN-DEPRECATED"), heading, field.name)
        for note in taken.notes:
            self._tell(note, heading, field.name)

    def _keep(self, cell: Cell, target: Target, heading: str) -> None:
        if cell.name is None and cell.label is None:
            self._tell(Note("RY-HTCDS-COLUMN-NO-HEADING"), heading)
        if isinstance(cell.value, Formula):
            self._tell(Note("RY-HTCDS-FORMULA-KEPT"), heading)
        text = keep(cell.value)
        if text:
            self.kept[target.key] = text

    def _add_unmapped(self, cell: Cell, heading: str) -> None:
        """Columns that we kept before and wrote into one of ours."""
        try:
            found = json.loads(str(cell.value))
        except ValueError:
            found = None
        if isinstance(found, dict) and all(isinstance(text, str) for text in found.values()):
            self.kept |= found
        else:
            self._tell(Note("RY-HTCDS-UNMAPPED-UNREADABLE"), heading)

    def _tell(self, note: Note, heading: str, field: str = "") -> None:
        whole = note.code in _ONCE
        one_form = whole and self._form  # the file of a submission is no sheet with columns
        (self.of_columns if whole else self.conflicts).append(
            Conflict(
                note.code,
                row=None if whole else self._raw.number,
                column=heading,
                field=field,
                typed=note.typed,
                sheet="" if one_form else self._raw.sheet,
                details=note.details,
            )
        )


def _is_index(cell: Cell) -> bool:
    """Whether a cell is the running number that the official workbook puts before each row."""
    if cell.position != 1 or cell.name or cell.label:
        return False
    return not isinstance(cell.value, str) or cell.value.strip().isdigit()
