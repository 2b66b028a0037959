"""A web server with everything on it that people read."""

import pytest

from tests.parts.site import fill_site
from tests.parts.web import WebServer
from tests.world.staff import People


@pytest.fixture
def whole_site(people: People, web_server: WebServer) -> WebServer:
    """Everything that people read, and counsellors who may read what they write."""
    fill_site()
    return web_server
