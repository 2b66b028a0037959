"""The rare breach of confidentiality, by two people: what is proposed is sealed to the desk, every step is noted (PROTOCOL §8.9)."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from helpline.models import Account
from messaging.models.desk import DeskMember
from messaging.models.desk_keys import Epoch
from messaging.models.fields import BytesField
from messaging.models.inbox import Conversation
from messaging.models.notes import NOTE_SIZE

# So long a proposal waits for its second person, and an agreement to be used.
EXPIRES_AFTER = timedelta(days=7)


class DisclosureReason(models.TextChoices):
    """The limit that the confidentiality terms name: who someone is, together with a risk of serious harm. To whom, in a code."""

    CHILD = "harm-child", "It says who someone is, and a young person is at risk of serious harm"
    SELF = "harm-self", "It says who someone is, and the person who wrote is at risk of serious harm"
    OTHER = "harm-other", "It says who someone is, and someone else is at risk of serious harm"


class DisclosureRecipient(models.TextChoices):
    """Whom the terms name; to whom exactly is sealed."""

    POLICE = "police", "The police"
    SOCIAL_WORK = "social-work", "Social services"
    EMERGENCY = "emergency", "The emergency services"


class Telling(models.TextChoices):
    """Whether the person is told, in a signed message, before the text can be made."""

    TOLD = "told", "The person is told first"
    RISK = "risk", "Telling the person would raise the risk"


class DisclosureState(models.TextChoices):
    PROPOSED = "proposed"
    APPROVED = "approved", "Agreed to"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DISCLOSED = "disclosed", "Carried out"
    EXPIRED = "expired"


_S = DisclosureState
OPEN = (_S.PROPOSED, _S.APPROVED)
DECIDED = (_S.APPROVED, _S.DISCLOSED)
# What two people sealed stays as long as it can be read for a reason, and the conversation stands.
TEXT = (*OPEN, _S.REFUSED, _S.DISCLOSED)
ANSWERED = (*DECIDED, _S.REFUSED)


class Disclosure(models.Model):
    """One proposal, deleted with the conversation. `note` holds what it says, and `decision` why it was decided so. Both are sealed.

    Not even a hash of the text that would leave is here: that is inside `note`. `note_hash` is over the sealed bytes (PROTOCOL §6.1), and
    `approved_hash` the same, as the second person named it. `places` are the numbers of the messages, as "1:3,2:1": direction, sequence.
    `sent_before` is how many envelopes the desk had sent when it was agreed to: a counsellor who tells the person has sent one more.

    The two are never the same member of the desk, nor two members with one account after each other.
    """

    public_id = BytesField(size=16, unique=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="disclosures", db_index=False)
    state = models.CharField(max_length=10, choices=DisclosureState, default=_S.PROPOSED)
    reason = models.CharField(max_length=10, choices=DisclosureReason)
    recipient = models.CharField(max_length=12, choices=DisclosureRecipient)
    telling = models.CharField(max_length=4, choices=Telling)
    places = models.CharField(max_length=700)
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="+", db_index=False)
    note = BytesField(size=NOTE_SIZE, null=True)
    note_hash = BytesField(size=32)
    decision = BytesField(size=NOTE_SIZE, null=True)
    approved_hash = BytesField(size=32, null=True)
    proposed_by = models.ForeignKey(DeskMember, on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_by = models.ForeignKey(DeskMember, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    decided_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    carried_by = models.ForeignKey(DeskMember, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    sent_before = models.PositiveIntegerField(null=True)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["conversation"], name="disclosure_conversation"),
            models.Index(fields=["expires_at"], condition=Q(state__in=OPEN), name="disclosure_open"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["conversation"], condition=Q(state__in=OPEN), name="disclosure_one_open"),
            models.UniqueConstraint(fields=["note_hash"], name="disclosure_once"),
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")), name="disclosure_two_people"),
            models.CheckConstraint(
                condition=Q(decided_account__isnull=True) | ~Q(decided_account=F("proposed_account")), name="disclosure_two_accounts"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_account__isnull=True)
                | Q(decided_by__isnull=False, decided_account__isnull=False),
                name="disclosure_member_and_account",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*DECIDED, _S.REFUSED]) | Q(decided_by__isnull=False), name="disclosure_somebody_decided"
            ),
            models.CheckConstraint(
                condition=Q(state=_S.DISCLOSED, carried_by__isnull=False) & (Q(carried_by=F("proposed_by")) | Q(carried_by=F("decided_by")))
                | ~Q(state=_S.DISCLOSED) & Q(carried_by__isnull=True),
                name="disclosure_by_one_of_the_two",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(approved_hash__isnull=False, approved_hash=F("note_hash"), sent_before__isnull=False),
                name="disclosure_as_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TEXT, note__isnull=False) | ~Q(state__in=TEXT) & Q(note__isnull=True),
                name="disclosure_text_while_needed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, decision__isnull=False) | ~Q(state__in=ANSWERED) & Q(decision__isnull=True),
                name="disclosure_decision_while_needed",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("proposed_at")), name="disclosure_forwards"),
        ]

    def __str__(self) -> str:
        return f"Disclosure {self.pk}, {self.state}"

    def written_since(self, sent: int) -> bool:
        """Whether the desk, which has sent so many envelopes now, has sent one since this was agreed to."""
        return self.sent_before is not None and sent > self.sent_before


class DisclosureEvent(models.Model):
    """One step, for good: who, when, which codes and message numbers, and the hash of the sealed proposal; no content.

    The database refuses to change or delete a row. It names no conversation, and leads to none once that is deleted: then `procedure` is
    the id of nothing.
    """

    at = models.DateTimeField(db_index=True)
    procedure = BytesField(size=16)
    step = models.CharField(max_length=10, choices=DisclosureState)
    member = models.ForeignKey(DeskMember, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    reason = models.CharField(max_length=10, choices=DisclosureReason)
    recipient = models.CharField(max_length=12, choices=DisclosureRecipient)
    telling = models.CharField(max_length=4, choices=Telling)
    places = models.CharField(max_length=700)
    note_hash = BytesField(size=32)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["procedure", "step"], name="disclosure_step_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.procedure.hex()}"
