"""A live talk that is under way, and what its pages have in common: how they ask, and how they send."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, decode
from messaging.protocol.peer import Site
from tests.bench.live_cast import CastTalk
from tests.bench.live_line import Answer, Http, Line, NoAnswer
from tests.bench.live_voices import Ear, Said, Voice

TRY_AGAIN = 1.0


class Refused(Exception):
    """An answer that no page of ours should meet."""


@dataclass
class TalkRun:
    """A talk that is under way: both sides' words, and their lines where they have them."""

    site: Site
    cast: CastTalk
    voices: dict[int, Voice] = field(default_factory=dict)
    ears: dict[int, Ear] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        for direction in (FROM_PERSON, FROM_DESK):
            self.voices[direction] = Voice(self.site, self.cast, direction)
            self.ears[direction] = Ear(self.site, self.cast, direction, self.said(direction))

    def said(self, direction: int) -> Said:
        return self.voices[direction].said

    def mark(self, direction: int) -> bytes:
        """What a pulse of that side begins with."""
        return hashlib.sha256(self.cast.secret + bytes([direction])).digest()[:16]


class Once:
    """Does it once for all that ask while it is done, and once more for those."""

    def __init__(self, act: Callable[[], Awaitable[None]], broken: list[Exception]) -> None:
        self._act, self._asked, self._broken = act, False, broken
        self._task: asyncio.Task[None] | None = None

    def __call__(self) -> None:
        self._asked = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._asked:
            self._asked = False
            try:
                await self._act()
            except NoAnswer:
                continue
            except Exception as error:  # noqa: BLE001 - whatever it is, whoever measures must hear of it
                self._broken.append(error)


async def post_until_sent(http: Http, path: str, voice: Voice, line: Line | None) -> None:
    """Presses, waits for the beat where there is a line, and posts the very same bytes until they are answered with “sent”."""
    number, envelope = voice.press()
    body = json.dumps(envelope).encode()
    if line is not None:
        await line.next_beat()
    while True:
        try:
            answer = await http.ask("POST", path, body)
        except NoAnswer:
            await asyncio.sleep(TRY_AGAIN)
            continue
        if answer.status == 429:
            await asyncio.sleep(json.loads(answer.body).get("wait", 1))
            continue
        demand(answer, 200, 201)
        voice.note_sent(number)
        return


def demand(answer: Answer, *statuses: int) -> Answer:
    """Raises NoAnswer where it should be asked again later, Refused where it is no answer for a page of ours."""
    if answer.status == 429:
        raise NoAnswer("429")
    if answer.status not in statuses:
        raise Refused(f"{answer.status}: {answer.body[:300]!r}")
    return answer


async def ticket(http: Http, path: str) -> bytes:
    """A ticket's bytes; raises as `demand`, and NoAnswer."""
    return decode(json.loads(demand(await http.ask("POST", path, b"{}"), 200).body)["ticket"])
