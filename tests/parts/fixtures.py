"""Fixtures that every test may ask for; a part starts when the first test needs it."""

import logging
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connections

from tests.parts.browser import chromium, visit, whole_chromium
from tests.parts.celery_processes import Celery
from tests.parts.environment import Installation
from tests.parts.flushing import delete_rather_than_truncate, let_the_trail_be_emptied
from tests.parts.from_nothing import from_nothing
from tests.parts.guard import Errors, no_errors_in
from tests.parts.live import live_site
from tests.parts.postgres import Postgres
from tests.parts.proxy import Proxy
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer
from tests.parts.whole import Whole

if TYPE_CHECKING:
    from tests.world.staff import People

__all__ = [
    "celery_worker",
    "chromium",
    "client_build",
    "fresh_cache",
    "from_nothing",
    "installation",
    "live_site",
    "loaded_web_server",
    "no_logged_errors",
    "people",
    "postgres_server",
    "proxy",
    "redis_server",
    "running_redis",
    "static_files",
    "visit",
    "web_server",
    "whole",
    "whole_chromium",
]


@pytest.fixture(scope="session")
def installation(pytestconfig: pytest.Config) -> Installation:
    """Where the parts of this run live."""
    from tests.parts import plugin

    return pytestconfig.stash[plugin.INSTALLATION]


@pytest.fixture(scope="session")
def postgres_server(installation: Installation) -> Generator[Postgres]:
    """The run's Postgres."""
    server = Postgres(installation)
    server.run()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def running_redis(installation: Installation) -> Generator[Redis]:
    server = Redis(installation)
    server.run()
    yield server
    server.stop()


@pytest.fixture
def redis_server(running_redis: Redis) -> Generator[Redis]:
    """The run's Redis, empty; a test may kill or freeze it, and it is back for the next one."""
    running_redis.empty()
    yield running_redis
    if running_redis.alive:
        running_redis.thaw()
    else:
        running_redis.run()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, installation: Installation) -> None:
    """pytest-django asks for this before it makes the test database: the parts behind it start here."""
    from tests.parts import plugin

    without = request.config.stash[plugin.WITHOUT]
    if "postgres" in without:
        # A file rather than memory, as embedded mode has it, so that threads and processes can share it.
        let_the_trail_be_emptied()
        connections.settings["default"]["TEST"]["NAME"] = str(installation.folder / "data" / "helpline.sqlite3")
    else:
        delete_rather_than_truncate()
        request.getfixturevalue("postgres_server")
    if "redis" not in without and "postgres" not in without:
        request.getfixturevalue("running_redis")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database goes with its server and folder: to drop it first would only wait for whoever still holds a connection."""
    return True


@pytest.fixture(autouse=True)
def fresh_cache(request: pytest.FixtureRequest) -> None:
    """The limits on guesses count for one test alone."""
    from tests.parts import plugin

    if plugin.uses_database(request.node):
        request.getfixturevalue("django_db_setup")
        # Any page may be shown by such a test, and every page names its styles and scripts by their hash.
        request.getfixturevalue("client_build")
        cache.clear()
        forget_haste()


def forget_haste() -> None:
    """What this process counted of requests: how many came, and how fast from each inbox and each desk."""
    from messaging.desk import live_api as desk_live
    from messaging.flood import meter
    from messaging.inbox import api, live_api, talk_api
    from messaging.inbox.with_session import ASKED

    meter.meter.forget()
    for buckets in (api.SESSIONS, ASKED, api.SENT, live_api.TICKETS, talk_api.REQUESTS, desk_live.TICKETS):
        buckets.forget()


@pytest.fixture(autouse=True)
def no_logged_errors(request: pytest.FixtureRequest) -> Generator[Errors]:
    """An error in the log fails the test, unless the test is about it: mark it logs_errors("why")."""
    errors = Errors()
    logging.getLogger().addHandler(errors)
    yield errors
    logging.getLogger().removeHandler(errors)
    if errors.records and not request.node.get_closest_marker("logs_errors"):
        pytest.fail("Errors were logged:\n" + "\n".join(errors.lines()), pytrace=False)


@pytest.fixture
def people(db: None) -> "People":
    """Ailsa and Bhavna at an open desk with real keys, a stranger, and an admin."""
    # Their room imports models, which are not there yet when pytest reads this module.
    from tests.world.staff import gather

    return gather()


@pytest.fixture(scope="session")
def client_build() -> Path:
    """The browser's programmes, built as the demo builds them (nothing happens when they are fresh)."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("build_client")
    return Path(settings.CLIENT_BUILD)


@pytest.fixture(scope="session")
def static_files(client_build: Path) -> Path:
    """Every static file where the web server takes it from."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    assert settings.STATIC_ROOT is not None
    return Path(settings.STATIC_ROOT)


@pytest.fixture
def celery_worker(
    installation: Installation, transactional_db: None, redis_server: Redis, request: pytest.FixtureRequest
) -> Generator[Celery]:
    """A worker process on the test database: start() more of them or kill them; `beat()` starts the clock that sweeps."""
    celery = Celery(installation)
    celery.start()
    yield celery
    celery.stop()
    no_errors_in(celery.logs, request)


@pytest.fixture(scope="session")
def loaded_web_server(installation: Installation, django_db_setup: None, static_files: Path) -> Generator[WebServer]:
    """Gunicorn, for `web_server` to begin; it may lie there resting."""
    server = WebServer(installation)
    yield server
    server.stop()


@pytest.fixture
def web_server(
    transactional_db: None, redis_server: Redis, loaded_web_server: WebServer, request: pytest.FixtureRequest
) -> Generator[WebServer]:
    """Gunicorn at the installation's origin, on the test database; its processes are this test's own.

    Where pages are looked at they are the file's: they know nothing that a database does not say but how fast somebody asks, and that is
    counted by session and by inbox.
    """
    from tests.parts import plugin

    # What was said after the test before, which went on while its browsers closed.
    no_errors_in(lambda: loaded_web_server.log_text if loaded_web_server.awake else "", request)
    loaded_web_server.begin()
    yield loaded_web_server
    if not request.node.stash.get(plugin.STAYS_AWAKE, False):
        loaded_web_server.rest()
    no_errors_in(lambda: loaded_web_server.log_text, request)


@pytest.fixture
def proxy(installation: Installation, web_server: WebServer) -> Generator[Proxy]:
    """Caddy in front of the web server, with the configuration of docker-compose.yml."""
    server = Proxy(installation)
    server.run()
    yield server
    server.stop()


@pytest.fixture
def whole(
    installation: Installation, transactional_db: None, redis_server: Redis, loaded_web_server: WebServer, request: pytest.FixtureRequest
) -> Generator[Whole]:
    """Everything that docker-compose.yml starts, at once: proxy, web, as many workers, beat."""
    loaded_web_server.stop()
    parts = Whole(installation)
    parts.run()
    yield parts
    parts.stop()
    no_errors_in(lambda: parts.web.log_text + parts.celery.logs(), request)
