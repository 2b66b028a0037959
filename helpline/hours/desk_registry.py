"""Who could answer on a channel, beyond what the rota says. Messaging registers its answer here, because this room knows of no desk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from helpline.calendar.able_to_answer import KnownCounsellor, lack_to_read


@dataclass(frozen=True)
class DeskKnowledge:
    """What a desk knows at an instant.

    people: by counsellor. Who is not named has no place there. grace: for how long of a shift nobody needs to have been seen.
    key: the number of the key that messages are sealed for today, or None. waiting_since: since when the longest waits that nobody has.
    """

    people: Mapping[int, KnownCounsellor] = field(default_factory=dict)
    grace: timedelta = timedelta()
    key: int | None = None
    waiting_since: datetime | None = None

    @property
    def could_read(self) -> bool:
        """Someone could read what is sealed today."""
        return self.key is not None and any(lack_to_read(known) is None for known in self.people.values())


Question = Callable[[datetime], DeskKnowledge]
_known: dict[str, Question] = {}


def register_desk(channel: str, question: Question) -> None:
    """From now on this is asked of the channel; a second question takes the first one's place."""
    _known[channel] = question


def ask_desk(channel: str, at: datetime) -> DeskKnowledge | None:
    """What is known; None for a channel that has no desk, where the rota alone counts."""
    question = _known.get(channel)
    return None if question is None else question(at)
