"""How long a conversation is kept: what the person has chosen, and until which day that is (PROTOCOL §7.9)."""

from datetime import date
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from helpline.organisation import organisation
from messaging.conversations.retention_rule import CHOICES, days_kept, expiry_day, newest_day_to_expire
from messaging.http.problems import Problem
from messaging.models import Conversation, Envelope
from messaging.protocol.encoding import demand, within


def choose_retention(inbox_pk: int, own: int | None) -> None:
    """None leaves it to the installation's rule.

    Raises:
        Malformed: another number than those that can be chosen.
        Problem: not-found, for a conversation that is deleted in the meantime.
    """
    with within("own"):
        demand(own is None or own in CHOICES, "own must be null or one of the choices")
    if not Conversation.objects.filter(inbox=inbox_pk).update(keep_days=own):
        raise Problem("not-found", "There is no such conversation. It may have been deleted.")


def retention_answer(inbox_pk: int) -> dict[str, Any]:
    """The answer of §7.9.

    Raises:
        Problem: not-found, for a conversation that is deleted in the meantime.
    """
    rule = organisation().retention_days
    own, newest = _choice_and_newest(inbox=inbox_pk)
    if newest is None:
        raise Problem("not-found", "There is no such conversation. It may have been deleted.")
    choices = [days for days in CHOICES if days < rule]
    return {"days": rule, "own": own, "choices": choices, "deleted_on": expiry_day(newest, days_kept(rule, own)).isoformat()}


def conversations_to_expire(today: date) -> QuerySet[Conversation, tuple[int, int]]:
    """Conversation and inbox of each that may have expired, by the rule or the person's own choice: by the day in its own row.

    In one query besides the rule's, a part for each choice, so that each reads an index over nothing but what it finds.
    """
    rule = organisation().retention_days
    first, *others = (
        Conversation.objects.filter(keep_days=own, newest_on__lte=newest_day_to_expire(today, days_kept(rule, own))).values_list(
            "pk", "inbox_id"
        )
        for own in (None, *CHOICES)
    )
    return first.union(*others, all=True)


def conversation_is_expired(pk: int, today: date) -> bool:
    """Whether its newest message, from either side, is as old as the rule or the own choice says.

    False when it was deleted in the meantime.
    """
    own, newest = _choice_and_newest(pk=pk)
    return newest is not None and expiry_day(newest, days_kept(organisation().retention_days, own)) <= today


def newest_envelope_day() -> Coalesce:
    """The latest day of any of a conversation's envelopes, whatever their order: a clock may have run back between two."""
    days = Envelope.objects.filter(conversation=OuterRef("pk")).order_by().values("conversation").annotate(latest=Max("received_on"))
    return Coalesce(Subquery(days.values("latest")), F("newest_on"))


def _choice_and_newest(**which: int) -> tuple[int | None, date | None]:
    found = Conversation.objects.filter(**which).annotate(newest=newest_envelope_day()).values_list("keep_days", "newest").first()
    return found or (None, None)
