"""The two desk pages that work in the browser alone: the conversations, and the vault."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.hours.channels import channel_calendar
from helpline.hours.live_talk import has_live_talk
from helpline.hours.timetable import hours_timetable
from helpline.organisation import organisation
from helpline.staff.access import account_of, staff_page
from messaging.http.desk_access import counsellor_page, desk_member_of
from messaging.keys.browser_data import browser_key_data
from messaging.models import DeskMember


def desk_hours_words(*, at: datetime) -> str:
    """The week in which messages are answered, for replies that tell it: "Monday to Friday 9am to 5pm"."""
    own = organisation()
    zone = ZoneInfo(own.time_zone)
    week = hours_timetable({"messages": channel_calendar(own, channel="messages", at=at)}, zone, at.astimezone(zone).date()).week
    return "; ".join(f"{row.days} {row.hours[0]}" for row in week if row.hours[0] != "Closed")


@require_safe
@staff_page
def desk_view(request: HttpRequest) -> HttpResponse:
    """Conversations for a counsellor; an admin who is none begins with the staff."""
    member = desk_member_of(account_of(request))
    if member is None:
        return redirect("desk:people" if account_of(request).is_staff else "desk:keys")
    data = {"hours": desk_hours_words(at=now()), "talks": has_live_talk()}
    return render(request, "desk/conversations.html", browser_key_data("conversations", member) | data)


@require_safe
@counsellor_page
def vault_view(request: HttpRequest, member: DeskMember) -> HttpResponse:
    """Makes the vault the first time; later says where its certificate stands, and adds a passkey."""
    return render(request, "desk/vault.html", browser_key_data("vault", member))
