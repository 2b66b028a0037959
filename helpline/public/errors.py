"""What a person sees when something is not there, or broke: what happened, and what to do now."""

import logging
import sys
import traceback

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from helpline.clock import now
from helpline.public.page import public_page

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address or form that cannot be understood."""
    return public_page(request, "pages/bad_request.html", at=now(), status=400)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page. The address is not repeated on it."""
    return public_page(request, "pages/not_found.html", at=now(), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke here; when the database itself is away the page does without it."""
    # Where it happened, never what it said nor for which address: a database's message quotes values, and an address may be an invitation.
    kind, _, place = sys.exc_info()
    if kind is not None:
        log.error("%s in a page\n%s", kind.__name__, "".join(traceback.format_tb(place)))
    try:
        body = render_to_string("pages/server_error.html", request=request)
    except DatabaseError:
        body = render_to_string("pages/server_error_bare.html")
    response = HttpResponse(body, status=500)
    # Django would log the address and the error's own words.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A staff form that was open for too long, or came from elsewhere."""
    return render(request, "pages/csrf_failure.html", status=403)
