"""What nobody foresaw, noted so that it can be mended and nothing is given away.

An exception's message and its values may hold what a survivor said, so a note holds only the
kinds of the exceptions and the lines of our code that they passed.
"""

import os
import secrets
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path


def trail(error: BaseException) -> Iterator[str]:
    """The lines of code an error passed, oldest cause first; no message, no value."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from trail(earlier)
    for frame in traceback.extract_tb(error.__traceback__, limit=-40):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
    yield f"{type(error).__module__}.{type(error).__qualname__}"


def note(error: BaseException, log: Path, *, at: datetime) -> str:
    """Append the trail of ``error`` to ``log`` (made with mode 0600) and return its id."""
    reference = secrets.token_hex(4)
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = "\n".join([f"{at.isoformat(timespec='seconds')} {reference}", *trail(error), "", ""])
    with open(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as out:
        out.write(text)
    return reference
