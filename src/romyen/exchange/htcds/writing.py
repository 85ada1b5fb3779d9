"""CSV out: the standard's columns in the standard's order, then ours, one file for everything.

UTF-8 without a byte order mark, comma, CRLF (RFC 4180), sorted by our code, and byte for byte
the same for the same records.
"""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import BinaryIO

from romyen.exchange.htcds.record import FieldValue, Record, canonical, kept_as_json
from romyen.exchange.htcds.standard import UNMAPPED, VERSION, Kind, fields
from romyen.rules.formulas import neutralise


def csv_columns() -> list[str]:
    """The headings of our CSV, in order."""
    return [*fields(), UNMAPPED]


def write_csv(records: Iterable[Record], stream: BinaryIO) -> int:
    """Write the records and answer how many. Cells that a spreadsheet would calculate are
    neutralised; reading the file again undoes exactly that."""
    ordered = sorted(records, key=lambda record: (not record.code, record.code, canonical(record)))
    line = StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")
    for row in _lines(ordered):
        writer.writerow(row)
        stream.write(line.getvalue().encode())
        line.seek(0)
        line.truncate()
    return len(ordered)


def _lines(records: list[Record]) -> Iterable[list[str]]:
    yield csv_columns()
    for record in records:
        values = {name: _cell(name, value) for name, value in record.values.items()}
        values[UNMAPPED] = kept_as_json(record.unmapped)
        values = {name: neutralise(text) for name, text in values.items()}
        values["romyen_version"] = VERSION
        yield [values.get(name, "") for name in csv_columns()]


def _cell(name: str, value: FieldValue) -> str:
    if isinstance(value, str):
        return value
    return ("\n" if fields()[name].kind is Kind.LINES else ";").join(value)
