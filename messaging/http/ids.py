"""Identifiers in addresses."""

from messaging.http.problems import Problem
from messaging.protocol.encoding import ID, Malformed, decode


def parse_conversation_id(text: str) -> bytes:
    """Raises Problem not-found for what cannot be one."""
    try:
        return decode(text, ID)
    except Malformed as error:
        raise Problem("not-found", "There is no such conversation.") from error
