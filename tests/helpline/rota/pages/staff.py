"""Staff."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from helpline.clock import now
from helpline.models import Counsellor, Shift
from tests.world.staff import DeskPerson, People

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Staff:
    """Ailsa and Connor are counsellors, Bhavna is the lead, Alex the admin."""

    counsellor: DeskPerson
    lead: DeskPerson
    other: DeskPerson
    people: People

    @property
    def everybody(self) -> list[Counsellor]:
        return [self.counsellor.counsellor, self.lead.counsellor, self.other.counsellor]


def at_noon(days: int) -> datetime:
    """Midday of a day from now, by the clock on the wall."""
    day = (now().astimezone(LONDON) + timedelta(days=days)).date()
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON).astimezone(UTC)


def shift_of(counsellor: Counsellor, days: int, hours: int = 4, channel: str = "messages", **more: object) -> Shift:
    """A published shift from midday on, so many days from now."""
    start = at_noon(days)
    return Shift.objects.create(counsellor=counsellor, channel=channel, starts_at=start, ends_at=start + timedelta(hours=hours), **more)
