"""Shifts, patterns, absences, minimum cover and whole weeks, by forms: what cannot be is said in words, and nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from helpline.models import Absence, MinimumCover, Shift, WeeklyPattern
from tests.helpline.rota.pages.staff import LONDON, Staff, at_noon, shift_of
from tests.world.instants import utc

Browser = Callable[[str], Client]


def _text(answer: Any) -> str:
    return unescape(answer.content.decode())


def _shift(staff: Staff, **changed: str) -> dict[str, str]:
    given = {
        "counsellor": str(staff.counsellor.counsellor.pk),
        "channel": "messages",
        "day": str(at_noon(5).date()),
        "starts": "09:00",
        "ends": "13:00",
    }
    return given | changed


def _add(client: Client, given: dict[str, Any]) -> Any:
    return client.post(reverse("desk:rota-shift-add"), given)


def test_a_shift_is_added_by_the_clock_on_the_wall(staff: Staff, signed_in: Browser) -> None:
    before = Shift.objects.count()
    answer = _add(signed_in("admin"), _shift(staff))
    assert answer.status_code == 302
    shift = Shift.objects.latest("pk")
    assert (Shift.objects.count(), shift.state, shift.starts_at.astimezone(LONDON).hour) == (before + 1, "draft", 9)
    assert "week=" in answer.headers["Location"]


def test_an_end_at_night_is_on_the_next_day(staff: Staff, signed_in: Browser) -> None:
    _add(signed_in("lead"), _shift(staff, starts="22:00", ends="02:00", published="on"))
    shift = Shift.objects.latest("pk")
    assert (shift.ends_at - shift.starts_at, shift.state) == (timedelta(hours=4), "published")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": ""}, "Enter the day."),
        ({"day": "tomorrow"}, "Enter the day as year, month and day"),
        ({"day": "1999-01-01"}, "Enter a day from 2000 to 2099."),
        ({"starts": "9 o'clock"}, "Enter the start time as hours and minutes"),
        ({"ends": "15:01"}, "Enter an end within six hours of the start."),
        ({"ends": "09:00"}, "Enter an end within six hours of the start."),
        ({"channel": "post"}, "Choose the channel."),
        ({"counsellor": "0"}, "Choose one of the counsellors in the list."),
        ({"day": "2026-03-29", "starts": "01:10", "ends": "01:50"}, "the clocks go forward on this day"),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost(staff: Staff, signed_in: Browser, changed: dict[str, str], sentence: str) -> None:
    before = Shift.objects.count()
    text = _text(_add(signed_in("lead"), _shift(staff, **changed)))
    assert "There is a problem" in text
    assert sentence in text
    assert f'value="{staff.counsellor.counsellor.pk}" selected' in text or "counsellor" in changed
    assert 'value="13:00"' in text or {"ends"} & set(changed) or "day" in changed
    assert Shift.objects.count() == before


def test_a_double_booking_is_refused_in_words(staff: Staff, signed_in: Browser) -> None:
    client = signed_in("lead")
    _add(client, _shift(staff))
    text = _text(_add(client, _shift(staff, channel="phone", starts="12:00", ends="14:00")))
    assert "Ailsa has another shift at that time." in text
    assert 'value="12:00"' in text


def test_short_rest_is_told_and_gone_on_with_knowingly(staff: Staff, signed_in: Browser) -> None:
    client = signed_in("lead")
    _add(client, _shift(staff))
    late = _shift(staff, day=str(at_noon(4).date()), starts="20:00", ends="23:00")
    answer = _add(client, late)
    text = _text(answer)
    assert "less than eleven hours’ rest" in text
    assert "Save anyway" in text
    assert _add(client, late | {"known": answer.context["marks"]}).status_code == 302
    week = _text(client.get(f"{reverse('desk:rota-week')}?week={at_noon(5).date()}"))
    assert "Ailsa has 10 h of rest" in week


def test_a_year_away_with_a_shift_every_day_fits_into_the_form(staff: Staff, signed_in: Browser) -> None:
    for days in range(2, 350):
        shift_of(staff.counsellor.counsellor, days)
    given = {"first": str(at_noon(1).date()), "last": str(at_noon(360).date())}
    client = signed_in("counsellor")
    marks = client.post(reverse("desk:rota-absence-add"), given).context["marks"]
    assert len(marks) > 600
    # As a browser sends a form without files.
    body, kind = urlencode(given | {"known": marks}, doseq=True), "application/x-www-form-urlencoded"
    assert client.post(reverse("desk:rota-absence-add"), body, content_type=kind).status_code == 302
    assert Absence.objects.exists()


def test_a_form_saved_unchanged_leaves_the_second_coming_of_an_hour(staff: Staff, signed_in: Browser) -> None:
    """On the night on which clocks go back, 01:30 comes twice; the form can only show 01:30."""
    second = utc("2027-10-31 01:30")
    shift = Shift.objects.create(
        counsellor=staff.counsellor.counsellor, channel="messages", starts_at=second, ends_at=utc("2027-10-31 04:00"), state="draft"
    )
    client, address = signed_in("lead"), reverse("desk:rota-shift", args=[shift.pk])
    given = _shift(staff, day="2027-10-31", starts="01:30", ends="04:00")
    assert client.post(address, given).status_code == 302
    assert Shift.objects.get(pk=shift.pk).starts_at == second
    assert client.post(address, given | {"ends": "05:00"}).status_code == 302
    assert Shift.objects.get(pk=shift.pk).starts_at == utc("2027-10-31 00:30")


def test_taking_off_asks_once_more_where_it_makes_a_gap(staff: Staff, signed_in: Browser) -> None:
    shift = shift_of(staff.counsellor.counsellor, 6)
    client, address = signed_in("lead"), reverse("desk:rota-shift-remove", args=[shift.pk])
    answer = client.post(address)
    assert "This makes a gap." in _text(answer)
    assert Shift.objects.filter(pk=shift.pk).exists()
    assert client.post(address, {"known": answer.context["marks"]}).status_code == 302
    assert "already been taken off the rota" in _text(client.post(address, follow=True))


def test_patterns_make_drafts_and_a_week_is_published(staff: Staff, signed_in: Browser) -> None:
    client, day = signed_in("lead"), at_noon(14).date()
    pattern = {
        "counsellor": str(staff.counsellor.counsellor.pk),
        "channel": "phone",
        "weekday": "2",
        "starts": "10:00",
        "ends": "14:00",
        "starts_on": str(at_noon(0).date()),
        "ends_on": "",
    }
    patterns = reverse("desk:rota-patterns")
    assert client.post(patterns, pattern).status_code == 302
    assert "already has a pattern at that time" in _text(client.post(patterns, pattern))
    assert "within six hours" in _text(client.post(patterns, pattern | {"weekday": "3", "ends": "17:00"}))
    made = client.post(reverse("desk:rota-make"), {"first": str(day), "weeks": "1"}, follow=True)
    assert "One draft was added." in _text(made)
    again = client.post(reverse("desk:rota-make"), {"first": str(day), "weeks": "1"}, follow=True)
    assert "they are all there already" in _text(again)
    asked = client.post(reverse("desk:rota-publish"), {"week": str(day), "channel": ""})
    assert "more person is needed" in _text(asked)
    done = client.post(reverse("desk:rota-publish"), {"week": str(day), "channel": "", "known": asked.context["marks"]}, follow=True)
    assert "is published: 1 draft." in _text(done)
    client.post(reverse("desk:rota-pattern-end", args=[WeeklyPattern.objects.get().pk]))
    assert Shift.objects.filter(channel="phone").count() == 1


def test_a_week_is_copied(staff: Staff, signed_in: Browser) -> None:
    shift_of(staff.counsellor.counsellor, 14)
    given = {"source": str(at_noon(14).date()), "target": str(at_noon(21).date())}
    client = signed_in("lead")
    assert "One draft was added." in _text(client.post(reverse("desk:rota-copy"), given, follow=True))
    same = client.post(reverse("desk:rota-copy"), given | {"target": given["source"]})
    assert "Enter a day in another week" in _text(same)
    assert "Enter a day in the week you want to copy to" in _text(client.post(reverse("desk:rota-copy"), given | {"target": ""}))


def test_minimum_cover_is_set_and_taken_away(staff: Staff, signed_in: Browser) -> None:
    client, address = signed_in("lead"), reverse("desk:rota-minimum")
    given = {"channel": "phone", "weekdays": ["0", "1"], "opens": "09:00", "closes": "00:00", "number": "2"}
    assert client.post(address, given).status_code == 302
    assert list(MinimumCover.objects.values_list("weekday", "opens", "closes", "number")) == [(0, 540, 1440, 2), (1, 540, 1440, 2)]
    for changed, sentence in (
        ({"weekdays": []}, "Choose at least one weekday."),
        ({"closes": "08:00"}, "Enter an end that is after the start, on the same day"),
        ({"number": "many"}, "Enter the number of people in digits"),
        ({"number": "100"}, "Enter a number of people from 0 to 99."),
    ):
        assert sentence in _text(client.post(address, given | changed))
    client.post(reverse("desk:rota-minimum-remove", args=[MinimumCover.objects.first().pk]))  # type: ignore[union-attr]
    assert MinimumCover.objects.count() == 1


def test_a_counsellor_is_away_for_whole_days_and_back(staff: Staff, signed_in: Browser) -> None:
    shift = shift_of(staff.counsellor.counsellor, 3)
    client, day = signed_in("counsellor"), str(at_noon(3).date())
    given = {"first": day, "last": day}
    answer = client.post(reverse("desk:rota-absence-add"), given)
    assert "Ailsa has a shift on messages then" in _text(answer)
    done = client.post(reverse("desk:rota-absence-add"), given | {"known": answer.context["marks"]}, follow=True)
    assert "The leads have been told about the shifts." in _text(done)
    absence = Absence.objects.get()
    assert (absence.starts_at.astimezone(LONDON).hour, absence.ends_at - absence.starts_at >= timedelta(hours=23)) == (0, True)
    assert absence.starts_at <= shift.starts_at < absence.ends_at
    assert "is after the start" in _text(client.post(reverse("desk:rota-absence-add"), {"first": day, "last": str(at_noon(2).date())}))
    client.post(reverse("desk:rota-absence-remove", args=[absence.pk]))
    assert not Absence.objects.exists()


def test_a_gap_leads_to_suggestions_and_a_filled_in_form(staff: Staff, signed_in: Browser) -> None:
    client = signed_in("lead")
    page = client.get(reverse("desk:rota-gaps"))
    gap = next(gap for gap in page.context["gaps"] if gap["slots"] and gap["channel"] == "phone")
    suggested = client.get(gap["slots"][-1][1])
    one, address = suggested.context["candidates"][0]
    assert f"Put {one.name} on this shift" in _text(suggested)
    form = client.get(address)
    assert f'value="{one.counsellor_id}" selected' in _text(form)
    assert form.context["form"]["published"].value()
    for nonsense in ("", "?channel=phone&start=x&end=y", "?channel=phone&start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z"):
        assert client.get(reverse("desk:rota-gap") + nonsense).status_code == 404


@pytest.mark.parametrize("week", ["nonsense", "0001-01-01", "9999-12-31", "2026-13-01"])
def test_a_week_that_is_none_leads_to_this_one(staff: Staff, signed_in: Browser, week: str) -> None:
    answer = signed_in("counsellor").get(reverse("desk:rota-week"), {"week": week}, follow=True)
    assert "That week does not exist here." in _text(answer)
