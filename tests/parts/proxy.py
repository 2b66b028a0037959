"""Caddy as docker-compose.yml configures it, before the web server of the installation under test."""

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

from tests.parts.commands import proxy_command
from tests.parts.environment import Installation, free_port
from tests.parts.processes import Process


def _version(programme: str) -> tuple[int, int]:
    said = subprocess.run([programme, "version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)\.(\d+)", said)
    assert found is not None
    return int(found[1]), int(found[2])


class Proxy(Process):
    """The proxy; `origin` is its own address, plain http for it is the loopback's.

    secure: https, with certificates of Caddy's own authority, as it makes them for localhost; `authority` is its root. Else than in the
    installation may be `upstream`, a port of the loopback, and the `configuration`. One web server serves the desk as well, unless there is
    one at another port, `desk`. `balancers` are the addresses that are believed about whom they speak for. `live`
    is the hub's port, and `port` the proxy's own.
    """

    def __init__(
        self,
        installation: Installation,
        *,
        secure: bool = False,
        upstream: int | None = None,
        desk: int | None = None,
        live: int | None = None,
        port: int | None = None,
        configuration: Path | None = None,
        balancers: str | None = None,
    ) -> None:
        programme = shutil.which("caddy")
        assert programme is not None
        self.port = port or free_port()
        web = upstream or installation.web_port
        self.origin = f"{'https' if secure else 'http'}://localhost:{self.port}"
        self.authority = installation.folder / ".local/share/caddy/pki/authorities/local/root.crt"
        self.plain_port = free_port()
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(installation.folder),
            "HELPLINE_ORIGIN": self.origin,
            "HELPLINE_ONION_PORT": str(self.port),
            **({"HELPLINE_HTTPS_PORT": str(self.port), "HELPLINE_HTTP_PORT": str(self.plain_port)} if secure else {}),
            "HELPLINE_UPSTREAM": f"127.0.0.1:{web}",
            "HELPLINE_DESK_UPSTREAM": f"127.0.0.1:{desk or web}",
            # Where there is no hub, nobody listens there either.
            "HELPLINE_LIVE_UPSTREAM": f"127.0.0.1:{live or 9}",
            **({"HELPLINE_BALANCERS": balancers} if balancers else {}),
            **({"HELPLINE_BODY_BUFFER": "buffer_requests"} if _version(programme) < (2, 7) else {}),
        }
        log = installation.folder / "logs" / "proxy.log"
        log.unlink(missing_ok=True)
        arguments = proxy_command(programme)
        super().__init__("the proxy", [*arguments[:-1], str(configuration or arguments[-1])], log=log, environment=environment)

    def run(self) -> None:
        self.start(self._answers)

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=2).close()
        except OSError:
            return False
        return True
