"""Reading HTCDS files: what a file is, is told by its content, never by its name."""

from io import BufferedIOBase, RawIOBase
from pathlib import Path
from typing import BinaryIO

from romyen.exchange.htcds.reading import archive, limits
from romyen.exchange.htcds.reading.submissions import read_archive, read_folder, read_submission
from romyen.exchange.htcds.reading.table import read_table
from romyen.exchange.htcds.reading.workbook import is_workbook, read_workbook
from romyen.exchange.htcds.source import Source
from romyen.rules.refusals import refuse

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(given: str | Path | bytes | BinaryIO, name: str = "") -> Source:
    """Open a workbook, CSV, submission, archive or folder of submissions.

    Bytes and streams are read in memory; nothing is written to a disk. ``name`` is shown to
    people and decides nothing. Refuses (``RY-HTCDS-…``) what is not such a file, is damaged,
    or was built to harm; damage further down may show only while the rows are read.
    """
    if isinstance(given, str | Path):
        path = Path(given)
        name = name or path.name
        if path.is_dir():
            return read_folder(path)
        return _recognised(_from_path(path), name)
    return _recognised(given if isinstance(given, bytes) else _from_stream(given), name)


def _recognised(content: bytes, name: str) -> Source:
    if len(content) > limits.FILE:
        raise refuse("RY-HTCDS-TOO-BIG", limit=limits.FILE // limits.MIB)
    if not content.strip():
        raise refuse("RY-HTCDS-EMPTY")
    if content.startswith(archive.MAGIC):
        return _from_archive(content, name)
    if content.startswith(_OLD_EXCEL):
        raise refuse("RY-HTCDS-OLD-EXCEL")
    if _is_markup(content):
        return read_submission(content, name)
    return read_table(content, name)


def _from_archive(content: bytes, name: str) -> Source:
    with archive.Archive(content) as opened:
        names = opened.names
    if is_workbook(names):
        return read_workbook(content, name)
    if any(member.lower().endswith(".xml") for member in names) and "mimetype" not in names:
        return read_archive(content, name)
    raise refuse("RY-HTCDS-UNKNOWN-FORMAT")


def _is_markup(content: bytes) -> bool:
    start = content[:200]
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")


def _from_path(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return _from_stream(stream)
    except OSError as error:
        raise refuse("RY-HTCDS-NOT-FOUND") from error


def _from_stream(stream: BinaryIO | BufferedIOBase | RawIOBase) -> bytes:
    content = stream.read(limits.FILE + 1)
    return content or b""
