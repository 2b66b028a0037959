"""What people read: pages in Markdown, and the versions of the confidentiality terms."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

IN_SHORT = (
    "The text in about four short points, each on a separate line. People read them before they start to write. "
    "Without them, they read the whole text there."
)
ELSEWHERE = RegexValidator(r"^https://[a-z0-9.-]+\.[a-z]+(/[^\s<>\"']*)?$", "Enter an address that begins with https://.")


class Page(models.Model):
    """A page of the public site, at /read/<slug>; in each language at most once."""

    class Kind(models.TextChoices):
        WAY_IN = "way-in", "A way in, for one audience"
        SELF_HELP = "self-help", "To read now"
        ABOUT = "about", "About the helpline"

    class Audience(models.TextChoices):
        SELF = "self", "Worried about my own thoughts or behaviour"
        OTHER = "other", "Worried about someone else"
        YOUNG = "young", "Under 18"
        PROFESSIONAL = "professional", "At work"
        EVERYBODY = "everybody", "Everyone"

    slug = models.CharField(
        "address",
        max_length=40,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Enter small letters, digits and single hyphens, such as first-steps.")],
        help_text="The end of the page's address. It stays in the reader's history, so choose a number: it tells nothing.",
    )
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en-gb")
    kind = models.CharField(max_length=10, choices=Kind)
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.EVERYBODY)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, help_text="One or two sentences, shown where the page is listed and at its top.")
    body = models.TextField(help_text="Markdown: headings from ##, lists, links, bold. No pictures and no HTML.")
    position = models.PositiveSmallIntegerField("order", default=0, help_text="Small numbers come first.")
    signed = models.CharField(
        "in British Sign Language",
        max_length=200,
        blank=True,
        default="",
        db_default="",
        validators=[ELSEWHERE],
        help_text="The address of a video of this page, if there is one. The link says that it leads to another site.",
    )
    easy_read = models.CharField(
        "easy read",
        max_length=200,
        blank=True,
        default="",
        db_default="",
        validators=[ELSEWHERE],
        help_text="The address of an easy-read version: short sentences with a picture beside each.",
    )
    published = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "position", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "language"], name="page_once", violation_error_message="There is a page at this address already."
            )
        ]

    def __str__(self) -> str:
        return self.title


class Recording(models.Model):
    """A page read aloud, served by this site alone. It is heard only while the page still has the very words that were read."""

    class Form(models.TextChoices):
        MP3 = "audio/mpeg", "MP3"
        OGG = "audio/ogg", "Ogg"

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="recording")
    form = models.CharField(max_length=10, choices=Form)
    sound = models.BinaryField()
    words = models.CharField(max_length=64, help_text="The fingerprint of the page's words when they were read.")

    def __str__(self) -> str:
        return f"{self.page}, read aloud"


class RecordingPiece(models.Model):
    """A piece of a recording that an admin's browser is sending; with the last one they become a recording, and are gone."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    whole = models.CharField(max_length=64, help_text="SHA-256 of the whole recording, in hexadecimal.")
    number = models.PositiveSmallIntegerField(help_text="Its place, from 0.")
    sound = models.BinaryField()
    at = models.DateTimeField(help_text="When it came.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "whole", "number"], name="recording_piece_once")]

    def __str__(self) -> str:
        return f"Piece {self.number} of a recording"


class ConfidentialityTerms(models.Model):
    """One version of what is confidential and when it would not be; what a person accepted stays readable."""

    version = models.PositiveIntegerField(unique=True)
    text = models.TextField(help_text="Paragraphs, separated by an empty line.")
    summary = models.TextField(blank=True, default="", db_default="", help_text=IN_SHORT)
    published_on = models.DateField()

    class Meta:
        ordering = ["-version"]
        verbose_name_plural = "confidentiality terms"

    def __str__(self) -> str:
        return f"Terms, version {self.version}"


class TranslatedTerms(models.Model):
    """The same version in another language; the first one counts where they differ."""

    terms = models.ForeignKey(ConfidentialityTerms, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    text = models.TextField(help_text="Paragraphs, separated by an empty line.")
    summary = models.TextField(blank=True, default="", db_default="", help_text=IN_SHORT)

    class Meta:
        ordering = ["language"]
        verbose_name_plural = "translated terms"
        constraints = [models.UniqueConstraint(fields=["terms", "language"], name="terms_once_in_a_language")]

    def __str__(self) -> str:
        return f"{self.terms}, in {self.get_language_display()}"
