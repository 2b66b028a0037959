"""A ring is 16 bytes in Redis once the change is committed, nothing if it is not, and no error where Redis is away."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from messaging.hub import rings
from messaging.hub.tickets import DESK_ROOM, room_of
from tests.parts.processes import wait_until
from tests.parts.redis_server import Redis

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]
KEY = "the-live-key-of-the-installation-under-test"


@pytest.fixture
def heard(redis_server: Redis, settings: Settings) -> Iterator[Any]:
    settings.LIVE_KEY = KEY
    with redis_server.client() as client, client.pubsub(ignore_subscribe_messages=True) as channel:
        channel.subscribe(rings.CHANNEL)
        channel.get_message(timeout=5)

        def hear(seconds: float = 5.0) -> Any:
            return (channel.get_message(ignore_subscribe_messages=True, timeout=seconds) or {}).get("data")

        # What a test before left to ring is told first: all of it, once a second ring is told after the first.
        for mark in (b"the first ring..", b"the second ring."):
            rings.rings.ring(mark)
            while (told := hear()) != mark:
                assert told is not None
        yield hear


def test_a_ring_is_told_after_the_commit_and_not_before(heard: Any) -> None:
    with transaction.atomic():
        rings.ring_conversation(b"a conversation")
        assert heard(0.2) is None
    assert heard() == room_of(KEY.encode(), b"a conversation")


def test_what_is_taken_back_rings_nobody(heard: Any) -> None:
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        rings.ring_desk()
        raise ZeroDivisionError
    rings.ring_conversation(b"another")
    assert heard() == room_of(KEY.encode(), b"another")


def test_the_desk_has_a_room_of_its_own_and_several_rings_at_once_are_one(heard: Any) -> None:
    with transaction.atomic():
        for _ in range(50):
            rings.ring_desk()
    assert heard() == DESK_ROOM
    assert heard(0.2) is None


def test_without_redis_nothing_fails_and_the_ring_is_counted(settings: Settings, redis_server: Redis) -> None:
    settings.LIVE_KEY = KEY
    redis_server.kill()
    queue = rings.RingQueue()
    queue.ring(DESK_ROOM)
    wait_until(lambda: queue.failed == 1, "the ring was counted")


def test_without_a_key_nothing_is_rung(redis_server: Redis, settings: Settings) -> None:
    settings.LIVE_KEY = ""
    failed = rings.rings.failed
    rings.ring_desk()
    rings.ring_conversation(b"a conversation")
    assert rings.rings.failed == failed
