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
        help_text="Shown if your organisation is in this nation. “Everywhere” is always shown.",
    )
    group = models.CharField(max_length=6, choices=Group)
    name = models.CharField(max_length=60, help_text="The name of the service, such as Samaritans.")
    contact = models.CharField(max_length=60, blank=True, help_text="As people read it, such as 116 123.")
    address = models.CharField(
        max_length=200,
        validators=[
            RegexValidator(ADDRESS, "Enter tel: or sms: and a number, mailto: and an address, or an address that begins with https://.")
        ],
        help_text="What happens when someone presses it: tel:116123, sms:85258, mailto:…, https://….",
    )
    what_for = models.CharField(
        "what it is for",
        max_length=160,
        help_text="Who it is for, its hours, and what it costs. Sentences from the built-in list are shown in every language.",
    )
    for_ending = models.BooleanField(
        "for people who think about ending their life",
        default=False,
        help_text="Also shown above the box where people write, before such a message is sent, and when your phone line is closed.",
    )
    position = models.PositiveSmallIntegerField("order", default=0, help_text="Small numbers come first.")
    source = models.URLField(blank=True, help_text="Where this is published. Only admins see it.")
    checked_on = models.DateField(
        "last checked", null=True, blank=True, help_text="The day on which someone last checked it. Only admins see it."
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "way to help in a crisis"
        verbose_name_plural = "ways to help in a crisis"

    def __str__(self) -> str:
        return f"{self.name} {self.contact}".strip()
