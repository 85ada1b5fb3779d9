"""Which field each column holds, by its name and its label, and what contradicts what.

The rule, in one sentence: the name decides, unless the visible label clearly means another
field that no other column gives; then the label decides, because people write under the label
that they see (docs/decisions/0006-htcds.md). Every contradiction is told.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from romyen.exchange.htcds.conflicts import Conflict
from romyen.exchange.htcds.headings import (
    field_by_label,
    field_by_name,
    fold_label,
    instance_column,
    is_ambiguous,
    is_bookkeeping,
    is_exact,
)
from romyen.exchange.htcds.source import Column, Source, letter
from romyen.exchange.htcds.standard import CHECK, MEND, UNMAPPED, Field, official_headers

_Place = tuple[str, int]
"""Sheet and position: where a column stands."""


class Use(Enum):
    """What becomes of a column's values."""

    FIELD = "a field of the standard or of ours"
    KEPT = "kept, sealed, under its heading"
    UNMAPPED = "our own column of kept values"
    INSTANCE = "the id of the submission"
    CHECK = "whether a person found a doubtful row right"
    IGNORED = "running numbers, and our column of what to mend"


class Target(NamedTuple):
    """What a column is used for; ``key`` is the field's name, or the heading to keep it under."""

    use: Use
    key: str
    field: Field | None = None


@dataclass(frozen=True)
class Plan:
    """Where each column of a source goes, and the conflicts of the headings."""

    targets: Mapping[_Place, Target]
    conflicts: Sequence[Conflict]

    def target(self, sheet: str, position: int) -> Target:
        """Where a column goes; one without any heading is kept under its letter."""
        known = self.targets.get((sheet, position)) or self.targets.get(("", position))
        return known or Target(Use.KEPT, f"({letter(position)})")


def plan(source: Source) -> Plan:
    """Decide for every column of the source."""
    targets: dict[_Place, Target] = {}
    conflicts: list[Conflict] = []
    for sheet in dict.fromkeys(column.sheet for column in source.columns):
        columns = [column for column in source.columns if column.sheet == sheet]
        _plan_sheet(columns, form=source.kind == "form", targets=targets, conflicts=conflicts)
    return Plan(targets, conflicts)


def _plan_sheet(
    columns: list[Column],
    *,
    form: bool,
    targets: dict[_Place, Target],
    conflicts: list[Conflict],
) -> None:
    agreed = {field.name for field in map(_agreed, columns) if field}
    instance = instance_column(columns)
    for column in columns:
        if column.position == instance and field_by_name(column.name) is None:
            target = Target(Use.INSTANCE, "romyen_instance_id")
        else:
            target = _target(column, agreed, form=form, conflicts=conflicts)
        targets[column.sheet, column.position] = target
    _name_apart(columns, targets)
    conflicts += _told_twice(columns, targets)
    conflicts += _labels_lost(columns)


def _agreed(column: Column) -> Field | None:
    """The field on which name and label agree, or which the only heading there is means."""
    named, labelled = field_by_name(column.name), field_by_label(column.label)
    if named and (labelled is named or not column.label):
        return named
    return None


def _target(column: Column, agreed: set[str], *, form: bool, conflicts: list[Conflict]) -> Target:
    if column.name and column.name.strip() == MEND:
        return Target(Use.IGNORED, "")
    if column.name and column.name.strip() == UNMAPPED:
        return Target(Use.UNMAPPED, UNMAPPED)
    if column.name and column.name.strip() == CHECK:
        return Target(Use.CHECK, CHECK)
    field, codes = _resolve(column, agreed)
    if field is None:
        if not (form and is_bookkeeping(column.name)):
            conflicts.append(_conflict(_unmapped_code(column), column))
        return Target(Use.KEPT, column.heading)
    conflicts += [_conflict(code, column, field) for code in codes]
    return Target(Use.FIELD, field.name, field)


def _resolve(column: Column, agreed: set[str]) -> tuple[Field | None, list[str]]:
    """The field of a column, and the codes of what had to be decided."""
    named, labelled = field_by_name(column.name), field_by_label(column.label)
    if named is None:
        if labelled is None:
            return None, []
        return labelled, ["RY-HTCDS-NAME-UNKNOWN" if column.name else "RY-HTCDS-NAME-MISSING"]
    codes = [] if is_exact(column.name or "", named) else ["RY-HTCDS-NAME-MISSPELT"]
    if not column.label or fold_label(column.label) == fold_label(named.label):
        return named, codes
    if labelled is None:
        return named, [*codes, "RY-HTCDS-LABEL-UNKNOWN"]
    if labelled.name in agreed:
        return named, [*codes, "RY-HTCDS-NAME-OVER-LABEL"]
    return labelled, [*codes, "RY-HTCDS-LABEL-OVER-NAME"]


def _unmapped_code(column: Column) -> str:
    if not column.name and is_ambiguous(column.label):
        return "RY-HTCDS-LABEL-AMBIGUOUS"
    return "RY-HTCDS-COLUMN-UNMAPPED"


def _conflict(code: str, column: Column, field: Field | None = None) -> Conflict:
    labelled = field_by_label(column.label)
    return Conflict(
        code,
        column=column.heading,
        field=field.name if field else "",
        sheet=column.sheet,
        details={
            "field": field.name if field else "",
            "name": (column.name or "").strip(),
            "label": labelled.name if labelled else "",
        },
    )


def _name_apart(columns: list[Column], targets: dict[_Place, Target]) -> None:
    """Give kept columns with the same heading their letter too, so that none covers another."""
    kept = [c for c in columns if targets[c.sheet, c.position].use is Use.KEPT]
    times = Counter(targets[c.sheet, c.position].key for c in kept)
    for column in kept:
        place = (column.sheet, column.position)
        key = targets[place].key
        if times[key] > 1:
            targets[place] = targets[place]._replace(key=f"{key} ({letter(column.position)})")


def _told_twice(columns: list[Column], targets: dict[_Place, Target]) -> list[Conflict]:
    seen: set[str] = set()
    told = []
    for column in columns:
        target = targets[column.sheet, column.position]
        if target.field and target.key in seen:
            told.append(_conflict("RY-HTCDS-COLUMN-TWICE", column, target.field))
        seen.add(target.key if target.field else "")
    return told


def _labels_lost(columns: list[Column]) -> list[Conflict]:
    """Tell when the official workbook's names came without the labels that correct them.

    Only the workbook misspells ``vic_TraffickinStatusDecisionMakingOrg``, so this name gives
    away where the others come from.
    """
    official = {c["name"]: c["label"] for c in official_headers()["workbook"]["columns"]}
    exchanged = [
        name
        for name, label in official.items()
        if (named := field_by_name(name)) and (meant := field_by_label(label)) and named != meant
    ]
    misspelt = {n for n in official if n and (f := field_by_name(n)) and f.name != n}
    if not misspelt & {column.name for column in columns} or any(c.label for c in columns):
        return []
    return [
        _conflict("RY-HTCDS-LABELS-LOST", column) for column in columns if column.name in exchanged
    ]
