"""A whole installation for a measurement: Postgres that keeps what it commits, Redis, gunicorn and a worker, as the tests start them."""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import django
import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, whatever its name

from tests.parts.environment import Installation, lay_out, new_installation
from tests.parts.processes import stop_all

if TYPE_CHECKING:
    from messaging.protocol.peer import Desk
    from tests.parts.postgres import Postgres
    from tests.parts.redis_server import Redis
    from tests.parts.web import WebServer
    from tests.world.staff import People

DATABASE = "helpline"  # As lay_out() names it.


@dataclass(frozen=True)
class Running:
    """The parts, and the people in the database: two counsellors on duty with room for everybody."""

    installation: Installation
    postgres: "Postgres"
    web: "WebServer"
    people: "People"

    def connect(self) -> Connection:
        """One's own connection to the database."""
        return psycopg2.connect(self.installation.database_url(DATABASE))

    def desk(self, at: datetime) -> "Desk":
        """What a person's browser seals to."""
        from messaging.keys.desk_epochs import desk_public_keys
        from messaging.protocol.days import day_of
        from messaging.protocol.peer import check_desk

        return check_desk(self.people.site, desk_public_keys(at=at, conversation_limit=50), day_of(at))


@dataclass(frozen=True)
class Prepared:
    """Postgres and Redis run; the tables, the static files and the people are there. Nothing serves yet."""

    installation: Installation
    postgres: "Postgres"
    redis: "Redis"
    people: "People"


@contextmanager
def prepared(**settings: str) -> Iterator[Prepared]:
    """An installation with these variables in its environment besides; everything that was started is stopped in the end."""
    # Whatever this process was given, the parts are chosen here.
    installation = new_installation()
    lay_out(installation, frozenset())
    os.environ.update(settings, DJANGO_SETTINGS_MODULE="config.settings")
    django.setup()
    # What this process publishes goes to the installation's broker, as in its web processes.
    importlib.import_module("config.celery")

    from django.core.management import call_command

    from messaging.models import DeskMember
    from tests.parts.postgres import Postgres
    from tests.parts.redis_server import Redis
    from tests.world.staff import gather

    try:
        postgres, redis = Postgres(installation, durable=True), Redis(installation)
        postgres.run()
        postgres.execute(f"CREATE DATABASE {DATABASE}")
        redis.run()
        call_command("migrate", verbosity=0)
        call_command("build_client", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        people = gather()
        DeskMember.objects.update(cap=30_000)
        yield Prepared(installation, postgres, redis, people)
    finally:
        stop_all()


@contextmanager
def running(*, worker: bool, web_workers: int = 2, asks_for_work: bool = False) -> Iterator[Running]:
    """Everything started, the web server too unless it has no workers; everything stopped in the end.

    Under load it asks for work, as any installation, where that is wanted.
    """
    with prepared(**({"HELPLINE_FLOOD_FROM": ""} if asks_for_work else {})) as parts:
        from tests.parts.celery_processes import Celery
        from tests.parts.web import WebServer

        web = WebServer(parts.installation, workers=web_workers)
        if web_workers:
            web.run()
        if worker:
            Celery(parts.installation).start()
        yield Running(parts.installation, parts.postgres, web, parts.people)


def cpu_of(roots: list[int]) -> float:
    """Seconds of CPU that these processes and those below them have had."""
    parents: dict[int, int] = {}
    seconds: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split() if entry.name.isdigit() else []
        except OSError:
            continue
        if fields:
            parents[int(entry.name)] = int(fields[1])
            # Its own time, and that of children which have ended.
            seconds[int(entry.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    below = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return sum(seconds.get(pid, 0) for pid in below)


def say(name: str, value: str) -> None:
    """One line of a measurement."""
    print(f"{name:<60}{value}", flush=True)  # noqa: T201 - this is what a measurement is for


def say_where() -> None:
    """The machine, and how busy it is: numbers of another one are other numbers."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    name = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "an unknown kind")
    say(f"{os.cpu_count()} cores ({name})", f"load {os.getloadavg()[0]:.1f} before the start; Postgres with fsync")
