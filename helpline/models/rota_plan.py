"""What a rota is made from: each counsellor's weekly patterns, and how many people each hour needs."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from helpline.models.hours import Channel, OpeningInterval
from helpline.models.people import Counsellor

DAY = 1440
LONGEST_PATTERN = 360


class WeeklyPattern(models.Model):
    """A shift that comes back every one, two, four or six weeks, by the clock on the wall: [starts, ends) in minutes of the local day.

    `ends` beyond 1440 is on the next day. It makes shifts on local dates from `starts_on` to `ends_on`, both included; the weeks are
    counted from the first of its weekdays among them.
    """

    class Every(models.IntegerChoices):
        ONE = 1, "every week"
        TWO = 2, "every second week"
        FOUR = 4, "every fourth week"
        SIX = 6, "every sixth week"

    counsellor = models.ForeignKey(Counsellor, on_delete=models.CASCADE, related_name="patterns")
    channel = models.CharField(max_length=10, choices=Channel)
    weekday = models.PositiveSmallIntegerField(choices=OpeningInterval.Weekday)
    starts = models.PositiveSmallIntegerField(validators=[MaxValueValidator(DAY - 1)])
    ends = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(DAY + LONGEST_PATTERN - 1)])
    every = models.PositiveSmallIntegerField(choices=Every, default=Every.ONE, db_default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["weekday", "starts", "channel", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="pattern_weekday"),
            models.CheckConstraint(condition=Q(every__in=[1, 2, 4, 6]), name="pattern_every"),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends"), ends__lte=F("starts") + LONGEST_PATTERN) & Q(starts__lt=DAY),
                name="pattern_length",
                violation_error_message="A shift must end after it starts, and within six hours.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="pattern_dates",
                violation_error_message="The last day must not come before the first.",
            ),
        ]

    def __str__(self) -> str:
        starts, ends = divmod(self.starts, 60), divmod(self.ends % DAY, 60)
        times = f"{starts[0]:02}:{starts[1]:02}–{ends[0]:02}:{ends[1]:02}"
        often = "" if self.every == self.Every.ONE else f", {self.get_every_display()}"
        return f"{self.counsellor}, {self.channel}, {self.get_weekday_display()} {times}{often}"

    def dates(self, first: date, last: date) -> Iterator[date]:
        """The local dates from `first` to `last`, both included, on which it makes a shift."""
        begins = self.starts_on + timedelta(days=(self.weekday - self.starts_on.weekday()) % 7)
        ends, step = min(last, self.ends_on or last), timedelta(weeks=self.every)
        day = begins + max(0, -((begins - first) // step)) * step
        while day <= ends:
            yield day
            day += step


class MinimumCover(models.Model):
    """How many must be on duty in [opens, closes) of a weekday, where the channel is open. An hour that no row names needs one."""

    channel = models.CharField(max_length=10, choices=Channel)
    weekday = models.PositiveSmallIntegerField(choices=OpeningInterval.Weekday)
    opens = models.PositiveSmallIntegerField(validators=[MaxValueValidator(DAY - 1)])
    closes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(DAY)])
    number = models.PositiveSmallIntegerField(validators=[MaxValueValidator(99)])

    class Meta:
        ordering = ["channel", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="minimum_weekday"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes"), closes__lte=DAY), name="minimum_forwards"),
            models.CheckConstraint(condition=Q(number__lte=99), name="minimum_number"),
            models.UniqueConstraint(fields=["channel", "weekday", "opens"], name="minimum_once"),
        ]

    def __str__(self) -> str:
        opens, closes = divmod(self.opens, 60), divmod(self.closes, 60)
        times = f"{opens[0]:02}:{opens[1]:02}–{closes[0]:02}:{closes[1]:02}"
        return f"{self.get_channel_display()}, {self.get_weekday_display()} {times}: {self.number}"
