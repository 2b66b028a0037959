"""Closures, and "we are very busy": what a lead enters so that the site tells people the truth, and takes back again."""

from datetime import datetime

from django.db import transaction

from helpline.audit import record_audit_row
from helpline.calendar import Interval
from helpline.models import Account, Closure, Organisation
from helpline.models.audit import Action


def announce_closure(by: Account, interval: Interval, *, channel: str, reason: str, at: datetime) -> Closure:
    """Closed for so long, whatever the week says; no channel means all of them."""
    with transaction.atomic():
        closure = Closure.objects.create(channel=channel, starts_at=interval.start, ends_at=interval.end, reason=reason)
        record_audit_row(by, Action.ADDED, closure, at=at, fields=["channel", "starts_at", "ends_at", "reason"])
    return closure


def end_closure(by: Account, closure_id: int, *, at: datetime) -> bool:
    """Ends a closure: one that has begun stays as what was, and ends now; one to come is taken away. False when there is none any more."""
    with transaction.atomic():
        closure = Closure.objects.select_for_update().filter(pk=closure_id, ends_at__gt=at).first()
        if closure is None:
            return False
        if closure.starts_at < at:
            closure.ends_at = at
            closure.save(update_fields=["ends_at"])
            record_audit_row(by, Action.CHANGED, closure, at=at, fields=["ends_at"])
        else:
            record_audit_row(by, Action.DELETED, closure, at=at)
            closure.delete()
    return True


def announce_busy(by: Account, until: datetime | None, minutes: int, *, at: datetime) -> bool:
    """Until then an answer is promised within so many working minutes, where that is more than usual; None: no longer.

    What was promised before stands. False where no organisation is described yet.
    """
    with transaction.atomic():
        own = Organisation.objects.select_for_update().filter(pk=1).first()
        if own is None:
            return False
        own.busy_until, own.busy_minutes = until, minutes if until else 0
        own.save(update_fields=["busy_until", "busy_minutes"])
        record_audit_row(by, Action.CHANGED, own, at=at, fields=["busy_until", "busy_minutes"])
    return True
