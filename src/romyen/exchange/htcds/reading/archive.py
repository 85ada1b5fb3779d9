"""Zip archives from strangers, read in memory and never unpacked to a disk."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from types import TracebackType
from typing import Self

from romyen.exchange.htcds.reading import limits
from romyen.rules.refusals import refuse

MAGIC = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_LENGTH = 22
_LARGE_LOCATOR = b"PK\x06\x07"  # ZIP64: a second table of contents overrules the first
_LARGE_LOCATOR_LENGTH = 20
_LARGE_LENGTH = 56
_COMMENT = 65_535
_LOCKED = 0x1
_CHUNK = 64 * 1024


class Archive:
    """A zip archive whose members are read with one budget of bytes for all of them.

    What a member claims about its size is not believed. Archives with links, locked members,
    absolute paths or paths that lead out are refused (``RY-HTCDS-ARCHIVE-UNSAFE``), although
    nothing is ever written: whoever built such an archive did not mean a form.
    """

    def __init__(self, content: bytes) -> None:
        _check_directory(content)
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise refuse("RY-HTCDS-DAMAGED") from error
        self._left = limits.UNPACKED
        self._members = _members(self._zip)

    def __enter__(self) -> Self:
        """The archive."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Let go of it."""
        self._zip.close()

    @property
    def names(self) -> list[str]:
        """The members' names, in order of the alphabet, folders left out."""
        return sorted(self._members)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The member in pieces. Refuses past the budget, or when it is damaged."""
        try:
            with self._zip.open(self._members[name]) as member:
                while chunk := member.read(_CHUNK):
                    self._spend(len(chunk))
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise refuse("RY-HTCDS-DAMAGED") from error

    def small(self, name: str) -> bytes:
        """A member that has to be held whole; empty when there is none of that name."""
        if name not in self._members:
            return b""
        content = bytearray()
        for chunk in self.chunks(name):
            content += chunk
            if len(content) > limits.SMALL_PART:
                raise refuse("RY-HTCDS-BOMB")
        return bytes(content)

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise refuse("RY-HTCDS-BOMB")


def _check_directory(content: bytes) -> None:
    """Refuse a table of contents that would cost much memory, before it is read."""
    at = content.rfind(_END, max(0, len(content) - _END_LENGTH - _COMMENT))
    if at < 0 or len(content) < at + _END_LENGTH:
        raise refuse("RY-HTCDS-DAMAGED")
    members, size = content[at + 10 : at + 12], content[at + 12 : at + 16]
    large = at - _LARGE_LOCATOR_LENGTH - _LARGE_LENGTH
    if content[max(0, at - _LARGE_LOCATOR_LENGTH) : at].startswith(_LARGE_LOCATOR) and large >= 0:
        members, size = content[large + 32 : large + 40], content[large + 40 : large + 48]
    few = int.from_bytes(members, "little") <= limits.MEMBERS
    if not few or int.from_bytes(size, "little") > limits.DIRECTORY:
        raise refuse("RY-HTCDS-TOO-MANY", what="files", limit=limits.MEMBERS)


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > limits.MEMBERS:
        raise refuse("RY-HTCDS-TOO-MANY", what="files", limit=limits.MEMBERS)
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if _unsafe(info) or info.filename in found:
            raise refuse("RY-HTCDS-ARCHIVE-UNSAFE")
        if not info.is_dir():
            found[info.filename] = info
    return found


def _unsafe(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a link, locked, packed unusually, or named outside the archive."""
    path = info.orig_filename.replace("\\", "/")
    mode = info.external_attr >> 16
    return (
        bool(info.flag_bits & _LOCKED)
        or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        or (bool(mode) and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR))
        or path.startswith("/")
        or ".." in path.split("/")
        or ":" in path.split("/")[0][:2]
        or "\0" in path
    )
