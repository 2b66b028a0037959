"""Where someone in a crisis finds help at once: the organisation's own list."""

from django.core.validators import RegexValidator
from django.db import models

from helpline.models.organisation import Organisation

ADDRESS = r"^(tel:\+?[0-9]{3,15}|sms:\+?[0-9]{3,15}|mailto:[^\s@<>\"']+@[^\s@<>\"']+\.[a-z]+|https://[a-z0-9.-]+\.[a-z]+(/[^\s<>\"']*)?)$"


class CrisisWay(models.Model):
    """One way to help, on every public page of an installation of that nation. 999 needs no row: it always stands first."""

    class Group(models.TextChoices):
        VOICE = "voice", "By voice"
        SILENT = "silent", "Without speaking: text, email, sign language, typing"
        REPORT = "report", "To report something"

    nation = models.CharField(
        max_length=20,
        blank=True,
        choices=[("", "Everywhere"), *Organisation.Nation.choices],
        help_text="Shown where the organisation has this nation; “Everywhere” always.",
    )
    group = models.CharField(max_length=6, choices=Group)
    name = models.CharField(max_length=60, help_text="Who it is: Samaritans.")
    contact = models.CharField(max_length=60, blank=True, help_text="As people read it: 116 123.")
    address = models.CharField(
        max_length=200,
        validators=[
            RegexValidator(ADDRESS, "Enter tel: or sms: and a number, mailto: and an address, or an address that begins with https://.")
        ],
        help_text="What a press on it does: tel:116123, sms:85258, mailto:…, https://….",
    )
    what_for = models.CharField(
        max_length=160,
        help_text="For whom, at which hours, what it costs. A sentence of the service’s own list is shown in every language.",
    )
    for_ending = models.BooleanField(
        "for whoever thinks about ending their life",
        default=False,
        help_text="Also shown above the box where people write, before such a message is sent, and beside a closed phone: calls first.",
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Small numbers come first.")
    source = models.URLField(blank=True, help_text="Where it says so. For you alone.")
    checked_on = models.DateField(null=True, blank=True, help_text="The day on which somebody last made sure. For you alone.")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "way to help in a crisis"
        verbose_name_plural = "ways to help in a crisis"

    def __str__(self) -> str:
        return f"{self.name} {self.contact}".strip()
