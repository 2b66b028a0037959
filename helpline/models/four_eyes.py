"""Changes that take two people: proposed by one, confirmed by another, done when their time has come, and stopped by anyone concerned."""

from django.db import models
from django.db.models import F, Q

from helpline.models.people import Account


class ProposedChange(models.Model):
    """One such change, with what stood and what is to stand. Its kinds and who may do what with it: `helpline.four_eyes.policy`.

    `subject` names what it is about, such as “account 3”: of a kind, one change of a subject is open at a time. `alone`: nobody else was
    there to confirm it, so it waits longer and everyone may stop it. `reason`: why it could not be done.
    """

    class Kind(models.TextChoices):
        VAULT = "vault", "delete a vault"
        VAULT_BACK = "vault-back", "bring back a deleted vault"
        INVITE = "invite", "invite a lead or an admin"
        INVITE_AGAIN = "invite-again", "reset someone’s sign-in and invite them again"
        ACCOUNT = "account", "change someone’s role, address or account"
        LEAVE = "leave", "record that someone has left"
        NUMBERS = "numbers", "change a phone number or an address of the site"
        CRISIS = "crisis", "change the ways to help in a crisis"
        TERMS = "terms", "publish confidentiality terms"
        RETENTION = "retention", "keep conversations for fewer days"

    class State(models.TextChoices):
        WAITING = "waiting", "waits for a second person"
        CONFIRMED = "confirmed", "confirmed, and waits for its time"
        DONE = "done", "done"
        STOPPED = "stopped", "stopped"
        EXPIRED = "expired", "nobody confirmed it in time"
        FAILED = "failed", "could not be done"

    OPEN = (State.WAITING, State.CONFIRMED)

    kind = models.CharField(max_length=12, choices=Kind)
    subject = models.CharField(max_length=300)
    what = models.CharField(max_length=200)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    alone = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")), name="change_takes_two"),
            models.CheckConstraint(condition=Q(due_at__gte=F("proposed_at"), expires_at__gt=F("due_at")), name="change_forwards"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None) | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="change_confirmed_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "done", "failed"])
                | Q(confirmed_by__isnull=False)
                | Q(alone=True, state__in=["done", "failed"]),
                name="change_done_by_two_or_alone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "confirmed"], ended_at=None)
                | Q(state__in=["done", "stopped", "expired", "failed"], ended_at__isnull=False),
                name="change_open_or_ended",
            ),
            models.CheckConstraint(condition=~Q(state="stopped") | Q(stopped_by__isnull=False), name="change_stopped_by_someone"),
            models.UniqueConstraint(fields=["kind", "subject"], condition=Q(state__in=["waiting", "confirmed"]), name="change_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}"

    @property
    def is_open(self) -> bool:
        """Neither done nor ended."""
        return self.state in self.OPEN
