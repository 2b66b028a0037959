"""What a campaign says, where its figures come from, and the versions of the confidentiality terms."""

from django.db import models
from django.db.models import F, Q


class Campaign(models.Model):
    """A campaign of some weeks; its message in the organisation's own words."""

    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    message = models.TextField()

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


class Figure(models.Model):
    """A fact with its source and date beside it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="figures")
    statement = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    dated = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.statement


class ConfidentialityTerms(models.Model):
    """One version of what is confidential and when it would not be; what a person accepted stays readable."""

    version = models.PositiveIntegerField(unique=True)
    text = models.TextField(help_text="Paragraphs, separated by an empty line.")
    published_on = models.DateField()

    class Meta:
        ordering = ["-version"]
        verbose_name_plural = "confidentiality terms"

    def __str__(self) -> str:
        return f"Terms, version {self.version}"
