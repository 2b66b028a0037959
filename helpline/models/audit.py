"""Who changed what of the helpline, and when: names of fields; what stood in them only of a role, an address or a number."""

from django.db import models

from helpline.models.people import Account


class Kind(models.TextChoices):
    """What a change is about."""

    PEOPLE = "people", "People and roles"
    HOURS = "hours", "Hours and closures"
    CAMPAIGN = "campaign", "Campaigns and adverts"
    PAGES = "pages", "Pages and terms"
    HELPLINE = "helpline", "The helpline itself, retention"
    ROTA = "rota", "Rota"
    KEYS = "keys", "Keys"
    SIGN_IN = "sign-in", "Signing in"
    DESK = "desk", "What is done with conversations"
    BLOCKS = "blocks", "Blocks"
    OTHER = "other", "Other"


class Action(models.TextChoices):
    """What was done."""

    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"
    PUBLISHED = "published"
    INVITED = "invited"
    SIGNED_OUT = "signed-out", "signed out everywhere"
    LEFT = "left", "recorded as having left"
    WITHDRAWN = "withdrawn"
    OPENED = "opened"
    ENDED = "ended"
    ASKED = "asked", "asked for"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN = "taken"
    SIGNED_IN = "signed-in", "signed in"
    LOCKED = "locked", "locked after wrong tries"
    CLOSED = "closed"
    GIVEN_BACK = "given-back", "given back"
    SNOOZED = "snoozed"
    WOKEN = "woken", "taken back from a snooze"
    FLAGGED = "flagged", "raised to the lead"
    FLAG_OPENED = "flag-opened", "opened a flag"
    FLAG_DOWN = "flag-down", "flag taken down"
    TAKEN_OVER = "taken-over", "taken over"
    HANDED_OVER = "handed-over", "handed over"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    STOPPED = "stopped"
    DONE = "done"
    EXPIRED = "expired", "expired, confirmed by nobody"
    FAILED = "failed", "could not be done"
    VOICE = "voice", "confirmed by voice"
    UNUSUAL = "unusual", "more often than usual"


class AuditEntry(models.Model):
    """One change or act of a member of staff. Written once: the database itself refuses to change or delete a row (see migrations).

    Nothing in it is a value, with one exception: `before` and `after` hold roles, staff's email addresses, and numbers that the site
    shows. After a theft of the service it must be known what they were. So nothing in it can be a secret, and no other mistake that
    someone corrected lives on here. `account` is empty for what was done at the command line, and for wrong passwords.
    """

    at = models.DateTimeField(db_index=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    action = models.CharField(max_length=12, choices=Action)
    what = models.CharField(max_length=60)
    row = models.CharField(max_length=40, blank=True)
    about = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    fields = models.CharField(max_length=600, blank=True)
    # Lines such as “role: lead”.
    before = models.TextField(blank=True, default="", db_default="")
    after = models.TextField(blank=True, default="", db_default="")

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.what} {self.row} {self.get_action_display()}"

    @property
    def who(self) -> str:
        """The name of who did it; of a wrong password nobody knows whose hand typed it."""
        if self.account is not None:
            return self.account.name
        return "someone who was not signed in" if self.kind == Kind.SIGN_IN else "command line"


class AuditLink(models.Model):
    """A place in the chain over the trail: `digest` covers the entry and the digest of the place before. Written once, as the entries are.

    A link is made within a minute of its entry (`helpline.audit.chain`), so that no change of staff waits for another's.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.CheckConstraint(condition=models.Q(number__gte=1), name="audit_link_counts_from_one")]

    def __str__(self) -> str:
        return f"Link {self.number}"


class TrailHead(models.Model):
    """The chain's head as it was told by email on a day; one row a day, made before it is sent, so that two workers send it once."""

    day = models.DateField(primary_key=True)
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


# Which kind a row's change is, by the name of its model; a test fails while a model of the admin's pages has none.
KINDS = {
    "aboutus": Kind.PAGES,
    "absence": Kind.ROTA,
    "account": Kind.PEOPLE,
    "advert": Kind.CAMPAIGN,
    "availability": Kind.ROTA,
    "campaign": Kind.CAMPAIGN,
    "certificate": Kind.KEYS,
    "closure": Kind.HOURS,
    "confidentialityterms": Kind.PAGES,
    "counsellor": Kind.PEOPLE,
    "crisisway": Kind.HELPLINE,
    "deskmember": Kind.PEOPLE,
    "epoch": Kind.KEYS,
    "holidaychange": Kind.HOURS,
    "minimumcover": Kind.ROTA,
    "openinginterval": Kind.HOURS,
    "organisation": Kind.HELPLINE,
    "page": Kind.PAGES,
    "shift": Kind.ROTA,
    "shiftoffer": Kind.ROTA,
    "shiftrequest": Kind.ROTA,
    "specialday": Kind.HOURS,
    "translatedterms": Kind.PAGES,
    "weeklypattern": Kind.ROTA,
}
