"""A clock goes an hour back, or comes back from a year ahead: every task goes on, it is said, and nobody waits for the old time."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from celery.beat import ScheduleEntry
from django.core import mail
from pytest_django import Settings

from config import beat
from config.celery import app
from helpline.models import Account, AccountNotice, RotaNotice
from helpline.rota import notices as rota_notices
from helpline.rota.notices import queue_rota_notices
from helpline.staff.account_notices import queue_account_notice, send_account_notices
from messaging.desk_notices import queue_desk_notice, send_desk_notices
from messaging.flood.rate_limit import RateBuckets, RateLimit
from messaging.housekeeping import tidy_up
from messaging.models import Alert, DeskMember, DeskNotice, Session
from messaging.monitoring.alerts import send_alerts
from messaging.monitoring.assess import StatusState, status_findings
from messaging.monitoring.backups import note_backup
from messaging.monitoring.figures import status_figures
from messaging.monitoring.heartbeat import record_beat_tick
from messaging.monitoring.watchdog import watch_for_beat
from tests.world.desk import NOON, Desk
from tests.world.person import Person

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
FAR = timedelta(days=365)


class Clocked(beat.OneAtATime):
    """A beat whose tasks are noted instead of sent, and which needs no other's leave."""

    def __init__(self) -> None:
        self.sent: list[datetime] = []
        super().__init__(app, schedule={}, lazy=True)
        every = {"sweep": 5, "watch": 60, "expire": 600}
        entry = {"app": app, "last_run_at": app.now()}
        self.data = {name: ScheduleEntry(name=name, task=f"messaging.{name}", schedule=s, **entry) for name, s in every.items()}

    def apply_async(self, entry: Any, **_: Any) -> Any:
        self.sent.append(app.now())
        return type("Sent", (), {"id": entry.name})()


class Held:
    def held(self) -> bool:
        return True

    def give_up(self) -> None:
        """Nothing is held."""


@pytest.mark.parametrize("back", [HOUR, FAR])
def test_beat_sends_everything_again_within_its_interval(monkeypatch: pytest.MonkeyPatch, back: timedelta) -> None:
    at = [NOON]
    monkeypatch.setattr(app, "now", lambda: at[0])
    monkeypatch.setattr(beat, "BeatLock", Held)
    scheduler = Clocked()

    def for_minutes(number: int) -> int:
        before = len(scheduler.sent)
        for _ in range(number * 60):
            at[0] += SECOND
            while scheduler.tick() == 0:
                """Whatever is due at this second."""
        return len(scheduler.sent) - before

    quiet = for_minutes(10)
    assert quiet >= 10 * 12 + 10
    at[0] -= back
    assert for_minutes(10) >= quiet - 3


@pytest.mark.django_db
class TestRows:
    def test_a_tick_that_lies_ahead_is_said_and_watched_for(self, desk: Desk, settings: Settings) -> None:
        settings.SENDS_EMAIL = True
        record_beat_tick(0, at=NOON + HOUR)
        line = next(line for line in status_findings(status_figures(at=NOON)) if line.condition == "beat-silent")
        assert (line.state, line.says) == (StatusState.ACT, "It last ran 60 minutes in the future: a clock was set back.")
        assert watch_for_beat(at=NOON)
        record_beat_tick(0, at=NOON + 3 * SECOND)
        assert not watch_for_beat(at=NOON), "two machines may differ by a little"
        line = next(line for line in status_findings(status_figures(at=NOON)) if line.condition == "beat-silent")
        assert (line.state, line.says) == (StatusState.FINE, "It last ran 0 seconds ago.")

    def test_what_was_told_at_a_time_to_come_is_told_again(self, desk: Desk, settings: Settings) -> None:
        settings.SENDS_EMAIL = True
        Account.objects.create_user("lead@example.org", None, name="Lorna", role="lead", alerts=True)
        DeskMember.objects.update(seen_in=None)
        record_beat_tick(0, at=NOON)
        note_backup(at=NOON)
        Alert.objects.create(condition="nobody-on-duty", told_at=NOON + FAR)
        assert [send_alerts(at=NOON), send_alerts(at=NOON)] == [1, 0]

    def test_emails_that_wait_for_a_time_to_come_are_sent(self, desk: Desk, settings: Settings) -> None:
        settings.SENDS_EMAIL = True
        moira = desk.members["Moira"].counsellor.account_id
        queue_desk_notice(DeskNotice.Kind.HALF, [moira])
        DeskNotice.objects.update(tries=1, next_try_at=NOON + FAR)
        assert (send_desk_notices(at=NOON), len(mail.outbox)) == (1, 1)
        queue_rota_notices(RotaNotice.Kind.CHANGED, "a-shift", [moira], at=NOON + HOUR)
        assert rota_notices.send_rota_notices(at=NOON) == 1
        queue_rota_notices(RotaNotice.Kind.CHANGED, "another", [moira], at=NOON)
        RotaNotice.objects.filter(sent_at=None).update(tries=1, next_try_at=NOON + 10 * MINUTE)
        assert rota_notices.send_rota_notices(at=NOON) == 0, "a try that failed just now is not tried at once"

    def test_emails_about_an_account_that_wait_for_a_time_to_come_are_sent_and_none_stands_in_the_way(
        self, desk: Desk, settings: Settings
    ) -> None:
        settings.SENDS_EMAIL = True
        moira = desk.members["Moira"].counsellor.account
        queue_account_notice(AccountNotice.Kind.PASSWORD, moira)
        AccountNotice.objects.update(tries=1, next_try_at=NOON + FAR)
        assert (send_account_notices(at=NOON), len(mail.outbox)) == (1, 1)
        queue_account_notice(AccountNotice.Kind.PASSWORD, moira)
        AccountNotice.objects.update(tries=6, next_try_at=NOON + FAR)  # Given up, by a clock that was ahead.
        assert send_account_notices(at=NOON) == 0
        queue_account_notice(AccountNotice.Kind.PASSWORD, moira)
        assert send_account_notices(at=NOON) == 1

    def test_a_session_does_not_outlive_its_idle_time_by_the_jump(self, desk: Desk) -> None:
        person = Person()
        person.write_first()
        person.come_back()
        Session.objects.update(used_at=NOON + FAR)
        tidy_up(at=NOON)
        assert Session.objects.get().used_at == NOON
        tidy_up(at=NOON + HOUR)
        assert not Session.objects.exists()

    def test_nobody_is_on_a_break_for_a_year(self, desk: Desk) -> None:
        DeskMember.objects.update(away_until=NOON + FAR)
        assert not DeskMember.objects.all()[0].is_away(NOON)
        assert status_figures(at=NOON).unstaffed is False


def test_nobody_is_told_to_wait_for_the_hour() -> None:
    buckets = RateBuckets(RateLimit(burst=3, every=timedelta(seconds=6)))
    assert [buckets.take(b"one", NOON + HOUR) for _ in range(4)] == [0, 0, 0, 6]
    assert buckets.take(b"one", NOON) <= 6
    assert buckets.take(b"one", NOON + 6 * SECOND) == 0
