"""A member of staff leaves: the account is off and its sessions end at once, and the rota no longer counts on them."""

from datetime import datetime

from django.db import transaction

from helpline.models import Account, Counsellor, Invitation, RotaFeed, Shift, WeeklyPattern
from helpline.organisation import organisation_today
from helpline.rota.locking import lock_counsellors
from helpline.rota.patterns import end_pattern
from helpline.staff.sign_out import sign_out_everywhere


def leave_staff(account: Account, *, at: datetime) -> int:
    """How many coming shifts were taken off the rota: they show as gaps. What was worked stays."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(is_active=False)
        sign_out_everywhere(account)
        Invitation.objects.filter(account=account).delete()
        counsellor = Counsellor.objects.filter(account=account).first()
        if counsellor is None:
            return 0
        Counsellor.objects.filter(pk=counsellor.pk).update(active=False)
        return remove_from_rota(counsellor, at=at)


def remove_from_rota(counsellor: Counsellor, *, at: datetime) -> int:
    """How many coming shifts were taken off; patterns end, and the calendar's address with them. The shift of this moment no longer counts
    for an account that may not answer people.
    """
    last = organisation_today(at=at)
    with transaction.atomic():
        lock_counsellors([counsellor.pk])
        for pattern in WeeklyPattern.objects.filter(counsellor=counsellor):
            if pattern.ends_on is None or pattern.ends_on >= last:
                end_pattern(pattern, today=last)
        RotaFeed.objects.filter(counsellor=counsellor).delete()
        coming = Shift.objects.filter(counsellor=counsellor, starts_at__gt=at)
        return coming.delete()[1].get("helpline.Shift", 0)
