"""Who works when. On duty = a current shift, and not away."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime

from helpline.models.hours import Channel
from helpline.models.people import Counsellor
from helpline.models.rota_plan import WeeklyPattern

LONGEST_SHIFT = timedelta(hours=6)


class Shift(models.Model):
    """A counsellor on one channel for [starts_at, ends_at), at most six hours; nobody has two at once (see migrations).

    Only a published shift counts as on duty. A draft may not overlap a published shift of the same person either: the plan would be
    for someone who is not free, and publishing could then fail in the middle of a week. So one rule holds for both.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    counsellor = models.ForeignKey(Counsellor, on_delete=models.CASCADE, related_name="shifts")
    channel = models.CharField(max_length=10, choices=Channel)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PUBLISHED)
    # Which pattern made it, for which local date: kept when the shift is moved or swapped, so that it is not made again.
    pattern = models.ForeignKey(WeeklyPattern, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="shifts")
    pattern_on = models.DateField(null=True, blank=True, editable=False)
    # For calendar programs (RFC 5546): how often its times changed, and when the row last did.
    sequence = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="shift_current")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["draft", "published"]), name="shift_state"),
            models.UniqueConstraint(fields=["pattern", "pattern_on"], name="shift_of_pattern_once"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at"), ends_at__lte=F("starts_at") + LONGEST_SHIFT),
                name="shift_length",
                violation_error_message="A shift must end after it starts, and within six hours.",
            ),
        ]

    def __str__(self) -> str:
        starts, ends = localtime(self.starts_at), localtime(self.ends_at)
        return f"{self.counsellor}, {self.channel}, {starts:%d %b %H:%M}–{ends:%H:%M}"


class Absence(models.Model):
    """A counsellor is away for [starts_at, ends_at), whatever the rota says."""

    counsellor = models.ForeignKey(Counsellor, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="absence_current")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="absence_forwards",
                violation_error_message="The end must come after the start.",
            )
        ]

    def __str__(self) -> str:
        starts, ends = localtime(self.starts_at), localtime(self.ends_at)
        return f"{self.counsellor} away, {starts:%d %b %H:%M}–{ends:%d %b %H:%M}"
