"""A calendar file (RFC 5545) that names nobody: of each entry its kind and the record's code.

Whoever opens the file on a lost phone learns that something is due, not what, where or for whom.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from romyen.desk.words import kind
from romyen.rules.dues import Due

LONGEST = 75
"""Octets of a line before it is folded (RFC 5545, 3.1)."""
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})


def calendar(dues: Iterable[Due], *, now: datetime) -> bytes:
    """The entries as a calendar file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Romyen//Romyen//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for due in dues for line in _event(due, now)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(due: Due, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_plain(due.key)}@romyen",
        f"DTSTAMP:{_moment(now)}",
        *_when(due.at),
        f"SUMMARY:{_plain(f'{kind(due.kind)} · {due.code}')}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _when(at: date) -> list[str]:
    """A day ends before the next begins; a moment takes no time."""
    if isinstance(at, datetime):
        return [f"DTSTART:{_moment(at)}"]
    after = at + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{at:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _plain(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """The line in octets, broken where it grows too long, and never within a letter."""
    parts: list[bytes] = []
    part = b""
    for letter in line:
        octets = letter.encode()
        room = LONGEST if not parts else LONGEST - 1
        if len(part) + len(octets) > room:
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
