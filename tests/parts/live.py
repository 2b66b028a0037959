"""The site with its hub: the proxy at the installation's origin, and behind it the web server and the hub."""

from collections.abc import Generator
from dataclasses import replace

import pytest
from pytest_django import Settings

from tests.parts.environment import LIVE_KEY, Installation, free_port
from tests.parts.guard import no_errors_in
from tests.parts.hub import Hub
from tests.parts.proxy import Proxy
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer, answers


class LiveSite:
    """Its parts; `pace` are the hub's seconds, as in `messaging.hub.pace.Pace`."""

    def __init__(self, installation: Installation, pace: str = "") -> None:
        self.origin = installation.origin
        self.hub = Hub(installation, name="live-hub", pace=pace)
        inner = free_port()
        self.web = WebServer(replace(installation, web_port=inner), service="web", HELPLINE_LIVE_KEY=LIVE_KEY)
        self.proxy = Proxy(installation, upstream=inner, live=self.hub.port, port=installation.web_port)

    def run(self) -> None:
        """Returns when all of it is ready."""
        self.web.start()
        self.hub.run()
        self.proxy.run()
        self.web.wait(lambda: answers(self.web.origin))

    def stop(self) -> None:
        for part in (self.proxy, self.web, self.hub):
            part.stop()

    def logs(self) -> str:
        """What all of them wrote."""
        return self.proxy.log_text + self.web.log_text + self.hub.log_text


@pytest.fixture
def live_site(
    installation: Installation,
    transactional_db: None,
    redis_server: Redis,
    loaded_web_server: WebServer,
    settings: Settings,
    request: pytest.FixtureRequest,
) -> Generator[LiveSite]:
    """The site with its hub behind the proxy, at the installation's origin; what a test does by itself rings there too."""
    loaded_web_server.stop()
    settings.LIVE_KEY = LIVE_KEY
    parts = LiveSite(installation)
    parts.run()
    yield parts
    parts.stop()
    no_errors_in(parts.logs, request)
