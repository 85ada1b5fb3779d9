"""The lives of a log: after a lawful restoration it goes on under another name.

C2SP ``tlog-checkpoint`` forbids two inconsistent checkpoints of one log. A database that was put
back to an older copy cannot continue what was signed after that copy, so the log that was signed
ends there, frozen, and the log of the restored database begins as its next life with a name of its
own: ``romyen.local/log`` is followed by ``romyen.local/log/2``. The key stays the same.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FILE = "log.lives"


@dataclass(frozen=True)
class Life:
    """A life that ended: its name, and the size up to which the next one is the same log."""

    origin: str
    common: int


def path() -> Path:
    """Where the ended lives are written down, beside the log's key."""
    return Path(settings.ROMYEN_KEYS_DIR) / FILE


def ended() -> list[Life]:
    """The lives that ended, oldest first; none for a log that was never restored."""
    try:
        lines = path().read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    rows = (line.rpartition(" ") for line in lines if line.strip())
    return [Life(name, int(common)) for name, _, common in rows]


def origin() -> str:
    """The present name of the log."""
    return _name(len(ended()) + 1)


def _name(number: int) -> str:
    first = str(settings.ROMYEN_LOG_ORIGIN)
    return first if number == 1 else f"{first}/{number}"


def end_present(common: int) -> Life:
    """Write down that the present life ended; the next one shares its first ``common`` entries."""
    life = Life(origin(), common)
    with path().open("a", encoding="utf-8") as file:
        file.write(f"{life.origin} {life.common}\n")
    return life
