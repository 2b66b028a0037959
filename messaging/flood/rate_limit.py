"""How often one inbox, or one token, may ask: a bucket each, in this process's memory alone. PURE.

Nothing is written anywhere, nothing tells an address, and nobody's bucket is anyone else's. There is room for so many buckets; those that
were not used the longest are forgotten, which only ever lets someone ask more often.
"""

import os
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil


@dataclass(frozen=True)
class RateLimit:
    """So many at once, and then one more each `every`."""

    burst: int
    every: timedelta


class RateBuckets:
    """The buckets of one kind of request; started again in a forked process."""

    def __init__(self, rate: RateLimit, room: int = 20_000) -> None:
        self._rate, self._room = rate, room
        self.forget()
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        """Every bucket is full again."""
        self._lock = threading.Lock()
        # When each bucket will be full.
        self._full_at: OrderedDict[bytes | int, datetime] = OrderedDict()

    def take(self, key: bytes | int, at: datetime) -> int:
        """0 where there was one to take; otherwise in how many seconds there will be. Refusing takes nothing."""
        with self._lock:
            # Never further ahead than a whole bucket takes: a clock that is set back makes nobody wait for longer than that.
            full_at = min(max(self._full_at.pop(key, at), at), at + self._rate.burst * self._rate.every)
            over = full_at + self._rate.every - at - self._rate.burst * self._rate.every
            if over <= timedelta():
                full_at += self._rate.every
            self._full_at[key] = full_at
            while len(self._full_at) > self._room:
                self._full_at.popitem(last=False)
        return ceil(over.total_seconds()) if over > timedelta() else 0
