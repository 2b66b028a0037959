"""Everything that a journey leaves: Postgres' files, whatever was said to Redis, each process's log, each browser's traffic and storage."""

import threading
from collections.abc import Iterator

import redis

from tests.parts.browser import Visitor
from tests.parts.celery_processes import Celery
from tests.parts.environment import Installation
from tests.parts.leaks import files_below
from tests.parts.postgres import Postgres
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer

THE_LAST = b"nothing more is listened to"


class Overheard:
    """Every command that Redis gets, payloads included, from now until stop()."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = redis.Redis.from_url(url)
        self._lines: list[bytes] = []
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        self._listening.wait(10)

    def _listen(self) -> None:
        with self._client.monitor() as monitor:  # type: ignore[no-untyped-call]
            self._listening.set()
            while not self._lines or THE_LAST not in self._lines[-1]:
                # The monitor itself would parse, and choke on what is not UTF-8.
                self._lines.append(monitor.connection.read_response(disable_decoding=True))

    def stop(self) -> bytes:
        """Everything that was overheard before one last command."""
        other = redis.Redis.from_url(self._url)
        other.echo(THE_LAST)
        other.close()
        self._thread.join(10)
        self._client.close()
        return b"\n".join(self._lines)


def server_side(
    postgres: Postgres, server: Redis, overheard: bytes, web: WebServer, celery: Celery, installation: Installation
) -> Iterator[tuple[str, bytes]]:
    """What a thief of every machine but the visitors' would find."""
    postgres.execute("CHECKPOINT")
    yield from files_below(postgres.data)
    yield "Redis, as spoken to", overheard
    client = redis.Redis.from_url(installation.redis_url)
    # Else a dump is compressed, and hides what it holds.
    client.config_set("rdbcompression", "no")
    for key in client.scan_iter():
        yield f"Redis key {key!r}", client.dump(key) or b""
    client.close()
    yield "web server's log", web.log_text.encode()
    yield "workers' logs", celery.logs().encode()
    yield "Postgres' log", postgres.log_text.encode()
    yield "Redis' log", server.log_text.encode()


def browser_side(*visitors: Visitor) -> Iterator[tuple[str, bytes]]:
    """What crossed the network, what the pages kept, and what they said."""
    for visitor in visitors:
        yield f"storage of {visitor.name}", visitor.kept().encode()
        yield f"console of {visitor.name}", "\n".join(visitor.said).encode()
        yield f"addresses of {visitor.name}", "\n".join(request.url for request in visitor.requests).encode()
        yield f"traffic of {visitor.name}", visitor.traffic()
