"""What counsellors keep for each other, sealed to the desk: notes on a conversation, and replies that they use again (PROTOCOL §6)."""

from django.db import models

from messaging.models.desk_keys import Certificate, Epoch
from messaging.models.fields import BytesField
from messaging.models.inbox import Conversation

NOTE_SIZE = 9527
CARRY_SIZE = 1286


class DeskNote(models.Model):
    """A note on a conversation, for the desk alone; gone with it. Who wrote it is in the note, signed."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="+", db_index=False)
    note = BytesField(size=NOTE_SIZE)
    # By which other notes, and carries, name it.
    note_hash = BytesField(size=32)
    written_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["conversation", "note_hash"], name="desk_note_once")]
        indexes = [models.Index(fields=["epoch"], name="desk_note_epoch")]

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


class Carry(models.Model):
    """A note's secret for a later epoch (PROTOCOL §6.2). Only added: one of each certificate's in an epoch."""

    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="+", db_index=False)
    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="+")
    carry = BytesField(size=CARRY_SIZE)

    class Meta:
        abstract = True


class NoteCarry(Carry):
    """Of a note on a conversation; gone with it."""

    note = models.ForeignKey(DeskNote, on_delete=models.CASCADE, related_name="carries", db_index=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["note", "epoch", "certificate"], name="note_carry_once")]
        indexes = [models.Index(fields=["epoch"], name="note_carry_epoch")]

    def __str__(self) -> str:
        return f"Carry {self.pk} of {self.note}"


class SavedReplyCarry(Carry):
    """Of a saved reply; gone with it, and when another takes its place."""

    reply = models.ForeignKey(SavedReply, on_delete=models.CASCADE, related_name="carries", db_index=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reply", "epoch", "certificate"], name="saved_reply_carry_once")]
        indexes = [models.Index(fields=["epoch"], name="saved_reply_carry_epoch")]

    def __str__(self) -> str:
        return f"Carry {self.pk} of {self.reply}"
