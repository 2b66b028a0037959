"""Who opened which conversation: one row for a counsellor, a conversation and a day, however often they read it."""

from django.db import models

from messaging.models.desk import DeskMember
from messaging.models.inbox import Conversation


class ConversationRead(models.Model):
    """It says nothing of the hour, and goes with the conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="reads", db_index=False)
    member = models.ForeignKey(DeskMember, on_delete=models.CASCADE, related_name="reads", db_index=False)
    read_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["conversation", "member", "read_on"], name="read_once_a_day")]
        indexes = [models.Index(fields=["member", "read_on"], name="read_by_whom")]

    def __str__(self) -> str:
        return f"{self.member} read {self.conversation}"
