"""How much a counsellor takes, and a break: routing heeds both at once, and both end with the shift."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from messaging import trigger
from messaging.hub.rings import ring_desk
from messaging.models import DeskMember
from messaging.models.desk import LONGEST_BREAK
from messaging.protocol.encoding import Malformed, demand, within


def choose_capacity(member: DeskMember, number: int) -> DeskMember:
    """The member, who is given at most so many open conversations from now on, from none to the cap that an admin set.

    What is open already stays, and so does a conversation whose person writes again: fewer only means that nothing new comes.

    Raises:
        Malformed: a number above the cap.
    """
    with transaction.atomic():
        # The lock that routing takes: what it decides counts either the old number or the new one.
        DeskMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        if number < 0 or not DeskMember.objects.filter(pk=member.pk, cap__gte=number).update(capacity=number):
            with within("takes"):
                raise Malformed("choose a number from 0 to the most you can have at once")
        transaction.on_commit(trigger.request_routing)  # There may be room for those that wait.
        ring_desk()
    member.refresh_from_db()
    return member


def begin_break(member: DeskMember, until: datetime, *, at: datetime) -> DeskMember:
    """The member, who is given nothing until then. Open conversations stay theirs: it is a break, and no end of the shift.

    Raises:
        Malformed: a time that is over or too far away.
    """
    with within("minutes"):
        demand(at < until <= at + LONGEST_BREAK, "choose a time within the next six hours")
    DeskMember.objects.filter(pk=member.pk).update(away_until=until)
    ring_desk()
    member.refresh_from_db()
    return member


def end_break(member: DeskMember, *, at: datetime) -> DeskMember:
    """The member, who is given work again; coming back twice changes nothing."""
    with transaction.atomic():
        if DeskMember.objects.filter(Q(away_until__gt=at), pk=member.pk).update(away_until=None):
            transaction.on_commit(trigger.request_routing)
            ring_desk()
    member.refresh_from_db()
    return member
