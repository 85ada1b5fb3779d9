"""Uploads stay in memory.

Django would write a large upload to a temporary file as plaintext (security.md §2.10); here it
is held in memory or refused.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class MemoryUploadHandler(FileUploadHandler):
    """Collects an upload in memory, up to ``FILE_UPLOAD_MAX_MEMORY_SIZE`` bytes in all files."""

    _size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A new file begins."""
        super().new_file(*args, **kwargs)
        self._parts: list[bytes] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece; stop an upload that is too large."""
        self._size += len(raw_data)
        if self._size > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise StopUpload(connection_reset=True)
        self._parts.append(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The whole file, in memory."""
        from io import BytesIO

        return InMemoryUploadedFile(
            file=BytesIO(b"".join(self._parts)),
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
