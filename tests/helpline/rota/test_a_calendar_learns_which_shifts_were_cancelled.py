"""A shift that somebody has no longer is cancelled in their calendar for a while: programs that keep old entries take it away."""

from datetime import datetime, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from helpline.clock import now
from helpline.models import Absence, Account, CancelledEntry, Counsellor, Shift
from helpline.rota.absences import note_absence, remove_absence
from helpline.rota.calendar_feed import end_feed, reset_feed
from helpline.rota.consequences import AllConsequences, Consequences
from helpline.rota.cover_offers import offer_cover, take_cover
from helpline.rota.leave import leave_staff
from helpline.rota.shifts import put_shift, remove_shift
from helpline.rota.swaps import accept_swap, approve_swap, ask_swap
from helpline.tasks import forget_cancelled_entries_task
from tests.helpline.rota.times import AT, DAY, FIVE, NINE, ONE

KNOWN = AllConsequences()
LATER = AT + timedelta(hours=1)
Event = icalendar.Event


@pytest.fixture(autouse=True)
def sunday(settings: Settings, client_build: object) -> None:
    settings.CLOCK_OFFSET = AT - now() + settings.CLOCK_OFFSET


def on(day: datetime, settings: Settings) -> None:
    settings.CLOCK_OFFSET = day - now() + settings.CLOCK_OFFSET


@pytest.fixture
def hers(anna: Counsellor) -> str:
    return address_of(anna)


def address_of(counsellor: Counsellor) -> str:
    return reverse("rota-feed", args=[reset_feed(counsellor, at=AT)])


def events(address: str) -> list[Event]:
    calendar = icalendar.Calendar.from_ical(Client().get(address).content)
    return [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]


def cancelled(address: str) -> list[Event]:
    return [event for event in events(address) if event.get("STATUS") == "CANCELLED"]


def standing(address: str) -> list[Event]:
    return [event for event in events(address) if event.get("STATUS") is None]


def number(event: Event) -> int:
    return int(str(event["SEQUENCE"]))


def give(shift: Shift, to: Counsellor, at: datetime = LATER) -> Shift:
    found = Shift.objects.get(pk=shift.pk)
    return put_shift(
        found, counsellor=to, channel=found.channel, starts_at=found.starts_at, ends_at=found.ends_at, published=True, at=at, known=KNOWN
    )


def test_one_that_was_taken_off(morning: Shift, hers: str) -> None:
    (before,) = standing(hers)
    remove_shift(morning, at=LATER, known=KNOWN)
    (event,) = events(hers)
    assert (event["UID"], event["STATUS"], event.start, event.end) == (before["UID"], "CANCELLED", NINE, ONE)
    assert number(event) > number(before)
    assert event.DTSTAMP == event.LAST_MODIFIED == LATER
    assert (event["SUMMARY"], event["TRANSP"], event["CLASS"]) == ("Cancelled: no longer on duty", "TRANSPARENT", "PRIVATE")


def test_one_that_went_to_a_colleague_and_came_back(morning: Shift, hers: str, anna: Counsellor, ben: Counsellor) -> None:
    his = address_of(ben)
    numbers = [number(standing(hers)[0])]
    give(morning, ben)
    (gone,) = events(hers)
    assert (gone["STATUS"], gone["UID"]) == ("CANCELLED", standing(his)[0]["UID"])
    give(morning, anna, LATER + timedelta(hours=1))
    (back,) = events(hers)
    assert (back.get("STATUS"), [event["STATUS"] for event in events(his)]) == (None, ["CANCELLED"])
    numbers += [number(gone), number(back)]
    assert numbers == sorted(set(numbers)), "each is newer than the one before"


def test_one_that_a_colleague_took_or_swapped(morning: Shift, hers: str, anna: Counsellor, ben: Counsellor, lead: Account) -> None:
    his = address_of(ben)
    take_cover(offer_cover(morning, asked_by=anna, at=AT), by=ben, at=LATER)
    assert [len(found) for found in (standing(hers), cancelled(hers), standing(his), cancelled(his))] == [0, 1, 1, 0]
    swap = ask_swap(Shift.objects.get(), asked_by=ben, offered_to=anna, at=LATER)
    accept_swap(swap, by=anna, at=LATER)
    swap.refresh_from_db()
    approve_swap(swap, by=lead, at=LATER, known=KNOWN)
    assert [len(found) for found in (standing(hers), cancelled(hers), standing(his), cancelled(his))] == [1, 0, 0, 1]


def test_the_whole_of_which_an_absence_leaves_a_part(morning: Shift, hers: str, anna: Counsellor) -> None:
    (whole,) = events(hers)
    note_absence(counsellor=anna, starts_at=NINE, ends_at=ONE - timedelta(hours=1), at=LATER, known=KNOWN)
    assert [(event["UID"], number(event)) for event in cancelled(hers)] == [(whole["UID"], number(whole) + 1)]
    (part,) = standing(hers)
    assert (part.start, part.end) == (ONE - timedelta(hours=1), ONE)
    remove_absence(Absence.objects.get(), at=LATER)
    (again,) = standing(hers)
    assert (again["UID"], number(again)) == (whole["UID"], number(whole) + 2)
    assert [event["UID"] for event in cancelled(hers)] == [part["UID"]]


def test_one_that_moved_is_not_cancelled(morning: Shift, hers: str, anna: Counsellor) -> None:
    put_shift(morning, counsellor=anna, channel="messages", starts_at=ONE, ends_at=FIVE, published=True, at=LATER, known=KNOWN)
    assert [event.start for event in events(hers)] == [ONE]
    assert not CancelledEntry.objects.exists()


def test_a_draft_was_in_no_calendar(morning: Shift, hers: str) -> None:
    Shift.objects.update(state="draft")
    remove_shift(Shift.objects.get(), at=LATER, known=KNOWN)
    assert events(hers) == []


def test_it_is_said_until_sixty_days_after_its_end(morning: Shift, hers: str, settings: Settings) -> None:
    remove_shift(morning, at=LATER, known=KNOWN)
    on(ONE + 59 * DAY, settings)
    assert len(cancelled(hers)) == 1
    forget_cancelled_entries_task()
    assert CancelledEntry.objects.count() == 1
    on(ONE + 60 * DAY, settings)
    assert cancelled(hers) == []
    forget_cancelled_entries_task()
    assert CancelledEntry.objects.count() == 0


def test_a_new_address_says_it_too(morning: Shift, hers: str, anna: Counsellor) -> None:
    """Programs may go on with what they had from the old one."""
    remove_shift(morning, at=LATER, known=KNOWN)
    assert len(cancelled(address_of(anna))) == 1


def test_nothing_is_kept_of_whoever_has_no_address_or_gives_it_up(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    give(morning, ben)
    assert not CancelledEntry.objects.exists()
    address_of(ben)
    give(morning, anna)
    assert CancelledEntry.objects.count() == 1
    end_feed(ben)
    assert not CancelledEntry.objects.exists()
    address_of(anna)
    give(morning, ben)
    assert CancelledEntry.objects.count() == 1
    leave_staff(anna.account, at=LATER)
    assert not CancelledEntry.objects.exists()


def test_a_change_that_is_refused_cancels_nothing(morning: Shift, hers: str) -> None:
    with pytest.raises(Consequences):
        remove_shift(morning, at=LATER, known=())
    assert [event.get("STATUS") for event in events(hers)] == [None]


def test_the_same_rows_make_the_same_bytes(morning: Shift, hers: str) -> None:
    remove_shift(morning, at=LATER, known=KNOWN)
    first, second = (Client().get(hers).content for _ in range(2))
    assert first == second
