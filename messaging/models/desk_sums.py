"""How long people waited and when they wrote, as plain sums for the lead's reports: nothing in them leads to a conversation."""

from django.db import models
from django.db.models import Q

# A wait's steps: so many whole working hours at most; the one after the last is longer than all of them. None is narrower than an hour,
# so that not even in a week with one answer the sum says, with the time of that answer, at which minute someone wrote.
STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 40)
BEYOND = len(STEPS)
DAY_HOURS, WEEK_DAYS = 24, 7


class TalkCount(models.IntegerChoices):
    """What is counted of live talks. How long someone waited for one that was taken is a step, and no time."""

    ASKED = 0
    TAKEN = 1
    TAKEN_AT_ONCE = 2
    TAKEN_WITHIN_A_MINUTE = 3
    TAKEN_LATER = 4
    WITHDRAWN = 5
    BECAME_MESSAGE = 6
    ENDED_BY_PERSON = 7
    ENDED_BY_COUNSELLOR = 8
    ENDED_AT_CLOSING = 9
    ENDED_IDLE = 10


class DeskSum(models.Model):
    """A plain sum, written some minutes after what it counts. It stays when a conversation is deleted, for it is of none.

    Waits that ended with an answer are sums of the week of the answer (`since` is its Monday): `wait` by the step of the working time,
    `late` those that the promise was broken to. When people began to wait is a sum of a quarter of a year (`since` is its first day): in
    closed hours by the hour of the day, and apart from that by the weekday; while open by the hour of the week. Kept by the week or the
    day, one sum of an hour at night could be one person's.
    Live talks are sums of the week, by what is counted (`talk`, TalkCount).
    """

    class Kind(models.TextChoices):
        WAIT = "wait"
        LATE = "late"
        CLOSED_HOUR = "closed-hour"
        CLOSED_DAY = "closed-day"
        OPEN = "open"
        TALK = "talk"

    kind = models.CharField(max_length=11, choices=Kind)
    since = models.DateField()
    place = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["kind", "since", "place"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "since", "place"], name="desk_sum_once"),
            models.CheckConstraint(
                condition=Q(kind="wait", place__lte=BEYOND)
                | Q(kind="late", place=0)
                | Q(kind="closed-hour", place__lt=DAY_HOURS)
                | Q(kind="closed-day", place__lt=WEEK_DAYS)
                | Q(kind="open", place__lt=WEEK_DAYS * DAY_HOURS)
                | Q(kind="talk", place__in=TalkCount.values),
                name="desk_sum_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}, from {self.since}"
