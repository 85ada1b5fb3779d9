"""Uploads stay in memory.

Django would write a large upload to a temporary file as plaintext (security.md §2.10); here it
is held in memory or let go. Nothing is held of a stranger's: forms are read before a view is
asked whether strangers may come in.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

HEARD_OUT = 1024 * 1024 * 1024
"""Bytes that are still read of an upload that is too large, so that the browser, which listens
only after it has spoken, gets its answer; then the line is cut."""


def too_large(request: HttpRequest) -> bool:
    """Whether a form that was read brought more than ``FILE_UPLOAD_MAX_MEMORY_SIZE`` bytes."""
    return bool(getattr(request, "upload_too_large", False))


class MemoryUploadHandler(FileUploadHandler):
    """Collects the files of one form in memory, up to ``FILE_UPLOAD_MAX_MEMORY_SIZE`` bytes."""

    _size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A new file begins."""
        super().new_file(*args, **kwargs)
        self._parts: list[bytes] = []
        self._kept = getattr(self.request, "reader", None) is not None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece; of an upload that is too large nothing is kept, the earlier pieces too."""
        self._size += len(raw_data)
        if self._size > HEARD_OUT:
            raise StopUpload(connection_reset=True)
        if self._size > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            # Django gives a handler its request before the first piece
            self.request.upload_too_large = True  # type: ignore[union-attr]
            self._kept, self._parts = False, []
        if self._kept:
            self._parts.append(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The whole file, in memory; None for one that was let go."""
        if not self._kept:
            return None
        return InMemoryUploadedFile(
            file=BytesIO(b"".join(self._parts)),
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
