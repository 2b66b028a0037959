"""A desk with a lead beside its counsellors and its admin; each signed in, in a browser of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from helpline.clock import now
from helpline.models import Account, Counsellor, Shift
from tests.messaging.desk.signing_in import sign_in
from tests.parts.people import DeskPerson, People

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


@pytest.fixture
def staff(people: People) -> Staff:
    Account.objects.filter(pk=people.bhavna.account.pk).update(role=Account.Role.LEAD)
    return Staff(people.ailsa, people.bhavna, people.stranger, people)


@pytest.fixture
def signed_in(staff: Staff) -> Callable[[str], Client]:
    """signed_in("lead"): a browser in which they are."""
    who = {"counsellor": staff.counsellor, "lead": staff.lead, "other": staff.other, "admin": staff.people.admin}

    # A code works once: whoever is signed in already stays so.
    browsers: dict[str, Client] = {"nobody": Client()}

    def browser(role: str) -> Client:
        if role not in browsers:
            browsers[role] = sign_in(who[role])
        return browsers[role]

    return browser


def at_noon(days: int) -> datetime:
    """Midday of a day from now, by the clock on the wall."""
    day = (now().astimezone(LONDON) + timedelta(days=days)).date()
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON).astimezone(UTC)


def shift_of(counsellor: Counsellor, days: int, hours: int = 4, channel: str = "messages", **more: object) -> Shift:
    """A published shift from midday on, so many days from now."""
    start = at_noon(days)
    return Shift.objects.create(counsellor=counsellor, channel=channel, starts_at=start, ends_at=start + timedelta(hours=hours), **more)
