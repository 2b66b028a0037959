"""Sums for a campaign's owner: how often, never who, and no finer than a part of a day."""

from django.db import models
from django.db.models import Q

BAND_HOURS = 3
WHOLE_DAY = 8  # The band of what is counted by the day alone.


class Tally(models.Model):
    """A plain sum. Nothing in it leads to a visit, an inbox or a message, and it is written some time after what it counts."""

    class What(models.TextChoices):
        VISIT = "visit", "Visits"
        START = "start", "Began to write"
        SENT = "sent", "Messages sent"

    what = models.CharField(max_length=5, choices=What)
    day = models.DateField()
    band = models.PositiveSmallIntegerField(default=WHOLE_DAY)
    page = models.CharField(max_length=40, blank=True)
    advert = models.CharField(max_length=12, blank=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=["what", "day", "band", "page", "advert"], name="tally_once"),
            models.CheckConstraint(condition=Q(band__lte=WHOLE_DAY), name="tally_band"),
            models.CheckConstraint(
                condition=~Q(what="sent") | Q(band=WHOLE_DAY, page="", advert=""), name="tally_of_messages_by_the_day_alone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.day}"
