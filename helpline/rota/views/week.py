"""The week's grid, and what is done with a whole week: copy, make from patterns, publish."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from helpline.calendar.wall_clock import local_date, monday_of
from helpline.clock import now
from helpline.models.audit import Action
from helpline.models.hours import Channel
from helpline.organisation import organisation
from helpline.rota.consequences import Consequences
from helpline.rota.drafts import DraftedShifts
from helpline.rota.forms import EARLIEST, LATEST, CopyWeekForm, MakeShiftsForm, WeekForm
from helpline.rota.shifts import ShiftOverlaps
from helpline.rota.views.access import confirm_rota_change, edited, known_consequences, may_edit_rota, rota_page, rota_zone, seen_by_all
from helpline.rota.views.audit_trail import note_rota_change
from helpline.rota.week_grid import week_grid
from helpline.rota.weeks import copy_week, make_shifts, publish_week
from helpline.rota.wording import rota_day_words, rota_days_words
from helpline.staff.access import account_of

SHOWN = 12


def week_address(monday: date, channel: str = "") -> str:
    """The grid of a week."""
    return f"{reverse('desk:rota-week')}?week={monday.isoformat()}{f'&channel={channel}' if channel else ''}"


def _monday(text: str, today: date) -> date | None:
    """The Monday of the week that was asked for; this week's when none was; None when what was asked for is no day."""
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        return None
    return monday_of(day) if monday_of(day) >= EARLIEST and day < LATEST - timedelta(weeks=1) else None


def _channel(text: str) -> str:
    return text if text in Channel.values else ""


@require_safe
@seen_by_all
def week_view(request: HttpRequest) -> HttpResponse:
    """A week of everyone's shifts; drafts for those who make the rota."""
    at, own = now(), organisation()
    today = local_date(at, ZoneInfo(own.time_zone))
    monday = _monday(request.GET.get("week", ""), today)
    channel = _channel(request.GET.get("channel", ""))
    if monday is None:
        messages.error(request, "That week does not exist here. This is the current week.")
        return HttpResponseRedirect(week_address(monday_of(today), channel))
    edits = may_edit_rota(account_of(request))
    shown = week_grid(monday, channel=channel, drafts=edits, at=at, own=own)
    own_zone = ZoneInfo(own.time_zone)
    context = {
        "week": shown,
        "this_monday": monday_of(today),
        "week_form": WeekForm(initial={"week": monday}),
        "copy_form": CopyWeekForm(initial={"source": monday, "target": shown.after}, zone=own_zone, auto_id="id_copy_%s"),
        "make_form": MakeShiftsForm(initial={"first": monday, "weeks": 1}, zone=own_zone, auto_id="id_make_%s"),
    }
    return rota_page(request, "week", context)


@require_POST
@edited
def copy_week_view(request: HttpRequest) -> HttpResponse:
    """One week's shifts as drafts in another."""
    form = CopyWeekForm(request.POST, zone=rota_zone(), auto_id="id_copy_%s")
    if not form.is_valid():
        return rota_page(request, "copy", {"form": form})
    source, target = monday_of(form.cleaned_data["source"]), monday_of(form.cleaned_data["target"])
    if source == target:
        form.add_error("target", "Enter a day in another week: this is the week you are copying.")
        return rota_page(request, "copy", {"form": form})
    try:
        with transaction.atomic():
            drafted = copy_week(source, target)
            _note(request, drafted, target)
        _tell(request, drafted)
    except ShiftOverlaps:
        messages.error(request, "Someone else changed the rota at the same moment, so nothing was copied. Try again.")
    return HttpResponseRedirect(week_address(target))


@require_POST
@edited
def make_shifts_view(request: HttpRequest) -> HttpResponse:
    """Drafts from the weekly patterns."""
    form = MakeShiftsForm(request.POST, zone=rota_zone(), auto_id="id_make_%s")
    if not form.is_valid():
        return rota_page(request, "make", {"form": form})
    first = monday_of(form.cleaned_data["first"])
    try:
        with transaction.atomic():
            drafted = make_shifts(first, 7 * form.cleaned_data["weeks"])
            _note(request, drafted, first)
        _tell(request, drafted)
    except ShiftOverlaps:
        messages.error(request, "Someone else changed the rota at the same moment, so nothing was made. Try again.")
    return HttpResponseRedirect(week_address(first))


def _note(request: HttpRequest, drafted: DraftedShifts, monday: date) -> None:
    if drafted.shifts:
        note_rota_change(request, Action.ADDED, "drafts of the rota", at=now(), row=monday.isoformat())


def _tell(request: HttpRequest, drafted: DraftedShifts) -> None:
    number = len(drafted.shifts)
    made = {0: "No draft was added: they are all there already", 1: "One draft was added"}.get(number, f"{number} drafts were added")
    if number == 0 and drafted.left_out:
        made = "No draft was added"
    messages.success(request, f"{made}.")
    for sentence in drafted.left_out[:SHOWN]:
        messages.error(request, f"Left out: {sentence}")
    if len(drafted.left_out) > SHOWN:
        messages.error(request, f"{len(drafted.left_out) - SHOWN} more were left out. Do fewer weeks at a time to see them all.")


@require_POST
@edited
def publish_week_view(request: HttpRequest) -> HttpResponse:
    """A week's drafts become shifts; gaps and short rests that remain are said first."""
    at = now()
    monday = _monday(request.POST.get("week", ""), local_date(at, rota_zone()))
    channel = _channel(request.POST.get("channel", ""))
    if monday is None:
        messages.error(request, "That week does not exist here. Nothing was published.")
        return HttpResponseRedirect(reverse("desk:rota-week"))
    back = week_address(monday, channel)
    title = rota_days_words(monday, monday + timedelta(days=6))
    try:
        with transaction.atomic():
            published = publish_week(monday, at=at, known=known_consequences(request), channel=channel or None)
            if published:
                note_rota_change(request, Action.PUBLISHED, "week of the rota", at=at, row=monday.isoformat())
    except Consequences as come:
        return confirm_rota_change(
            request,
            heading=f"Publish {title}?",
            sentences=come.sentences,
            action=reverse("desk:rota-publish"),
            button="Publish anyway",
            back=back,
            kept={"week": monday.isoformat(), "channel": channel},
        )
    if published:
        messages.success(request, f"The week from {rota_day_words(monday)} is published: {published} draft{'s' if published > 1 else ''}.")
    else:
        messages.error(request, "There were no drafts to publish.")
    return HttpResponseRedirect(back)
