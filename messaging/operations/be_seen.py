"""A counsellor opened the desk in this shift: that, and nothing of when or how often, is what the rota's promise is checked by."""

from django.db import transaction
from django.db.models import F

from messaging import nudge
from messaging.models import DeskMember


def be_seen(member: DeskMember) -> None:
    """Once a shift something is written, and routing woken: who was given to others, or waits, may be theirs now.

    The shift is the one that `end_shifts` saw last: at the shift's start that may take it some seconds.
    """
    if member.shift is None or member.seen_in == member.shift:
        return
    with transaction.atomic():
        if DeskMember.objects.filter(pk=member.pk, shift=member.shift).update(seen_in=F("shift")):
            transaction.on_commit(nudge.wake)
