"""A person chooses how long their conversation is kept (PROTOCOL §7.9)."""

from messaging.encoding import demand
from messaging.models import Conversation
from messaging.problems import Problem
from messaging.retention import CHOICES


def keep_for(inbox_pk: int, own: int | None) -> None:
    """None leaves it to the installation's rule.

    Raises:
        Malformed: another number than those that can be chosen.
        Problem: not-found, for a conversation that is deleted meanwhile.
    """
    demand(own is None or own in CHOICES, "own must be null or one of the choices")
    if not Conversation.objects.filter(inbox=inbox_pk).update(keep_days=own):
        raise Problem("not-found", "There is no such conversation. It may have been deleted.")
