"""Sessions whose keys are stored as hashes and whose contents are sealed by the box key.

Django's own database sessions keep the raw key (security.md §2.10): a copied table would be a
bunch of open doors.
"""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.contrib.sessions.serializers import JSONSerializer
from django.db import IntegrityError, transaction
from django.utils import timezone

from romyen.access.models import Session
from romyen.keys.box import box
from romyen.keys.crypto import Unopened

PURPOSE = "session"


def _hash(key: str) -> str:
    return sha256(b"romyen session\n" + key.encode()).hexdigest()


def _purpose(key_hash: str) -> str:
    """Contents are bound to their key: moved to another row they do not open."""
    return f"{PURPOSE} {key_hash}"


class SessionStore(SessionBase):
    """The session engine named in settings."""

    def load(self) -> dict[str, Any]:
        """The session's contents; a fresh session when there are none."""
        rows = Session.objects.filter(key_hash=_hash(self.session_key or ""))
        row = rows.filter(ends_at__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
            return {}
        try:
            contents: dict[str, Any] = JSONSerializer().loads(
                box().open(_purpose(row.key_hash), bytes(row.sealed))
            )
        except Unopened:
            return {}
        return contents

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return Session.objects.filter(key_hash=_hash(session_key)).exists()

    def create(self) -> None:
        """A new session with a fresh key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Store the contents, sealed."""
        if self.session_key is None:
            self.create()
            return
        contents = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        row = Session(
            key_hash=_hash(self.session_key),
            sealed=box().seal(_purpose(_hash(self.session_key)), JSONSerializer().dumps(contents)),
            ends_at=timezone.now() + timedelta(seconds=self.get_expiry_age()),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=must_create, force_update=not must_create)
        except IntegrityError as error:
            raise CreateError from error
        except Session.NotUpdated as error:
            raise UpdateError from error

    def delete(self, session_key: str | None = None) -> None:
        """Forget a session."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(key_hash=_hash(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Forget what is over."""
        Session.objects.filter(ends_at__lte=timezone.now()).delete()
