"""Reading a reply with the eight words, and writing on."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.forms import AnswerForm, WordsForm, fields_of
from helpline.views.page import public_page


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Empty forms: the words never leave the browser."""
    context = {"words_form": fields_of(WordsForm, auto_id="open-%s"), "answer_form": fields_of(AnswerForm, auto_id="answer-%s")}
    return public_page(request, "pages/inbox.html", context, at=now())
