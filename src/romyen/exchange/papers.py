"""Files that hold names: made once, readable to their owner alone, never over another file."""

import os
from itertools import count
from pathlib import Path

from romyen.rules.refusals import refuse


def require_free(path: Path) -> Path:
    """The path, unless there is a file already (``RY-HTCDS-FILE-EXISTS``)."""
    if path.exists():
        raise refuse("RY-HTCDS-FILE-EXISTS")
    return path


def beside(path: Path) -> Path:
    """A free name for the error workbook of a file, in the same folder."""
    for number in count(1):
        suffix = "-errors.xlsx" if number == 1 else f"-errors-{number}.xlsx"
        found = path.with_name(f"{path.stem}{suffix}")
        if not found.exists():
            return found
    raise AssertionError("count() ends never")


def write(path: Path, content: bytes) -> None:
    """Write a new file (0600); ``RY-HTCDS-FILE-EXISTS`` or ``RY-HTCDS-NOT-WRITTEN``."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise refuse("RY-HTCDS-FILE-EXISTS") from error
    except OSError as error:
        raise refuse("RY-HTCDS-NOT-WRITTEN") from error
    with os.fdopen(handle, "wb") as file:
        file.write(content)
