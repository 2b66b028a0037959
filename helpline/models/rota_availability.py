"""When a counsellor can work, as they say themselves; a plan of the rota is found from it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from helpline.calendar import Hours
from helpline.models.hours import OpeningInterval
from helpline.models.people import Counsellor
from helpline.models.rota_plan import DAY


class Availability(models.Model):
    """[starts, ends) of a weekday, in minutes by the clock on the wall, in which they can work, or would like to."""

    class Wish(models.TextChoices):
        CAN = "can", "I can"
        LIKE = "like", "I would like to"

    counsellor = models.ForeignKey(Counsellor, on_delete=models.CASCADE, related_name="availability")
    weekday = models.PositiveSmallIntegerField(choices=OpeningInterval.Weekday)
    starts = models.PositiveSmallIntegerField(validators=[MaxValueValidator(DAY - 1)])
    ends = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(DAY)])
    wish = models.CharField(max_length=4, choices=Wish, default=Wish.CAN)

    class Meta:
        ordering = ["weekday", "starts", "pk"]
        verbose_name_plural = "availability"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="availability_weekday"),
            models.CheckConstraint(condition=Q(starts__lt=F("ends"), ends__lte=DAY), name="availability_forwards"),
            models.CheckConstraint(condition=Q(wish__in=["can", "like"]), name="availability_wish"),
        ]

    def __str__(self) -> str:
        starts, ends = divmod(self.starts, 60), divmod(self.ends, 60)
        return f"{self.get_weekday_display()} {starts[0]:02}:{starts[1]:02}–{ends[0]:02}:{ends[1]:02}"

    @property
    def hours(self) -> Hours:
        return Hours(self.starts, self.ends)
