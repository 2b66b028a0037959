"""Whose helpline this is: one row, the installation's data."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

# In which somebody may be answered: the languages that are spoken most in the UK, by the names that Django's catalogues have for them.
CODES = "en cy ga gd ar bg bn de es fa fr hi hu it lt lv nl pa pl pt ro ru sk sw ta tr uk ur vi zh-hans"
ANSWERED = tuple(CODES.split(" "))


def known_languages(codes: str) -> None:
    """Refuses anything but codes of `ANSWERED` with a space between them."""
    if unknown := [code for code in codes.split(" ") if code not in ANSWERED]:
        raise ValidationError(f"Choose from the list: “{', '.join(unknown)}” is not on it.")


def known_zone(name: str) -> None:
    """Refuses a time zone that this machine does not know."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(f"Enter a time zone such as Europe/London: “{name}” is not known.") from error


class Organisation(models.Model):
    """The one organisation of an installation; every page takes name, numbers and nation from it."""

    class CallerNumber(models.TextChoices):
        """What the phone line does with the caller’s number."""

        UNSAID = "", "Not said yet"
        UNSEEN = "unseen", "We do not see it"
        SEEN = "seen", "We see it, and do not write it down"
        KEPT = "kept", "It is kept, by us or by our phone company"

    class Recording(models.TextChoices):
        """Whether calls are recorded."""

        UNSAID = "", "Not said yet"
        NEVER = "never", "Calls are never recorded"
        RECORDED = "recorded", "Calls are recorded"

    class Nation(models.TextChoices):
        SCOTLAND = "scotland", "Scotland"
        ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
        NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"
        NONE = "none", "No public holidays"

    class OpenShifts(models.TextChoices):
        """How a counsellor comes by a shift that still needs someone."""

        ASK = "ask", "They ask for it, and a lead decides"
        TAKE = "take", "The first person to take it has it"
        OFF = "off", "Leads give all shifts"

    name = models.CharField(max_length=80)
    name_on_top = models.CharField(
        "name at the top of pages",
        max_length=30,
        blank=True,
        default="",
        db_default="",
        help_text="A short name that tells nothing to someone who looks over a shoulder. If it is empty, the top shows the full name. "
        "The foot of each page always shows the full name.",
    )
    onion_address = models.CharField(
        "onion address",
        max_length=80,
        blank=True,
        default="",
        db_default="",
        validators=[RegexValidator(r"^http://[a-z2-7]{56}\.onion$", "Enter http://, 56 letters and digits, and .onion.")],
        help_text="If the site is also an onion service. The page about leaving names it.",
    )
    phone = models.CharField(max_length=20, help_text="The free helpline number, as people read it: 0808 1000 900.")
    concern_phone = models.CharField(
        "phone for people worried about someone else",
        max_length=20,
        blank=True,
        help_text="For someone who suspects that a person they know looks at indecent images.",
    )
    caller_number = models.CharField(
        "the caller’s number",
        max_length=6,
        blank=True,
        default="",
        db_default="",
        choices=CallerNumber,
        help_text="Shown beside the number. Ask the company that runs your line what its system and its bills show.",
    )
    recording = models.CharField(
        "recording of calls",
        max_length=8,
        blank=True,
        default="",
        db_default="",
        choices=Recording,
        help_text="Shown beside the number. A recording by your phone company counts too.",
    )
    phone_languages = models.CharField(
        "languages on the phone",
        max_length=120,
        default="en",
        db_default="en",
        validators=[known_languages],
        help_text="The languages in which you answer calls without an interpreter. People read them beside the number.",
    )
    interpreters = models.BooleanField(
        "interpreters can join a call", default=False, db_default=False, help_text="The site then says: tell us your language."
    )
    writing_languages = models.CharField(
        "languages in writing",
        max_length=120,
        default="en",
        db_default="en",
        validators=[known_languages],
        help_text="The languages in which a counsellor can read and answer a message. People read them before they write.",
    )
    nation = models.CharField(max_length=20, choices=Nation, default=Nation.NONE)
    time_zone = models.CharField(max_length=40, default="Europe/London", validators=[known_zone])
    promise_minutes = models.PositiveIntegerField(
        "minutes within which you answer",
        default=480,
        validators=[MinValueValidator(15), MaxValueValidator(10_080)],
        help_text="Only minutes in the opening hours for messages count. People are told by when you answer.",
    )
    seen_minutes = models.PositiveSmallIntegerField(
        "minutes to come to the desk",
        default=10,
        db_default=10,
        validators=[MinValueValidator(1), MaxValueValidator(360)],
        help_text="A counsellor on duty for messages must open the desk within this many minutes of the start of the shift. If not, the "
        "lead is told, others get the conversations, and the site does not count that counsellor until they come.",
    )
    open_shifts = models.CharField(
        "open shifts",
        max_length=4,
        choices=OpenShifts,
        default=OpenShifts.ASK,
        db_default="ask",
        help_text="How counsellors come by shifts that still need someone.",
    )
    # Entered by leads at the desk: until then an answer is promised within so many working minutes, when that is more than usual.
    busy_until = models.DateTimeField(null=True, blank=True, editable=False)
    busy_minutes = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    brand_colour = models.CharField(
        max_length=7, default="#1d3f72", validators=[RegexValidator(r"^#[0-9a-f]{6}$", "Enter a colour such as #1d3f72.")]
    )
    retention_days = models.PositiveIntegerField(
        "days to keep a conversation",
        default=180,
        db_default=180,
        validators=[MinValueValidator(7), MaxValueValidator(3650)],
        help_text="This many days after its last message, from either side, a conversation is deleted: messages, replies, everything "
        "but sums. A person may choose fewer days for theirs. If you enter fewer days, older conversations are deleted at once.",
    )
    backup_days = models.PositiveIntegerField(
        "days to keep a backup",
        default=30,
        db_default=30,
        validators=[MinValueValidator(0), MaxValueValidator(3650)],
        help_text="For how many days you keep backups of the database; 0 for none. The site tells people that what is deleted stays in a "
        "backup for that long, still sealed. The people who run the server must delete the old backups.",
    )
    demonstration = models.BooleanField(default=False, help_text="If ticked, every page says that nobody is reading.")

    class Meta:
        verbose_name_plural = "organisation"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="organisation_only_one")]

    def __str__(self) -> str:
        return self.name

    def is_busy(self, at: datetime) -> bool:
        """A lead has said that answers take longer at the moment."""
        return self.busy_until is not None and self.busy_until > at

    def promise(self, at: datetime) -> timedelta:
        """The working time within which a message of `at` is to be answered."""
        minutes = max(self.promise_minutes, self.busy_minutes) if self.is_busy(at) else self.promise_minutes
        return timedelta(minutes=minutes)
