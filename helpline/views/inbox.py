"""Reading a reply with the eight words, and writing on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helpline.forms import AnswerForm, WordsForm


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Empty forms: the words never leave the browser."""
    context = {"words_form": WordsForm(auto_id="open-%s"), "answer_form": AnswerForm(auto_id="answer-%s")}
    response = render(request, "pages/inbox.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
