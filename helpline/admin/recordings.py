"""Uploading a page's recording from its form: the admin's browser sends it in pieces, behind the same sign-in and checks as every form."""

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from helpline.admin.base import is_admin
from helpline.audit import record_audit_row
from helpline.clock import now
from helpline.models import Account, Page
from helpline.models.audit import Action
from helpline.pages.recording_uploads import AGAIN, PIECE, finish_recording, keep_recording_piece
from helpline.pages.recordings import MOST, BadRecording, recording_of, words_fingerprint

NONE = "There is no recording."
CHANGED = "The page’s words have changed since it was read aloud, so nobody can listen to it. A new recording is needed."
HEARD = "People can listen to this page."


def recording_state(page: Page) -> SafeString:
    """Whether people can listen to the page, and what the admin's script needs to send a recording."""
    number = recording_of(page)
    said = HEARD if number else CHANGED if hasattr(page, "recording") else NONE
    link = format_html(' <a href="{}">Listen to it</a>', reverse("recording", args=[number])) if number else ""
    upload = format_html(
        """<div class="recording" data-recording="{address}" data-words="{words}" data-piece="{piece}" data-most="{most}" hidden>
<p><label for="recording-file">A recording of the words that are saved now: MP3 or Ogg, at most {megabytes} MB</label></p>
<p><input type="file" data-part="file" id="recording-file" accept=".mp3,.ogg,audio/mpeg,audio/ogg">
<button type="button" data-part="send" class="button">Upload the recording</button></p>
<progress data-part="share" max="1" value="0" hidden aria-label="Uploaded"></progress>
<p role="status" data-part="said"></p></div>""",
        address=reverse("admin:helpline_page_recording", args=[page.pk]),
        words=words_fingerprint(page),
        piece=PIECE,
        most=MOST,
        megabytes=MOST // 1_000_000,
    )
    return format_html('<div class="recording-state"><p data-recording-said>{}{}</p>{}</div>', said, link, upload)


def recording_addresses(site: AdminSite) -> list[URLPattern]:
    """Where the script sends a piece of a recording, and where it says that all are there: below the first address."""
    return [
        path("<int:pk>/recording", site.admin_view(require_POST(_whole)), name="helpline_page_recording"),
        path("<int:pk>/recording/<str:whole>/<int:number>", site.admin_view(require_POST(_piece)), name="helpline_page_recording_piece"),
    ]


def _piece(request: HttpRequest, pk: int, whole: str, number: int) -> HttpResponse:
    """One piece, as it is: a body of bytes, as small as a form's."""
    try:
        # In one transaction: the first piece takes the place of others.
        with transaction.atomic():
            keep_recording_piece(_page(request, pk), whole, number, request.body, at=now())
    except RequestDataTooBig:
        return _refused(AGAIN)
    except BadRecording as error:
        return _refused(str(error))
    return HttpResponse(status=204)


def _whole(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the pieces together; the trail says who did it."""
    try:
        with transaction.atomic():
            page = _page(request, pk)
            finish_recording(page, request.POST.get("whole", ""), words=request.POST.get("words", ""))
            assert isinstance(request.user, Account)  # noqa: S101 - behind is_admin
            record_audit_row(request.user, Action.CHANGED, page, at=now(), fields=["recording"])
    except BadRecording as error:
        return _refused(str(error))
    return JsonResponse({"said": HEARD, "address": reverse("recording", args=[recording_of(page)])})


def _page(request: HttpRequest, pk: int) -> Page:
    if not is_admin(request):
        raise PermissionDenied
    return get_object_or_404(Page, pk=pk)


def _refused(said: str) -> HttpResponse:
    return JsonResponse({"said": said}, status=400)
