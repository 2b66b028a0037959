"""Both sides look at once when something becomes of a live talk. Where no bell rings they find it when they look next."""

from messaging.hub.rings import ring_conversation, ring_desk
from messaging.models import Talk


def ring_talk(talk: Talk) -> None:
    """After the commit: the person's page, and every desk."""
    ring_conversation(talk.conversation.conversation_id)
    ring_desk()
