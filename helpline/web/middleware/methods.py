"""Pages are read and forms are sent; nothing else is done to an address of the desk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

TAKEN = ["GET", "HEAD", "POST"]


class DeskMethodsMiddleware:
    """Refuses PUT, DELETE and the like below /desk/ before any view sees them: Django's own views take a PUT for a GET or a POST.

    The interface below /desk/api/ says for itself what each of its addresses takes, in problem documents.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desk = str(settings.DESK_PATH)
        if request.method in TAKEN or not request.path.startswith(desk) or request.path.startswith(f"{desk}api/"):
            return self.get_response(request)
        return HttpResponseNotAllowed(TAKEN)
