"""Passphrases: how they are hashed for sign-in, and what makes one good enough."""

import threading
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 12
_one_at_a_time = threading.Lock()


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with the installation's parameters; one run at a time bounds the memory."""

    @property
    def time_cost(self) -> int:  # type: ignore[override]
        """Passes."""
        return int(settings.ROMYEN_ARGON2_PASSES)

    @property
    def memory_cost(self) -> int:  # type: ignore[override]
        """KiB."""
        return int(settings.ROMYEN_ARGON2_MEMORY_MIB) * 1024

    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a passphrase for sign-in (its salt differs from that of the user key)."""
        with _one_at_a_time:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a passphrase with a hash."""
        with _one_at_a_time:
            return bool(super().verify(password, encoded))


class LongEnough:
    """At least twelve characters: length is what resists guessing (NIST SP 800-63B)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError on a short passphrase."""
        if len(password) < SHORTEST:
            raise ValidationError(self.get_help_text(), code="too_short")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("At least %(n)s characters. Several words are easiest to remember.") % {
            "n": SHORTEST
        }
