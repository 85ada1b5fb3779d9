"""A whole record as JSON, apart by compartment, to be sealed; and together again."""

import json
from collections.abc import Iterable

from romyen.exchange.htcds.record import Record
from romyen.exchange.records.rest import compartment_of

COMPARTMENTS = ("identity", "narrative")
_VALUES, _UNMAPPED = "values", "unmapped"


def apart(record: Record) -> dict[str, str | None]:
    """The record's values by compartment; the unmapped columns go with the narrative."""
    texts: dict[str, str | None] = {}
    for compartment in COMPARTMENTS:
        values = {n: v for n, v in record.values.items() if compartment_of(n) == compartment}
        unmapped = dict(record.unmapped) if compartment == "narrative" else {}
        told = {_VALUES: values, _UNMAPPED: unmapped}
        texts[compartment] = json.dumps(told, ensure_ascii=False) if values or unmapped else None
    return texts


def together(texts: Iterable[str | None]) -> Record:
    """The record that was taken apart."""
    parts = [json.loads(text) for text in texts if text]
    return Record.of(
        {name: _plain(value) for part in parts for name, value in part[_VALUES].items()},
        {key: text for part in parts for key, text in part[_UNMAPPED].items()},
    )


def _plain(value: str | list[str]) -> str | tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else value
