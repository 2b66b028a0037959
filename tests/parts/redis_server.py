"""A private Redis for one run: on the loopback, with a password, keeping nothing."""

import shlex
import shutil

import redis

from tests.parts.commands import compose
from tests.parts.environment import LIVE_KEY, PASSWORD, Installation
from tests.parts.processes import Process


class Redis(Process):
    """The server; kill, start, freeze and thaw are Process's."""

    def __init__(self, installation: Installation) -> None:
        server = shutil.which("redis-server")
        assert server is not None
        self.url = installation.redis_url
        self.data = installation.folder / "redis"
        self.data.mkdir(exist_ok=True)
        options = {
            "port": str(installation.redis_port),
            "bind": "127.0.0.1",
            "requirepass": PASSWORD,
            "dir": str(self.data),
            "save": "",
            "appendonly": "no",
        }
        # The hub's user, as docker-compose.yml has it.
        said = compose()["services"]["redis"]["command"][-1].replace("$$HELPLINE_LIVE_KEY", LIVE_KEY)
        user = shlex.split(said[said.index("--user") :])
        arguments = [server, *(word for name, value in options.items() for word in (f"--{name}", value)), *user]
        super().__init__("Redis", arguments, log=installation.folder / "logs" / "redis.log")

    def run(self) -> None:
        self.start(self._answers)

    def client(self) -> redis.Redis:
        """A connection of one's own; close it."""
        return redis.Redis.from_url(self.url, socket_timeout=5, socket_connect_timeout=2)

    def empty(self) -> None:
        with self.client() as client:
            client.flushall()

    def dump(self) -> bytes:
        """What Redis would write to its disk now."""
        with self.client() as client:
            client.save()
        return (self.data / "dump.rdb").read_bytes()

    def _answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
