"""How many requests, by the route's name and the class of the answer, and how long they took. Never an address, a path or a person."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram

REQUESTS = CollectorRegistry()
ANSWERED = Counter("helpline_requests", "Requests answered, by route and class of status.", ["route", "status"], registry=REQUESTS)
TOOK = Histogram(
    "helpline_request_seconds",
    "How long a request took in the web process, by route.",
    ["route"],
    registry=REQUESTS,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
NOWHERE = "none"  # No address of ours: what was asked for is not written down.


class MeasureMiddleware:
    """Outermost but for security and static files, so that the others' time counts too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        route = (request.resolver_match.view_name if request.resolver_match else "") or NOWHERE
        # A route without a name of its own is known by its function's: neither holds anything of the request.
        ANSWERED.labels(route, f"{response.status_code // 100}xx").inc()
        TOOK.labels(route).observe(time.perf_counter() - began)
        return response
