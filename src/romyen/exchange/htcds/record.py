"""A record in normal form: what every file that means the same becomes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from romyen.exchange.htcds.choosing import choices
from romyen.exchange.htcds.headings import is_bookkeeping
from romyen.exchange.htcds.standard import Kind, fields
from romyen.exchange.htcds.texts import composed, tidy

FieldValue = str | tuple[str, ...]
Recognition = Literal["instance", "code", "row"]

_VERSION = "romyen_version"
"""Says something of a file, not of a record."""

_IDS = frozenset({"romyen_code", "romyen_instance_id"})
"""Fields that say which record this is, not what it says."""

_CANONICAL = b"romyen/htcds-record@1\n"


@dataclass(frozen=True)
class Record:
    """One record: fields by qualified name, and kept columns by heading.

    Lists are tuples of codes in the order of the code list, dates ISO 8601, checkboxes ``TRUE``
    or ``FALSE``, numbers plain text. Nothing is empty: what is not known is not there.
    """

    values: Mapping[str, FieldValue]
    unmapped: Mapping[str, str]

    @classmethod
    def of(
        cls, values: Mapping[str, FieldValue], unmapped: Mapping[str, str] | None = None
    ) -> Self:
        """The record with these values, brought into normal form.

        An unknown field or code is a mistake of ours: KeyError.
        """
        normal = {name: _normal(name, value) for name, value in values.items() if name != _VERSION}
        kept = {tidy(key): tidy(text) for key, text in (unmapped or {}).items()}
        return cls(
            {name: normal[name] for name in fields() if normal.get(name)},
            {key: kept[key] for key in sorted(kept) if kept[key]},
        )

    @property
    def code(self) -> str:
        """Our code; empty when the record has none yet."""
        return str(self.values.get("romyen_code", ""))

    @property
    def instance_id(self) -> str:
        """The id of the form submission that it came from; empty when there was none."""
        return str(self.values.get("romyen_instance_id", ""))


def recognition(record: Record) -> tuple[Recognition, bytes]:
    """By what a record is recognised when it comes again.

    The instance id of its submission, else our code, else everything it says. The bytes are
    content: keep only an HMAC of kind and bytes.
    """
    if record.instance_id:
        return "instance", record.instance_id.encode()
    if record.code:
        return "code", record.code.encode()
    return "row", canonical(record)


def canonical(record: Record) -> bytes:
    """The same bytes for the same content, whatever file, column order or keyboard it came by.

    Ids and codes are left out: a record that was exported says the same as before. So is what
    form servers write about a submission (its number, when it was sent), which differs from one
    download to the next.
    """
    values = {
        name: composed(value) if isinstance(value, str) else [composed(v) for v in value]
        for name, value in record.values.items()
        if name not in _IDS
    }
    kept = {
        composed(key): composed(text)
        for key, text in record.unmapped.items()
        if not (record.instance_id and is_bookkeeping(key))
    }
    said: dict[str, Any] = {"values": values, "unmapped": kept}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return _CANONICAL + text.encode()


def kept_as_json(kept: Mapping[str, str]) -> str:
    """Kept columns as they stand in one cell of our CSV; empty when there are none."""
    if not kept:
        return ""
    return json.dumps(dict(kept), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def bare_instance(text: str) -> str:
    """An instance id without ``uuid:``, which XML has and Kobo's CSV has not."""
    return text.strip().removeprefix("uuid:")


def _normal(name: str, value: FieldValue) -> FieldValue:
    field = fields()[name]
    if field.kind is Kind.MANY:
        codes = {value} if isinstance(value, str) else set(value)
        return tuple(sorted(codes - {""}, key=choices(name).order.__getitem__))
    if field.kind is Kind.LINES:
        lines = value.split("\n") if isinstance(value, str) else value
        return tuple(dict.fromkeys(filter(None, (" ".join(line.split()) for line in lines))))
    if not isinstance(value, str):
        raise TypeError(f"{name} holds one value")
    return bare_instance(value) if name == "romyen_instance_id" else tidy(value)
