"""Opening hours as data. Minutes are counted from local midnight, so 1440 is the midnight that ends the day."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q


class Channel(models.TextChoices):
    """The ways to reach a counsellor."""

    PHONE = "phone", "Phone"
    MESSAGES = "messages", "Messages"
    LIVE = "live", "Live talk"

    @classmethod
    def served_by(cls, channel: str) -> tuple[str, ...]:
        """The channels whose shifts count for this one: a counsellor on live talk answers messages too, between the talks."""
        return (cls.MESSAGES, cls.LIVE) if channel == cls.MESSAGES else (cls(channel),)


class OpeningInterval(models.Model):
    """A weekly half-open interval [opens, closes) of local wall-clock time on one weekday (Monday is 0)."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0
        TUESDAY = 1
        WEDNESDAY = 2
        THURSDAY = 3
        FRIDAY = 4
        SATURDAY = 5
        SUNDAY = 6

    channel = models.CharField(max_length=10, choices=Channel)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.PositiveSmallIntegerField(validators=[MaxValueValidator(1439)])
    closes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(1440)])

    class Meta:
        ordering = ["channel", "weekday", "opens"]
        verbose_name_plural = "opening hours"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="interval_weekday"),
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes"), closes__lte=1440),
                name="interval_forwards",
                violation_error_message="Closing must come after opening, and at 24:00 at the latest.",
            ),
            models.UniqueConstraint(
                fields=["channel", "weekday", "opens"],
                name="interval_once",
                violation_error_message="There are hours that begin at this time on this day already.",
            ),
        ]

    def __str__(self) -> str:
        opens, closes = divmod(self.opens, 60), divmod(self.closes, 60)
        return f"{self.get_channel_display()}, {self.get_weekday_display()} {opens[0]:02}:{opens[1]:02}–{closes[0]:02}:{closes[1]:02}"


class SpecialDay(models.Model):
    """A named exception: on this date the channel keeps these hours instead of the week's; no hours means closed."""

    channel = models.CharField(max_length=10, choices=Channel)
    date = models.DateField()
    name = models.CharField(max_length=80, help_text="People read it as the reason.")
    opens = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(1439)])
    closes = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1440)])

    class Meta:
        ordering = ["date", "channel", "opens"]
        constraints = [
            models.CheckConstraint(
                # A comparison with NULL is neither true nor false, and a constraint lets that pass: so half a pair is ruled out in words.
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False, opens__lt=F("closes"), closes__lte=1440),
                name="special_day_forwards",
                violation_error_message="Give both opening and closing, closing after opening; or neither, for a day that is closed.",
            ),
            models.UniqueConstraint(
                fields=["channel", "date", "opens"],
                name="special_day_once",
                violation_error_message="There are hours that begin at this time on this date already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.date:%d %B %Y}"


class Closure(models.Model):
    """Closed between two instants, whatever the week says; the reason is shown. No channel means all of them."""

    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="closure_forwards",
                violation_error_message="The end must come after the start.",
            )
        ]

    def __str__(self) -> str:
        return self.reason


class HolidayChange(models.Model):
    """A public holiday that the installation adds to its nation's, or takes away from them."""

    date = models.DateField(unique=True)
    name = models.CharField(max_length=80)
    observed = models.BooleanField(
        "a holiday here", default=True, help_text="Untick it if this is not a holiday here, whatever the built-in list says."
    )

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.name}, {self.date:%d %B %Y}"
