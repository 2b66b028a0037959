"""What an organisation says of itself: who it is and answers, how to complain, its privacy notice, its accessibility statement."""

from django.db import models

TEXT = "Markdown: lists, links, bold."


class AboutUs(models.Model):
    """One row, the installation's own words on the page about it. Every field is needed before the site is ready."""

    legal_name = models.CharField("who runs the service", max_length=160, help_text="Your name in the register of charities.")
    registered = models.CharField(
        "registered as", max_length=160, help_text="The register and your number: Scottish Charity Register, SC000000."
    )
    postal_address = models.CharField(max_length=200, help_text="Where a letter reaches you, on one line.")
    office_contact = models.CharField(
        "how to reach the office",
        max_length=160,
        help_text="An email address or a phone number for everything except help. Nobody helps people there.",
    )
    counsellors = models.TextField(
        "who answers", help_text=f"Whether they are paid, how they were trained and checked, who supports them. {TEXT}"
    )
    complaints = models.TextField("how to complain", help_text=f"To whom, how soon you answer, and where to go after that. {TEXT}")
    privacy = models.TextField(
        "privacy notice",
        help_text="What the law asks for (UK GDPR, articles 13 and 14): who decides about the data, the lawful basis, who else sees "
        f"it, rights, and the Information Commissioner. The site’s own facts stand above it. {TEXT}",
    )
    accessibility = models.TextField(
        "accessibility statement",
        help_text=f"How well the site meets WCAG 2.2, what does not work yet, how to tell you, and when you last checked. {TEXT}",
    )

    class Meta:
        verbose_name = "page about us"
        verbose_name_plural = "page about us"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="about_us_only_one")]

    def __str__(self) -> str:
        return "About us"

    @property
    def missing(self) -> list[str]:
        """The fields without words, by their names on the form."""
        fields = (field for field in self._meta.concrete_fields if field.name != "id")
        return [str(field.verbose_name) for field in fields if not str(getattr(self, field.name)).strip()]
