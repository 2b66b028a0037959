"""The desk's people: their places, how much they take, and what they are told (PROTOCOL §8)."""

from datetime import datetime, timedelta

from django.db import models

from helpline.models import Account, Counsellor
from messaging.models.fields import BytesField

LONGEST_BREAK = timedelta(hours=6)


class DeskMember(models.Model):
    """A counsellor's place at the desk: the id their keys are bound to (PROTOCOL's `counsellor_id`), and how much open work they take.

    `turn` counts what routing gives out, at the whole desk: it tells who was given something the longest ago, and no time of anything.

    `capacity` is how much of the cap they take now, and None all of it; they may be away for a while. Both end with the shift.
    Their browser calls them by a notification (`notifies`) and a sound (`sounds`) where they asked for it.
    `shift` is the number of the shift that routing saw them on last, until it is over and their open conversations are handed over;
    `given_flagged` counts the flagged conversations that they were given in it. `off_since` is when it was over, until the next one begins.

    `seen_in` is the number of the last shift in which they opened the desk, and `missed_in` of the last one for which the lead was told
    that they had not: numbers, and no time of anything.
    """

    counsellor = models.OneToOneField(Counsellor, on_delete=models.PROTECT, related_name="desk")
    public_id = BytesField(size=16, unique=True)
    cap = models.PositiveSmallIntegerField(
        "open conversations at once", default=3, help_text="Routing gives this counsellor no more open conversations than this."
    )
    turn = models.PositiveBigIntegerField(default=0, editable=False)
    capacity = models.PositiveSmallIntegerField(null=True, editable=False)
    away_until = models.DateTimeField(null=True, editable=False)
    most_flagged = models.PositiveSmallIntegerField(
        "flagged conversations in one shift",
        default=3,
        db_default=3,
        help_text="Routing gives this counsellor no more flagged conversations in a shift than this.",
    )
    # A number and no foreign key: a shift that is taken off the rota has to be seen to be over.
    shift = models.PositiveBigIntegerField(null=True, editable=False)
    given_flagged = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    off_since = models.DateTimeField(null=True, editable=False)
    # Asked for by whoever it is, at the desk: how their browser calls them when something waits.
    notifies = models.BooleanField(default=False, db_default=False, editable=False)
    sounds = models.BooleanField(default=False, db_default=False, editable=False)
    seen_in = models.PositiveBigIntegerField(null=True, editable=False)
    missed_in = models.PositiveBigIntegerField(null=True, editable=False)
    most_talks = models.PositiveSmallIntegerField(
        default=2, db_default=2, help_text="The most live talks at once: 1 for a trainee, 0 for someone who takes none."
    )

    def __str__(self) -> str:
        return str(self.counsellor)

    @property
    def takes(self) -> int:
        """The most open conversations that routing gives at once, as they have chosen."""
        return self.cap if self.capacity is None else min(self.capacity, self.cap)

    @staticmethod
    def newest_turn() -> int:
        """The turn of the member who was given something last; 0 while nobody was. Under the lock on those who are given something."""
        return DeskMember.objects.aggregate(newest=models.Max("turn"))["newest"] or 0

    def is_away(self, at: datetime) -> bool:
        """Away for a while, in the middle of a shift; the rota knows nothing of it."""
        # A longer one than anyone can choose was chosen before a clock was set back, and is over.
        return self.away_until is not None and at < self.away_until <= at + LONGEST_BREAK


class WeekShare(models.Model):
    """How many conversations routing gave to someone in a week, which begins on `monday`: a plain sum, for fairness."""

    member = models.ForeignKey(DeskMember, on_delete=models.CASCADE, related_name="shares", db_index=False)
    monday = models.DateField()
    given = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "monday"], name="share_once_a_week")]

    def __str__(self) -> str:
        return f"{self.given} to {self.member} in the week of {self.monday}"


class DeskNotice(models.Model):
    """An email to staff that waits to be sent: it says only what kind it is, and is deleted once sent. One of a kind waits at a time."""

    class Kind(models.TextChoices):
        HALF = "half"
        OVERDUE = "overdue"
        DECIDE = "decide"
        FLAG = "flag"
        UNOPENED = "unopened"
        UNSEEN = "unseen"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="desk_notices", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["account", "kind"], name="desk_notice_one_of_a_kind")]

    def __str__(self) -> str:
        return self.kind
