"""The cast is made once in a test process and laid down again for every story.

Founding an organisation and admitting nine people by their fingerprints is half a second of
cryptography. The rows that this leaves are kept as the database itself writes them down, so no
story sees a difference: keys, signatures and entries of the log are the ones that were made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from world import World


@dataclass
class Snapshot:
    """What making the cast left behind: rows, the note beside the key, and the readers' rings."""

    rows: dict[str, str | bytes]
    note: bytes | None
    world: "World"

    def lay(self) -> "World":
        """Put everything back into an empty database; the people come as at a next request."""
        with connection.cursor() as cursor:
            for table, rows in self.rows.items():
                _WRITE[connection.vendor](cursor, table, rows)
        if self.note is not None:
            _note().write_bytes(self.note)
        return self.world.afresh()


def taken(make: "Callable[[], World]") -> Snapshot:
    """Make the cast and keep it. The database has to hold nothing of its own before."""
    world = make()
    with connection.cursor() as cursor:
        rows = {table: _READ[connection.vendor](cursor, table) for table in _tables()}
    note = _note()
    return Snapshot(
        {table: found for table, found in rows.items() if found},
        note.read_bytes() if note.exists() else None,
        world,
    )


def _note() -> Path:
    return Path(settings.ROMYEN_KEYS_DIR) / "log.latest"


def _tables() -> list[str]:
    made = {"contenttypes", "auth"}  # Django's own rows: the migrations made them
    models = apps.get_models(include_auto_created=True)
    return [one._meta.db_table for one in models if one._meta.app_label not in made]


def _read_sqlite(cursor, table: str) -> str:
    cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])
    values = " || ',' || ".join(f'quote("{name}")' for (name,) in cursor.fetchall())
    cursor.execute(f'SELECT {values} FROM "{table}"')  # noqa: S608
    return ",".join(f"({row})" for (row,) in cursor.fetchall())


def _write_sqlite(cursor, table: str, rows: str) -> None:
    cursor.execute(f'INSERT INTO "{table}" VALUES {rows}')  # noqa: S608


def _read_postgresql(cursor, table: str) -> bytes:
    with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(part) for part in copy)


def _write_postgresql(cursor, table: str, rows: bytes) -> None:
    with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
        copy.write(rows)


_READ = {"sqlite": _read_sqlite, "postgresql": _read_postgresql}
_WRITE = {"sqlite": _write_sqlite, "postgresql": _write_postgresql}
