"""Sees who has come on duty and whose shift is over; what is open with those who have gone goes back to those that wait.

Not in the middle of a word: the conversation that someone writes in stays theirs for a while, and so does one that they stay on for
(`desk.stay_on`). While it does, `kept_until` stands on it, and routing has nothing to do with it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from helpline.hours.on_duty import shifts_on_duty
from helpline.models import Shift
from messaging.hub.rings import ring_conversation, ring_desk
from messaging.models import Conversation, DeskMember, RoutingEvent
from messaging.routing.presence import typed_lately
from messaging.routing.queue import queue_position

State = Conversation.State
# What a conversation is that goes back to those that wait: nobody has put it off, and who had it is remembered for whoever comes next.
RETURNED = {"state": State.WAITING, "snoozed_until": None, "kept_until": None, "handed_by": F("member")}
WHY = "The shift of the counsellor who had it is over."
AWAY = "The counsellor who had it was noted as away."
KEPT = "Their shift is over, and they write in it just now."
# A pause of so long is no end of what someone writes.
PAUSE = timedelta(minutes=2)
# Whoever writes when their shift ends has so long to end it.
GRACE = timedelta(minutes=15)


def end_shifts(*, at: datetime) -> int:
    """How many open conversations went back, for routing to hand to the next on duty with room.

    Whether a shift is over is asked of the rota, and remembered on the member: so a shift that ended while no worker ran is seen later,
    one that was taken off the rota or cut short by an absence is over too, and a counsellor who claimed a conversation outside any shift
    keeps it.
    """
    shifts = {who: shift.number for who, shift in shifts_on_duty(channel="messages", at=at).items()}
    returned = 0
    for member in DeskMember.objects.filter(Q(counsellor__in=shifts) | Q(shift__isnull=False)).order_by("pk"):
        now = shifts.get(member.counsellor_id)
        if now == member.shift:
            continue
        if now is None:
            returned += hand_back_conversations(member, at=at)
        elif DeskMember.objects.filter(pk=member.pk, shift=member.shift).update(shift=now, given_flagged=0, off_since=None):
            # Also straight from one shift to the next: nothing is handed over, and what is counted by the shift begins anew.
            Conversation.objects.filter(member=member.pk, kept_until__isnull=False).update(kept_until=None)
            ring_desk()  # Who is at an open desk is seen in this shift at once.
    return returned + _end_grace(at)


def hand_back_conversations(member: DeskMember, *, at: datetime) -> int:
    """Ends what the member's shift was: how many open conversations went back. Once, however many see the end at the same moment.

    Those that are snoozed sleep on (`routing.wake_snoozed` sees to them). The others keep their place in the queue, and the counsellor gets
    those back that still wait when they are on duty again. What they chose for this shift, less work or a break, is over with it. The
    next counsellor's browser offers a signed handover note (PROTOCOL §4.4), and their lists say from whom it came.
    """
    ends = Shift.objects.filter(pk__in=[member.shift]).values_list("ends_at", flat=True).first()
    over = at if ends is None else min(ends, at)
    held = Conversation.objects.filter(Conversation.awake(at), member=member.pk, state=State.ASSIGNED)
    # Asked before any lock is taken: the cache is another machine.
    typed = typed_lately(member, held.values_list("conversation_id", flat=True), within=PAUSE, at=at)
    with transaction.atomic():
        # Routing takes the same lock first: what it was about to give to this member is given, and goes back with the rest.
        was = DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        off_since = over if was.shift == member.shift or was.off_since is None else was.off_since
        DeskMember.objects.filter(pk=member.pk).update(shift=None, given_flagged=0, capacity=None, away_until=None, off_since=off_since)
        return _let_go(member, held, typed, off_since, at, AWAY if ends is not None and ends > at else WHY)


def _end_grace(at: datetime) -> int:
    """How many went back of those that were kept for a while after a shift; what is still written in stays until GRACE is over."""
    over = Conversation.objects.filter(kept_until__lte=at, state=State.ASSIGNED, member__shift__isnull=True)
    returned = 0
    for member in DeskMember.objects.filter(pk__in=over.values("member")).order_by("pk"):
        held = Conversation.objects.filter(kept_until__lte=at, member=member.pk, state=State.ASSIGNED)
        typed = typed_lately(member, held.values_list("conversation_id", flat=True), within=PAUSE, at=at)
        with transaction.atomic():
            now = DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
            # Back on duty meanwhile: then it is theirs like any other.
            if now.shift is None:
                returned += _let_go(member, held, typed, now.off_since or at - GRACE, at, WHY)
    return returned


def _let_go(
    member: DeskMember, held: QuerySet[Conversation], typed: Mapping[bytes, datetime], off_since: datetime, at: datetime, why: str
) -> int:
    """How many of these went back. In a transaction that has locked the member; the same condition again is what makes it once."""
    gone: list[tuple[Conversation, datetime]] = []
    kept: list[tuple[Conversation, datetime]] = []
    for row in held.select_for_update(no_key=True, of=("self",)).order_by("pk").only("pk", "conversation_id", "kept_until"):
        wrote = typed.get(row.conversation_id)
        until = max(row.kept_until or at, min(wrote + PAUSE, off_since + GRACE) if wrote else at)
        (kept if until > at else gone).append((row, until))
    for row, until in kept:
        if row.kept_until != until:
            Conversation.objects.filter(pk=row.pk, member=member.pk, state=State.ASSIGNED).update(kept_until=until, unrouted_since=None)
    conversations = [row.pk for row, _ in gone]
    back = Conversation.objects.filter(pk__in=conversations, member=member.pk, state=State.ASSIGNED).update(
        **RETURNED, unrouted_since=queue_position(at)
    )
    events = [
        RoutingEvent(conversation_id=pk, kind=RoutingEvent.Kind.RETURNED, member_id=member.pk, at=at, why=why) for pk in conversations
    ]
    events += [
        RoutingEvent(conversation_id=row.pk, kind=RoutingEvent.Kind.KEPT_ON, member_id=member.pk, at=at, why=KEPT)
        for row, _ in kept
        if row.kept_until is None
    ]
    RoutingEvent.objects.bulk_create(events)
    for row, _ in gone:
        ring_conversation(row.conversation_id)
    ring_desk()
    return back
