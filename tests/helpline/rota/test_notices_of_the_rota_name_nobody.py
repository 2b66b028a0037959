"""Emails about the rota: in the change's own transaction as rows, sent later and once, and without anybody's name."""

import logging
import smtplib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from pytest_django import Settings

from helpline.models import Absence, Account, Counsellor, RotaNotice, Shift
from helpline.rota.absences import note_absence
from helpline.rota.consequences import AllConsequences
from helpline.rota.cover_offers import offer_cover, take_cover
from helpline.rota.notices import SAID, queue_gap_notices, queue_shift_reminders, send_rota_notices
from helpline.rota.shifts import add_shift
from helpline.rota.swaps import accept_swap, approve_swap, ask_swap, refuse_swap
from helpline.rota.weeks import publish_week
from helpline.tasks import send_rota_notices_task, tell_rota_gaps_task
from tests.helpline.rota.times import AT, DAY, NINE
from tests.world.instants import utc

NAMES = ("Anna", "Ben", "Stella", "Lena")


@pytest.fixture(autouse=True)
def with_email(settings: Settings) -> None:
    settings.SENDS_EMAIL = True


def _sent(at: object = AT) -> list[tuple[str, str]]:
    mail.outbox.clear()
    send_rota_notices(at=at)  # type: ignore[arg-type]
    for message in mail.outbox:
        text = f"{message.subject}\n{message.body}"
        assert not any(name in text for name in NAMES), text
        assert "/desk/rota/" in text
        assert len(message.to) == 1
    return sorted((message.to[0].partition("@")[0], str(message.subject)) for message in mail.outbox)


def test_a_swap_is_told_at_each_step(morning: Shift, anna: Counsellor, ben: Counsellor, stella: Counsellor, lead: Account) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    assert _sent() == [("ben", "Rota: can you take a shift?")]
    accept_swap(offer, by=ben, at=AT)
    assert _sent() == [("anna", "Rota: a swap is waiting for a lead"), ("lena", "Rota: a swap is waiting for a lead")]
    offer.refresh_from_db()
    approve_swap(offer, by=lead, at=AT, known=())
    assert _sent() == [("anna", "Rota: a swap was approved"), ("ben", "Rota: a swap was approved")]
    assert _sent() == []


def test_a_refusal_and_cover_are_told(morning: Shift, anna: Counsellor, ben: Counsellor, stella: Counsellor, lead: Account) -> None:
    offer = ask_swap(morning, asked_by=anna, offered_to=None, at=AT)
    assert [who for who, _ in _sent()] == ["ben", "stella"]
    refuse_swap(offer, by=lead, at=AT)
    assert _sent() == [("anna", "Rota: a swap was refused")]
    cover = offer_cover(morning, asked_by=anna, at=AT)
    assert _sent() == [("ben", "Rota: cover is wanted"), ("stella", "Rota: cover is wanted")]
    take_cover(cover, by=ben, at=AT)
    assert _sent() == [("anna", "Rota: a shift has cover"), ("lena", "Rota: a shift has cover")]


def test_a_shift_is_told_of_a_day_before_once_and_to_those_who_want_it(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    add_shift(counsellor=ben, channel="messages", starts_at=NINE, ends_at=NINE + timedelta(hours=1))
    Shift.objects.create(counsellor=ben, channel="messages", starts_at=NINE + DAY, ends_at=NINE + DAY + timedelta(hours=1), state="draft")
    Counsellor.objects.filter(pk=ben.pk).update(reminded=False)
    for at in (NINE - timedelta(hours=25), NINE - timedelta(hours=24), NINE - timedelta(hours=1), NINE, NINE + timedelta(hours=1)):
        queue_shift_reminders(at=at)
    assert _sent() == [("anna", "Rota: you have a shift tomorrow")]
    assert "You have a shift within a day: messages, Monday 2 November, 09:00 to 13:00." in str(mail.outbox[0].body)
    # Moved, it is told of again.
    Shift.objects.filter(pk=morning.pk).update(starts_at=NINE + timedelta(hours=1))
    queue_shift_reminders(at=NINE)
    assert len(_sent()) == 1


def test_a_published_week_is_told_to_those_who_are_in_it(morning: Shift, ben: Counsellor) -> None:
    Shift.objects.update(state="draft")
    publish_week(date(2026, 11, 2), at=AT, known=AllConsequences())
    assert _sent() == [("anna", "Rota: a week has been published")]
    assert "the week from Monday 2 November has been published" in str(mail.outbox[0].body)


def test_an_absence_that_leaves_shifts_is_told_to_the_leads(morning: Shift, anna: Counsellor, ben: Counsellor, lead: Account) -> None:
    note_absence(counsellor=ben, starts_at=NINE, ends_at=NINE + timedelta(days=1), at=AT, known=AllConsequences())
    assert _sent() == []
    note_absence(counsellor=anna, starts_at=NINE, ends_at=NINE + timedelta(days=1), at=AT, known=AllConsequences())
    assert _sent() == [("lena", "Rota: shifts need cover because of an absence")]


def test_a_gap_ahead_is_told_to_the_leads_once_a_day(morning: Shift, lead: Account) -> None:
    early, seven = utc("2026-11-02 06:59"), utc("2026-11-02 07:00")
    queue_gap_notices(at=early)
    assert _sent(early) == []
    for at in (seven, seven + timedelta(hours=3)):
        queue_gap_notices(at=at)
    assert _sent(seven + timedelta(hours=3)) == [("lena", "Rota: a gap ahead")]
    assert "phone, Monday 2 November, 09:00 to 17:00" in str(mail.outbox[0].body)
    queue_gap_notices(at=seven + timedelta(days=1))
    assert len(_sent(seven + timedelta(days=1))) == 1


def test_where_there_is_no_lead_the_admins_hear_of_gaps(morning: Shift) -> None:
    Account.objects.create(email="alex@helpline.example", name="Alex", role=Account.Role.ADMIN)
    queue_gap_notices(at=NINE)
    assert [who for who, _ in _sent(NINE)] == ["alex"]


def test_nothing_is_sent_of_a_change_that_was_not_made(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    with transaction.atomic():
        ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
        transaction.set_rollback(True)
    assert (_sent(), RotaNotice.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_mail_server_is_asked(
    morning: Shift, anna: Counsellor, ben: Counsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    seen: list[bool] = []
    monkeypatch.setattr("helpline.web.outbox.send_mail", lambda *_, **__: seen.append(connection.in_atomic_block))
    assert (send_rota_notices(at=AT), seen) == (1, [False])


def test_what_fails_is_tried_again_later_and_its_log_has_no_address(
    morning: Shift, anna: Counsellor, ben: Counsellor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(*_: object, **__: object) -> int:
        raise smtplib.SMTPRecipientsRefused({"ben@helpline.example": (550, b"no ben@helpline.example here")})

    ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    with monkeypatch.context() as broken, caplog.at_level(logging.WARNING):
        broken.setattr("helpline.web.outbox.send_mail", refused)
        assert send_rota_notices(at=AT) == 0
    assert "SMTPRecipientsRefused" in caplog.text
    assert "@" not in caplog.text
    assert _sent(AT + timedelta(minutes=9)) == []
    assert _sent(AT + timedelta(minutes=11)) == [("ben", "Rota: can you take a shift?")]


def test_two_workers_send_a_notice_once(morning: Shift, anna: Counsellor, ben: Counsellor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second comes while the first waits for the mail server."""
    ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    sent: list[int] = []

    def slow(*_: object, **__: object) -> int:
        sent.append(1)
        return send_rota_notices(at=AT)

    monkeypatch.setattr("helpline.web.outbox.send_mail", slow)
    send_rota_notices(at=AT)
    assert sent == [1]


def test_without_email_nothing_waits(morning: Shift, anna: Counsellor, ben: Counsellor, settings: Settings) -> None:
    settings.SENDS_EMAIL = False
    ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    assert not RotaNotice.objects.exists()


def test_old_notices_are_forgotten(morning: Shift, anna: Counsellor, ben: Counsellor) -> None:
    ask_swap(morning, asked_by=anna, offered_to=ben, at=AT)
    send_rota_notices(at=AT)
    send_rota_notices(at=AT + timedelta(days=31))
    assert not RotaNotice.objects.exists()


def test_every_kind_has_its_words() -> None:
    assert set(SAID) == set(RotaNotice.Kind)


@pytest.mark.parametrize("task", [send_rota_notices_task, tell_rota_gaps_task])
def test_the_tasks_need_nothing(morning: Shift, task: Callable[[], None]) -> None:
    task()
    assert not Absence.objects.exists()
