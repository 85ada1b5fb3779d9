"""Passphrases: how they are hashed and compared for sign-in, and what makes one good enough."""

from datetime import datetime
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from romyen.access.models import Member, Renewal
from romyen.keys.crypto import one_at_a_time

SHORTEST = 12


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
        with one_at_a_time:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a passphrase with a hash."""
        with one_at_a_time:
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


class Passphrases(AuthenticationBackend):  # type: ignore[misc]
    """Takes a member's passphrase, or the one of a renewal that waits to be admitted.

    A member found by the latter carries ``renewal``: the keys that are staged are that pair's.
    """

    def _check_password(self, user: Member | None, password: str) -> Member | None:
        found: Member | None = super()._check_password(user, password)
        if found is not None or user is None or not user.is_active:
            return found
        renewal = Renewal.objects.select_related("holder").filter(member=user).first()
        if renewal is None or not check_password(password, renewal.password):
            return None
        user.renewal_used = renewal  # type: ignore[attr-defined]
        return user


def renewal_used(member: Member) -> Renewal | None:
    """The renewal whose passphrase this member was found by; None for their own passphrase."""
    return getattr(member, "renewal_used", None)


class LinkTokens(PasswordResetTokenGenerator):
    """Tokens of links for a new passphrase: good once, also where they change no password."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        renewed: datetime | None = (
            Renewal.objects.filter(member=user).values_list("at", flat=True).first()
        )
        return f"{super()._make_hash_value(user, timestamp)}|{renewed}|{user.holder_id}"
