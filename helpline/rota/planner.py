"""Plans shifts for some days, so that each open hour is covered and no counsellor is in two places."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from helpline.calendar import Interval
from helpline.calendar.cover import slots_of_gap
from helpline.hours.channels import channel_calendar
from helpline.models import Absence, Counsellor, Shift
from helpline.models.hours import Channel
from helpline.organisation import organisation
from helpline.rota.shifts import explain_refused_shift


@dataclass
class RotaPlan:
    """What was added, and the slots for which too few were free."""

    shifts: list[Shift] = field(default_factory=list)
    gaps: list[Interval] = field(default_factory=list)


def plan_rota(counsellors: Sequence[Counsellor], channel: str, first_day: date, days: int, *, minimum: int = 1) -> RotaPlan:
    """Adds shifts in the channel's opening hours of `days` local days from `first_day` on, in one transaction.

    Openings are cut into equal shifts of at most four hours: 09:00–17:00 becomes 09:00–13:00 and 13:00–17:00. Each goes to the
    free counsellor with the fewest hours in these days. Times that `minimum` people already cover are left alone, so planning twice
    changes nothing. The shifts are published. Existing drafts count as if they were published.

    Raises:
        helpline.hours.calendars.UnknownChannel: no such channel.
        helpline.rota.shifts.ShiftOverlaps: someone else changed the rota at this moment; nothing was added.
    """
    calendar = channel_calendar(organisation(), channel=channel, at=datetime.combine(first_day, time(12), tzinfo=UTC))
    openings = [opening for number in range(days) for opening in calendar.on(first_day + timedelta(days=number))]
    plan = RotaPlan()
    if openings:
        with explain_refused_shift():
            books = _Books(counsellors, channel, Interval(openings[0].start, openings[-1].end))
            for slot in (slot for opening in openings for slot in slots_of_gap(opening)):
                while books.cover(slot) < minimum and (counsellor := books.choose(slot)):
                    plan.shifts.append(books.give(counsellor, slot))
                if books.cover(slot) < minimum:
                    plan.gaps.append(slot)
            Shift.objects.bulk_create(plan.shifts)
    return plan


class _Books:
    """Who works when and is away when, in the days being planned."""

    def __init__(self, counsellors: Sequence[Counsellor], channel: str, days: Interval) -> None:
        self.channel = channel
        self.people = {counsellor.pk: counsellor for counsellor in counsellors if counsellor.active}
        within = {"starts_at__lt": days.end, "ends_at__gt": days.start}
        self.work: dict[int, list[tuple[str, Interval]]] = {counsellor_id: [] for counsellor_id in self.people}
        for shift in Shift.objects.filter(**within):
            self.work.setdefault(shift.counsellor_id, []).append((shift.channel, Interval(shift.starts_at, shift.ends_at)))
        self.away: dict[int, list[Interval]] = {}
        for absence in Absence.objects.filter(**within):
            self.away.setdefault(absence.counsellor_id, []).append(Interval(absence.starts_at, absence.ends_at))

    def cover(self, slot: Interval) -> int:
        """How many are on the channel for the whole slot."""
        return sum(
            not self._is_away(counsellor_id, slot)
            and any(channel in Channel.served_by(self.channel) and own.start <= slot.start and slot.end <= own.end for channel, own in work)
            for counsellor_id, work in self.work.items()
        )

    def choose(self, slot: Interval) -> Counsellor | None:
        """Of those who are free, the one with the fewest hours; the order of the list decides between equals."""
        free = [
            counsellor_id
            for counsellor_id in self.people
            if not self._is_away(counsellor_id, slot) and not any(own.overlaps(slot) for _, own in self.work[counsellor_id])
        ]
        chosen = min(free, key=lambda counsellor_id: sum((own.length for _, own in self.work[counsellor_id]), timedelta()), default=None)
        return None if chosen is None else self.people[chosen]

    def give(self, counsellor: Counsellor, slot: Interval) -> Shift:
        self.work[counsellor.pk].append((self.channel, slot))
        return Shift(counsellor=counsellor, channel=self.channel, starts_at=slot.start, ends_at=slot.end)

    def _is_away(self, counsellor_id: int, slot: Interval) -> bool:
        return any(absence.overlaps(slot) for absence in self.away.get(counsellor_id, ()))
