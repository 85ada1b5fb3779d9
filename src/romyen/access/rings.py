"""Signing in opens a ring: staged after the passphrase, open after the last factor.

The private keys wait in the database encrypted under a secret that only the person's cookie
holds. Staged for five minutes and five attempts; open until fifteen idle minutes, eight hours or
sign-out; then wiped. The row itself stays until its last hour, without keys, so that a form
sent too late can still be sealed to its author as a draft.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from romyen.access.models import Member, OpenRing, Renewal
from romyen.keys import crypto, kept
from romyen.keys.box import box
from romyen.keys.models import Holder
from romyen.keys.rings import open_private
from romyen.rules.refusals import refuse

PURPOSE = "open ring"
SEEN_EVERY = timedelta(seconds=60)


def cookie_name() -> str:
    """The cookie that holds the secret; bound to this host where TLS is used."""
    return "__Host-romyen-ring" if settings.SESSION_COOKIE_SECURE else "romyen-ring"


@dataclass
class Cookie:
    """What the answer has to do with the browser's cookie: set it, or delete it (None)."""

    secret: bytes | None

    def put(self, response: HttpResponse) -> None:
        """Set or delete the cookie on the answer."""
        if self.secret is None:
            response.delete_cookie(cookie_name(), samesite="Strict")
            return
        response.set_cookie(
            cookie_name(),
            base64.urlsafe_b64encode(self.secret).decode(),
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )


def _hash(secret: bytes) -> str:
    return sha256(b"romyen ring\n" + secret).hexdigest()


def _key(secret: bytes) -> bytes:
    return crypto.derive(secret, salt=box().secret(PURPOSE), purpose=PURPOSE)


def _cookie_secret(request: HttpRequest) -> bytes | None:
    """The secret that this answer gives the browser, else the one that the browser sent."""
    given: Cookie | None = getattr(request, "ring_cookie", None)
    if given is not None:
        return given.secret
    try:
        secret = base64.urlsafe_b64decode(request.COOKIES[cookie_name()])
    except (KeyError, ValueError):
        return None
    return secret if len(secret) == crypto.KEY_BYTES else None


def row_of(request: HttpRequest) -> OpenRing | None:
    """The ring row that the browser's cookie points to, open or not."""
    secret = _cookie_secret(request)
    if secret is None:
        return None
    rows = OpenRing.objects.select_related("member__holder", "holder")
    return rows.filter(cookie_hash=_hash(secret)).first()


def _context(member_id: str, holder_id: str, staged: bool) -> bytes:
    """Staged keys are not open keys: a flag changed in the database opens nothing."""
    return f"{member_id}|{holder_id}|{'staged' if staged else 'open'}".encode()


def store(
    private: bytes, member: Member, holder: Holder, *, staged: bool, ends: datetime, now: datetime
) -> bytes:
    """Keep 64 secret bytes in a new ring; returns the secret for the cookie."""
    secret = secrets.token_bytes(crypto.KEY_BYTES)
    context = _context(member.pk, holder.pk, staged)
    OpenRing.objects.create(
        cookie_hash=_hash(secret),
        member=member,
        holder=holder,
        sealed=crypto.encrypt(_key(secret), private, context),
        staged=staged,
        opened_at=now,
        seen_at=now,
        ends_at=ends,
    )
    return secret


def stage(
    member: Member, passphrase: str, *, renewal: Renewal | None = None, now: datetime
) -> Cookie:
    """Open the member's keys with the passphrase and stage them until the last factor.

    ``renewal`` when it was the passphrase of the pair that waits to be admitted.
    """
    holder = renewal.holder if renewal else member.holder
    if not member.is_active or holder is None or holder.retired_at is not None:
        return Cookie(None)
    private = open_private(holder, passphrase)
    ends = now + timedelta(minutes=settings.ROMYEN_STAGED_MINUTES)
    return Cookie(store(private, member, holder, staged=True, ends=ends, now=now))


def _secret_keys(row: OpenRing, secret: bytes) -> bytes:
    try:
        context = _context(row.member_id, row.holder_id, row.staged)
        return crypto.decrypt(_key(secret), bytes(row.sealed), context)
    except crypto.Unopened as error:
        raise refuse("RY-KEYS-TAMPERED") from error


def release(request: HttpRequest, member: Member, *, now: datetime) -> Cookie:
    """Every factor has passed: the staged keys become usable, under a new cookie."""
    secret, row = _cookie_secret(request), row_of(request)
    fresh = row is not None and row.staged and now < row.ends_at and bytes(row.sealed) != b""
    if secret is None or row is None or not fresh or row.member_id != member.pk:
        return Cookie(None)
    private = _secret_keys(row, secret)
    row.delete()
    ends = now + timedelta(hours=settings.ROMYEN_ABSOLUTE_HOURS)
    return Cookie(store(private, member, row.holder, staged=False, ends=ends, now=now))


def failed_factor(request: HttpRequest) -> bool:
    """Count a wrong code; True when it was the last that is allowed, and the keys are wiped."""
    row = row_of(request)
    if row is None or not row.staged:
        return True
    mine = OpenRing.objects.filter(pk=row.pk)
    mine.update(attempts=F("attempts") + 1)  # in the database: two codes at once are two attempts
    over, _rows = mine.filter(attempts__gte=settings.ROMYEN_STAGED_ATTEMPTS).delete()
    return bool(over)


def usable(row: OpenRing, *, now: datetime) -> bool:
    """Whether the ring is open: all factors passed, not idle too long, not over."""
    idle = timedelta(minutes=settings.ROMYEN_IDLE_MINUTES)
    alive = now < row.ends_at and now - row.seen_at < idle and bytes(row.sealed) != b""
    return alive and not row.staged and row.member.is_active


def open_secret(request: HttpRequest, row: OpenRing, *, now: datetime) -> bytes:
    """The member's 64 secret bytes from an open ring; marks the person as present."""
    secret = _cookie_secret(request)
    if secret is None or not usable(row, now=now):
        raise refuse("RY-ACCESS-SIGN-IN")
    if now - row.seen_at >= SEEN_EVERY:
        OpenRing.objects.filter(pk=row.pk).update(seen_at=now)
    return _secret_keys(row, secret)


def wipe(row: OpenRing) -> None:
    """Sign out or time out: the keys go, the row stays to know whose late form this is."""
    OpenRing.objects.filter(pk=row.pk).update(sealed=b"")
    kept.forget(str(row.holder_id))


def end(row: OpenRing) -> None:
    """Sign out: nothing of this ring is needed any more."""
    row.delete()
    kept.forget(str(row.holder_id))


def wipe_member(member: Member) -> None:
    """Sign out everywhere."""
    for holder in OpenRing.objects.filter(member=member).values_list("holder", flat=True):
        kept.forget(str(holder))
    OpenRing.objects.filter(member=member).delete()


def sweep(*, now: datetime) -> int:
    """Wipe what is idle or over, and forget rows past their last hour."""
    idle = now - timedelta(minutes=settings.ROMYEN_IDLE_MINUTES)
    OpenRing.objects.filter(seen_at__lt=idle).exclude(sealed=b"").update(sealed=b"")
    OpenRing.objects.filter(staged=True, ends_at__lte=now).delete()
    gone = OpenRing.objects.filter(ends_at__lte=now).delete()[0]
    open_ones = OpenRing.objects.filter(staged=False).exclude(sealed=b"")
    kept.forget_all_but(set(open_ones.values_list("holder", flat=True)))
    return gone
