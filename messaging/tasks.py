"""Celery's tasks: each reads the clock once and calls one operation. They carry nothing, and may come twice or not at all."""

from celery import shared_task

from helpline.clock import now
from messaging.conversations.expire import expire_conversations
from messaging.desk_notices import send_desk_notices
from messaging.housekeeping import sweep_up, tidy_up
from messaging.inbox.drafts import expire_drafts
from messaging.keys.unused_grants import delete_unused_grants
from messaging.monitoring.alerts import send_alerts
from messaging.monitoring.daily_head import send_daily_head
from messaging.monitoring.heartbeat import record_beat_tick
from messaging.routing.reply_deadlines import remind_of_deadlines
from messaging.routing.route import route_waiting

# Acknowledged only when done, and given to another worker when this one dies: doing it again changes nothing.
SAFE_TO_REPEAT = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}


@shared_task(name="messaging.route", **SAFE_TO_REPEAT)
def route_task() -> None:
    """A message was taken, or a counsellor has room again."""
    route_waiting(at=now())


@shared_task(name="messaging.sweep", **SAFE_TO_REPEAT)
def sweep_task() -> None:
    """Every few seconds: shifts that are over, and whatever a lost trigger, a killed worker or an opening hour left waiting."""
    at = now()
    record_beat_tick(sweep_up(at=at), at=at)


@shared_task(name="messaging.remind", **SAFE_TO_REPEAT)
def remind_task() -> None:
    """Every half minute: reminders at half the promised time, and at the end of it to the lead."""
    remind_of_deadlines(at=now())


@shared_task(name="messaging.send_notices", **SAFE_TO_REPEAT)
def send_desk_notices_task() -> None:
    """Every minute: emails of the desk that wait, new ones and those that failed before."""
    send_desk_notices(at=now())


@shared_task(name="messaging.tidy", **SAFE_TO_REPEAT)
def tidy_task() -> None:
    """Every minute: deletes sessions and challenges that have expired."""
    tidy_up(at=now())


@shared_task(name="messaging.expire", **SAFE_TO_REPEAT)
def expire_task() -> None:
    """Every ten minutes: conversations and drafts whose time is over, some hundreds at once, and keys that nothing needs."""
    at = now()
    expire_conversations(at=at)
    expire_drafts(at=at)
    delete_unused_grants(at=at)


@shared_task(name="messaging.watch", **SAFE_TO_REPEAT)
def watch_task() -> None:
    """Every minute: emails about what must be done now. When no task runs, the web processes watch (`messaging.monitoring.watchdog`)."""
    send_alerts(at=now())


@shared_task(name="messaging.daily_head", **SAFE_TO_REPEAT)
def daily_head_task() -> None:
    """Every ten minutes; the head of the trail's chain goes out once a day."""
    send_daily_head(at=now())
