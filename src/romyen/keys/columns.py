"""Sealed columns of thousands of rows, opened without an object for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from romyen.keys import crypto, sealing
from romyen.keys.fields import FORMAT, HEAD_BYTES, SealedField, place
from romyen.keys.rings import Ring
from romyen.rules.refusals import refuse

AT = len(FORMAT)


@dataclass(frozen=True)
class Column:
    """One sealed field of many rows: (whose it is, the row's id, the sealed bytes) for each."""

    field: SealedField
    rows: list[tuple[str, str, bytes]]

    @classmethod
    def of(cls, rows: models.QuerySet[Any], name: str, owner: str = "pk") -> "Column":
        """The rows of a query set in which the field is filled. One query, no objects.

        ``owner`` is the path to whose it is.
        """
        field: Any = rows.model._meta.get_field(name)
        found = rows.filter(**{f"{name}__isnull": False}).values_list(owner, "pk", name)
        return cls(field, [(whose, pk, bytes(blob)) for whose, pk, blob in found.iterator()])

    @classmethod
    def several(
        cls, rows: models.QuerySet[Any], names: Sequence[str], owner: str = "pk"
    ) -> "list[Column]":
        """As :meth:`of` for several fields of the same rows, filled or not. One query."""
        fields: list[Any] = [rows.model._meta.get_field(name) for name in names]
        found = list(rows.values_list(owner, "pk", *names))
        return [
            cls(field, [(row[0], row[1], bytes(row[at])) for row in found if row[at] is not None])
            for at, field in enumerate(fields, start=2)
        ]

    def key_ids(self) -> Iterable[int]:
        """The data keys that seal the values."""
        return (int.from_bytes(blob[AT:HEAD_BYTES]) for _, _, blob in self.rows)


type Owned = list[tuple[str, str]]
"""(whose it is, the text) of every value that a ring opens."""


def open_columns(columns: Sequence[Column], ring: Ring) -> list[Owned]:
    """Decrypt, without logging: ``access`` writes the entry first. Closed values are left out.

    A fixed number of queries, however many columns and rows.
    """
    ids = {one for column in columns for one in column.key_ids()}
    compartments = {column.field.compartment for column in columns}
    secrets = sealing.open_data_keys(ids, ring, compartments) if ids else {}
    return [_opened(column, secrets) for column in columns]


def _opened(column: Column, secrets: Mapping[int, bytes]) -> Owned:
    table, name = column.field.model._meta.db_table, column.field.attname
    found: Owned = []
    for whose, row, blob in column.rows:
        key_id = int.from_bytes(blob[AT:HEAD_BYTES])
        secret = secrets.get(key_id)
        if secret is not None:
            at = place(table, name, row, key_id)
            found.append((whose, _text(secret, blob, at, key_id)))
    return found


def _text(secret: bytes, blob: bytes, at: bytes, key_id: int) -> str:
    try:
        return crypto.unpad(crypto.decrypt(secret, blob[HEAD_BYTES:], at)).decode()
    except crypto.Unopened as error:
        raise refuse("RY-KEYS-TAMPERED", data_key=key_id) from error
