"""Inboxes, conversations and their sealed envelopes (PROTOCOL §2.9, §3, §4)."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from messaging.models.desk import DeskMember
from messaging.models.desk_keys import Epoch
from messaging.models.fields import BytesField

# Before there was anything: the day of a row in which nobody has written one yet.
LONG_AGO = date(1970, 1, 1)


class Direction(models.IntegerChoices):
    FROM_PERSON = 1
    FROM_DESK = 2


class Inbox(models.Model):
    """The public keys that a person's eight words lead to; the day it was made, and no finer time."""

    inbox_id = BytesField(size=16, unique=True)
    kem_public = BytesField(size=1216)
    sign_public = BytesField(size=32)
    tag_public = BytesField(size=32)
    made_on = models.DateField()

    def __str__(self) -> str:
        return f"Inbox {self.pk}"


class FlagReason(models.TextChoices):
    """Why a counsellor raises a conversation to the lead; nothing that could tell who someone is."""

    YOUNG_PERSON = "young-person", "A young person may be in danger"
    SELF_HARM = "self-harm", "The person may harm themselves"
    LIMIT = "limit", "The limit of confidentiality may be reached"
    ABUSE = "abuse", "The messages are abusive"
    ADVICE = "advice", "I want a second opinion"


class FlagStep(models.IntegerChoices):
    """Who was told of a flag so far; `desk.flag_alerts` goes from step to step while no lead opens it."""

    NOBODY = 0
    LEADS = 1
    AGAIN = 2
    EVERYBODY = 3


class Conversation(models.Model):
    """An inbox's one conversation, and where it stands in the counsellors' day.

    `unrouted_since` is set in the transaction that stores a person's envelope: it is the row that waits to be routed. `waiting_since`
    and `due_at` stand only while the person waits for an answer, so that no exact time of a person's visits is kept once answered.
    `member` has the conversation, or had it last.

    It is snoozed while `snoozed_until` lies ahead. `handed_by` had it before it was handed or taken over, until its new holder answers.
    `newest_on` is the day of the newest envelope, from either side, or an earlier one: it says which may have had their time, and what is
    deleted is decided by the envelopes (during a rolling update the previous version still runs, and does not write `newest_on`).
    A flag is raised to the lead by `flagged_by`, with a reason of fixed codes; `flag_opened_by` is the lead who looked first, and
    `flag_told` how many steps of telling were taken since, the last at `flag_told_at` (`desk.flag`, `desk.flag_alerts`).
    Until `blocked_until` the person cannot write on.

    `received` and `sent` are the sequences of the newest envelope in each direction, and the hashes are theirs: a head is read, and
    advanced, under the lock of this one row. Of the person's envelopes, `shown` is the newest that was handed to the counsellor who has
    the conversation, and `seen` the newest that was so handed before a reply.

    An assigned one with `kept_until` stays with its counsellor until then, though their shift is over: they write in it, or stay on.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        ASSIGNED = "assigned"
        ANSWERED = "answered"
        CLOSED = "closed"

    conversation_id = BytesField(size=16, unique=True)
    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, related_name="conversation")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    member = models.ForeignKey(DeskMember, on_delete=models.PROTECT, null=True, related_name="conversations", db_index=False)
    released_by = models.ForeignKey(DeskMember, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    received = models.PositiveIntegerField(default=0)
    received_hash = BytesField(size=32, default=bytes(32))
    sent = models.PositiveIntegerField(default=0)
    sent_hash = BytesField(size=32, default=bytes(32))
    shown = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    unrouted_since = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # 1 once whoever has it was reminded at half the promised time, 2 once the lead was told at the end of it; 0 when the person waits anew.
    reminded = models.PositiveSmallIntegerField(default=0, db_default=0)
    # The person's own choice of how many days it is kept after its last message; the installation's rule where there is none.
    keep_days = models.PositiveSmallIntegerField(null=True)
    newest_on = models.DateField(default=LONG_AGO, db_default=LONG_AGO)
    snoozed_until = models.DateTimeField(null=True)
    handed_by = models.ForeignKey(DeskMember, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    flagged = models.BooleanField(default=False, db_default=False)
    flag_reason = models.CharField(max_length=12, choices=FlagReason, blank=True, default="", db_default="")
    flagged_by = models.ForeignKey(DeskMember, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    flag_told = models.PositiveSmallIntegerField(choices=FlagStep, default=0, db_default=0)
    flag_told_at = models.DateTimeField(null=True)
    flag_opened_by = models.ForeignKey(DeskMember, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    flag_opened_at = models.DateTimeField(null=True)
    blocked_until = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unrouted_since", "id"], condition=Q(unrouted_since__isnull=False), name="conversation_unrouted"),
            models.Index(fields=["waiting_since", "id"], condition=Q(state="waiting"), name="conversation_waiting"),
            models.Index(fields=["member", "state", "due_at"], condition=Q(member__isnull=False), name="conversation_mine"),
            models.Index(
                fields=["waiting_since", "id"], condition=Q(waiting_since__isnull=False, reminded=0), name="conversation_not_nudged"
            ),
            models.Index(fields=["due_at", "id"], condition=Q(due_at__isnull=False, reminded=1), name="conversation_not_overdue"),
            models.Index(fields=["member", "state", "-id"], condition=Q(state__in=["answered", "closed"]), name="conversation_done"),
            models.Index(fields=["member", "snoozed_until"], condition=Q(snoozed_until__isnull=False), name="conversation_snoozed"),
            models.Index(fields=["handed_by", "-id"], condition=Q(handed_by__isnull=False), name="conversation_passed"),
            models.Index(fields=["id"], condition=Q(flagged=True), name="conversation_flagged"),
            models.Index(fields=["keep_days", "newest_on"], name="conversation_newest"),
            models.Index(fields=["kept_until"], condition=Q(kept_until__isnull=False), name="conversation_kept"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="assigned") | Q(member__isnull=False), name="conversation_assigned_to_somebody"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "assigned"])
                | Q(unrouted_since__isnull=True, waiting_since__isnull=True, due_at__isnull=True),
                name="conversation_no_times_once_answered",
            ),
            models.CheckConstraint(condition=Q(seen__lte=F("shown"), shown__lte=F("received")), name="conversation_seen_was_received"),
            models.CheckConstraint(
                condition=Q(flagged=True) & ~Q(flag_reason="") | Q(flagged=False, flag_reason=""), name="conversation_flag_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Conversation {self.pk}, {self.state}"

    @staticmethod
    def unopened() -> Q:
        """Those with a flag that no lead has opened yet."""
        return Q(flagged=True, flag_opened_at__isnull=True)

    @staticmethod
    def awake(at: datetime) -> Q:
        """Those that are not snoozed: a snoozed one is no open work while it sleeps."""
        return Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=at)


class Opening(models.Model):
    """Who opened a conversation in an epoch, and its secret wrapped (PROTOCOL §3.2). The primary key is the order of arrival."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="openings", db_index=False)
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="openings", db_index=False)
    opening = BytesField(size=2518)
    opening_hash = BytesField(size=32)

    class Meta:
        ordering = ["pk"]
        # The constraint's index begins with the conversation: one of the foreign key's own would only cost.
        constraints = [models.UniqueConstraint(fields=["conversation", "opening_hash"], name="opening_once")]
        indexes = [models.Index(fields=["epoch"], name="opening_epoch")]

    def __str__(self) -> str:
        return f"Opening {self.pk}"


class Envelope(models.Model):
    """A sealed envelope (PROTOCOL §4.1). The primary key is the order of arrival; the day is all that is kept of the time."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="envelopes", db_index=False)
    direction = models.PositiveSmallIntegerField(choices=Direction)
    sequence = models.PositiveIntegerField()
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="envelopes", db_index=False)
    envelope = BytesField(size=9419)
    envelope_hash = BytesField(size=32)
    received_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "direction", "sequence"], name="envelope_sequence_once"),
            models.CheckConstraint(condition=Q(sequence__gte=1, direction__in=[1, 2]), name="envelope_sequence"),
        ]

    def __str__(self) -> str:
        return f"Envelope {self.pk}"
