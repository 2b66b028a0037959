"""How long the hub gives to what, and how often it says something. PURE."""

import math
from dataclasses import dataclass

from messaging.hub.frames import BEAT

# So many pulses may come together after a gap of the network.
BURST = 8
# At so many moments within a beat rooms have theirs: both sides of a talk at one, and a quarter of all talks with them.
MOMENTS = 4
# A ring may be lost on its way: at every so many beats a side of a talk looks without one. (A desk with a bell does so on its own.)
BEATS_TO_A_LOOK = 15


@dataclass(frozen=True)
class Pace:
    """How long what takes, in seconds; tests hurry."""

    beat: float = BEAT
    bell: float = 10.0  # A bell's sign of life; its page answers each.
    bell_gap: float = 1.0  # Between two looks of one bell.
    ticket: float = 5.0  # For the ticket to come.
    silence: float = 15.0  # Without a pulse: nobody is there.
    bell_silence: float = 35.0
    haste: float = 1.0  # Between two pulses, on the long run; `BURST` may come together after a gap of the network.

    def second_beat(self, room: bytes, *, after: float) -> float:
        """When a seat that sat down `after` (monotonic) has its second beat: at its room's moment, half a beat later at the earliest."""
        moment = room[0] % MOMENTS / MOMENTS
        return (math.ceil((after / self.beat) + 0.5 - moment) + moment) * self.beat
