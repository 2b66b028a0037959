"""Until when a conversation is kept, and which ones have had their time (PROTOCOL §7.9)."""

from datetime import date
from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual

from helpline.queries import organisation
from messaging.models import Conversation, Envelope
from messaging.models.inbox import Direction
from messaging.problems import Problem
from messaging.retention import CHOICES, days_kept, gone_on, newest_that_goes


def retention_of(inbox_pk: int) -> dict[str, Any]:
    """The answer of §7.9.

    Raises:
        Problem: not-found, for a conversation that is deleted meanwhile.
    """
    rule = organisation().retention_days
    found = Conversation.objects.filter(inbox=inbox_pk).annotate(newest=Max("envelopes__received_on")).values_list("keep_days", "newest")
    own, newest = found.first() or (None, None)
    if newest is None:
        raise Problem("not-found", "There is no such conversation. It may have been deleted.")
    choices = [days for days in CHOICES if days < rule]
    return {"days": rule, "own": own, "choices": choices, "deleted_on": gone_on(newest, days_kept(rule, own)).isoformat()}


def expired(today: date, *, one: int | None = None) -> QuerySet[Conversation, tuple[int, int]]:
    """Conversation and inbox of those, or of this one, whose newest message from either side is as old as the rule or the own choice says.

    By the day alone. In one query that reads only what is old enough to have been begun by then, and of that the newest envelopes alone.
    """
    rule = organisation().retention_days
    among = Q() if one is None else Q(pk=one)
    first, *others = (_of(among, own, newest_that_goes(today, days_kept(rule, own))) for own in (None, *CHOICES))
    return first.union(*others, all=True)


def _of(among: Q, own: int | None, last: date) -> QuerySet[Conversation, tuple[int, int]]:
    """Those of them with this choice whose newest message came on `last` or before."""
    chosen = Q(keep_days__isnull=True) if own is None else Q(keep_days=own)
    # Nothing is older than its inbox: that alone rules most of them out.
    begun = Conversation.objects.filter(among, chosen, inbox__made_on__lte=last)
    return begun.filter(
        LessThanOrEqual(_newest(Direction.FROM_PERSON, "received"), Value(last)),
        LessThanOrEqual(_newest(Direction.FROM_DESK, "sent"), Value(last)),
    ).values_list("pk", "inbox_id")


def _newest(direction: Direction, head: str) -> Coalesce:
    """The day of the newest envelope of one side, found by its place; of a side that never wrote, when the thread began.

    A value of its own, and not EXISTS: that one Postgres may answer by reading every envelope there is.
    """
    place = Envelope.objects.filter(conversation=OuterRef("pk"), direction=direction, sequence=OuterRef(head))
    return Coalesce(Subquery(place.values("received_on")[:1]), F("inbox__made_on"))
