"""What a person sees when something is not there, or broke: what happened, and what to do now."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address or form that cannot be understood."""
    return render(request, "pages/bad_request.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page. The address is not repeated on it."""
    return render(request, "pages/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke here; when the database itself is away the page does without it."""
    try:
        body = render_to_string("pages/server_error.html", request=request)
    except DatabaseError:
        body = render_to_string("pages/server_error_bare.html")
    return HttpResponse(body, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A staff form that was open for too long, or came from elsewhere."""
    return render(request, "pages/csrf_failure.html", status=403)
