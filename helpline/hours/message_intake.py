"""Whether a message could be taken now, and read. Messaging registers its answer here, because helpline must not import messaging."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from helpline.hours.desk_registry import DeskKnowledge


@dataclass(frozen=True)
class MessageIntake:
    """An answer, and the instant at which it changes on its own, where that is known."""

    possible: bool
    changes_at: datetime | None = None


Question = Callable[[datetime, DeskKnowledge | None], MessageIntake]
_asked: dict[str, Question] = {}


def register_intake(name: str, question: Question) -> None:
    """From now on this is asked whenever someone wants to know; a second question of the name takes the first one's place."""
    _asked[name] = question


def message_intake(at: datetime, hands: DeskKnowledge | None) -> MessageIntake:
    """Possible when nobody who was asked says that it is not; where nobody is asked, nothing is known against it.

    `hands` is what the desk that answers messages knows at `at`.
    """
    answers = [question(at, hands) for question in _asked.values()]
    changes = min((answer.changes_at for answer in answers if answer.changes_at), default=None)
    return MessageIntake(all(answer.possible for answer in answers), changes)
