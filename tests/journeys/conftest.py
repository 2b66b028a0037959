"""A web server with everything on it that people read, and one with a hub."""

from collections.abc import Generator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.parts.environment import LIVE_KEY, free_port
from tests.parts.live_front import LiveFront
from tests.parts.site import fill_site
from tests.parts.web import WebServer
from tests.world.staff import People


@pytest.fixture
def whole_site(people: People, web_server: WebServer) -> WebServer:
    """Everything that people read, and counsellors who may read what they write."""
    fill_site()
    return web_server


@pytest.fixture
def live_origin(settings: Settings) -> str:
    """Another than the web server's, which has its own port: what people sign is for this one."""
    settings.LIVE_KEY = LIVE_KEY
    settings.ORIGIN = origin = f"http://localhost:{free_port()}"
    return origin


@pytest.fixture
def live_front(live_origin: str, people: People, client_build: Path) -> Generator[LiveFront]:
    """The site and its hub in the test's own process: quicker than `live_site`, and the hub can be killed. Ask for it before `people`."""
    fill_site()
    front = LiveFront(live_origin)
    yield front
    front.stop()
