"""What a fault did to the people who write and to routing, and how long it lasted."""

import random
import time
from dataclasses import dataclass

from django.db import DatabaseError, connection

from messaging.models import Conversation
from tests.drill.fault import EACH_KILL_SECONDS, Fault
from tests.drill.moments import longest_gap
from tests.drill.stack import PATIENCE, Stack, gives_back
from tests.drill.steady import Steady
from tests.drill.talking import Talking
from tests.parts.mail import Mail

LOOK_EVERY = 0.1
AT_ONCE_SECONDS = 1.0  # Who is given to a counsellor within it has not waited.
QUIET_SECONDS = 1.5  # Nobody waited for so long: routing is back.
GIVE_BACK_EVERY = 1.0


@dataclass(frozen=True)
class Row:
    """One fault. times: how often; held: seconds; taken: messages answered with "sent"; failed: tries that their sender saw fail.

    silence: the longest time, in seconds, in which no message was taken; routed: from the fault's end until nobody waited for a counsellor
    longer than AT_ONCE_SECONDS; waited: the longest that anybody was seen to wait for one. None: it did not come back.
    away: the longest time, in seconds, that a page of a live talk had no line; message: the longest from a press to the other page of one.
    """

    name: str
    times: int
    held: float
    taken: int
    failed: int
    silence: float
    routed: float | None
    waited: float
    away: float
    message: float
    seen: str
    wrong: tuple[str, ...]


class Watch:
    """Looks again and again at who waits, keeps the parts running, and has counsellors give conversations back."""

    def __init__(self, stack: Stack, crowd: Steady, talks: Talking, mail: Mail | None, chance: random.Random) -> None:
        self.stack, self.crowd, self.talks, self.mail, self.chance = stack, crowd, talks, mail, chance
        self._waiting: dict[int, float] = {}
        self._next_give_back = 0.0
        self._giving_back = True
        self.longest = 0.0
        self.last_wait = 0.0  # When somebody was last seen to have waited too long, or nobody could look.

    def look(self) -> None:
        self.stack.supervise()
        self.crowd.check()
        self.talks.check()
        try:
            unrouted = Conversation.objects.filter(unrouted_since__isnull=False).values_list("pk", flat=True)
            found, at = list(unrouted), time.monotonic()
            if self._giving_back and at > self._next_give_back:
                self._next_give_back = at + GIVE_BACK_EVERY
                gives_back(1, self.chance)
        except DatabaseError:
            connection.close()
            self.last_wait = time.monotonic()
            return
        self._waiting = {pk: self._waiting.get(pk, at) for pk in found}
        waited = max((at - since for since in self._waiting.values()), default=0.0)
        self.longest = max(self.longest, waited)
        if waited > AT_ONCE_SECONDS:
            self.last_wait = at

    def calm_down(self) -> None:
        """When nobody writes any more: nobody gives anything back, and who still waits has PATIENCE."""
        self._giving_back = False
        end = time.monotonic() + PATIENCE
        self.look()
        while self._waiting and time.monotonic() < end:
            self.hold(LOOK_EVERY)

    def hold(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.look()
            time.sleep(min(LOOK_EVERY, left))

    def until_routed(self, since: float) -> float | None:
        """Seconds from `since` until nobody waits any more; zero where nobody did. None: not within PATIENCE."""
        while time.monotonic() < since + PATIENCE:
            self.hold(LOOK_EVERY)
            quiet = time.monotonic() - max(since, self.last_wait)
            if quiet > QUIET_SECONDS and any(moment > since for moment in self.crowd.moments[-100:]):
                return max(0.0, self.last_wait - since)
        return None

    def until_talks_are_well(self) -> bool:
        """Every page of a talk has its line and what was written; False where that takes longer than PATIENCE."""
        end = time.monotonic() + PATIENCE
        while not self.talks.well and time.monotonic() < end:
            self.hold(LOOK_EVERY)
        return self.talks.well

    def go_through(self, fault: Fault, seconds: float) -> Row:
        """The fault, held so long, and the time after it until all is as before."""
        failed, taken, mails, restarted = (len(each) for each in self._counted())
        self.longest, begun = 0.0, time.monotonic()
        routed: list[float | None] = []
        if fault.kills:
            while not routed or time.monotonic() + EACH_KILL_SECONDS <= begun + seconds:
                since = time.monotonic()
                fault.begin()
                routed.append(self.until_routed(since))
                self.hold(max(0.0, min(since + EACH_KILL_SECONDS, begun + seconds) - time.monotonic()))
        else:
            fault.begin()
            try:
                self.hold(seconds / 2)
                fault.middle(seconds)
                self.hold(seconds / 2)
            finally:
                since = time.monotonic()
                fault.end()
            routed.append(self.until_routed(since))
        held = seconds if not fault.kills else 0.0
        failures, moments, subjects, again = self._counted()
        over = time.monotonic()
        moments = moments[taken:]
        talks_are_well = self.until_talks_are_well()
        told = [f"“{subject}”" for subject in subjects[mails:]]
        others = [f"{name} ended and was started again" for name in again[restarted:]]
        return Row(
            name=fault.name,
            times=len(routed),
            held=held,
            taken=len(moments),
            failed=len(failures) - failed,
            silence=longest_gap(begun, moments, over),
            routed=None if None in routed else max(each for each in routed if each is not None),
            waited=self.longest,
            away=self.talks.longest_away(begun, time.monotonic()),
            message=self.talks.longest_message(begun, over),
            seen="; ".join(filter(None, [fault.seen(), *told, *others])),
            wrong=(
                *fault.wrong(held),
                *(["routing did not come back"] if None in routed else []),
                *([] if talks_are_well else ["a live talk did not come back"]),
            ),
        )

    def _counted(self) -> tuple[list[str], list[float], list[str], list[str]]:
        return list(self.crowd.failures), self.crowd.moments, self.mail.subjects if self.mail else [], self.stack.restarted
