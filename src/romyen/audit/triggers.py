"""The triggers that keep the log append-only, in the words of each database.

They stop a careless query, an injected one and a curious administrator inside the application.
Whoever owns the database can drop them: against that person stand the checkpoints outside
(``verify.py``), and on PostgreSQL the split of roles that ``romyen audit harden`` prints.

SQLite drops triggers silently when Django rebuilds a table (most ``AlterField``s). Every later
migration of this package that touches a table named here ends with :func:`raise_guard`; ``romyen
audit verify`` and a test say when one is missing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSED = "RY-AUDIT-APPEND-ONLY"

# Table -> columns that make a row unique. SQLite's INSERT OR REPLACE deletes without firing a
# delete trigger, so there the insertion of a row that would replace one is refused as well.
ADDED_TO_ONLY = {
    "audit_entry": ("id", "ref"),
    "audit_entrysubject": ("id", "entry_id, subject"),
    "audit_leaf": ("index", "entry_id"),
    "audit_checkpoint": ("size",),
}
MAY_BE_DELETED = {"audit_detail": ("entry_id",)}

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSED}: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""  # noqa: E501


def raise_guard(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place; those that stand already are renewed."""
    lower_guard(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for statement in _definitions(connection.vendor).values():
            cursor.execute(statement)


def lower_guard(connection: BaseDatabaseWrapper) -> None:
    """Drop every trigger. For migrations and for emptying a test database, for nothing else."""
    with connection.cursor() as cursor:
        for table, trigger in _definitions(connection.vendor):
            of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{of_table}")


@contextmanager
def lowered_guard(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without triggers inside the block; they are back afterwards, whatever happens."""
    lower_guard(connection)
    try:
        yield
    finally:
        raise_guard(connection)


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that should stand and don't (or are switched off), by name."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    return [name for _, name in _definitions(connection.vendor) if name not in standing]


def harden(role: str) -> list[str]:
    """The SQL that takes change and deletion from the application's role (PostgreSQL).

    To be run by the owner of the tables, which the application's role then must not be.
    """
    name = '"' + role.replace('"', '""') + '"'
    added = ", ".join(ADDED_TO_ONLY)
    deleted = ", ".join(MAY_BE_DELETED)
    return [
        f"REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON {added} FROM {name};",
        f"REVOKE UPDATE, TRUNCATE, TRIGGER ON {deleted} FROM {name};",
        f"GRANT SELECT, INSERT ON {added} TO {name};",
        f"GRANT SELECT, INSERT, DELETE ON {deleted} TO {name};",
    ]


def _definitions(vendor: str) -> dict[tuple[str, str], str]:
    """(table, trigger) -> the statement that creates it."""
    return _postgresql() if vendor == "postgresql" else _sqlite()


def _guarded() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each table with each operation that it refuses, and its unique columns."""
    for table, unique in ADDED_TO_ONLY.items():
        yield table, "UPDATE", unique
        yield table, "DELETE", unique
    for table, unique in MAY_BE_DELETED.items():
        yield table, "UPDATE", unique


def _postgresql() -> dict[tuple[str, str], str]:
    found = {}
    for table, operation, _unique in _guarded():
        trigger = f"{table}_no_{operation.lower()}"
        found[table, trigger] = (
            f"CREATE TRIGGER {trigger} BEFORE {operation} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        )
        trigger = f"{table}_no_truncate"
        found[table, trigger] = (
            f"CREATE TRIGGER {trigger} BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
    return found


def _sqlite() -> dict[tuple[str, str], str]:
    found = {}
    for table, operation, unique in _guarded():
        refusal = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}: {operation} on {table}'); END"
        trigger = f"{table}_no_{operation.lower()}"
        found[table, trigger] = f"CREATE TRIGGER {trigger} BEFORE {operation} ON {table} {refusal}"
        trigger = f"{table}_no_replace"
        refusal = refusal.replace(operation, "REPLACE")
        taken = " OR ".join(_taken(table, columns) for columns in unique)
        found[table, trigger] = (
            f"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} WHEN {taken} {refusal}"
        )
    return found


def _taken(table: str, columns: str) -> str:
    """SQL: a row with these values stands there already."""
    same = " AND ".join(f'"{name}" = NEW."{name}"' for name in columns.split(", "))
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  names of ours only
