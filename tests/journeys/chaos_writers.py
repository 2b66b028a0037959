"""People who write while things break: each sends the very same bytes again until they are answered, as their browser does."""

import http.client
import json
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from helpline.clock import now
from messaging.protocol.encoding import decode
from messaging.protocol.peer import Desk, InboxKeys, Site, read_as_person, seal_first, seal_from_person, sign_first, sign_session
from messaging.protocol.peer.keys import inbox_keys_of
from messaging.protocol.wire import Envelope
from tests.world.desk import signed_body

TIMEOUT = 15  # Seconds, as in the browser.
MOST_TRIES = 1_500
PAUSE = 0.05
JSON = {"Content-Type": "application/json"}


class NoAnswer(Exception):
    """What a browser calls unreachable or timed out, or a failure that passes: nobody knows whether the message was taken."""


class Left(Exception):
    """This person closed the page at the first failure."""


@dataclass(frozen=True)
class Sent:
    """A message that the server said it had taken: what the page calls sent."""

    envelope: bytes
    answer: dict[str, Any]


@dataclass
class Writer:
    """Somebody with an inbox of their own. `goes_on`: comes back and writes again; `stays`: tries again whatever happens."""

    inbox: InboxKeys
    first: dict[str, str]
    goes_on: bool = False
    stays: bool = True
    sent: list[Sent] = field(default_factory=list)
    tried_again: int = 0

    @property
    def first_envelope(self) -> Envelope:
        return Envelope.parse(decode(self.first["envelope"]))


def signed_first(writer: Writer) -> bytes:
    """The body of `POST messages`, over a challenge as this process's installation makes them."""
    return json.dumps(signed_body(writer.inbox, writer.first, now())).encode()


def new_writer(site: Site, desk: Desk, number: int) -> Writer:
    """Somebody whose first message is sealed; without the slow derivation from words."""
    inbox = inbox_keys_of(site, os.urandom(32))
    return Writer(inbox, seal_first(site, inbox, desk, {"route": "self", "terms": 1, "text": f"Message {number}"}))


def gather_writers(site: Site, desk: Desk, *, count: int, going_on: int, leaving: int) -> list[Writer]:
    """So many, the kinds mixed."""
    writers = [new_writer(site, desk, number) for number in range(count + leaving)]
    for place in range(going_on):
        writers[place].goes_on = True
    for place in range(going_on, going_on + leaving):
        writers[place].stays = False
    return sorted(writers, key=lambda writer: writer.inbox.inbox_id)  # In an order of chance.


class Line:
    """One connection to the web server, kept alive while it holds; a new one is made after any failure."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None, token: str) -> tuple[int, dict[str, Any]]:
        """One request, once; raises NoAnswer."""
        headers = {"Host": f"localhost:{self.port}", **(JSON if body is not None else {})}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
            self._connection.request(method, f"/api/v1/{path}", body, headers)
            response = self._connection.getresponse()
            status, content = response.status, json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.hang_up()
            raise NoAnswer(type(error).__name__) from error
        if status >= 500:
            raise NoAnswer(f"{status} {content.get('type')}")
        return status, content

    def hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Crowd:
    """Everybody who writes, so many at once; `moments` has when (monotonic) something was answered with "sent", in order."""

    pause = PAUSE

    def __init__(self, site: Site, port: int, today: int, writers: Iterable[Writer]) -> None:
        self.site, self.port, self.today = site, port, today
        self.writers = list(writers)
        self.failures: deque[str] = deque()
        self.moments: list[float] = []
        self._queue = deque(self.writers)
        self._pool: ThreadPoolExecutor | None = None
        self._at_work: list[Any] = []
        self._stopped = threading.Event()

    @property
    def messages(self) -> int:
        return len(self.moments)

    def has_sent(self, messages: int) -> bool:
        """Whether so many were sent, or everybody is done."""
        return self.messages >= messages or all(work.done() for work in self._at_work)

    def begin(self, at_once: int) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="writer")
        self._at_work = [self._pool.submit(self._work) for _ in range(at_once)]

    def end(self) -> None:
        """Waits for all; raises what one of them raised."""
        assert self._pool is not None
        self._pool.shutdown()
        for work in self._at_work:
            work.result()

    def abandon(self) -> None:
        """Ends early, when the drill itself has failed."""
        self._stopped.set()
        if self._pool is not None:
            self._pool.shutdown()

    def _work(self) -> None:
        line = Line(self.port)
        try:
            while not self._stopped.is_set() and (writer := self._next()):
                try:
                    self._write(line, writer)
                except Left:
                    continue
        finally:
            line.hang_up()

    def _next(self) -> Writer | None:
        """Whoever writes next; None when nobody is left."""
        try:
            return self._queue.popleft()
        except IndexError:
            return None

    def _told_sent(self, writer: Writer, body: dict[str, Any], answer: dict[str, Any]) -> None:
        writer.sent.append(Sent(decode(body["envelope"]), answer))
        self.moments.append(time.monotonic())

    def _write(self, line: Line, writer: Writer) -> None:
        first = self._with_a_challenge(line, writer, "messages", partial(sign_first, self.site, writer.inbox, writer.first))
        self._told_sent(writer, writer.first, first)
        if not writer.goes_on:
            return
        token = self._come_back(line, writer)
        thread = read_as_person(self.site, writer.inbox, self._insist(line, writer, "GET", "inbox", None, token), self.today)
        assert thread.warnings == []
        body = seal_from_person(self.site, writer.inbox, thread, "Are you there?")
        self._told_sent(writer, body, self._insist(line, writer, "POST", "inbox/envelopes", json.dumps(body).encode(), token))

    def _come_back(self, line: Line, writer: Writer) -> str:
        """A session."""
        return str(self._with_a_challenge(line, writer, "sessions", partial(sign_session, self.site, writer.inbox))["token"])

    def _with_a_challenge(self, line: Line, writer: Writer, path: str, sign: Callable[[str], dict[str, str]]) -> dict[str, Any]:
        """The answer to a request that is signed over a challenge, good once: after a failure the browser asks for a new one."""
        for _ in range(MOST_TRIES):
            challenge = str(self._insist(line, writer, "POST", "challenges", b"{}")["challenge"])
            body = json.dumps(sign(challenge)).encode()
            try:
                status, answer = line.ask("POST", path, body, "")
            except NoAnswer as failure:
                self._failed(failure, writer)
                continue
            if status == 429:  # Many failures are many requests; the browser waits as it is asked to (§7.11).
                time.sleep(answer["wait"])
                continue
            assert status in {200, 201}, (path, answer)
            return answer
        raise AssertionError(f"{path}: no answer, however often it was tried")

    def _insist(self, line: Line, writer: Writer, method: str, path: str, body: bytes | None, token: str = "") -> dict[str, Any]:
        """The answer to the request, whose bytes are sent again after each failure."""
        for _ in range(MOST_TRIES):
            try:
                status, answer = line.ask(method, path, body, token)
            except NoAnswer as failure:
                self._failed(failure, writer)
                continue
            assert status in {200, 201}, (path, answer)
            return answer
        raise AssertionError(f"{path}: no answer, however often it was tried")

    def _failed(self, failure: NoAnswer, writer: Writer) -> None:
        self.failures.append(str(failure))
        writer.tried_again += 1
        if not writer.stays or self._stopped.is_set():
            raise Left
        time.sleep(self.pause)
