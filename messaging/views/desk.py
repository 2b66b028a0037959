"""The desk's two pages that work in the browser alone: the conversations, and the vault."""

from datetime import datetime
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from helpline.clock import now
from helpline.queries import calendar_of, organisation
from helpline.timetable import timetable
from messaging.encoding import encode
from messaging.models import DeskMember
from messaging.views.access import account_of, counsellor_page, member_of, staff_page


def passkeys_of(member: DeskMember) -> list[str]:
    """The ids of the account's passkeys, so that the browser can ask one of them for a vault's key."""
    found = Authenticator.objects.filter(user_id=member.counsellor.account_id, type=Authenticator.Type.WEBAUTHN)
    credentials = (key.wrap().authenticator_data.credential_data for key in found)
    return [encode(credential.credential_id) for credential in credentials if credential]


def browser_data(page: str, member: DeskMember) -> dict[str, object]:
    """What the page's script reads from `<main>`, which trusts it with nothing: no key is here."""
    return {
        "page": page,
        "counsellor": encode(member.public_id),
        "display_name": member.counsellor.display_name,
        "passkeys": " ".join(passkeys_of(member)),
    }


def hours_in_words(*, at: datetime) -> str:
    """The week in which messages are answered, for replies that tell it: "Monday to Friday 9am to 5pm"."""
    own = organisation()
    zone = ZoneInfo(own.time_zone)
    week = timetable({"messages": calendar_of(own, channel="messages", at=at)}, zone, at.astimezone(zone).date()).week
    return "; ".join(f"{row.days} {row.hours[0]}" for row in week if row.hours[0] != "Closed")


@require_safe
@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    """Conversations for a counsellor; an admin who is none begins with the staff."""
    member = member_of(account_of(request))
    if member is None:
        return redirect("desk:people" if account_of(request).is_staff else "desk:keys")
    return render(request, "desk/conversations.html", browser_data("conversations", member) | {"hours": hours_in_words(at=now())})


@require_safe
@counsellor_page
def vault(request: HttpRequest, member: DeskMember) -> HttpResponse:
    """Makes the vault the first time; later says where its certificate stands, and adds a passkey."""
    return render(request, "desk/vault.html", browser_data("vault", member))
