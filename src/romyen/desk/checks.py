"""What must hold before the pages are served: ``romyen serve`` refuses otherwise.

Django's own system checks, under the tag ``romyen``; each has an id and says what to do.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage

from romyen.rules.refusals import refuse

TAG = "romyen"
HERE = ("localhost", "127.0.0.1", "::1")
OTHERS = 0o077
LEAST_MEMORY_MIB = 46
"""With one pass (OWASP ASVS 5.0, appendix C)."""


def require_safe() -> list[str]:
    """Refuse to serve an unsafe installation (RY-DESK-UNSAFE); returns warnings to be shown."""
    found = checks.run_checks(tags=[TAG])
    grave = [said(one) for one in found if one.is_serious()]
    if grave:
        raise refuse("RY-DESK-UNSAFE", found=" ".join(grave))
    return [said(one) for one in found]


def said(message: CheckMessage) -> str:
    """One finding on one line."""
    return f"[{message.id}] {message.msg} {message.hint or ''}".strip()


def _error(number: int, words: str, hint: str = "") -> CheckMessage:
    return checks.Error(words, hint=hint, id=f"romyen.E{number:03}")


@checks.register(TAG)
def folders(**_asked: Any) -> list[CheckMessage]:
    """Data and keys are their owner's alone, and the keys lie outside the data."""
    data, keys = Path(settings.ROMYEN_DATA_DIR), Path(settings.ROMYEN_KEYS_DIR)
    found = []
    if keys == data or data in keys.parents:
        hint = "Put ROMYEN_KEYS elsewhere: a copy of the data would take the keys along."
        found.append(_error(1, "The folder of keys lies in the data folder.", hint))
    for path in _open_to_others([keys, *keys.glob("*"), data, *data.glob("romyen.sqlite3*")]):
        words = f"Other users of this machine can reach {path}."
        found.append(_error(2, words, f"chmod -R go= {path}"))
    return found


def _open_to_others(paths: list[Path]) -> Iterator[Path]:
    if os.name == "posix":
        yield from (p for p in paths if p.exists() and p.stat().st_mode & OTHERS and not _public(p))


def _public(path: Path) -> bool:
    """The public half of the root may be read by anyone; changed by its owner alone."""
    return path.name == "root.pub" and not path.stat().st_mode & 0o022


@checks.register(TAG)
def pages(**_asked: Any) -> list[CheckMessage]:
    """No debug pages, and no host name but ours."""
    found = []
    if settings.DEBUG:
        found.append(_error(3, "DEBUG would show what sealed values are made of."))
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        found.append(_error(4, "ALLOWED_HOSTS would let every host name in."))
    return found


@checks.register(TAG)
def origin(**_asked: Any) -> list[CheckMessage]:
    """An address with TLS or of this machine, and cookies that never leave without TLS."""
    parts = urlsplit(settings.ROMYEN_ORIGIN)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        hint = "It looks like https://romyen.example.org, or http://localhost:8000."
        return [_error(5, "ROMYEN_ORIGIN is no address.", hint)]
    if parts.scheme == "http" and parts.hostname not in HERE:
        hint = "Put a TLS proxy in front and say https (docs/operators/phones.md)."
        return [_error(6, "Over http everyone on the way would read along.", hint)]
    flags = (
        settings.SESSION_COOKIE_SECURE,
        settings.CSRF_COOKIE_SECURE,
        settings.LANGUAGE_COOKIE_SECURE,
        settings.SECURE_HSTS_SECONDS,
    )
    if parts.scheme == "https" and not all(flags):
        return [_error(7, "Cookies could leave without TLS.")]
    return []


@checks.register(TAG)
def passphrases(**_asked: Any) -> list[CheckMessage]:
    """Guessing a passphrase must cost memory."""
    if settings.ROMYEN_ARGON2_PASSES * settings.ROMYEN_ARGON2_MEMORY_MIB >= LEAST_MEMORY_MIB:
        return []
    hint = f"ROMYEN_ARGON2_MEMORY_MIB is best left at 128, and never under {LEAST_MEMORY_MIB}."
    return [checks.Warning("Passphrases are cheap to guess.", hint=hint, id="romyen.W001")]
