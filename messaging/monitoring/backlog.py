"""What waits for an answer against those who will be there to give it."""

from datetime import datetime, timedelta

from django.db.models import Q

from helpline.calendar import Calendar, Interval
from helpline.calendar.able_to_answer import lack_to_read
from helpline.calendar.intervals import intersect_intervals, subtract_intervals
from helpline.hours.desk_registry import DeskKnowledge
from helpline.models import Absence, Shift
from helpline.models.hours import Channel
from helpline.models.rota import LONGEST_SHIFT
from messaging.models import Conversation, DeskMember
from messaging.monitoring.late_replies import count_late_replies

State = Conversation.State
# Beyond so many that wait nobody needs a count, and the rota beyond so long ahead answers nobody in time.
MOST, AHEAD = 1_000, timedelta(days=14)


def count_waiting_too_long(hours: Calendar, known: DeskKnowledge, *, at: datetime) -> int:
    """How many of those who wait, not yet late, cannot be answered in time by those who are able to read; in four queries at most."""
    awaited = Conversation.objects.filter(due_at__isnull=False).order_by("due_at")
    dues = [
        due
        for of in (Q(state=State.WAITING), Q(state=State.ASSIGNED, member__in=DeskMember.objects.values("pk")))
        for due in awaited.filter(of).values_list("due_at", flat=True)[:MOST]
        if due is not None
    ]
    until = min(max(dues, default=at), at + AHEAD)
    return count_late_replies(dues, _working(hours, known, at, until), at=at) if dues else 0


def _working(hours: Calendar, known: DeskKnowledge, at: datetime, until: datetime) -> list[Interval]:
    """Each reader's published shifts in the opening hours until then, without absences."""
    able = [who for who, each in known.people.items() if lack_to_read(each) is None]
    # The index on the end of a shift is read over that much and no more.
    near = Q(ends_at__gt=at, ends_at__lte=until + LONGEST_SHIFT, starts_at__lt=until, counsellor__in=able)
    shifts = Shift.objects.filter(near, channel__in=Channel.served_by("messages"), state=Shift.State.PUBLISHED).order_by("pk")
    away: dict[int, list[Interval]] = {}
    absences = Absence.objects.filter(starts_at__lt=until, ends_at__gt=at, counsellor__in=able)
    for who, *span in absences.values_list("counsellor_id", "starts_at", "ends_at"):
        away.setdefault(who, []).append(Interval(*span))
    openings = []
    for opening in hours.openings(at):
        if opening.start >= until:
            break
        openings.append(opening)
    return [
        piece
        for who, *span in shifts.values_list("counsellor_id", "starts_at", "ends_at")
        for piece in intersect_intervals(subtract_intervals([Interval(*span)], away.get(who, [])), openings)
    ]
