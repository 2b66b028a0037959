"""/kept: what the server keeps about an inbox. The page explains every column; the rows come into it in the person's browser."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.public.forms import WordsForm, form_fields_html
from helpline.public.page import public_page


@require_safe
def stored_data_view(request: HttpRequest) -> HttpResponse:
    """An empty form: the words never leave the browser."""
    return public_page(request, "pages/kept.html", {"words_form": form_fields_html(WordsForm, auto_id="open-%s")}, at=now())
