"""No form takes a file: the service is text alone, and an image that should never have been sent is never stored, not even for a moment."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class RefuseFiles(FileUploadHandler):
    """Refuses a request as soon as a file begins in it, and one in parts that is larger than any form before it is read at all.

    Django itself counts only the parts that it has read. A client that sent more than the proxy waits for, and then nothing, held a thread.
    """

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None) -> None:  # noqa: N803
        """Raises RequestDataTooBig."""
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig(f"At most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes.")

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises BadRequest."""
        raise BadRequest("This service takes no files.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> NoReturn:
        raise BadRequest("This service takes no files.")

    def file_complete(self, file_size: int) -> None:
        return None
