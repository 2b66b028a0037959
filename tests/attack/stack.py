"""What is attacked: the proxy and the web server, running."""

from dataclasses import dataclass

from tests.parts.proxy import Proxy
from tests.parts.web import WebServer


@dataclass(frozen=True)
class Stack:
    """Where the two listen, and the two themselves."""

    proxy: Proxy
    web: WebServer
    web_port: int
