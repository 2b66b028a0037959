"""The first message: terms, then words, then writing. Everything after the terms happens in the browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.forms import CheckForm, FirstMessageForm
from helpline.views.hours import hours_now
from helpline.views.terms import terms_in_force


@require_safe
def write(request: HttpRequest) -> HttpResponse:
    """The terms in force and empty forms: nothing typed into them is ever sent to this address."""
    context = {
        "terms": terms_in_force(),
        "hours": hours_now(now()),
        "check_form": CheckForm(auto_id="check-%s"),
        "message_form": FirstMessageForm(auto_id="message-%s"),
    }
    response = render(request, "pages/write.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
