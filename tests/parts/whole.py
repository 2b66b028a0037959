"""The whole service as docker-compose.yml describes it, by hand: its commands, its number of workers, on private ports of the loopback."""

from tests.parts.celery_processes import Celery
from tests.parts.commands import compose
from tests.parts.environment import Installation
from tests.parts.proxy import Proxy
from tests.parts.web import WebServer, answers


class Whole:
    """Its parts; Postgres and Redis are the run's own."""

    def __init__(self, installation: Installation) -> None:
        services = compose()["services"]
        # What names a secret or another container is said by `surroundings`; the rest as it stands, such as how many proxies there are.
        told = {name: value for name, value in services["web"]["environment"].items() if "${" not in value}
        self.web = WebServer(installation, **told)
        self.celery = Celery(installation)
        self.proxy = Proxy(installation)
        self.replicas = int(services["worker"]["deploy"]["replicas"])

    def run(self) -> None:
        """All at once, as compose does; returns when all are ready."""
        self.web.start()
        self.celery.beat()
        for _ in range(self.replicas):
            self.celery.launch()
        self.proxy.run()
        self.web.wait(lambda: answers(self.web.origin))
        for worker in self.celery.workers:
            worker.wait(self.celery.all_wait)

    def stop(self) -> None:
        for process in (self.proxy, self.web):
            process.stop()
        self.celery.stop()

    def logs(self) -> str:
        """What all of them wrote."""
        return self.proxy.log_text + self.web.log_text + self.celery.logs()
