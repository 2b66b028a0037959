"""The running stack that is attacked: the proxy and the web server of docker-compose.yml, started once for all the tests of this room."""

from collections.abc import Generator
from dataclasses import replace

import pytest
from pytest_django import Settings

from tests.attack.stack import Stack
from tests.parts.environment import Installation, free_port
from tests.parts.proxy import Proxy
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer
from tests.world.desk import NOON, Desk, open_helpline
from tests.world.person import set_clock
from tests.world.roles import World


@pytest.fixture
def world(db: None, settings: Settings) -> World:
    """One signed-in browser of each role, and a row of each kind that an address may name."""
    settings.CLOCK_OFFSET = settings.CLOCK_OFFSET  # The wrapper puts it back.
    set_clock(NOON)
    return World()


@pytest.fixture
def desk(db: None, settings: Settings) -> Desk:
    """Moira, who holds keys, and Callum; both on duty, at noon of a Wednesday."""
    settings.CLOCK_OFFSET = settings.CLOCK_OFFSET
    set_clock(NOON)
    return open_helpline()


@pytest.fixture(scope="package")
def stack(
    installation: Installation,
    django_db_setup: None,
    running_redis: Redis,
    static_files: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Generator[Stack]:
    """Its database is the run's, and empty: what a stranger can do needs no rows. Ports and logs are its own.

    A test that asks for it is marked `django_db`: without any such test pytest-django makes no database.
    """
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "logs").mkdir()
    own = replace(installation, folder=folder, web_port=free_port())
    web = WebServer(own, HELPLINE_TRUSTED_PROXIES="1")
    # It answers on a port of its own under the installation's name.
    web.origin = own.origin
    web.run()
    proxy = Proxy(own)
    proxy.run()
    yield Stack(proxy, web, own.web_port)
    proxy.stop()
    web.stop()
    assert "Traceback" not in web.log_text, web.log_text[-3000:]
