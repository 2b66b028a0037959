"""When counsellors can work, as they say themselves, and the plan that is found from it."""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from helpline.calendar.wall_clock import local_date, monday_of
from helpline.clock import now
from helpline.models import Availability, Counsellor, Shift
from helpline.models.audit import Action
from helpline.rota.month_plan import MonthPlan, draft_plan, plan_month
from helpline.rota.plan_forms import AvailabilityForm, MonthPlanForm, MostHoursForm, PlannedWeeksForm
from helpline.rota.plan_solver import NoPlanFound
from helpline.rota.shifts import ShiftOverlaps
from helpline.rota.snapshot import local_days
from helpline.rota.views.access import counsellors_only, edited, rota_page, rota_zone
from helpline.rota.views.audit_trail import note_rota_change
from helpline.rota.views.patterns import pattern_time_words
from helpline.rota.views.week import week_address
from helpline.rota.wording import channel_words, rota_days_words, rota_hours_words, rota_span_words

MOST_TIMES = 60


def _own() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:rota-availability"))


@require_http_methods(["GET", "HEAD", "POST"])
@counsellors_only
def own_availability_view(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """One's own times, and a form for more."""
    form = AvailabilityForm(request.POST or None, zone=rota_zone())
    if form.is_valid():
        given = form.cleaned_data
        rows = [
            Availability(counsellor=counsellor, weekday=weekday, starts=given["starts"], ends=given["ends"], wish=given["wish"])
            for weekday in given["weekdays"]
        ]
        with transaction.atomic():
            if Availability.objects.filter(counsellor=counsellor).count() + len(rows) > MOST_TIMES:
                form.add_error("weekdays", f"You can give {MOST_TIMES} times at most. Take some away first.")
            else:
                Availability.objects.bulk_create(rows)
                note_rota_change(request, Action.ADDED, "availability", at=now())
                messages.success(request, "Added. Leads see it when they plan the rota.")
                return _own()
    own = Availability.objects.filter(counsellor=counsellor)
    context = {
        "form": form,
        "most": MostHoursForm(initial={"most_hours": counsellor.most_hours}, auto_id="id_most_%s"),
        "rows": [{"row": row, "times": f"{pattern_time_words(row.starts)}–{pattern_time_words(row.ends)}"} for row in own],
    }
    return rota_page(request, "availability", context)


@require_POST
@counsellors_only
def remove_availability_view(request: HttpRequest, counsellor: Counsellor, availability_id: int) -> HttpResponse:
    """One time less."""
    with transaction.atomic():
        gone, _ = Availability.objects.filter(pk=availability_id, counsellor=counsellor).delete()
        if gone:
            note_rota_change(request, Action.DELETED, "availability", at=now())
    messages.success(request, "Taken away.")
    return _own()


@require_POST
@counsellors_only
def most_hours_view(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """How much one works in a week at most."""
    form = MostHoursForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["most_hours"][0]))
        return _own()
    with transaction.atomic():
        Counsellor.objects.filter(pk=counsellor.pk).update(most_hours=form.cleaned_data["most_hours"])
        note_rota_change(request, Action.CHANGED, "most hours", at=now())
    messages.success(request, "Saved.")
    return _own()


@require_http_methods(["GET", "HEAD", "POST"])
@edited
def month_plan_view(request: HttpRequest) -> HttpResponse:
    """Finds a plan and drafts it; then shows how even it is, and what nobody could take."""
    zone, at = rota_zone(), now()
    following = monday_of(local_date(at, zone)) + timedelta(weeks=1)
    form = MonthPlanForm(request.POST or None, initial={"first": following, "weeks": 4, "usual_hours": 16}, zone=zone)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        first, weeks = monday_of(form.cleaned_data["first"]), form.cleaned_data["weeks"]
        try:
            plan = plan_month(first, weeks, usual_hours=form.cleaned_data["usual_hours"], at=at)
            with transaction.atomic():
                draft_plan(plan)
                if plan.shifts:
                    note_rota_change(request, Action.ADDED, "drafts of the rota", at=at, row=first.isoformat())
        except (NoPlanFound, ShiftOverlaps) as error:
            form.add_error("first", str(error))
        else:
            last = first + timedelta(days=7 * weeks - 1)
            context |= _shown(plan) | {"days": rota_days_words(first, last), "week": week_address(first), "first": first, "weeks": weeks}
    return rota_page(request, "plan", context)


def _shown(plan: MonthPlan) -> dict[str, object]:
    zone = rota_zone()
    return {
        "plan": plan,
        "number": len(plan.shifts),
        "shares": [
            {
                "share": share,
                "worked": rota_hours_words(share.worked),
                "most": rota_hours_words(share.most),
                "part": round(100 * share.worked / share.most) if share.most else 0,
            }
            for share in plan.shares
        ],
        "unfilled": [f"{channel_words(channel).capitalize()}, {rota_span_words(slot, zone)}" for channel, slot, _ in plan.unfilled],
    }


@require_POST
@edited
def discard_drafts_view(request: HttpRequest) -> HttpResponse:
    """Takes every draft of these weeks away, so that a plan can be found afresh."""
    form = PlannedWeeksForm(request.POST, zone=rota_zone())
    if not form.is_valid():
        return HttpResponseRedirect(reverse("desk:rota-plan"))
    first, at = monday_of(form.cleaned_data["first"]), now()
    within = local_days(first, 7 * form.cleaned_data["weeks"], rota_zone())
    with transaction.atomic():
        drafts = Shift.objects.filter(state=Shift.State.DRAFT, starts_at__gte=within.start, starts_at__lt=within.end)
        number, _ = drafts.delete()
        if number:
            note_rota_change(request, Action.DELETED, "drafts of the rota", at=at, row=first.isoformat())
    messages.success(request, "The drafts of these weeks are gone. Published shifts stay.")
    return HttpResponseRedirect(reverse("desk:rota-plan"))
