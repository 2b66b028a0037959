"""The first message: terms, then words, then writing. Everything after the terms happens in the browser."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline import reading
from helpline.clock import now
from helpline.forms import CheckForm, FirstMessageForm, fields_of
from helpline.views.page import public_page
from helpline.views.read import language
from helpline.views.terms import terms_in_force, told


@require_safe
def write(request: HttpRequest) -> HttpResponse:
    """The terms in force and empty forms: nothing typed into them is ever sent to this address."""
    context = {
        "host": urlsplit(settings.ORIGIN).netloc,
        "waiting": reading.library(language()).while_waiting(),
        "terms": told(terms_in_force()),
        "check_form": fields_of(CheckForm, auto_id="check-%s"),
        "message_form": fields_of(FirstMessageForm, auto_id="message-%s"),
    }
    return public_page(request, "pages/write.html", context, at=now())
