"""Phone and messages in Welsh and Polish: whole sentences, times by the language's own clock, known holidays by their names."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from helpline.calendar import Availability, ChannelState
from helpline.hours import wording as hours_wording
from tests.helpline.pages.standing import standing

pytestmark = pytest.mark.usefixtures("client_build")
LONDON = ZoneInfo("Europe/London")
CLOSED = standing(
    ChannelState.CLOSED, "2026-12-24T18:00", opens_at="2026-12-29T09:00", reply_by="2026-12-29T17:00", reason="Boxing Day (substitute day)"
)
OPEN = standing(
    ChannelState.OPEN, "2026-11-25T11:00", closes_at="2026-11-25T17:00", changes_at="2026-11-25T16:45", reply_by="2026-11-26T11:00"
)


@pytest.mark.parametrize(
    ("language", "availability", "phone", "messages"),
    [
        (
            "pl",
            OPEN,
            "Teraz otwarte. Zamykamy: 17:00",
            "Napisz teraz. Odpowiemy najpóźniej: jutro, godz. 11:15.",
        ),
        (
            "pl",
            CLOSED,
            "Teraz zamknięte. Otwieramy: wtorek, godz. 9:00",
            "Konsultanci znów zaczną czytać: wtorek, godz. 9:00. Napisz teraz. Odpowiemy najpóźniej: wtorek, 29 grudnia, godz. 17:00.",
        ),
        ("cy", OPEN, "Ar agor nawr, tan 5pm", "Ysgrifennwch nawr a byddwn yn ateb erbyn 11:15am yfory."),
        (
            "cy",
            CLOSED,
            "Ar gau nawr. Yn agor: dydd Mawrth am 9am",
            "Bydd cwnselwyr yn dechrau darllen eto dydd Mawrth am 9am. "
            "Ysgrifennwch nawr a byddwn yn ateb erbyn 5pm, dydd Mawrth 29 Rhagfyr.",
        ),
    ],
)
def test_both_channels_are_told(language: str, availability: Availability, phone: str, messages: str) -> None:
    with translation.override(language):
        assert hours_wording.phone_words(availability, LONDON).headline == phone
        assert hours_wording.messages_words(availability, LONDON).detail == messages


def test_a_known_holiday_has_a_name_in_each_language_and_a_reason_of_the_admins_stays_as_written() -> None:
    with translation.override("pl"):
        assert hours_wording.reason_words("Boxing Day (substitute day)") == "drugi dzień świąt Bożego Narodzenia (dzień wolny w zamian)"
        assert hours_wording.reason_words("Training day") == "Training day"
    with translation.override("cy"):
        assert hours_wording.reason_words("Christmas Day") == "Dydd Nadolig"
    assert hours_wording.reason_words("Boxing Day (substitute day)") == "Boxing Day (substitute day)"


def test_noon_and_midnight_need_no_names_where_a_clock_counts_to_24() -> None:
    day = datetime(2026, 11, 25, tzinfo=UTC)
    with translation.override("pl"):
        assert [hours_wording.clock_time_words(day.replace(hour=hour)) for hour in (0, 9, 12, 21)] == ["0:00", "9:00", "12:00", "21:00"]
    with translation.override("cy"):
        assert [hours_wording.clock_time_words(day.replace(hour=hour)) for hour in (0, 9, 12, 21)] == [
            "hanner nos",
            "9am",
            "hanner dydd",
            "9pm",
        ]
