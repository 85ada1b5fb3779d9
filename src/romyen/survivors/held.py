"""The names of everyone whom an actor may read: what a search and a comparison go through."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Model, QuerySet

from romyen import access
from romyen.access import Actor, Column
from romyen.rules.namekeys import keys_in
from romyen.rules.names import Key
from romyen.survivors.models import Name, Survivor

NAMES = ("full_name", "given_name", "family_name")
type Named = Iterable[tuple[str, Key]]
"""(whose it is, the key of one name)."""


def present(actor: Actor, *verbs: str, now: datetime) -> QuerySet[Survivor]:
    """The survivors on whom the actor may do all of ``verbs``, without records that are over."""
    rows = Survivor.objects.filter(voided_at=None, folded_into=None)
    for verb in ("survivor.read", *verbs):
        rows = access.visible_to(actor, verb, rows, now=now)
    return rows


def parts[M: Model](actor: Actor, rows: QuerySet[M], *verbs: str, now: datetime) -> QuerySet[M]:
    """The names, papers or contacts in ``rows`` that stand on the files of :func:`present`."""
    rows = rows.filter(removed_at=None, survivor__voided_at=None, survivor__folded_into=None)
    for verb in ("survivor.read", *verbs):
        rows = access.visible_to(actor, verb, rows, now=now)
    return rows


def name_columns(actor: Actor, *verbs: str, now: datetime) -> list[Column]:
    """What :func:`named` reads: keys sealed beside the names; the names where there are none."""
    hers = present(actor, *verbs, now=now)
    beside = parts(actor, Name.objects.all(), *verbs, now=now)
    bare = hers.filter(name_keys=None, name_known=True)
    return [
        Column.of(hers, "name_keys"),
        Column.of(beside, "name_keys", "survivor"),
        *Column.several(bare, NAMES),
        Column.of(beside.filter(name_keys=None), "content", "survivor"),
    ]


def named(opened: Sequence[list[tuple[str, str]]]) -> Named:
    """The keys in what :func:`name_columns` was opened to."""
    keyed, beside, *names, contents = opened
    for whose, text in (*keyed, *beside):
        for key in keys_in(text):
            yield whose, key
    for column in names:
        for whose, text in column:
            yield whose, Key.of(text)
    for whose, text in contents:
        yield whose, Key.of(json.loads(text).get("text", ""))
