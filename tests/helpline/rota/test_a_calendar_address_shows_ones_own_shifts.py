"""A secret address for calendar programs: one's own published shifts, no cookie, nobody's name, and gone when it is reset."""

import hashlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from helpline.clock import now
from helpline.models import Absence, Counsellor, Organisation, RotaFeed, Shift
from helpline.rota.calendar_feed import end_feed, reset_feed
from helpline.rota.consequences import AllConsequences
from helpline.rota.cover_offers import offer_cover, take_cover
from helpline.rota.my_rota import my_rota
from helpline.rota.shifts import add_shift, put_shift
from tests.helpline.rota.times import AT, FIVE, NINE, ONE
from tests.world.instants import utc

Answer = object


@pytest.fixture(autouse=True)
def sunday(settings: Settings) -> None:
    settings.CLOCK_OFFSET = AT - now() + settings.CLOCK_OFFSET


def _address(counsellor: Counsellor) -> str:
    return reverse("rota-feed", args=[reset_feed(counsellor, at=AT)])


def _events(address: str) -> list[icalendar.Event]:
    """Those that stand; of what was cancelled tells test_a_calendar_learns_which_shifts_were_cancelled.py."""
    answer = Client().get(address)
    assert answer.status_code == 200
    calendar = icalendar.Calendar.from_ical(answer.content)
    return [event for event in calendar.walk("VEVENT") if isinstance(event, icalendar.Event) and event.get("STATUS") is None]


def test_each_shift_is_an_event_in_utc(morning: Shift, anna: Counsellor, client_build: object) -> None:
    add_shift(counsellor=anna, channel="phone", starts_at=utc("2026-07-13 08:00"), ends_at=utc("2026-07-13 12:00"))
    (event,) = _events(_address(anna))
    assert (event.start, event.end, event["SUMMARY"], event["CLASS"]) == (NINE, ONE, "On duty: messages", "PRIVATE")
    assert b"DTSTART:20261102T090000Z" in Client().get(_address(anna)).content


def test_it_names_nobody(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    add_shift(counsellor=ben, channel="messages", starts_at=ONE, ends_at=FIVE)
    text = Client().get(_address(anna)).content.decode()
    assert not any(name in text for name in ("Anna", "Ben", "Helpline", "helpline.example"))
    assert text.count("BEGIN:VEVENT") == 1


def test_drafts_absences_and_old_shifts_are_not_in_it(morning: Shift, anna: Counsellor) -> None:
    add_shift(counsellor=anna, channel="phone", starts_at=NINE - timedelta(days=40), ends_at=ONE - timedelta(days=40))
    Shift.objects.create(counsellor=anna, channel="phone", starts_at=ONE, ends_at=FIVE, state="draft")
    address = _address(anna)
    assert len(_events(address)) == 1
    Absence.objects.create(counsellor=anna, starts_at=NINE, ends_at=ONE)
    assert _events(address) == []


def test_a_shift_that_was_taken_moves_to_the_others_calendar(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    hers, his = _address(anna), _address(ben)
    (before,) = _events(hers)
    take_cover(offer_cover(morning, asked_by=anna, at=AT), by=ben, at=AT)
    (after,) = _events(his)
    assert (_events(hers), after["UID"]) == ([], before["UID"])


def test_a_moved_shift_keeps_its_name(morning: Shift, anna: Counsellor) -> None:
    address = _address(anna)
    before = _events(address)[0]["UID"]
    Shift.objects.update(starts_at=ONE, ends_at=FIVE)
    assert (_events(address)[0]["UID"], _events(address)[0].start) == (before, ONE)


def test_an_unchanged_calendar_is_not_sent_again(morning: Shift, anna: Counsellor) -> None:
    address = _address(anna)
    first = Client().get(address)
    assert first.headers["Cache-Control"] == "private, max-age=300"
    assert not first.cookies
    etag = first.headers["ETag"]
    again = Client().get(address, headers={"If-None-Match": f'"else", W/{etag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    Shift.objects.update(ends_at=ONE - timedelta(hours=1))
    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("why", ["reset", "switched off", "account off", "guessed", "its hash"])
def test_other_addresses_are_not_found(organisation: Organisation, anna: Counsellor, why: str, client_build: object) -> None:
    secret = reset_feed(anna, at=AT)
    if why == "reset":
        reset_feed(anna, at=AT)
    elif why == "switched off":
        Counsellor.objects.update(active=False)
    elif why == "account off":
        anna.account.is_active = False
        anna.account.save()
    else:
        secret = {"guessed": "x" * 43, "its hash": hashlib.sha256(secret.encode()).hexdigest()}[why]
    answer = Client().get(reverse("rota-feed", args=[secret]))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_only_the_hash_is_kept(anna: Counsellor) -> None:
    secret = reset_feed(anna, at=AT)
    (feed,) = RotaFeed.objects.all()
    assert bytes(feed.secret_hash) == hashlib.sha256(secret.encode()).digest()
    assert len(secret) >= 43


def test_it_can_only_be_read(anna: Counsellor) -> None:
    assert Client().post(_address(anna)).status_code == 405


def _move(shift: Shift, by: timedelta, at: datetime) -> Shift:
    return put_shift(
        shift,
        counsellor=shift.counsellor,
        channel=shift.channel,
        starts_at=shift.starts_at + by,
        ends_at=shift.ends_at + by,
        published=True,
        at=at,
        known=AllConsequences(),
    )


def test_a_shift_that_moved_is_known_to_be_newer(morning: Shift, anna: Counsellor) -> None:
    address = _address(anna)
    (before,) = _events(address)
    assert _events(address) == [before], "the same rows make the same events"
    moved = _move(morning, timedelta(hours=4), AT + timedelta(hours=1))
    (after,) = _events(address)
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    changed_at = AT + timedelta(hours=1)
    assert before.DTSTAMP == AT
    assert changed_at == after.DTSTAMP
    assert changed_at == after.LAST_MODIFIED
    _move(moved, timedelta(), AT + timedelta(hours=2))
    (untouched,) = _events(address)
    assert untouched["SEQUENCE"] == 1, "it did not move"


def test_what_an_absence_leaves_of_a_shift_is_shown_and_no_more(morning: Shift, anna: Counsellor) -> None:
    address = _address(anna)
    (whole,) = _events(address)
    Absence.objects.create(counsellor=anna, starts_at=NINE, ends_at=ONE - timedelta(minutes=5))
    (left,) = _events(address)
    assert (left.start, left.end) == (ONE - timedelta(minutes=5), ONE)
    assert left["UID"] != whole["UID"]
    Absence.objects.all().delete()
    Absence.objects.create(counsellor=anna, starts_at=NINE + timedelta(hours=1), ends_at=NINE + timedelta(hours=2))
    assert len(_events(address)) == 2


def test_ones_own_page_says_so_too(morning: Shift, anna: Counsellor, organisation: Organisation) -> None:
    Absence.objects.create(counsellor=anna, starts_at=NINE, ends_at=ONE - timedelta(minutes=5))
    [own] = my_rota(anna, at=AT, zone=ZoneInfo("Europe/London")).shifts
    assert own.away == "You are away. You work 12:55–13:00."


def test_a_file_without_a_shift_has_a_component_all_the_same(organisation: Organisation, anna: Counsellor) -> None:
    calendar = icalendar.Calendar.from_ical(Client().get(_address(anna)).content)
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]


def test_an_address_can_be_switched_off(morning: Shift, anna: Counsellor) -> None:
    address = _address(anna)
    assert end_feed(anna)
    assert Client().get(address).status_code == 404
    assert not end_feed(anna)


def test_each_shift_has_an_alarm_an_hour_before(organisation: Organisation, anna: Counsellor) -> None:
    add_shift(counsellor=anna, channel="messages", starts_at=NINE, ends_at=ONE)
    (event,) = _events(_address(anna))
    (alarm,) = event.walk("VALARM")
    assert alarm.get("TRIGGER").dt == -timedelta(hours=1)
    assert (alarm.get("ACTION"), alarm.get("DESCRIPTION")) == ("DISPLAY", "On duty in an hour")
