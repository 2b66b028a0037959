"""A month of live talks that are made up: who asks when, how long they talk, and how soon counsellors answer. PURE.

Who is offered a talk, and when waiting ends, is decided by the service's own policy (`messaging.routing.talk_policy`).
"""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random

from helpline.calendar.wall_clock import at_minute
from messaging.routing.simulation.scenarios import FIRST_DAY, ONE_DAY, TAKES, WEEKS, ZONE, draw_duration
from messaging.routing.talk_policy import (
    OFFER,
    QUIET,
    WEIGHT,
    RequestedTalk,
    TalkCandidate,
    TalkEnding,
    TalkOffer,
    TalkPause,
    decide_requests,
    may_take,
)

OPENS, CLOSES = 600, 960
MOST_TALKS = 2
# A talk takes 25 minutes in the middle; an offer is answered within eight seconds, and one of ten rings in vain.
TALK_MINUTES, TALK_SPREAD, ANSWER_SECONDS, ANSWER_SPREAD, IN_VAIN = 25.0, 0.5, 8.0, 0.6, 0.1
LOOK = timedelta(seconds=5)


@dataclass(frozen=True)
class LiveScenario:
    """So many ask in an hour, of so many counsellors who are there all day."""

    title: str
    an_hour: float
    counsellors: int


LIVE_SCENARIOS = {
    "live": LiveScenario("live talk: four ask in an hour, three counsellors", 4, 3),
    "live-rush": LiveScenario("live talk: twelve ask in an hour, three counsellors", 12, 3),
}


@dataclass(frozen=True)
class LiveReport:
    """What became of everyone who asked. Waits are those of talks that were taken, in seconds."""

    title: str
    asked: int
    taken: int
    p50: float
    p90: float
    became_messages: int
    offers: int
    most_at_once: int

    def as_json(self) -> dict[str, str | int | float]:
        return {
            "title": self.title,
            "asked": self.asked,
            "taken": self.taken,
            "p50_seconds": self.p50,
            "p90_seconds": self.p90,
            "became_messages": self.became_messages,
            "offers": self.offers,
            "most_at_once": self.most_at_once,
        }


@dataclass
class _LiveDesk:
    """The desk as it stands: requests, talks by counsellor with their ends, quiet, and turns."""

    scenario: LiveScenario
    chance: Random
    requests: dict[int, RequestedTalk] = field(default_factory=dict)
    talks: dict[int, list[datetime]] = field(default_factory=dict)
    quiet: dict[int, datetime] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    messages: int = 0
    offers: int = 0
    most: int = 0

    def able(self, at: datetime) -> list[TalkCandidate]:
        offered = {each.member for each in self.requests.values()}
        found = []
        for member in range(1, self.scenario.counsellors + 1):
            own = self.talks.setdefault(member, [])
            talks = len(own)
            found.append(
                TalkCandidate(
                    member,
                    open=WEIGHT * talks,
                    cap=TAKES,
                    talks=talks,
                    most=MOST_TALKS,
                    turn=self.turns.get(member, 0),
                    offered=member in offered,
                    free_at=self.quiet.get(member),
                )
            )
        return found

    def end_talks(self, at: datetime) -> None:
        for member, own in self.talks.items():
            going = [end for end in own if end > at]
            if len(going) < len(own):
                self.quiet[member] = max(end for end in own if end <= at) + QUIET
            self.talks[member] = going

    def take(self, number: int, member: int, at: datetime) -> None:
        request = self.requests.get(number)
        if request is None or request.member != member or request.offered_at is None or not may_take(request.offered_at, at):
            return
        del self.requests[number]
        minutes = draw_duration(self.chance, TALK_MINUTES, TALK_SPREAD)
        self.talks[member].append(at + timedelta(seconds=round(60 * minutes)))
        self.turns[member] = max(self.turns.values(), default=0) + 1
        self.waits.append((at - request.asked_at).total_seconds())
        self.most = max(self.most, *(len(own) for own in self.talks.values()))

    def look(self, at: datetime, *, is_open: bool) -> Iterator[tuple[datetime, int, int]]:
        """Decides about all requests; gives when a counsellor will have answered an offer."""
        for number, decision in decide_requests(list(self.requests.values()), self.able(at), is_open=is_open, at=at):
            was = self.requests[number]
            if isinstance(decision, TalkEnding):
                del self.requests[number]
                self.messages += 1
            elif isinstance(decision, TalkOffer):
                self.offers += 1
                self.requests[number] = replace(was, member=decision.member, offered_at=at, passed=decision.passed)
                answers = self.chance.random() >= IN_VAIN
                seconds = draw_duration(self.chance, ANSWER_SECONDS, ANSWER_SPREAD)
                if answers and timedelta(seconds=seconds) < OFFER:
                    yield at + timedelta(seconds=round(seconds)), number, decision.member
            elif isinstance(decision, TalkPause):
                self.requests[number] = replace(was, member=None, offered_at=None, passed=decision.passed)


def simulate_live(scenario: LiveScenario, seed: int) -> LiveReport:
    """Four weeks, from ten to four on working days; the same seed gives the same month."""
    chance = Random(seed)  # noqa: S311 - made-up people, and not a secret
    desk, numbers, asked = _LiveDesk(scenario, chance), count(1), 0
    for day in range(WEEKS * 7):
        date = FIRST_DAY + day * ONE_DAY
        if date.weekday() >= 5:
            continue
        opens, closes = at_minute(date, OPENS, ZONE), at_minute(date, CLOSES, ZONE)
        events: list[tuple[datetime, int, int]] = []  # When, and who answers which; nobody asks.
        at = opens
        while (at := at + timedelta(seconds=round(-3600 / scenario.an_hour * math.log(1 - chance.random())) or 1)) < closes:
            heapq.heappush(events, (at, 0, 0))
            asked += 1
        looks = opens
        while events or desk.requests:
            at = min(looks, events[0][0]) if events else looks
            if not desk.requests and events:
                at = events[0][0]
            desk.end_talks(at)
            while events and events[0][0] <= at:
                _, number, member = heapq.heappop(events)
                if member:
                    desk.take(number, member, at)
                else:
                    new = next(numbers)
                    desk.requests[new] = RequestedTalk(new, at)
            for answer in desk.look(at, is_open=at < closes):
                heapq.heappush(events, answer)
            looks = at + LOOK
        desk.end_talks(closes + ONE_DAY / 2)
    waits = sorted(desk.waits)
    return LiveReport(scenario.title, asked, len(waits), _part(waits, 50), _part(waits, 90), desk.messages, desk.offers, desk.most)


def _part(waits: list[float], percent: int) -> float:
    """The wait that so many of a hundred had at most."""
    return waits[max(math.ceil(len(waits) * percent / 100) - 1, 0)] if waits else 0.0
