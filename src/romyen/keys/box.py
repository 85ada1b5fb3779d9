"""The box key: what the server itself must be able to open while it runs.

It seals MFA seeds, session contents and the mail queue, and holds the pepper of user keys and
the key of import fingerprints. It lives in a file of its own (0600) outside the data folder, so
that a copy of the database alone opens nothing (design §5).
"""

import base64
import hmac
import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from romyen.keys import crypto
from romyen.rules.refusals import refuse


class Box:
    """The box key, split by HKDF into one key for each purpose."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def secret(self, purpose: str) -> bytes:
        """The 256-bit key of one purpose."""
        return crypto.derive(self._key, salt=b"romyen box", purpose=purpose)

    def seal(self, purpose: str, plaintext: bytes) -> bytes:
        """Encrypt for the server's own use, bound to ``purpose``."""
        return crypto.encrypt(self.secret(purpose), plaintext, purpose.encode())

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Undo :meth:`seal`; raises :class:`crypto.Unopened`."""
        return crypto.decrypt(self.secret(purpose), sealed, purpose.encode())

    def mac(self, purpose: str, data: bytes) -> str:
        """HMAC-SHA256 in hex: equal data gives equal marks, to the holder of the box only."""
        return hmac.new(self.secret(purpose), data, sha256).hexdigest()


def box_path() -> Path:
    """Where the box key file lies."""
    return Path(settings.ROMYEN_KEYS_DIR) / "box.key"


def write_secret(path: Path, secret: bytes) -> None:
    """Write a new secret file, readable by its owner alone; refuses to overwrite.

    It is on the disk when this returns: what will be sealed under it must not outlive it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(secret) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def found_box() -> Box:
    """Make the box key of a new installation."""
    write_secret(box_path(), crypto.new_key())
    forget_box()
    return box()


@lru_cache(maxsize=4)
def _read_box(path: Path) -> Box:
    try:
        key = base64.b64decode(path.read_text().strip(), validate=True)
    except (OSError, ValueError) as error:
        raise refuse("RY-KEYS-NO-BOX") from error
    if len(key) != crypto.KEY_BYTES:  # an empty file would be a key that everybody knows
        raise refuse("RY-KEYS-NO-BOX")
    return Box(key)


def box() -> Box:
    """The box of this installation; raises ``RY-KEYS-NO-BOX`` while it is locked."""
    return _read_box(box_path())


def forget_box() -> None:
    """Drop the box key from memory."""
    _read_box.cache_clear()
