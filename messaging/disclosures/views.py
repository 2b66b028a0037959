"""The log of disclosures: who took which step when, under which codes, of which messages; nothing of what they say or of whom."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helpline.organisation import organisation
from helpline.staff.access import lead_page
from messaging.disclosures.queries import disclosed_message_words, disclosure_steps
from messaging.protocol.encoding import encode

A_PAGE = 50


@require_safe
@lead_page
def disclosures_view(request: HttpRequest) -> HttpResponse:
    page = Paginator(disclosure_steps(), A_PAGE).get_page(request.GET.get("page"))
    lines = [{"event": each, "name": encode(each.procedure)[:8], "messages": disclosed_message_words(each.places)} for each in page]
    return render(
        request, "desk/disclosures.html", {"page": "disclosures", "steps": page, "lines": lines, "zone": organisation().time_zone}
    )
