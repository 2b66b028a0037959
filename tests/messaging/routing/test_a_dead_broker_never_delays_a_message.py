"""A request never waits for the broker: one that refuses, or accepts and hangs, changes nothing. The sweeper finds the rest."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from celery import Celery, current_app
from pytest_django import Settings

from helpline.web import background
from messaging import trigger
from messaging.models import Conversation
from messaging.tasks import sweep_task
from messaging.trigger import TaskTrigger
from tests.parts.environment import free_port
from tests.world.desk import open_helpline
from tests.world.person import Person


@contextmanager
def hanging_broker() -> Iterator[tuple[str, threading.Event]]:
    """An address where connections are accepted and never answered, and an event that says that one came."""
    came, over = threading.Event(), threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept: list[socket.socket] = []

        def accept() -> None:
            while not over.is_set():
                connection, _ = server.accept()
                kept.append(connection)
                came.set()

        accepting = threading.Thread(target=accept)
        accepting.start()
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0", came
        over.set()
        socket.create_connection(server.getsockname()).close()
        accepting.join()
        for connection in kept:
            connection.close()


@contextmanager
def broker_at(address: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The installation's Celery, as `config.celery` makes it, with another broker."""
    settings.CELERY_BROKER_URL = address
    usual, other = current_app._get_current_object(), Celery("helpline-without-broker")
    other.config_from_object("django.conf:settings", namespace="CELERY")
    other.set_default()
    other.set_current()
    monkeypatch.setattr(trigger, "routing_trigger", TaskTrigger())
    try:
        yield
    finally:
        usual.set_default()
        usual.set_current()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_hangs(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    open_helpline()
    with hanging_broker() as (address, came), broker_at(address, settings, monkeypatch):
        assert Person().write_first().status_code == 201
        # The publisher is on the line with the broker, and hangs: a message is taken all the same, while it does.
        assert came.wait(timeout=30)
        assert [Person().write_first().status_code for _ in range(3)] == [201, 201, 201]
        assert Conversation.objects.filter(unrouted_since__isnull=False).count() == 4
    sweep_task()
    assert Conversation.objects.filter(state="assigned").count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_refuses(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    open_helpline()
    with broker_at(f"redis://127.0.0.1:{free_port()}/0", settings, monkeypatch):
        assert [Person().write_first().status_code for _ in range(3)] == [201, 201, 201]
    sweep_task()
    assert Conversation.objects.filter(state="assigned").count() == 3


class Publisher(TaskTrigger):
    """A trigger whose broker is this object."""

    def __init__(self) -> None:
        super().__init__()
        self.published = threading.Semaphore(0)
        self.gate = threading.Event()
        self.entered = threading.Event()
        self.count = 0

    def publish(self) -> None:
        self.count += 1
        self.entered.set()
        self.gate.wait(timeout=30)
        self.published.release()


def test_many_messages_at_once_are_few_tasks() -> None:
    publisher = Publisher()
    publisher.wake()
    assert publisher.entered.wait(timeout=30)
    for _ in range(1000):
        publisher.wake()
    publisher.gate.set()
    # One was on its way, and one is needed for all that came meanwhile.
    assert publisher.published.acquire(timeout=30)
    assert publisher.published.acquire(timeout=30)
    publisher.entered.clear()
    publisher.wake()
    assert publisher.published.acquire(timeout=30)
    assert publisher.count == 3


def test_after_a_failure_the_publisher_is_quiet_and_says_so_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    class Refused(Publisher):
        def publish(self) -> None:
            super().publish()
            raise OSError("refused: and this must not be in the log")

    monkeypatch.setattr(background, "QUIET_SECONDS", 0.01)
    publisher = Refused()
    publisher.gate.set()
    for _ in range(3):
        publisher.wake()
        assert publisher.published.acquire(timeout=30)
    lines = [record.getMessage() for record in caplog.records if record.name == "messaging.trigger"]
    assert lines == ["Routing could not be woken (OSError); the sweeper will find what waits."]


def test_a_forked_process_has_a_publisher_of_its_own() -> None:
    publisher = Publisher()
    publisher.gate.set()
    publisher.wake()
    assert publisher.published.acquire(timeout=30)
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        try:
            publisher.published = threading.Semaphore(0)
            publisher.wake()
            os.write(writer, b"1" if publisher.published.acquire(timeout=20) else b"0")
        finally:
            os._exit(0)
    os.close(writer)
    assert os.read(reader, 1) == b"1"
    os.close(reader)
    os.waitpid(child, 0)


def test_waking_is_only_setting_a_flag() -> None:
    publisher = Publisher()
    started = threading.active_count()
    for _ in range(5):
        publisher.wake()
    assert threading.active_count() == started + 1
    publisher.gate.set()
    while publisher._job._wanted.is_set():
        time.sleep(0.001)
