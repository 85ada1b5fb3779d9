"""Drafts: what someone has typed, sealed to that person alone until it is saved or thrown away.

A form that arrives after the sign-in expired is sealed to its author the same way: wrapping
needs no secret, so nothing typed is lost (design §1, issue: drafts).
"""

import json
from datetime import datetime, timedelta

from django.http import HttpRequest

from romyen.access.actors import Reader
from romyen.access.models import Draft, Member, holder_of
from romyen.keys import chain, crypto
from romyen.rules.refusals import refuse

KEPT_DAYS = 14
LARGEST = 256 * 1024
LONGEST = 200
"""Longest address of a form that a draft is kept for."""
_NEVER = {"csrfmiddlewaretoken", "submission", "code"}
_NEVER_PARTS = ("password", "passphrase")

type Typed = dict[str, list[str]]


def _context(member_id: str, form: str) -> bytes:
    return f"draft|{member_id}|{form}".encode()


def form_of(request: HttpRequest) -> str:
    """The address of the form that a request brings: its own, or the one that autosave names."""
    return request.GET.get("form", "") or request.path


def keep(member: Member, form: str, typed: Typed, *, now: datetime) -> bool:
    """Seal what was typed into ``form`` (its address) to ``member``; replaces an older draft.

    False when there was nothing to keep. Passphrases and codes are never kept.
    """
    kept = {name: values for name, values in typed.items() if not _secret(name)}
    if member.holder is None or not any(text for values in kept.values() for text in values):
        return False
    text = json.dumps(kept, ensure_ascii=False).encode()
    if len(text) > LARGEST:
        raise refuse("RY-BAD-INPUT")
    public = bytes(chain.trusted(holder_of(member)).public)
    sealed = crypto.wrap(crypto.pad(text), public, _context(member.pk, form[:LONGEST]))
    Draft.objects.update_or_create(
        member=member, form=form[:LONGEST], defaults={"sealed": sealed, "saved_at": now}
    )
    return True


def _secret(name: str) -> bool:
    return name in _NEVER or any(part in name.lower() for part in _NEVER_PARTS)


def recall(reader: Reader, form: str) -> Typed | None:
    """The reader's own draft of a form, if there is one."""
    draft = Draft.objects.filter(member=reader.member, form=form[:LONGEST]).first()
    if draft is None:
        return None
    try:
        context = _context(reader.id, form[:LONGEST])
        text = crypto.unwrap(bytes(draft.sealed), reader.ring.private, context)
    except crypto.Unopened:
        draft.delete()
        return None
    typed: Typed = json.loads(crypto.unpad(text))
    return typed


def discard(reader: Reader, form: str) -> None:
    """The form was saved, or its author throws the draft away."""
    Draft.objects.filter(member=reader.member, form=form[:LONGEST]).delete()


def forget_old(*, now: datetime) -> int:
    """Delete drafts that nobody came back for in fourteen days."""
    return Draft.objects.filter(saved_at__lt=now - timedelta(days=KEPT_DAYS)).delete()[0]
