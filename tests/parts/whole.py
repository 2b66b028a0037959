"""The whole service as docker-compose.yml describes it, by hand: its commands, its number of workers, on private ports of the loopback."""

import re
from dataclasses import replace
from functools import partial
from typing import Any

from tests.parts.celery_processes import Celery
from tests.parts.commands import compose
from tests.parts.environment import LIVE_KEY, Installation, free_port
from tests.parts.hub import Hub
from tests.parts.proxy import Proxy
from tests.parts.web import WebServer, answers


class Whole:
    """Its parts; Postgres and Redis are the run's own. `secure`: the proxy speaks TLS, and is the only part that knows."""

    def __init__(self, installation: Installation, *, secure: bool = False) -> None:
        services = compose()["services"]
        # What names a secret, another container or a place in the image is said by `surroundings`; the rest as it stands where .env says
        # nothing, such as how many proxies there are.
        told: dict[str, Any] = {name: re.sub(r"^\$\{\w+:-(.*)\}$", r"\1", value) for name, value in services["web"]["environment"].items()}
        told = {name: value for name, value in told.items() if "${" not in value and not re.search("/srv/|:8000$", value)}
        told["HELPLINE_LIVE_KEY"] = LIVE_KEY
        self.hub = Hub(installation, name="whole-hub")
        self.web = WebServer(installation, **told)
        at_the_desk = free_port()
        self.desk = WebServer(replace(installation, web_port=at_the_desk), service="desk", **told)
        self.celery = Celery(installation)
        self.proxy = Proxy(installation, desk=at_the_desk, live=self.hub.port, secure=secure)
        self.replicas = int(services["worker"]["deploy"]["replicas"])

    def run(self) -> None:
        """All at once, as compose does; returns when all are ready."""
        self.web.start()
        self.desk.start()
        self.hub.start()
        self.celery.beat()
        for _ in range(self.replicas):
            self.celery.launch()
        self.proxy.run()
        for server in (self.web, self.desk):
            server.wait(partial(answers, server.origin))
        self.hub.wait(self.hub.ready)
        for worker in self.celery.workers:
            worker.wait(self.celery.all_wait)

    def stop(self) -> None:
        for process in (self.proxy, self.web, self.desk, self.hub):
            process.stop()
        self.celery.stop()

    def logs(self) -> str:
        """What all of them wrote."""
        return self.proxy.log_text + self.web.log_text + self.desk.log_text + self.hub.log_text + self.celery.logs()
