"""`manage.py availability` prints one line of JSON with the state that the same rows give a page."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from helpline.models import Account, Counsellor, OpeningInterval, Organisation, Shift

pytestmark = pytest.mark.django_db
KEYS = ["channel", "at", "state", "opens_at", "closes_at", "reason", "reply_by"]


def ask(*arguments: str) -> dict[str, str | None]:
    out = StringIO()
    call_command("availability", *arguments, "--json", stdout=out)
    found: dict[str, str | None] = json.loads(out.getvalue())
    assert list(found) == KEYS
    return found


@pytest.fixture
def helpline() -> Organisation:
    for channel in ("phone", "messages"):
        OpeningInterval.objects.bulk_create(
            OpeningInterval(channel=channel, weekday=weekday, opens=540, closes=1020) for weekday in range(5)
        )
    return Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 000", nation="scotland")


def test_nobody_on_duty_is_unstaffed_and_the_calendar_alone_is_open(helpline: Organisation) -> None:
    at = "2026-11-24T10:00:00+00:00"
    assert ask("--at", at, "--channel", "phone")["state"] == "unstaffed"
    assert ask("--at", at, "--channel", "phone", "--calendar-only")["state"] == "open"


def test_somebody_on_duty_makes_it_open(helpline: Organisation) -> None:
    counsellor = Counsellor.objects.create(account=Account.objects.create_user("m@example.org", None, name="M"), display_name="M")
    at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    Shift.objects.create(counsellor=counsellor, channel="phone", starts_at=at, ends_at=at + timedelta(hours=4))
    found = ask("--at", "2026-11-24T10:00:00+00:00", "--channel", "phone")
    assert (found["state"], found["closes_at"]) == ("open", "2026-11-24T17:00:00Z")


def test_another_nation_keeps_other_holidays(helpline: Organisation) -> None:
    at = "2026-11-30T10:00:00+00:00"
    arguments = ("--at", at, "--channel", "messages", "--calendar-only")
    assert ask(*arguments)["state"] == "closed"
    assert ask(*arguments, "--nation", "england-and-wales")["state"] == "open"


def test_a_saturday_is_closed_until_monday_at_nine(helpline: Organisation) -> None:
    found = ask("--at", "2026-11-28T11:00:00+00:00", "--channel", "phone")
    assert (found["state"], found["reason"]) == ("closed", None)
    # Monday 30 November is Saint Andrew's Day.
    assert found["opens_at"] == "2026-12-01T09:00:00Z"


@pytest.mark.parametrize("at", ["2026-11-24T10:00:00", "yesterday", "2026-13-01T00:00:00Z"])
def test_an_instant_without_offset_or_sense_is_refused(helpline: Organisation, at: str) -> None:
    with pytest.raises(CommandError, match="date, time and offset"):
        ask("--at", at, "--channel", "phone")
