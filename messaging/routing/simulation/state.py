"""The made-up desk as it stands at an instant: its conversations, and what each counsellor has."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from helpline.calendar import Interval
from helpline.calendar.staffing import Duty, time_on_duty
from messaging.routing.policy import OnDutyPool, QueuedConversation, RoutingCandidate, RoutingOutcome
from messaging.routing.simulation.scenarios import TAKES, SimulatedMessage, simulated_monday


@dataclass
class SimulatedConversation:
    """What routing knows of a row, and the messages in it that nobody has answered."""

    id: int
    begun: datetime
    junk: bool
    member: int | None = None
    assigned: bool = False
    flagged: bool = False
    unrouted_since: datetime | None = None
    unanswered: list[SimulatedMessage] = field(default_factory=list)


@dataclass
class SimulationState:
    """Everything that changes. In `active` conversations someone waits; `given` are assignments by (Monday, counsellor)."""

    shifts: list[Duty]
    absences: list[Duty]
    active: dict[int, SimulatedConversation] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    given: dict[tuple[datetime, int], int] = field(default_factory=lambda: defaultdict(int))
    flagged: dict[tuple[datetime, int], int] = field(default_factory=lambda: defaultdict(int))
    on_duty: dict[int, Interval] = field(default_factory=dict)
    handed_back: int = 0

    def __post_init__(self) -> None:
        self._by_week: dict[datetime, list[Duty]] = defaultdict(list)
        for shift in self.shifts:
            self._by_week[simulated_monday(shift.interval.start)].append(shift)

    def open_work(self, member: int) -> list[SimulatedConversation]:
        """What a counsellor has."""
        return [conversation for conversation in self.active.values() if conversation.assigned and conversation.member == member]

    def end_shifts(self, at: datetime) -> None:
        """As `routing.end_shifts`: what is open with those who have gone goes back, to its place in the queue."""
        away = {absence.counsellor_id for absence in self.absences if at in absence.interval}
        present = [shift for shift in self._by_week[simulated_monday(at)] if at in shift.interval and shift.counsellor_id not in away]
        now = {shift.counsellor_id: shift.interval for shift in present}
        for member in sorted(self.on_duty.keys() - now.keys()):
            for conversation in self.open_work(member):
                conversation.assigned = False
                conversation.unrouted_since = conversation.unrouted_since or conversation.unanswered[0].at
                self.handed_back += 1
        self.on_duty = now

    def route(self, at: datetime) -> None:
        """As `routing.route`: `messaging.routing.policy` decides, oldest first."""
        waiting = [(conversation.unrouted_since, conversation.id) for conversation in self.active.values() if conversation.unrouted_since]
        if not waiting:
            return
        desk = OnDutyPool(self._loads(at), max(self.turns.values(), default=0))
        for _, number in sorted(waiting):
            conversation = self.active[number]
            decision = desk.decide(
                QueuedConversation(conversation.id, conversation.assigned, conversation.member, None, conversation.flagged)
            )
            if decision is not None:
                conversation.member, conversation.assigned = decision.member, decision.outcome != RoutingOutcome.RETURNED
                conversation.unrouted_since = None if conversation.assigned else conversation.unrouted_since
        for member, load in desk.loads.items():
            self.turns[member] = load.turn
            self.given[simulated_monday(at), member] = load.given
            self.flagged[self.on_duty[member].start, member] = load.flagged

    def _loads(self, at: datetime) -> Iterable[RoutingCandidate]:
        monday = simulated_monday(at)
        week = Interval(monday, max(at, monday + timedelta(minutes=1)))
        worked = time_on_duty(self._by_week[monday], self.absences, week)
        for member, shift in sorted(self.on_duty.items()):
            minutes = int(worked.get(member, timedelta()).total_seconds()) // 60
            given, flagged = self.given[monday, member], self.flagged[shift.start, member]
            yield RoutingCandidate(
                member, len(self.open_work(member)), TAKES, self.turns[member], given=given, minutes=minutes, flagged=flagged
            )
