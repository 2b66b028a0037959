"""Until when a conversation is kept, and which ones have had their time (PROTOCOL §7.9)."""

from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from helpline.queries import organisation
from messaging.models import Conversation, Envelope
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


def expired(today: date) -> QuerySet[Conversation]:
    """Those whose newest message, from either side, is as old as the rule or the person's own choice says. By the day alone."""
    rule = organisation().retention_days
    due = Q()
    for own in (None, *CHOICES):
        last = newest_that_goes(today, days_kept(rule, own))
        younger = Envelope.objects.filter(conversation=OuterRef("pk"), received_on__gt=last)
        chosen = Q(keep_days__isnull=True) if own is None else Q(keep_days=own)
        # Nothing is older than its inbox: that alone rules most of them out.
        due |= chosen & Q(inbox__made_on__lte=last) & ~Q(Exists(younger))
    return Conversation.objects.filter(due).order_by("pk")
