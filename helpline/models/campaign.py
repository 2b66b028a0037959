"""Campaigns, the figures they quote, and the adverts that bring people to the site."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from helpline.models.pages import Page


class Campaign(models.Model):
    """A campaign of some weeks; its message in the organisation's own words."""

    name = models.CharField(max_length=120)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    message = models.TextField()
    pages = models.ManyToManyField(
        Page, blank=True, related_name="campaigns", help_text="The pages that the campaign leads to, each for its audience."
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="campaign_forwards",
                violation_error_message="The last day must not come before the first.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def runs_on(self, day: date) -> bool:
        """The day is one of the campaign's, its last one too."""
        return self.starts_on <= day <= self.ends_on


class Figure(models.Model):
    """A fact with its source and date beside it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="figures")
    statement = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    dated = models.CharField("date of the figure", max_length=60)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.statement


class Advert(models.Model):
    """One advert of a campaign, with a short code of its own: /c/<code> counts a visit and leads to its page."""

    class Kind(models.TextChoices):
        SOCIAL_MEDIA = "social", "Social media"
        BILLBOARD = "billboard", "Billboard"
        PHONE_BOX = "phone-box", "Phone box"

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="adverts")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80, help_text="Only staff see it: where the advert hangs or runs.")
    code = models.CharField(
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[a-hjkmnp-z2-9]{3,12}$", "Enter 3 to 12 small letters or digits, without i, l, o, 0 and 1.")],
        help_text="The end of the short address, after /c/. Small letters and digits that nobody mistakes for each other.",
    )
    page = models.ForeignKey(
        Page, on_delete=models.PROTECT, null=True, blank=True, related_name="adverts", help_text="Leave it empty for the start page."
    )
    headline = models.CharField(max_length=80, help_text="Large letters on the poster.")
    line = models.CharField("sentence", max_length=200, help_text="It stands below the headline.")

    class Meta:
        ordering = ["campaign", "kind", "name"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"
