"""What a stranger starts is kept for minutes, and what is over is deleted: no row tells when somebody of the staff signed in years ago."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import F
from django.test import Client
from django.urls import reverse

from helpline.clock import now
from helpline.staff.session_store import UNFINISHED
from messaging.housekeeping import tidy_up
from tests.world.signing_in import password, sign_in
from tests.world.staff import People

PASSKEY = reverse("mfa_login_webauthn")
AJAX = {"x-requested-with": "XMLHttpRequest"}


def pass_time(time: timedelta) -> None:
    """Every session is so much nearer to its end."""
    Session.objects.update(expire_date=F("expire_date") - time)


def test_a_session_in_which_nobody_is_signed_in_lasts_for_minutes(people: People) -> None:
    client = Client()
    assert client.get(PASSKEY, headers=AJAX).status_code == 200
    half = Client()
    password(half, people.ailsa)
    at = now()
    assert [row.expire_date <= at + UNFINISHED for row in Session.objects.all()] == [True, True]
    pass_time(UNFINISHED)
    tidy_up(at=now())
    assert not Session.objects.exists()


def test_one_of_the_staff_keeps_theirs_for_the_day_and_it_is_deleted_when_it_is_over(people: People) -> None:
    client = sign_in(people.ailsa)
    pass_time(timedelta(hours=11))
    tidy_up(at=now())
    assert client.get(reverse("desk:keys")).status_code == 200
    pass_time(timedelta(hours=1, minutes=1))
    tidy_up(at=now())
    assert not Session.objects.exists()


def test_a_stranger_starts_so_many_and_no_more(people: People) -> None:
    answers = [Client().get(PASSKEY, headers=AJAX).status_code for _ in range(40)]
    assert answers[:30] == [200] * 30
    assert answers[30:] == [429] * 10
    assert Client(REMOTE_ADDR="203.0.113.9").get(PASSKEY, headers=AJAX).status_code == 200
    assert Session.objects.count() == 31
