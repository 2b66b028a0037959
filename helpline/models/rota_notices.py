"""How the rota reaches a counsellor elsewhere: the calendar address, and emails that wait to be sent."""

from django.db import models
from django.db.models import Q

from helpline.models.hours import Channel
from helpline.models.people import Account, Counsellor


class RotaFeed(models.Model):
    """A counsellor's calendar address. Only the secret's hash is kept; a new secret ends the old address."""

    counsellor = models.OneToOneField(Counsellor, on_delete=models.CASCADE, related_name="feed")
    secret_hash = models.BinaryField(max_length=32, unique=True, editable=False)
    reset_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar address of {self.counsellor}"


class CancelledEntry(models.Model):
    """What a calendar address showed once and no longer shows: programs that keep old entries are told to take it away.

    Only for a counsellor who has an address, and gone with it; `forget_cancelled` deletes it sixty days after the entry's end.
    """

    feed = models.ForeignKey(RotaFeed, on_delete=models.CASCADE, related_name="cancelled", db_index=False)
    uid = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    # One more than the entry had: the newer of two has the higher number (RFC 5546, section 2.1.4).
    sequence = models.PositiveIntegerField()
    cancelled_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["feed", "uid"], name="cancelled_once")]

    def __str__(self) -> str:
        return str(self.uid)


class RotaNotice(models.Model):
    """An email that waits to be sent, or was sent. Its row is written with the change it tells of, and names nobody."""

    class Kind(models.TextChoices):
        PUBLISHED = "published"
        CHANGED = "changed"  # Of before there were the next three.
        SHIFT_ADDED = "shift-added"
        SHIFT_MOVED = "shift-moved"
        SHIFT_LOST = "shift-lost"
        SWAP_ASKED = "swap-asked"
        SWAP_ACCEPTED = "swap-accepted"
        SWAP_UNACCEPTED = "swap-unaccepted"
        SWAP_APPROVED = "swap-approved"
        SWAP_REFUSED = "swap-refused"
        COVER_WANTED = "cover-wanted"
        COVER_TAKEN = "cover-taken"
        COVER_ENDED = "cover-ended"
        OPEN_TAKEN = "open-taken"
        OPEN_ASKED = "open-asked"
        OPEN_REFUSED = "open-refused"
        OPEN_WANTED = "open-wanted"
        SHIFT_SOON = "shift-soon"
        ABSENCE = "absence"
        GAP = "gap"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="rota_notices")
    kind = models.CharField(max_length=15, choices=Kind)
    key = models.CharField(max_length=60, help_text="What it tells of: the same is told to the same person once.")
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    # Of a shift that moved: where and when it was.
    was_channel = models.CharField(max_length=10, choices=Channel, blank=True, default="", db_default="")
    was_starts_at = models.DateTimeField(null=True)
    was_ends_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["next_try_at"], condition=Q(sent_at__isnull=True), name="notice_waiting")]
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="notice_once")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.key}"
