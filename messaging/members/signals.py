"""A counsellor chooses how their browser calls them when something waits: a notification, a sound, both, or neither."""

from datetime import datetime

from django.db import transaction

from helpline.audit import record_audit_row
from helpline.models.audit import Action
from messaging.models import DeskMember


def choose_signals(member: DeskMember, *, notifies: bool, sounds: bool, at: datetime) -> DeskMember:
    """The member as they have chosen; choosing the same again changes nothing."""
    chosen = {"notifies": notifies, "sounds": sounds}
    fields = [name for name, value in chosen.items() if getattr(member, name) != value]
    with transaction.atomic():
        if fields and DeskMember.objects.filter(pk=member.pk).update(**chosen):
            record_audit_row(member.counsellor.account, Action.CHANGED, member, at=at, fields=fields)
    member.notifies, member.sounds = notifies, sounds
    return member
