"""A counsellor asks for an open shift: a time for which too few people are on the rota."""

from django.db import models
from django.db.models import F, Q

from helpline.models.hours import Channel
from helpline.models.people import Account, Counsellor
from helpline.models.rota import LONGEST_SHIFT


class ShiftRequest(models.Model):
    """Asked; then approved or refused by a lead, or withdrawn. Each step is one conditional update. Until then there is no shift."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked, waiting for a lead"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    counsellor = models.ForeignKey(Counsellor, on_delete=models.CASCADE, related_name="shift_requests")
    channel = models.CharField(max_length=10, choices=Channel)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    decided_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "asked_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], condition=Q(state="asked"), name="shift_request_open")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["asked", "approved", "refused", "withdrawn"]), name="shift_request_state"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at"), ends_at__lte=F("starts_at") + LONGEST_SHIFT), name="shift_request_length"
            ),
            models.UniqueConstraint(
                fields=["counsellor", "channel", "starts_at"], condition=Q(state="asked"), name="shift_request_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counsellor}, {self.channel}, {self.starts_at:%d %b %H:%M}"
