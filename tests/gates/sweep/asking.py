"""One question to the site, what came back, and what it changed."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from tests.gates.sweep.cast import Player

_WRITE = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
_QUIET = re.compile(r"audit_\w+|access_(?:openring|session|submission)")
"""What may change without anything having been done: the log, and who is present."""
_UNTOLD = {"Date", "Set-Cookie"}
"""Headers that may differ between two answers that say the same."""


@dataclass(frozen=True)
class Probe:
    """Who asks which route, how, for which object. ``without``: the verb that Almost lacks."""

    route: str
    method: str
    who: str
    objects: str
    without: str = ""

    def __str__(self) -> str:
        who = f"{self.who} without {self.without}" if self.without else self.who
        return f"{self.method} {self.route} ({self.objects}) by {who}"


@dataclass
class Answer:
    """What came back.

    ``statements``: how many SELECTs it took. ``changed``: the tables whose rows are not as they
    were, the quiet ones apart.
    """

    path: str
    status: int
    headers: dict[str, str]
    content: bytes
    body: Any
    statements: int
    changed: set[str] = field(default_factory=set)

    @property
    def said(self) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
        """What two answers that say the same have in common, byte for byte."""
        told = {name: value for name, value in self.headers.items() if name not in _UNTOLD}
        return self.status, self.content, tuple(sorted(told.items()))

    @property
    def text(self) -> str:
        """Everything readable in it."""
        return f"{self.content.decode(errors='replace')} {self.headers.get('Location', '')}"


class _Watched:
    """Counts the questions to the database; remembers which tables were meant to change."""

    def __init__(self) -> None:
        self.statements = 0
        self.tables: set[str] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.statements += sql.startswith("SELECT")
        if found := _WRITE.match(sql):
            self.tables.add(found[1])
        return execute(sql, *rest)


@contextmanager
def _undone() -> Iterator[None]:
    """Whatever happens inside is taken back."""
    mark = transaction.savepoint_create()
    try:
        yield
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(mark)


def _fingerprint(table: str) -> str:
    """A hash over every row of a table, whatever their order."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        rows = sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


class Asking:
    """Puts questions to the site; every one finds the world as it was."""

    def __init__(self, players: dict[str, Player]) -> None:
        self.players = players
        self._before: dict[str, str] = {}

    def ask(self, who: str, method: str, path: str, body: Any = None) -> Answer:
        """The answer to one request; its traces are taken back."""
        player, watched = self.players[who], _Watched()
        player.client.cookies.clear()
        player.client.cookies.load(player.cookies)
        cache.clear()  # what counts failed attempts
        with _undone():
            with connection.execute_wrapper(watched):
                if method == "POST":
                    response = player.client.post(path, body)
                else:
                    response = player.client.get(path)
            content = b"".join(response) if response.streaming else response.content
            loud = [table for table in watched.tables if not _QUIET.fullmatch(table)]
            after = {table: _fingerprint(table) for table in loud}
        return Answer(
            path,
            response.status_code,
            dict(response.items()),
            content,
            body,
            watched.statements,
            {table for table, now in after.items() if now != self._as_it_was(table)},
        )

    def _as_it_was(self, table: str) -> str:
        if table not in self._before:
            self._before[table] = _fingerprint(table)
        return self._before[table]
