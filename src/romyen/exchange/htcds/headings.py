"""Headings: which rows of a file name its columns, and which fields those names mean.

The official files write the same field as ``vic_MethodsOfControl`` and
``vic_Methods_of_Control``, misspell a name, and pad labels with spaces and no-break spaces;
exports of ODK and Kobo put groups in front (``case/prs_FirstName``).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from romyen.exchange.htcds.source import Column
from romyen.exchange.htcds.standard import MEND, Field, fields

HeadingRow = tuple[int, Mapping[int, str]]
"""A row's number and its texts by column."""

_MISSPELT = {"vic_TraffickinStatusDecisionMakingOrg": "vic_TraffickingStatusDecisionMakingOrg"}
"""Misspellings of the official files that are more than a stray underscore."""

_IDS = ("instanceID", "romyen_instance_id", "KEY", "_uuid")
"""Names under which OpenRosa, we, ODK and Kobo give a submission's id, the surest first."""

_BOOKKEEPING = frozenset(
    (
        *("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber"),
        *("username", "audit", "uuid", "submissiondate", "submitterid", "submittername"),
        *("attachmentspresent", "attachmentsexpected", "reviewstate", "edits", "formversion"),
        *("instancename", "deprecatedid", "key", "instanceid"),
    )
)
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad"))
_GROUP = re.compile(r"^.*[/:.-](?=(?:org|prs|vic|per|cas|cco|hte|spl|con|romyen)_)")
_FEWEST = 2
"""So many known headings make a row of headings."""


@dataclass(frozen=True)
class Headings:
    """The columns of a sheet (none: no HTCDS headings) and the last row that belongs to them."""

    columns: Sequence[Column]
    last_row: int
    filled: bool


def find_headings(first: Sequence[HeadingRow]) -> Headings:
    """Find the rows of names and labels among a sheet's first filled rows, in either order."""
    for at, (number, texts) in enumerate(first):
        following = first[at + 1] if at + 1 < len(first) else (0, {})
        if _are_names(texts):
            ours = MEND in texts.values()  # the error workbook always has both rows
            labels = following if ours or _are_labels(following[1]) else (number, {})
            return _headings(texts, labels[1], max(number, labels[0]))
        if _are_labels(texts):
            names = following if _are_names(following[1]) else (number, {})
            return _headings(names[1], texts, max(number, names[0]))
    return Headings((), 0, bool(first))


def field_by_name(name: str | None) -> Field | None:
    """The field that a name means, misspelt or not."""
    return _names().get(fold_name(name)) if name else None


def field_by_label(label: str | None) -> Field | None:
    """The one field that a label means; None where the standard uses it twice."""
    return _labels().get(fold_label(label)) if label else None


def is_ambiguous(label: str | None) -> bool:
    """Whether the standard has the label, but it does not name one field for sure."""
    folded = fold_label(label or "")
    return folded not in _labels() and any(
        fold_label(field.label) == folded for field in fields().values()
    )


def is_exact(name: str, field: Field) -> bool:
    """Whether a name is written as the standard writes it, groups in front left out."""
    return _GROUP.sub("", _visible(name)).strip() == field.name


def is_bookkeeping(name: str | None) -> bool:
    """Whether a column is what form servers add to every submission."""
    if not name:
        return False
    folded = name.strip()
    last = re.split(r"[/:]", folded)[-1]
    return last.startswith("_") or folded.startswith("formhub/") or last.lower() in _BOOKKEEPING


def instance_column(columns: Iterable[Column]) -> int | None:
    """The column that holds the id of a submission."""
    by_name: dict[str, int] = {}
    for column in columns:
        last = re.split(r"[/:]|meta-", (column.name or "").strip())[-1]
        by_name.setdefault(last, column.position)
    return next((by_name[name] for name in _IDS if name in by_name), None)


def fold_name(name: str) -> str:
    """A name without case, spaces, underscores and groups in front."""
    return re.sub(r"[\s_]", "", _GROUP.sub("", _visible(name))).casefold()


def fold_label(label: str) -> str:
    """A label without case, doubled or trailing spaces, and marks such as ``*`` and ``:``."""
    return " ".join(_visible(label).split()).rstrip(" *:").casefold()


@cache
def _names() -> Mapping[str, Field]:
    known = {fold_name(name): field for name, field in fields().items()}
    return known | {fold_name(name): fields()[right] for name, right in _MISSPELT.items()}


@cache
def _labels() -> Mapping[str, Field]:
    return {
        fold_label(field.label): field
        for field in fields().values()
        if field.by_label or field.local
    }


def _headings(names: Mapping[int, str], labels: Mapping[int, str], last_row: int) -> Headings:
    columns = [
        Column(at, names.get(at) or None, labels.get(at) or None)
        for at in sorted(names.keys() | labels.keys())
    ]
    return Headings(columns, last_row, filled=True)


def are_headings(texts: Mapping[int, str]) -> bool:
    """Whether a row is one of names or labels."""
    return _are_names(texts) or _are_labels(texts)


def _are_names(texts: Mapping[int, str]) -> bool:
    if MEND in texts.values():
        return True
    known = sum(field_by_name(text) is not None for text in texts.values())
    return known >= _FEWEST or 0 < known == len(texts)


def _are_labels(texts: Mapping[int, str]) -> bool:
    return sum(field_by_label(text) is not None for text in texts.values()) >= _FEWEST


def _visible(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
