"""Names and addresses of staff, as they are kept: what looks like another is not another."""

import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode

from romyen.access.models import Member
from romyen.rules.refusals import Refusal, refuse

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u200b\u2060\ufeff"


def plain_name(text: str) -> str:
    """A name as it is seen: without control characters, without those that turn the direction
    of writing, and without those that take no room.
    """
    seen = (c for c in text if unicodedata.category(c) != "Cc" and c not in TURNING + UNSEEN)
    return "".join(seen).strip()


def plain_address(text: str) -> str:
    """An e-mail address in lower case, its domain in the letters of the wire (IDNA).

    So a domain in look-alike letters is seen for what it is (``xn--…``). RY-ACCESS-MAIL.
    """
    local, _, domain = text.strip().lower().rpartition("@")
    try:
        address = f"{local}@{punycode(domain)}"
        validate_email(address)
    except (UnicodeError, ValidationError) as error:
        raise refuse("RY-ACCESS-MAIL", field="email") from error
    return address


def as_kept(address: str) -> str:
    """An address that someone types, as it would be kept; what is none stays as it was typed."""
    try:
        return plain_address(address)
    except Refusal:
        return address


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """The names of colleagues by their ids; whoever is no member (the operator) is left out.

    One query.
    """
    wanted = {one for one in ids if one}
    return dict(Member.objects.filter(pk__in=wanted).values_list("pk", "name"))
