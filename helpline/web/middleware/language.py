"""An address says its page's language; nothing else does."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class LanguageOfAddressMiddleware:
    """Activates the language that the address begins with, such as /cy/write, and the installation's own for every other address.

    Django's LocaleMiddleware would also look for a cookie, and say that answers vary by what the browser prefers. Here an address
    has the same words for everyone, so a stored copy is right for the next visitor too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
            return self.get_response(request)
