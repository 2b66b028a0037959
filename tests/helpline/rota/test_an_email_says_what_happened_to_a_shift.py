"""An email about a shift says whether it is new, moved (from when) or gone; whoever loses one and whoever gets it read different things."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from helpline.models import Counsellor, Organisation, Shift
from helpline.rota.consequences import AllConsequences
from helpline.rota.notices import send_rota_notices
from helpline.rota.shifts import put_shift, remove_shift
from tests.helpline.rota.times import AT, DAY, NINE, ONE

HOUR = timedelta(hours=1)
LATER = AT + HOUR


@pytest.fixture(autouse=True)
def with_email(settings: Settings, organisation: Organisation) -> None:
    settings.SENDS_EMAIL = True


@pytest.fixture
def put(anna: Counsellor) -> Callable[..., Shift]:
    def put_one(shift: Shift | None, who: Counsellor, starts_at: datetime = NINE, ends_at: datetime = ONE, **more: object) -> Shift:
        given = {"channel": "messages", "published": True, "at": AT, **more}
        return put_shift(shift, counsellor=who, starts_at=starts_at, ends_at=ends_at, known=AllConsequences(), **given)  # type: ignore[arg-type]

    return put_one


def told() -> dict[str, str]:
    """To whom, and the first line of each email."""
    mail.outbox.clear()
    send_rota_notices(at=AT + DAY)
    return {message.to[0].partition("@")[0]: str(message.body).splitlines()[0] for message in mail.outbox}


def test_a_new_one(put: Callable[..., Shift], anna: Counsellor) -> None:
    put(None, anna)
    assert told() == {"anna": "You have a new shift: messages, Monday 2 November, 09:00 to 13:00."}


def test_one_that_moved_says_when_it_was(put: Callable[..., Shift], anna: Counsellor) -> None:
    shift = put(None, anna)
    told()
    put(shift, anna, NINE + HOUR, ONE + HOUR, channel="phone", at=LATER)
    now, was = "phone, Monday 2 November, 10:00 to 14:00", "messages, Monday 2 November, 09:00 to 13:00"
    assert told() == {"anna": f"One of your shifts has moved. It is now: {now}. It was: {was}."}


def test_one_that_goes_to_somebody_else_and_moves(put: Callable[..., Shift], anna: Counsellor, ben: Counsellor) -> None:
    shift = put(None, anna)
    told()
    put(shift, ben, NINE + HOUR, ONE, at=LATER)
    assert told() == {
        "anna": "You no longer have this shift: messages, Monday 2 November, 09:00 to 13:00.",
        "ben": "You have a new shift: messages, Monday 2 November, 10:00 to 13:00.",
    }


def test_one_that_is_taken_off(put: Callable[..., Shift], anna: Counsellor) -> None:
    shift = put(None, anna)
    told()
    remove_shift(shift, at=AT, known=AllConsequences())
    assert told() == {"anna": "You no longer have this shift: messages, Monday 2 November, 09:00 to 13:00."}


def test_what_changes_nothing_and_what_is_a_draft_is_told_to_nobody(put: Callable[..., Shift], anna: Counsellor) -> None:
    shift = put(None, anna)
    told()
    put(shift, anna, at=LATER)
    put(None, anna, NINE + DAY, ONE + DAY, published=False)
    assert told() == {}


def test_a_draft_that_is_published_is_a_new_shift(put: Callable[..., Shift], anna: Counsellor) -> None:
    draft = put(None, anna, published=False)
    put(draft, anna)
    assert list(told()) == ["anna"]
