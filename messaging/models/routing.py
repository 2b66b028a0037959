"""Why a conversation is where it is: a sentence for every decision, with no content."""

from django.db import models

from messaging.models.desk import DeskMember
from messaging.models.inbox import Conversation


class RoutingEvent(models.Model):
    """One decision about a conversation; gone with it. Once a conversation is answered, its earlier times are kept to the day."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned"
        KEPT = "kept"
        RETURNED = "returned"
        CLAIMED = "claimed"
        RELEASED = "released"
        ANSWERED = "answered"
        CLOSED = "closed"
        NUDGED = "nudged"
        OVERDUE = "overdue"
        SNOOZED = "snoozed"
        WOKEN = "woken"
        HANDED = "handed"
        TAKEN_OVER = "taken-over"
        FLAGGED = "flagged"
        UNOPENED = "unopened"
        OPENED = "opened"
        UNFLAGGED = "unflagged"
        BLOCKED = "blocked"
        UNBLOCKED = "unblocked"
        KEPT_ON = "kept-on"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    member = models.ForeignKey(DeskMember, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.why}"
