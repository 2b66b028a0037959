"""What routing knows of the counsellors on duty when it decides. Routing reads it, and so does the page that says why someone waits."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from helpline.hours.channels import is_channel_open
from helpline.hours.on_duty import able_shifts, shifts_on_duty, time_on_duty_this_week
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.models import DeskMember, WeekShare
from messaging.routing.open_work import open_work
from messaging.routing.policy import RoutingCandidate, why_it_waits


@dataclass(frozen=True)
class OnDuty:
    """Each counsellor on duty who is able to answer, with the shift they are on, and the minutes that they were on duty this week."""

    shifts: dict[int, int]
    monday: date
    minutes: dict[int, int]


def able_desk_shifts(at: datetime) -> dict[int, int]:
    """Each counsellor on duty for messages who is able to answer, with the number of the shift; who takes a break too. Two queries."""
    return able_shifts(shifts_on_duty(channel="messages", at=at), desk_knowledge(at), at=at)


def desk_on_duty(*, at: datetime) -> OnDuty:
    """Read once for a whole run, in five queries."""
    shifts = able_desk_shifts(at)
    week = time_on_duty_this_week(list(shifts), channel="messages", at=at)
    return OnDuty(shifts, week.monday, {who: int(worked.total_seconds()) // 60 for who, worked in week.worked.items()})


def routing_candidates(members: list[DeskMember], duty: OnDuty, at: datetime) -> list[RoutingCandidate]:
    """What routing counts of everyone on duty who is not away. Three queries."""
    loads = _room_of(members, duty.shifts, at)
    given = dict(WeekShare.objects.filter(member__in=loads, monday=duty.monday).values_list("member", "given"))
    for member, load in loads.items():
        load.given, load.minutes = given.get(member.pk, 0), duty.minutes.get(member.counsellor_id, 0)
    return list(loads.values())


def _room_of(members: list[DeskMember], shifts: dict[int, int], at: datetime) -> dict[DeskMember, RoutingCandidate]:
    """The same without the shares of the week, which say who comes first, and never whether anyone does: in two queries.

    Open work is what is assigned and awake; a live talk counts as two.
    """
    here = [member for member in members if not member.is_away(at)]
    work = open_work(here, at)
    return {
        member: RoutingCandidate(
            member.pk,
            work.get(member.pk, 0),
            member.takes,
            member.turn,
            # What was given in another shift counts for that one.
            flagged=member.given_flagged if member.shift == shifts[member.counsellor_id] else 0,
            most_flagged=member.most_flagged,
        )
        for member in here
    }


class WaitingReasons:
    """Why conversations wait at an instant, as routing would decide on them then; read once for a whole list, in ten queries."""

    def __init__(self, *, at: datetime) -> None:
        rota = shifts_on_duty(channel="messages", at=at)
        shifts = able_shifts(rota, desk_knowledge(at), at=at)
        self._unable = len(rota) - len(shifts)
        members = list(DeskMember.objects.filter(counsellor__in=shifts).order_by("pk"))
        self._loads = list(_room_of(members, shifts, at).values())
        self._away = len(members) - len(self._loads)
        self._closed = not is_channel_open(channel="messages", at=at)
        # Of two hundred that wait, most have one reason.
        self.why = cache(self._why)

    def _why(self, has_it: int | None, released_by: int | None, flagged: bool) -> str:
        return why_it_waits(
            self._loads,
            closed=self._closed,
            away=self._away,
            unable=self._unable,
            has_it=has_it,
            released_by=released_by,
            flagged=flagged,
        )
