"""Public pages come in steps of sizes: from its length, someone who watches the line cannot tell which one is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Every page for reading fits in one. Pages travel uncompressed, so this is what a watcher counts. A slow line takes 0.15 seconds longer.
STEP = 16_384


class PageSizeMiddleware:
    """Ends each page outside /desk/ with spaces up to its next step, also one that says what is wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if page and response.content and not request.path.startswith(str(settings.DESK_PATH)):
            size = len(response.content)
            response.content = response.content.ljust(-(-size // STEP) * STEP)
            response.headers["Content-Length"] = str(len(response.content))
        return response
