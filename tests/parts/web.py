"""Gunicorn as an installation runs it, at the origin of the installation under test."""

import signal
import urllib.error
import urllib.request

from tests.parts.commands import command_of, surroundings
from tests.parts.environment import REPOSITORY, Installation
from tests.parts.processes import Process


def answers(origin: str) -> bool:
    """Whether a web server is there and says anything at all."""
    try:
        with urllib.request.urlopen(f"{origin}/api/v1/desk", timeout=5):  # noqa: S310 - the scheme is the installation's
            return True
    except urllib.error.HTTPError:
        return True
    except (urllib.error.URLError, OSError):
        return False


class WebServer(Process):
    """The web processes; `origin` is their address. Killed, they can be run again."""

    def __init__(self, installation: Installation, *, workers: int = 2, **more: str) -> None:
        self.origin = installation.origin
        bind = f"127.0.0.1:{installation.web_port}"
        environment = surroundings(installation, HELPLINE_BIND=bind, HELPLINE_WEB_WORKERS=str(workers), **more)
        log = installation.folder / "logs" / "web.log"
        log.unlink(missing_ok=True)
        super().__init__(
            "the web server", command_of("web"), log=log, environment=environment, folder=REPOSITORY, stop_signal=signal.SIGTERM
        )

    def run(self) -> None:
        self.start(lambda: answers(self.origin))
