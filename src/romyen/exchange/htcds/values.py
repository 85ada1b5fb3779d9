"""From a cell to the value of a field, with everything that has to be told on the way."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date, datetime, time
from typing import Any, NamedTuple

from romyen.exchange.htcds.choosing import choices, choose
from romyen.exchange.htcds.dates import ReadDay, check_year, read_date
from romyen.exchange.htcds.record import FieldValue
from romyen.exchange.htcds.source import CellError, Formula, Value
from romyen.exchange.htcds.standard import TEXT_IN_THE_FORM, Field, Kind
from romyen.exchange.htcds.texts import folded, has_control, tidy
from romyen.rules.codes import check_code
from romyen.rules.days import FIRST_YEAR, LAST_YEAR, PartialDay, thai_digits
from romyen.rules.refusals import Refusal

FORMULA_MARK = "[formula] "
"""Stands before a formula in the error workbook, where it is text and calculates nothing."""

LONGEST = 32_767
"""Characters of one text: what a cell of Excel can hold."""

_EXACT = 10**15
"""Spreadsheets keep 15 digits of a number."""

_WHOLE = re.compile(r"\d{1,3}")
_DECIMAL = re.compile(r"-?\d{1,3}(?:\.\d{1,15})?")
_CHECKS = {
    "true": "TRUE",
    "yes": "TRUE",
    "1": "TRUE",
    "false": "FALSE",
    "no": "FALSE",
    "0": "FALSE",
}


class Note(NamedTuple):
    """A conflict that is not yet tied to a row and column."""

    code: str
    typed: str = ""
    details: Mapping[str, Any] = {}


@dataclass
class Taken:
    """What a cell gives: values by field (a birth year fills other fields than a birth date)."""

    values: dict[str, FieldValue] = attribute(default_factory=dict)
    notes: list[Note] = attribute(default_factory=list)
    kept: str = ""


def take(value: Value, field: Field, *, form: bool) -> Taken:
    """The value of a field as a cell gives it. ``form`` says that a form server wrote the file."""
    if isinstance(value, Formula) or (isinstance(value, str) and value.startswith(FORMULA_MARK)):
        return _told("RY-HTCDS-FORMULA")
    if isinstance(value, CellError):
        return _told("RY-HTCDS-CELL-ERROR", value.text)
    if isinstance(value, str):
        value = tidy(value)
        if not value:
            return Taken()
        if has_control(value):
            return _told("RY-HTCDS-CONTROL-CHARACTER")
        if len(value) > LONGEST:
            return Taken({}, [Note("RY-HTCDS-TEXT-TOO-LONG", details={"limit": LONGEST})])
    return _TAKERS[field.kind](value, field, form)


def keep(value: Value) -> str:
    """The text of a cell outside the standard, as it is kept."""
    if isinstance(value, Formula | CellError):
        return value.text
    return tidy(_words(value))


def _text(value: Value, field: Field, _form: bool) -> Taken:
    taken = Taken({field.name: _words(value)})
    if isinstance(value, bool):
        return taken
    if isinstance(value, int | float):
        if abs(value) >= _EXACT:
            return _told("RY-HTCDS-NUMBER-IMPRECISE", _words(value))
        taken.notes.append(Note("RY-HTCDS-NUMBER-FOR-TEXT"))
    elif not isinstance(value, str):
        taken.notes.append(Note("RY-HTCDS-DATE-FOR-TEXT"))
    return _own_text(taken, field) if field.local else taken


def _own_text(taken: Taken, field: Field) -> Taken:
    """Our own text columns, of which the code has a check character."""
    if field.name != "romyen_code":
        return taken
    typed = str(taken.values[field.name])
    try:
        return Taken({field.name: check_code(typed)})
    except Refusal:
        return _told("RY-HTCDS-CODE-MISTYPED", typed)


def _date(value: Value, field: Field, _form: bool) -> Taken:
    typed = _words(value)
    read = _read_day(value)
    if read.day is None:
        return _told(read.problem, typed)
    notes = [Note("RY-HTCDS-TIME-DROPPED", typed)] if read.timed else []
    if read.day.day is None:
        return _partial(read.day, field, typed)
    if not read.plain:
        notes.append(Note("RY-HTCDS-DATE-READ", typed, {"day": str(read.day)}))
    return Taken({field.name: str(read.day)}, notes)


def _partial(day: PartialDay, field: Field, typed: str) -> Taken:
    """Births may be known by year or month only; other dates have to be whole."""
    if field.name != "prs_Birthdate":
        return _told("RY-HTCDS-DATE-PARTIAL", typed)
    precision = "year" if day.month is None else "month"
    return Taken(
        {"romyen_birth": str(day), "romyen_birth_precision": precision},
        [Note("RY-HTCDS-BIRTH-PARTIAL", typed, {"day": str(day)})],
    )


def _read_day(value: Value) -> ReadDay:
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        problem = check_year(day)
        return ReadDay(None if problem else PartialDay.of(day), problem, True, day is not value)
    if isinstance(value, int) and not isinstance(value, bool) and _may_be_year(value):
        return read_date(str(value))
    if isinstance(value, str):
        return read_date(value)
    return ReadDay(problem="RY-HTCDS-DATE-UNREADABLE")


def _may_be_year(number: int) -> bool:
    """Whether a bare number can be a year of either era, rather than a spreadsheet's day count."""
    return FIRST_YEAR <= number <= LAST_YEAR + 543


def _whole(value: Value, field: Field, _form: bool) -> Taken:
    typed = thai_digits(_words(value))
    if isinstance(value, bool) or not _WHOLE.fullmatch(typed):
        return _told("RY-HTCDS-NUMBER-UNREADABLE", typed)
    return Taken({field.name: str(int(typed))})


def _decimal(value: Value, field: Field, _form: bool) -> Taken:
    typed = _words(value)
    if isinstance(value, bool) or not _DECIMAL.fullmatch(typed):
        return _told("RY-HTCDS-NUMBER-UNREADABLE", typed)
    return Taken({field.name: typed})


def _check(value: Value, field: Field, _form: bool) -> Taken:
    typed = _words(value)
    ticked = _CHECKS.get(folded(typed))
    return Taken({field.name: ticked}) if ticked else _told("RY-HTCDS-CHECK-UNREADABLE", typed)


def _one(value: Value, field: Field, form: bool) -> Taken:
    return _chosen(value, field, form, several=False)


def _many(value: Value, field: Field, form: bool) -> Taken:
    taken = _chosen(value, field, form, several=True)
    if field.name == "vic_ForcedLabourIndustry" and len(taken.values.get(field.name, ())) > 1:
        taken.notes.append(Note("RY-HTCDS-SEVERAL-FOR-ONE"))
    return taken


def _chosen(value: Value, field: Field, form: bool, *, several: bool) -> Taken:
    typed = _words(value)
    chosen = choose(typed, field.name, several=several)
    if chosen.problem:
        if form and field.name in TEXT_IN_THE_FORM:
            return Taken({}, [Note("RY-HTCDS-TEXT-FOR-LIST")], kept=typed)
        return _told(chosen.problem, typed)
    codes = chosen.codes
    taken = Taken({field.name: codes if field.kind is Kind.MANY else codes[0]})
    taken.notes += _reported(typed, field, codes, chosen.common)
    return taken


def _country(value: Value, field: Field, _form: bool) -> Taken:
    """A country where the standard has text: its ISO code when it is known, else the words."""
    typed = _words(value)
    chosen = choose(typed, field.name, several=False)
    if chosen.problem:
        return Taken({field.name: typed}, [Note("RY-HTCDS-COUNTRY-AS-TEXT", typed)])
    notes = _reported(typed, field, chosen.codes, chosen.common)
    return Taken({field.name: chosen.codes[0]}, notes)


def _reported(
    typed: str, field: Field, codes: tuple[str, ...], common: tuple[str, ...]
) -> list[Note]:
    """What was understood, but should be seen by a person."""
    notes = [Note("RY-HTCDS-COMMON-NAME", typed, {"value": ";".join(codes)})] if common else []
    if (
        "NA" in codes
        and choices(field.name).spoken.get("namibia")
        and "namibia" not in folded(typed)
    ):
        notes.append(Note("RY-HTCDS-NAMIBIA", typed))
    return notes


def _lines(value: Value, field: Field, _form: bool) -> Taken:
    lines = tuple(line for line in map(tidy, _words(value).split("\n")) if line)
    return Taken({field.name: lines})


def _words(value: Value) -> str:
    """A cell's value in words. Numbers keep every digit that the spreadsheet kept."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _told(code: str, typed: str = "") -> Taken:
    return Taken({}, [Note(code, typed)])


_TAKERS: Mapping[Kind, Callable[[Value, Field, bool], Taken]] = {
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.CHECK: _check,
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.COUNTRY: _country,
    Kind.LINES: _lines,
}
