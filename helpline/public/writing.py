"""The pages of someone who writes: what stays private, the form, their inbox, and leaving at once."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.pages import library
from helpline.pages.terms import terms_in_force, terms_text, terms_version
from helpline.public.forms import AnswerForm, CheckForm, FirstMessageForm, WordsForm, form_fields_html
from helpline.public.page import public_page
from helpline.public.reading import reading_language


@require_safe
def confidentiality_view(request: HttpRequest) -> HttpResponse:
    """The current terms, or with ?version= those that someone once accepted."""
    current, asked = terms_in_force(), request.GET.get("version", "")
    if not asked:
        return public_page(request, "pages/confidential.html", {"terms": terms_text(current), "current": current}, at=now())
    # Only plain digits: int() would also take signs, spaces and other alphabets' figures.
    terms = terms_version(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if terms is None:
        raise Http404
    return public_page(request, "pages/confidential.html", {"terms": terms_text(terms), "current": current}, at=now())


@require_safe
def inbox_view(request: HttpRequest) -> HttpResponse:
    """Empty forms: the words never leave the browser."""
    context = {
        "words_form": form_fields_html(WordsForm, auto_id="open-%s"),
        "draft_form": form_fields_html(FirstMessageForm, auto_id="draft-%s"),
        "answer_form": form_fields_html(AnswerForm, auto_id="answer-%s"),
    }
    return public_page(request, "pages/inbox.html", context, at=now())


@require_safe
def leaving_view(request: HttpRequest) -> HttpResponse:
    """How to leave no trace."""
    return public_page(request, "pages/leaving.html", {"source": settings.SOURCE}, at=now())


@require_safe
def writing_view(request: HttpRequest) -> HttpResponse:
    """The terms in force and empty forms: nothing typed into them is ever sent to this address."""
    context = {
        "host": urlsplit(settings.ORIGIN).netloc,
        "waiting": library.page_library(reading_language()).while_waiting(),
        "terms": terms_text(terms_in_force()),
        "check_form": form_fields_html(CheckForm, auto_id="check-%s"),
        "message_form": form_fields_html(FirstMessageForm, auto_id="message-%s"),
        # Who stays after sending answers here.
        "answer_form": form_fields_html(AnswerForm, auto_id="answer-%s"),
    }
    return public_page(request, "pages/write.html", context, at=now())
