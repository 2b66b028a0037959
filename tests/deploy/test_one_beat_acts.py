"""However many beats run, one sends the schedule; when it dies, freezes or loses its session, another goes on."""

import time
from typing import Any

import pytest
from celery.beat import ScheduleEntry
from django.db import connection

from config import beat
from config.celery import app
from tests.parts.redis_server import Redis

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.django_db(transaction=True)]
EVERY = 0.2


def a_beat() -> beat.OneAtATime:
    """With one task, five times a second."""
    scheduler = beat.OneAtATime(app, schedule={}, lazy=True)
    entry: dict[str, Any] = {"name": "sweep", "task": "messaging.sweep", "schedule": EVERY, "app": app, "last_run_at": app.now()}
    scheduler.data = {"sweep": ScheduleEntry(**entry)}
    return scheduler


def test_two_beats_send_the_schedule_once(redis_server: Redis) -> None:
    first, second = a_beat(), a_beat()
    started = time.monotonic()
    while (passed := time.monotonic() - started) < 2:
        first.tick()
        assert second.tick() == beat.LOOK_SECONDS
        time.sleep(0.01)
    with redis_server.client() as client:
        sent = int(client.llen("celery"))
    assert 3 <= sent <= passed / EVERY + 1
    first.close()
    # Postgres hears of it a moment later.
    while second.tick() == beat.LOOK_SECONDS:
        time.sleep(0.01)
    second.close()


def test_while_the_broker_is_away_the_log_has_a_line_and_no_tracebacks(redis_server: Redis, caplog: pytest.LogCaptureFixture) -> None:
    acting = a_beat()
    redis_server.kill()
    end = time.monotonic() + 2
    while time.monotonic() < end:
        acting.tick()
        time.sleep(0.05)
    redis_server.run()
    end = time.monotonic() + 30
    while "takes tasks again" not in caplog.text and time.monotonic() < end:
        acting.tick()
        time.sleep(0.05)
    acting.close()
    lines = [record for record in caplog.records if record.name == "config.beat"]
    assert [record.getMessage().partition(" (")[0].partition(";")[0] for record in lines[1:]] == [
        "The broker took no task",
        "The broker takes tasks again",
    ]
    assert all(record.exc_info is None for record in lines)


def test_a_session_that_postgres_ended_is_another_beats_turn(redis_server: Redis) -> None:
    first, second = beat.BeatLock(), beat.BeatLock()
    assert first.held()
    assert first.held()
    assert not second.held()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [beat.LOCK])
    while not second.held():
        time.sleep(0.01)
    assert not first.held()
    assert not first.held()
    second.give_up()
    while not first.held():
        time.sleep(0.01)
    first.give_up()


def test_a_beat_that_freezes_loses_its_turn(redis_server: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beat, "IDLE_SECONDS", 1)
    frozen = beat.BeatLock()
    assert frozen.held()
    monkeypatch.setattr(beat, "IDLE_SECONDS", 60)
    other = beat.BeatLock()
    end = time.monotonic() + 30
    while not other.held():
        assert time.monotonic() < end, "the frozen one kept the lock"
        time.sleep(0.1)
    assert not frozen.held()
    other.give_up()
