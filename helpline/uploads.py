"""No form takes a file: the service is text alone, and an image that should never have been sent is never stored, not even for a moment."""

from typing import Any, NoReturn

from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler


class RefuseFiles(FileUploadHandler):
    """Refuses a request as soon as a file begins in it."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises BadRequest."""
        raise BadRequest("This service takes no files.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> NoReturn:
        raise BadRequest("This service takes no files.")

    def file_complete(self, file_size: int) -> None:
        return None
