"""A live talk, from the moment it is asked for until some minutes after its end: then the row is deleted."""

from django.db import models
from django.db.models import F, Q

from messaging.models.desk import DeskMember
from messaging.models.inbox import Conversation


class Talk(models.Model):
    """A conversation's one request for a live talk, or the talk itself.

    It is asked for at `asked_at`; it is waiting, or offered to `member` since `offered_at`, and `passed` has those who let it
    pass. Taken, it is theirs; `active_at` is when something was last written, and `closes_at` when live talk closes, or has closed. How it
    `ended` stands for some minutes, so that both pages can say so (`talks.moves` deletes it).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        OFFERED = "offered"
        TAKEN = "taken"
        ENDED = "ended"

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="talk")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    member = models.ForeignKey(DeskMember, on_delete=models.SET_NULL, null=True, related_name="talks", db_index=False)
    offered_at = models.DateTimeField(null=True)
    passed = models.JSONField(default=list)
    taken_at = models.DateTimeField(null=True)
    active_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=12, blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["member", "state"], condition=Q(member__isnull=False), name="talk_mine"),
            models.Index(fields=["state"], condition=~Q(state="ended"), name="talk_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", member__isnull=True, offered_at__isnull=True)
                | Q(state="offered", member__isnull=False, offered_at__isnull=False)
                | Q(state="taken", member__isnull=False, taken_at__isnull=False, active_at__isnull=False)
                | Q(state="ended"),
                name="talk_is_with_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) & ~Q(ended="") | ~Q(state="ended") & Q(ended="", ended_at__isnull=True),
                name="talk_ended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=True) | Q(offered_at__gte=F("asked_at")), name="talk_offered_after_it_was_asked"
            ),
            # Nobody has two offers before them.
            models.UniqueConstraint(fields=["member"], condition=Q(state="offered"), name="talk_one_offer_each"),
        ]

    def __str__(self) -> str:
        return f"Talk {self.pk}, {self.state}"


class TalkRest(models.Model):
    """After a talk its counsellor is offered no other before `until`; then the row is deleted. It does not say with whom they talked."""

    member = models.ForeignKey(DeskMember, on_delete=models.CASCADE, related_name="rests")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member} rests until {self.until}"
