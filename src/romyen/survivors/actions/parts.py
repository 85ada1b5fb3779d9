"""Names, papers and contacts: rows of their own, so that anyone may add and nobody overwrites."""

import json
from datetime import date, datetime
from typing import Any

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.rules.namekeys import text_of
from romyen.rules.refusals import refuse
from romyen.survivors.actions.opening import may, written
from romyen.survivors.listed import listed
from romyen.survivors.models import Contact, Document, Name, Survivor
from romyen.survivors.particulars import tidy


def add_name(survivor: Survivor, *, kind: str, text: str, actor: Actor, now: datetime) -> Name:
    """Another name of hers: a code of ``name_kinds`` and the name in any script."""
    listed("name_kinds").item(kind, field="kind")
    if not tidy(text):
        raise refuse("RY-SURVIVOR-EMPTY", field="text")
    part = Name(survivor=survivor, at=now, by=actor.id)
    said = {"kind": kind, "text": text}
    return _added(part, said, "survivor.name", actor, now, name_keys=text_of([tidy(text)]))


def add_document(
    survivor: Survivor,
    *,
    kind: str,
    number: str = "",
    expires: date | None = None,
    keeper: str = "",
    note: str = "",
    actor: Actor,
    now: datetime,
) -> Document:
    """A paper of hers: a code of ``document_kinds``, its number, expiry and who holds it."""
    listed("document_kinds").item(kind, field="kind")
    content = {
        "kind": kind,
        "number": number,
        "expires": expires.isoformat() if expires else "",
        "keeper": keeper,
        "note": note,
    }
    part = Document(survivor=survivor, at=now, by=actor.id)
    return _added(part, content, "survivor.document", actor, now)


def add_contact(
    survivor: Survivor,
    *,
    kind: str,
    value: str,
    whose: str = "",
    safe: str = "",
    actor: Actor,
    now: datetime,
) -> Contact:
    """A way to reach her: a code of ``contact_kinds``, the number or address, and whose it is.

    ``safe`` is ``yes``, ``no`` or empty for not known.
    """
    listed("contact_kinds").item(kind, field="kind")
    if not tidy(value):
        raise refuse("RY-SURVIVOR-EMPTY", field="value")
    content = {"kind": kind, "value": value, "whose": whose, "safe": safe}
    part = Contact(survivor=survivor, at=now, by=actor.id)
    return _added(part, content, "survivor.contact", actor, now)


def _added[P: (Name, Document, Contact)](
    part: P,
    content: dict[str, str],
    verb: str,
    actor: Actor,
    now: datetime,
    **beside: str | None,
) -> P:
    with transaction.atomic():
        survivor = part.survivor
        may(actor, "survivor.edit", survivor, now=now)
        said = {name: tidy(text) for name, text in content.items() if tidy(text)}
        text = json.dumps(said, ensure_ascii=False)
        access.seal(part, actor=actor, now=now, content=text, **beside)
        part.save(force_insert=True)
        written(actor, verb, survivor, now=now, part=part.pk)
    return part


def remove(part: Any, *, actor: Actor, now: datetime) -> None:
    """Take a name, paper or contact off the page; the row stays, for whoever asks later."""
    with transaction.atomic():
        may(actor, "survivor.edit", part.survivor, now=now)
        part.removed_at = now
        part.save(update_fields=["removed_at"])
        written(actor, "survivor.remove", part.survivor, now=now, part=part.pk)
