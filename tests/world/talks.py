"""Live talk in a test: the hours for it, what an unlocked desk is told, and what a person asks for."""

from typing import Any

from helpline.clock import now
from helpline.models import OpeningInterval, Shift
from messaging.inbox.accept import accept_talk_request
from messaging.protocol.encoding import encode
from messaging.routing.end_shifts import end_shifts
from tests.world.person import AtDesk, Person
from tests.world.staff import DeskPerson
from tests.world.writer import Writer

AT = "inbox/live/request"


def open_live_talk() -> None:
    """From ten to four on Wednesdays; everyone who has a shift has it for live talk."""
    OpeningInterval.objects.create(channel="live", weekday=2, opens=600, closes=960)
    Shift.objects.update(channel="live")


def open_at_any_hour(*counsellors: DeskPerson) -> None:
    """Live talk never closes, and the shifts of these are for it, as the sweeper sees at once."""
    OpeningInterval.objects.bulk_create(OpeningInterval(channel="live", weekday=weekday, opens=0, closes=1440) for weekday in range(7))
    Shift.objects.filter(counsellor__in=[each.member.counsellor for each in counsellors]).update(channel="live")
    end_shifts(at=now())


def asks_for_talk(writer: Writer) -> None:
    """As the person's page does."""
    accept_talk_request(writer.conversation.inbox_id, at=now())


def looks(at_desk: AtDesk, *, here: bool = True) -> dict[str, Any]:
    """What an unlocked desk is told; by asking it is there."""
    response = at_desk.call("POST", "talks", {"here": here})
    assert response.status_code == 200, response.content
    return dict(response.json())


def offered(at_desk: AtDesk) -> list[str]:
    return [each["conversation"] for each in looks(at_desk)["offers"]]


def asks(person: Person) -> dict[str, Any]:
    response = person.call("POST", AT, {})
    assert response.status_code == 200, response.content
    return dict(response.json())


def stands(person: Person) -> dict[str, Any]:
    return dict(person.call("GET", AT).json())


def named(conversation: bytes) -> list[str]:
    return [encode(conversation)]
