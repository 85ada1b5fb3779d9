"""The names of people in the cases that an actor may read."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from romyen import access
from romyen.access import Actor, Column
from romyen.cases.models import Person
from romyen.rules.namekeys import keys_in
from romyen.rules.names import Key


def present(actor: Actor, *verbs: str, now: datetime) -> QuerySet[Person]:
    """The people of cases on which the actor may do all of ``verbs``; nobody taken off again."""
    rows = Person.objects.filter(removed_at=None)
    for verb in ("case.read", *verbs):
        rows = access.visible_to(actor, verb, rows, now=now)
    return rows


def name_columns(actor: Actor, *verbs: str, now: datetime) -> list[Column]:
    """What :func:`named` reads: keys sealed beside the names, or the names."""
    rows = present(actor, *verbs, now=now)
    return [Column.of(rows, "name_keys"), Column.of(rows.filter(name_keys=None), "name")]


def named(opened: Sequence[list[tuple[str, str]]]) -> Iterable[tuple[str, Key]]:
    """The keys in what :func:`name_columns` was opened to."""
    keyed, names = opened
    for whose, text in keyed:
        for key in keys_in(text):
            yield whose, key
    for whose, text in names:
        yield whose, Key.of(text)
