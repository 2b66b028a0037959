"""What people are told of the hours at the moment: closures, and that the helpline is very busy. For leads and admins."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from helpline.announcements import closures
from helpline.announcements.forms import BusyForm, ClosureForm
from helpline.calendar import Interval
from helpline.clock import now
from helpline.hours.live_talk import all_channels_words
from helpline.models import Closure, Organisation
from helpline.models.hours import Channel
from helpline.organisation import organisation
from helpline.rota.wording import rota_span_words
from helpline.staff.access import account_of, lead_page


def _usual(own: Organisation) -> timedelta:
    return timedelta(minutes=own.promise_minutes)


def _busy_before(own: Organisation, zone: ZoneInfo, at: datetime) -> dict[str, object]:
    """What the form begins with: what people are told now, or twice the usual time until today's end."""
    if own.busy_until is None or not own.is_busy(at):
        return {"last": at.astimezone(zone).date(), "hours": -(-2 * own.promise_minutes // 60)}
    # A midnight is entered as the end of the day before.
    last = (own.busy_until - timedelta(microseconds=1)).astimezone(zone).date()
    return {"last": last, "ends": f"{own.busy_until.astimezone(zone):%H:%M}", "hours": own.busy_minutes // 60}


def _page(request: HttpRequest, own: Organisation, closure: ClosureForm | None, busy: BusyForm | None, at: datetime) -> HttpResponse:
    zone = ZoneInfo(own.time_zone)
    today = at.astimezone(zone).date()
    every = all_channels_words()
    rows = [
        (
            one,
            Channel(one.channel).label if one.channel else every,
            rota_span_words(Interval(one.starts_at, one.ends_at), zone),
        )
        for one in Closure.objects.filter(ends_at__gt=at)
    ]
    context = {
        "page": "hours",
        "closures": rows,
        "closure": closure or ClosureForm(zone=zone, at=at, prefix="closure", initial={"last": today}),
        "busy": busy or BusyForm(zone=zone, at=at, usual=_usual(own), prefix="busy", initial=_busy_before(own, zone, at)),
        "busy_now": rota_span_words(Interval(at, own.busy_until), zone).partition(" to ")[2] if own.busy_until and own.is_busy(at) else "",
        "busy_hours": own.busy_minutes // 60,
        "form": closure or busy,
    }
    return render(request, "desk/hours.html", context)


@require_safe
@lead_page
def announcements_view(request: HttpRequest) -> HttpResponse:
    """Closures that are not over, and whether people are told to wait longer."""
    return _page(request, organisation(), None, None, now())


@require_POST
@lead_page
def announce_closure_view(request: HttpRequest) -> HttpResponse:
    """Closes a channel, or all of them, for a time, with a reason that people read."""
    at, own = now(), organisation()
    zone = ZoneInfo(own.time_zone)
    form = ClosureForm(request.POST, zone=zone, at=at, prefix="closure")
    if not form.is_valid():
        return _page(request, own, form, None, at)
    interval = form.cleaned_data["interval"]
    closures.announce_closure(
        account_of(request), interval, channel=form.cleaned_data["channel"], reason=form.cleaned_data["reason"], at=at
    )
    messages.success(request, f"Closed: {rota_span_words(interval, zone)}. The site says so.")
    return redirect("desk:hours")


@require_POST
@lead_page
def end_closure_view(request: HttpRequest, closure_id: int) -> HttpResponse:
    """Ends a closure, or takes one away that is to come."""
    ended = closures.end_closure(account_of(request), closure_id, at=now())
    messages.success(request, "The closure is over: the usual hours count again." if ended else "That closure is over already.")
    return redirect("desk:hours")


@require_POST
@lead_page
def announce_busy_view(request: HttpRequest) -> HttpResponse:
    """Says on the site that answers take longer, until an end; or no longer."""
    at, own = now(), organisation()
    if "over" in request.POST:
        closures.announce_busy(account_of(request), None, 0, at=at)
        messages.success(request, "People are promised an answer in the usual time again.")
        return redirect("desk:hours")
    form = BusyForm(request.POST, zone=ZoneInfo(own.time_zone), at=at, usual=_usual(own), prefix="busy")
    if not form.is_valid():
        return _page(request, own, None, form, at)
    if closures.announce_busy(account_of(request), form.cleaned_data["interval"].end, form.cleaned_data["hours"] * 60, at=at):
        messages.success(request, "The site says that you are very busy, and promises an answer later.")
    else:
        messages.error(request, "Nothing is saved: an admin has to describe the organisation first.")
    return redirect("desk:hours")
