"""Deletes grants of epochs of which nothing is kept any more (PROTOCOL §8.2): a stolen database then has no key of them either."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, IntegerField, Max, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from messaging.models import DeskNote, Disclosure, Epoch, FurtherGrant, Grant, NoteCarry, Opening, SavedReply, SavedReplyCarry
from messaging.protocol.days import day_of

# What is sealed for an epoch, and so has to be opened with its key. An envelope is of its opening's epoch.
SEALED: tuple[type[Model], ...] = (Opening, DeskNote, NoteCarry, SavedReply, SavedReplyCarry, Disclosure)
# Nothing comes for an epoch that is over. So many days more, for a clock that went wrong.
MARGIN_DAYS = 2
# Of one note the carries into so many epochs are kept; what is older than all of them is not needed.
KEPT_CARRIES = 4


def unused_epochs(*, at: datetime) -> QuerySet[Epoch]:
    """The epochs that are over and of which no standing conversation, note, carry, saved reply or disclosure is left; never the newest."""
    found = Epoch.objects.filter(last_day__lt=day_of(at) - MARGIN_DAYS).exclude(
        number=Epoch.objects.aggregate(Max("number"))["number__max"]
    )
    for number, model in enumerate(SEALED):
        # The next in the order of an index, rather than whether there is one: that is read from end to end where there is none.
        following = model._default_manager.filter(epoch__gte=OuterRef("pk")).order_by("epoch")  # noqa: SLF001 - documented
        next_one = Coalesce(Subquery(following.values("epoch")[:1]), 0, output_field=IntegerField())
        found = found.alias(**{f"next_{number}": next_one}).exclude(**{f"next_{number}": F("pk")})
    return found


def delete_unused_grants(*, at: datetime) -> int:
    """How many were deleted. Doing it again changes nothing, and the statements stay."""
    _delete_old_carries(NoteCarry, "note")
    _delete_old_carries(SavedReplyCarry, "reply")
    granted = [Exists(model.objects.filter(epoch=OuterRef("pk"))) for model in (Grant, FurtherGrant)]
    epochs = list(unused_epochs(at=at).filter(granted[0] | granted[1]).values_list("pk", flat=True))
    if not epochs:
        return 0
    with transaction.atomic():
        # Asked once more, in the very statement that deletes.
        unused = unused_epochs(at=at).filter(pk__in=epochs).values("pk")
        further = FurtherGrant.objects.filter(epoch__in=unused).delete()[0]
        return further + Grant.objects.filter(epoch__in=unused).delete()[0]


def _delete_old_carries(model: type[NoteCarry] | type[SavedReplyCarry], of: str) -> None:
    """Only where so many later ones stand: one that does not open, made by whom it may be, takes no other away."""
    newest = Epoch.objects.aggregate(Max("number"))["number__max"] or 0
    later = model._default_manager.filter(**{of: OuterRef(of)}, epoch__gt=OuterRef("epoch")).order_by("epoch")  # noqa: SLF001
    epochs = later.values("epoch").distinct()[KEPT_CARRIES - 1 : KEPT_CARRIES]
    model._default_manager.filter(Exists(epochs), epoch__lte=newest - KEPT_CARRIES).delete()  # noqa: SLF001
