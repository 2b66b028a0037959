"""A person's short-lived access to their inbox (PROTOCOL §7.3, §7.4)."""

from django.db import models

from messaging.models.fields import BytesField
from messaging.models.inbox import Inbox


class SpentChallenge(models.Model):
    """A challenge that was used; kept until it would have expired anyway, so that it is good once."""

    nonce = BytesField(size=16, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Challenge {self.pk}"


class Session(models.Model):
    """A bearer token's SHA-256; dead after 30 idle minutes, and deleted then."""

    token_hash = BytesField(size=32, unique=True)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="sessions")
    used_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Session {self.pk}"
