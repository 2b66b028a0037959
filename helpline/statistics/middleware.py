"""Counts visits by page. A page's own view need not think of it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from helpline import statistics
from helpline.clock import now

START = "home"


class CountVisitsMiddleware:
    """Adds one to the sum of a public page that someone was shown; the sum is this process's, and no database is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        page = counted_page(request)
        if (
            page
            and response.status_code == 200
            and response.get("Content-Type", "").startswith("text/html")
            and statistics.is_visit(request)
        ):
            statistics.count_page_visit(page, at=now())
        return response


def counted_page(request: HttpRequest) -> str:
    """The page's name in the table of addresses, the same in every language, or a slug of something to read; empty for what is no page."""
    match = request.resolver_match
    if match is None or not match.url_name or match.namespaces or request.path.startswith(str(settings.DESK_PATH)):
        return ""
    if "slug" in match.kwargs:
        return str(match.kwargs["slug"])
    return "/" if match.url_name == START else f"/{match.url_name}"
