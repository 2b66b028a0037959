"""A shift that someone would give away: as a swap, which a lead approves, or as cover wanted, which the first to take it has."""

from django.db import models
from django.db.models import F, Q

from helpline.models.people import Account, Counsellor
from helpline.models.rota import Shift


class ShiftOffer(models.Model):
    """Asked; accepted; then approved or refused by a lead. Cover goes from asked to taken. Each step is one conditional update.

    Until the last step the shift stays with the counsellor who asked: an offer alone never leaves an hour uncovered.
    """

    class Kind(models.TextChoices):
        SWAP = "swap", "Swap"
        COVER = "cover", "Cover wanted"

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        ACCEPTED = "accepted", "Accepted, waiting for a lead"
        APPROVED = "approved", "Approved"
        TAKEN = "taken", "Taken"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    OPEN = (State.ASKED, State.ACCEPTED)

    kind = models.CharField(max_length=5, choices=Kind)
    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="offers")
    asked_by = models.ForeignKey(Counsellor, on_delete=models.CASCADE, related_name="offers_made")
    offered_to = models.ForeignKey(
        Counsellor, on_delete=models.CASCADE, null=True, blank=True, related_name="offers_got", help_text="Nobody: it is offered to all."
    )
    in_return = models.ForeignKey(
        Shift,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="offers_in_return",
        help_text="A shift of theirs that comes back: both change hands, or neither.",
    )
    accepted_by = models.ForeignKey(Counsellor, on_delete=models.CASCADE, null=True, blank=True, related_name="offers_accepted")
    decided_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="offers_decided")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["shift__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shift"],
                condition=Q(state__in=["asked", "accepted"]),
                name="offer_open_once",
                violation_error_message="This shift is offered already.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "approved", "taken"], accepted_by__isnull=False)
                | Q(state="asked", accepted_by__isnull=True)
                | Q(state__in=["refused", "withdrawn"]),
                name="offer_accepted_by",
            ),
            models.CheckConstraint(
                condition=(Q(offered_to__isnull=True) | ~Q(offered_to=F("asked_by")))
                & (Q(accepted_by__isnull=True) | ~Q(accepted_by=F("asked_by"))),
                name="offer_to_another",
            ),
            models.CheckConstraint(
                condition=Q(kind="swap", state__in=["asked", "accepted", "approved", "refused", "withdrawn"])
                | Q(kind="cover", offered_to__isnull=True, state__in=["asked", "taken", "withdrawn"]),
                name="offer_kind",
            ),
            models.CheckConstraint(
                condition=Q(in_return__isnull=True) | Q(kind="swap", offered_to__isnull=False) & ~Q(in_return=F("shift")),
                name="offer_in_return",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.shift}"
