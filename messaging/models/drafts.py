"""A message that a person has begun and keeps to finish later (PROTOCOL §4.7, §7.12)."""

from django.db import models

from messaging.models.fields import BytesField
from messaging.models.inbox import Inbox


class Draft(models.Model):
    """Sealed to the person alone, and no message: nothing routes, counts or reads it. One an inbox."""

    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, related_name="draft")
    draft = BytesField(size=8225)
    deleted_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"Draft {self.pk}"
