"""Live talk is a channel beside phone and messages: off until it has hours, with shifts, gaps and closures of its own."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from helpline.announcements.forms import ClosureForm
from helpline.calendar import Hours, Interval
from helpline.calendar.able_to_answer import AnsweringLack
from helpline.hours.channels import both_channels_availability, channel_availability
from helpline.hours.feeds import hours_calendar
from helpline.hours.live_wording import live_words
from helpline.hours.on_duty import counsellors_on_duty
from helpline.hours.preview import preview_hours
from helpline.hours.set_week import set_opening_week
from helpline.hours.status import hours_status
from helpline.hours.timetable import hours_timetable
from helpline.hours.what_if import what_if
from helpline.models import Closure, Counsellor, Organisation, Shift, SpecialDay
from helpline.public.page import public_page
from helpline.rota.consequences import shift_consequences
from helpline.rota.form_fields import channel_field
from helpline.rota.snapshot import load_rota_snapshot, local_days
from helpline.rota.week_grid import week_grid
from tests.world.instants import utc

MONDAY = date(2026, 1, 12)
ZONE = ZoneInfo("Europe/London")
ELEVEN = utc("2026-01-12 11:00")


@pytest.fixture
def live(organisation: Organisation) -> Organisation:
    set_opening_week(channel="live", week={0: [Hours(600, 960)]})
    return organisation


@pytest.fixture
def on_live(live: Organisation, anna: Counsellor) -> Shift:
    return Shift.objects.create(counsellor=anna, channel="live", starts_at=utc("2026-01-12 10:00"), ends_at=utc("2026-01-12 13:00"))


def test_without_hours_there_is_no_live_talk(organisation: Organisation) -> None:
    standing = both_channels_availability(at=ELEVEN)
    assert (standing.live, set(standing.calendars)) == (None, {"phone", "messages"})
    assert week_grid(MONDAY, channel="", drafts=True, at=ELEVEN).channels == [("phone", "Phone"), ("messages", "Messages")]
    assert [value for value, _label in list(channel_field().choices)] == ["phone", "messages"]  # type: ignore[arg-type]
    form = ClosureForm(zone=ZONE, at=ELEVEN)
    assert [value for value, _label in form.fields["channel"].choices] == ["", "phone", "messages"]  # type: ignore[attr-defined]
    before, after = what_if(lambda: None, at=ELEVEN)
    assert [picture.channel for picture in preview_hours(before, after, MONDAY).pictures] == ["Phone", "Messages"]


def test_a_day_of_its_own_turns_it_on(organisation: Organisation) -> None:
    SpecialDay.objects.create(channel="live", date=MONDAY, name="Campaign", opens=600, closes=720)
    assert both_channels_availability(at=ELEVEN).live is not None


def test_a_shift_for_live_talk_counts_for_messages_too_and_never_the_other_way(on_live: Shift, ben: Counsellor) -> None:
    assert counsellors_on_duty(channel="messages", at=ELEVEN) == [on_live.counsellor_id]
    Shift.objects.create(counsellor=ben, channel="messages", starts_at=utc("2026-01-12 10:00"), ends_at=utc("2026-01-12 13:00"))
    assert counsellors_on_duty(channel="live", at=ELEVEN) == [on_live.counsellor_id]
    picture = load_rota_snapshot(local_days(MONDAY, 1, ZONE))
    assert [gap.interval for gap in picture.gaps("live")] == [Interval(utc("2026-01-12 13:00"), utc("2026-01-12 16:00"))]
    sentences = shift_consequences(picture, removed=[on_live.pk])
    assert sentences == ["This makes a gap. Live talk, Monday 12 January, 10:00 to 13:00: one more person is needed."]


def test_it_is_offered_only_while_somebody_would_take_it(on_live: Shift) -> None:
    """Anna is on the rota, and nothing says that she sits at an unlocked desk."""
    by_the_rota = channel_availability(channel="live", at=ELEVEN, besides=set(AnsweringLack))
    now = channel_availability(channel="live", at=ELEVEN)
    assert (by_the_rota.state, now.state) == ("open", "unstaffed")
    assert now.changes_at is not None
    assert (now.changes_at - ELEVEN).total_seconds() <= 120


@pytest.mark.parametrize(
    ("hour", "besides", "said"),
    [
        ("11:00", set(AnsweringLack), "You can talk with a counsellor now, in writing, until 1pm"),
        ("11:00", set(), "Nobody has time to talk with you live at the moment"),
        ("16:30", set(), "Live talk starts again Monday 19 January at 10am"),
    ],
)
def test_the_words(on_live: Shift, hour: str, besides: set[AnsweringLack], said: str) -> None:
    standing = channel_availability(channel="live", at=utc(f"2026-01-12 {hour}"), besides=besides)
    assert live_words(standing, ZONE).headline == said
    for language in ("cy", "pl"):
        with translation.override(language):
            assert live_words(standing, ZONE).headline != said


@pytest.mark.parametrize(("besides", "answered"), [(set(AnsweringLack), True), (set(), False)])
def test_the_first_page_does_not_say_that_nobody_has_time(
    on_live: Shift, rf: RequestFactory, besides: set[AnsweringLack], answered: bool
) -> None:
    words = live_words(channel_availability(channel="live", at=ELEVEN, besides=besides), ZONE)
    hours = replace(hours_status(ELEVEN), live=words)
    text = public_page(rf.get("/"), "pages/home.html", {"ways": {}}, at=ELEVEN, hours=hours).content.decode()
    line = text.partition('data-channel="live"')[2].partition("</p>")[0]
    assert (' hidden><strong data-said="headline">' in line) is not answered


def test_a_closure_of_everything_closes_it_and_one_of_its_own_nothing_else(live: Organisation) -> None:
    interval = {"starts_at": utc("2026-01-12 10:00"), "ends_at": utc("2026-01-12 12:00")}
    own = Closure.objects.create(channel="live", reason="Staff training", **interval)
    states = {channel: channel_availability(channel=channel, at=ELEVEN).state for channel in ("live", "messages")}
    assert states == {"live": "closed", "messages": "unstaffed"}
    own.delete()
    Closure.objects.create(channel="", reason="Fire drill", **interval)
    assert channel_availability(channel="live", at=ELEVEN).reason == "Fire drill"


def test_it_stands_in_the_interface_the_timetable_and_the_calendar_file(live: Organisation, client: Client) -> None:
    assert set(client.get("/api/v1/availability").json()) == {"phone", "messages", "live"}
    standing = both_channels_availability(at=ELEVEN)
    assert "Open (live talk)" not in hours_calendar(standing, at=ELEVEN).decode(), "nobody could read a message here"
    assert client.get("/hours").json()["live"] is None
    standing = replace(standing, takes_messages=True)
    assert "Open (live talk)" in hours_calendar(standing, at=ELEVEN).decode()
    assert "Open (messages)" not in hours_calendar(standing, at=ELEVEN).decode()
    table = hours_timetable(standing.offered, ZONE, MONDAY)
    assert (table.channels, table.week[0].hours) == (["Phone", "Messages", "Live talk"], ["9am to 5pm", "9am to 5pm", "10am to 4pm"])
    set_opening_week(channel="live", week={weekday: [Hours(540, 1020)] for weekday in range(5)})
    standing = replace(both_channels_availability(at=ELEVEN), takes_messages=True)
    assert hours_timetable(standing.offered, ZONE, MONDAY).channels == ["Phone, messages and live talk"]
