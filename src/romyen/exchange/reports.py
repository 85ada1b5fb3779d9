"""What is said of a file to whoever brought it: as JSON to be sealed, and in words.

Conflicts that say the same of the same column are told once, with the rows. Nothing that was
typed is in it but the first rows of the preview.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from romyen.exchange.actions.importing import Report
from romyen.exchange.htcds import Conflict
from romyen.exchange.htcds.record import FieldValue, Record
from romyen.exchange.htcds.standard import Kind, fields

ROWS_NAMED = 12
"""Rows named with one kind of conflict; the error workbook has them all."""


def said(report: Report, name: str, *, first: bool) -> dict[str, Any]:
    """The report with what a page needs of it; ``first`` adds the first rows as they were read."""
    return {
        "name": name,
        "counts": report.counts,
        "conflicts": _gathered(report.conflicts),
        "first": [_row(record) for record in report.first] if first else [],
    }


def _gathered(conflicts: Iterable[Conflict]) -> list[dict[str, Any]]:
    """One entry for each code and column, in the order of the first of each."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one in conflicts:
        kind = found.setdefault(
            (one.code, one.column, one.sheet),
            {
                "code": one.code,
                "column": one.column,
                "sheet": one.sheet,
                "details": dict(one.details),
                "differ": False,
                "rows": [],
                "count": 0,
            },
        )
        kind["differ"] |= kind["details"] != dict(one.details)
        if one.row is not None:
            kind["count"] += 1
            kind["rows"] += [one.row] if len(kind["rows"]) < ROWS_NAMED else []
    return list(found.values())


def _row(record: Record) -> list[tuple[str, FieldValue]]:
    return [*record.values.items(), *record.unmapped.items()]


def told(conflicts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Conflicts in the reader's language, those that refuse rows first."""
    found = [_told(one) for one in conflicts]
    return sorted(found, key=lambda one: not one["refuses"])


def _told(one: Mapping[str, Any]) -> dict[str, Any]:
    conflict = Conflict(one["code"], details=one["details"])
    message = conflict.message(gettext)
    if one["differ"]:
        message = gettext("For example: %(message)s") % {"message": message}
    return {
        "code": conflict.code,
        "column": one["column"],
        "sheet": one["sheet"],
        "refuses": conflict.refuses,
        "message": message,
        "rows": ", ".join(map(str, one["rows"])),
        "more": one["count"] - len(one["rows"]),
    }


def said_in(name: str, value: str | Sequence[str]) -> str:
    """A value of a field as a person reads it: the standard's labels instead of its codes."""
    several = (value,) if isinstance(value, str) else value
    field = fields().get(name)
    if field is None:
        return "; ".join(several)
    labels = {option.code: option.label for option in field.options}
    if field.kind is Kind.CHECK:
        labels = {"TRUE": gettext("Yes"), "FALSE": gettext("No")}
    return "; ".join(labels.get(one, one) for one in several)


def label_of(name: str) -> str:
    """The standard's label of a field; the heading itself for a column outside it."""
    field = fields().get(name)
    return field.label if field else name
