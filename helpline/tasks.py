"""Celery's tasks about rota and accounts: each reads the clock once and calls one operation. They carry nothing, and may come twice."""

from celery import shared_task

from helpline.audit.chain import link_entries
from helpline.clock import now
from helpline.four_eyes.changes import do_due_changes
from helpline.rota.cancelled_entries import forget_cancelled_entries
from helpline.rota.notices import queue_gap_notices, queue_shift_reminders, send_rota_notices
from helpline.staff.account_notices import send_account_notices

# Acknowledged only when done, and given to another worker when this one dies: a notice is claimed before it is sent.
SAFE_TO_REPEAT = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}


@shared_task(name="helpline.send_rota_notices", **SAFE_TO_REPEAT)
def send_rota_notices_task() -> None:
    """Every minute: emails about the rota that wait, new ones and those that failed before."""
    send_rota_notices(at=now())


@shared_task(name="helpline.send_account_notices", **SAFE_TO_REPEAT)
def send_account_notices_task() -> None:
    """Every minute: emails to the person an account belongs to."""
    send_account_notices(at=now())


@shared_task(name="helpline.do_due_changes", **SAFE_TO_REPEAT)
def do_due_changes_task() -> None:
    """Every minute: changes that two people want and whose time has come."""
    do_due_changes(at=now())


@shared_task(name="helpline.link_trail", **SAFE_TO_REPEAT)
def link_trail_task() -> None:
    """Every minute: what came into the trail gets its place in the chain."""
    link_entries()


@shared_task(name="helpline.tell_rota_gaps", **SAFE_TO_REPEAT)
def tell_rota_gaps_task() -> None:
    """Every ten minutes; the leads hear of it once a day."""
    queue_gap_notices(at=now())


@shared_task(name="helpline.remind_of_shifts", **SAFE_TO_REPEAT)
def remind_of_shifts_task() -> None:
    """Every ten minutes; each shift is told of once."""
    queue_shift_reminders(at=now())


@shared_task(name="helpline.forget_cancelled_entries", **SAFE_TO_REPEAT)
def forget_cancelled_entries_task() -> None:
    """Every hour: what calendar addresses need to say no longer."""
    forget_cancelled_entries(at=now())
