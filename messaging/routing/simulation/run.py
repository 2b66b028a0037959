"""The weeks themselves, from one event to the next: messages come, shifts and hours begin and end, answers are done."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from helpline.calendar import Availability, Calendar, add_working_time, compute_availability
from helpline.calendar.staffing import Duty, staffed_intervals
from helpline.calendar.wall_clock import at_minute
from messaging.routing.simulation.scenarios import (
    FIRST_DAY,
    ONE_DAY,
    PROMISE,
    WEEKS,
    ZONE,
    Scenario,
    SimulatedMessage,
    simulated_calendar,
    simulated_messages,
    simulated_rota,
)
from messaging.routing.simulation.state import SimulatedConversation, SimulationState

# Messages stop after four weeks; the desk goes on until all are answered, or for so many more.
WEEKS_AFTER = 8
LIVELY = timedelta(days=14)


@dataclass(frozen=True)
class SimulatedAnswer:
    """A message that was answered, and by whom."""

    message: SimulatedMessage
    at: datetime
    member: int


@dataclass(frozen=True)
class SimulationOutcome:
    """What came of it: every answer, the rota that was worked, who was given how many in which week, and what the reminders had to say."""

    scenario: Scenario
    seed: int
    calendar: Calendar
    came: int
    answers: list[SimulatedAnswer]
    shifts: list[Duty]
    absences: list[Duty]
    given: dict[tuple[datetime, int], int]
    handed_back: int
    reminded: int
    told: int


def run_simulation(scenario: Scenario, seed: int) -> SimulationOutcome:
    """The same scenario and seed always give the same."""
    return _Weeks(scenario, seed).outcome()


@dataclass
class _Weeks:
    scenario: Scenario
    seed: int
    calendar: Calendar = field(default_factory=simulated_calendar)
    answers: list[SimulatedAnswer] = field(default_factory=list)
    begun: list[SimulatedConversation] = field(default_factory=list)
    # Who works on which conversation, on how many of its messages, and the event that will be the end of it.
    busy: dict[int, tuple[SimulatedConversation, int, int]] = field(default_factory=dict)
    events: list[tuple[datetime, int, str, int]] = field(default_factory=list)
    known: Availability | None = None
    reminders: dict[str, int] = field(default_factory=lambda: {"half": 0, "full": 0})

    def __post_init__(self) -> None:
        # Seeded on purpose: this is a game of chance, and no secret comes of it.
        self.coming = simulated_messages(self.scenario, Random(self.seed))  # noqa: S311
        self.state = SimulationState(*simulated_rota(self.scenario.desks, WEEKS + WEEKS_AFTER))
        self.duty = staffed_intervals(self.state.shifts, self.state.absences)
        self.numbers = count()

    def outcome(self) -> SimulationOutcome:
        for at in self._boundaries():
            self._later(at, "boundary")
        for number, message in enumerate(self.coming):
            self._later(message.at, "message", number)
        while self.events and len(self.answers) < len(self.coming):
            at = self.events[0][0]
            boundary = False
            while self.events and self.events[0][0] == at:
                _, number, kind, which = heapq.heappop(self.events)
                boundary |= kind == "boundary"
                self._happens(kind, number, which, at)
            self._sweep(at, boundary)
        state, (reminded, told) = self.state, self.reminders.values()
        made_up = self.scenario, self.seed, self.calendar, len(self.coming), self.answers
        return SimulationOutcome(*made_up, state.shifts, state.absences, dict(state.given), state.handed_back, reminded, told)

    def _boundaries(self) -> Iterator[datetime]:
        """Whenever someone comes or goes, or messages open or close."""
        until = self.state.shifts[-1].interval.end
        spans = [duty.interval for duty in (*self.state.shifts, *self.state.absences)]
        spans += [opening for opening in self.calendar.openings(at_minute(FIRST_DAY, 0, ZONE)) if opening.start < until]
        yield from sorted({end for span in spans for end in (span.start, span.end)})

    def _later(self, at: datetime, kind: str, which: int = 0) -> int:
        number = next(self.numbers)
        heapq.heappush(self.events, (at, number, kind, which))
        return number

    def _happens(self, kind: str, number: int, which: int, at: datetime) -> None:
        if kind == "message":
            self._comes(which)
        elif kind == "done":
            self._done(number, which, at)
        elif kind in self.reminders:
            message = self.coming[which]
            self.reminders[kind] += any(
                message is waiting for conversation in self.state.active.values() for waiting in conversation.unanswered
            )

    def _comes(self, which: int) -> None:
        message = self.coming[which]
        lively = (
            [conversation for conversation in self.begun if not conversation.junk and message.at - conversation.begun <= LIVELY]
            if message.goes_on
            else []
        )
        if lively:
            conversation = lively[int(message.draw * len(lively))]
        else:
            conversation = SimulatedConversation(len(self.begun), message.at, message.junk)
            self.begun.append(conversation)
        if not conversation.unanswered:
            # The promise runs from the first that waits.
            for kind, promise in (("half", PROMISE / 2), ("full", PROMISE)):
                if due := add_working_time(self.calendar, message.at, promise):
                    self._later(due, kind, which)
        conversation.unanswered.append(message)
        conversation.unrouted_since = conversation.unrouted_since or message.at
        self.state.active[conversation.id] = conversation

    def _done(self, number: int, member: int, at: datetime) -> None:
        if member not in self.busy or self.busy[member][2] != number:
            return  # The shift was over first: whoever goes on begins anew.
        conversation, read, _ = self.busy.pop(member)
        self.answers += [SimulatedAnswer(message, at, member) for message in conversation.unanswered[:read]]
        conversation.flagged |= any(message.flagged for message in conversation.unanswered[:read])
        del conversation.unanswered[:read]
        if not conversation.unanswered:
            conversation.assigned, conversation.unrouted_since = False, None
            del self.state.active[conversation.id]

    def _sweep(self, at: datetime, boundary: bool) -> None:
        """As a worker does after each request for routing; nobody's shift ends but at a boundary."""
        if boundary:
            self.state.end_shifts(at)
            self.busy = {member: work for member, work in self.busy.items() if member in self.state.on_duty}
        if self._availability(at).state not in {"closed", "unstaffed"}:
            self.state.route(at)
        for member in sorted(self.state.on_duty.keys() - self.busy.keys()):
            self._begin(member, at)

    def _begin(self, member: int, at: datetime) -> None:
        """A counsellor with nothing in hand reads the conversation in which someone waits the longest, whole, and answers it."""
        if work := self.state.open_work(member):
            conversation = min(work, key=lambda conversation: (conversation.unanswered[0].at, conversation.id))
            longest = max(message.work for message in conversation.unanswered)
            self.busy[member] = conversation, len(conversation.unanswered), self._later(at + longest, "done", member)

    def _availability(self, at: datetime) -> Availability:
        """The calendar's own answer, asked again when it says that it may be another."""
        if self.known is None or (self.known.changes_at and at >= self.known.changes_at):
            ahead = [interval for interval in self.duty if interval.end > at and interval.start < at + 2 * ONE_DAY]
            self.known = compute_availability(self.calendar, channel="messages", at=at, promise=PROMISE, duty=ahead)
        return self.known
