"""Why a conversation is where it is: every decision in words, with no content."""

from django.db import models

from messaging.models.desk import DeskMember
from messaging.models.inbox import Conversation


class RoutingEvent(models.Model):
    """One decision about a conversation; gone with it."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned"
        CLAIMED = "claimed"
        RELEASED = "released"
        ANSWERED = "answered"
        CLOSED = "closed"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    member = models.ForeignKey(DeskMember, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
