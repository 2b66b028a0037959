"""A member of staff leaves: the account is off and its sessions end at once, and the rota no longer counts on them."""

from datetime import datetime

from django.db import transaction

from helpline.models import Account, Counsellor, Invitation, RotaFeed, Shift, WeeklyPattern
from helpline.operations.end_pattern import end_pattern
from helpline.operations.sign_out import sign_out_everywhere
from helpline.operations.take_turns import take_turns
from helpline.queries import today


def leave(account: Account, *, at: datetime) -> int:
    """How many coming shifts were taken off the rota: they show as gaps. What was worked stays."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(is_active=False)
        sign_out_everywhere(account)
        Invitation.objects.filter(account=account).delete()
        counsellor = Counsellor.objects.filter(account=account).first()
        if counsellor is None:
            return 0
        Counsellor.objects.filter(pk=counsellor.pk).update(active=False)
        return off_the_rota(counsellor, at=at)


def off_the_rota(counsellor: Counsellor, *, at: datetime) -> int:
    """How many coming shifts were taken off; patterns end, and the calendar's address with them. The shift of this moment counts no more
    for whoever may not answer people.
    """
    last = today(at=at)
    with transaction.atomic():
        take_turns([counsellor.pk])
        for pattern in WeeklyPattern.objects.filter(counsellor=counsellor):
            if pattern.ends_on is None or pattern.ends_on >= last:
                end_pattern(pattern, today=last)
        RotaFeed.objects.filter(counsellor=counsellor).delete()
        coming = Shift.objects.filter(counsellor=counsellor, starts_at__gt=at)
        return coming.delete()[1].get("helpline.Shift", 0)
