"""One spelling for every entry: canonical JSON, so that a hash can be computed again in ten years.

Keys sorted, no spaces, UTF-8, nothing escaped that need not be; strings, whole numbers, booleans,
null, lists and dictionaries only. Fractions are left out because their spelling is a matter of
taste between programmes.
"""

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> str:
    """The one spelling of a value. TypeError for what has none (fractions, bytes, objects)."""
    return spell(_plain(value))


def spell(plain: Any) -> str:
    """The one spelling of strings, numbers, lists and dictionaries that need no check any more."""
    return _ENCODER.encode(plain)


def instant(at: datetime) -> str:
    """An aware time in UTC with six digits of a second, such as 2026-03-02T09:30:00.000000Z.

    ValueError for a naive one: nobody could tell which hour it was.
    """
    if at.tzinfo is None:
        raise ValueError("an entry needs an aware time")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def commitment(salt: bytes, details: str) -> str:
    """SHA-256(salt || canonical details) in hex: binds to the details without telling them."""
    return sha256(salt + details.encode()).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict() if all(isinstance(key, str) for key in value):
            return {key: _plain(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no canonical spelling")
