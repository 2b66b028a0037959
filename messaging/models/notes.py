"""What counsellors keep for each other, sealed to the desk: notes on a conversation, and replies that they use again (PROTOCOL §6)."""

from django.db import models

from messaging.models.desk import Epoch
from messaging.models.fields import BytesField
from messaging.models.inbox import Conversation

NOTE_SIZE = 9527


class DeskNote(models.Model):
    """A note on a conversation, for the desk alone; gone with it. Who wrote it is in the note, signed."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="+", db_index=False)
    note = BytesField(size=NOTE_SIZE)
    note_hash = BytesField(size=32)
    written_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["conversation", "note_hash"], name="desk_note_once")]

    def __str__(self) -> str:
        return f"Note {self.pk}"


class SavedReply(models.Model):
    """A reply that the desk uses again, by an id of its own; a newer one of the same id takes its place."""

    reply_id = BytesField(size=16, unique=True)
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="+", db_index=False)
    note = BytesField(size=NOTE_SIZE)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "saved replies"

    def __str__(self) -> str:
        return f"Saved reply {self.pk}"
