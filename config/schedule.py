"""Which tasks beat asks for, and how long anyone waits for the broker; settings.py has them both."""

from typing import Any

# In seconds; a task that nobody took in time is not worth taking any more.
TASKS: dict[str, Any] = {
    "sweep": {"task": "messaging.sweep", "schedule": 5.0, "options": {"expires": 10}},
    "remind": {"task": "messaging.remind", "schedule": 30.0, "options": {"expires": 60}},
    "watch": {"task": "messaging.watch", "schedule": 60.0, "options": {"expires": 120}},
    "desk-notices": {"task": "messaging.send_notices", "schedule": 60.0, "options": {"expires": 120}},
    "tidy": {"task": "messaging.tidy", "schedule": 60.0, "options": {"expires": 120}},
    "expire": {"task": "messaging.expire", "schedule": 600.0, "options": {"expires": 1200}},
    "trail": {"task": "helpline.link_trail", "schedule": 60.0, "options": {"expires": 120}},
    "daily-head": {"task": "messaging.daily_head", "schedule": 600.0, "options": {"expires": 1200}},
    "due-changes": {"task": "helpline.do_due_changes", "schedule": 60.0, "options": {"expires": 120}},
    "account-notices": {"task": "helpline.send_account_notices", "schedule": 60.0, "options": {"expires": 120}},
    "rota-notices": {"task": "helpline.send_rota_notices", "schedule": 60.0, "options": {"expires": 120}},
    "cancelled-entries": {"task": "helpline.forget_cancelled_entries", "schedule": 3600.0, "options": {"expires": 7200}},
    "rota-reminders": {"task": "helpline.remind_of_shifts", "schedule": 600.0, "options": {"expires": 1200}},
    "rota-gaps": {"task": "helpline.tell_rota_gaps", "schedule": 600.0, "options": {"expires": 1200}},
}


def broker_transport(broker: str) -> dict[str, Any]:
    """kombu's options: in memory, or for a Redis that may be away or frozen."""
    if broker == "memory://localhost":
        return {"polling_interval": 0.05}
    return {
        "socket_connect_timeout": 1,
        "socket_timeout": 1,
        "retry_on_timeout": False,
        "max_retries": 0,
        "interval_start": 0,
        "visibility_timeout": 15,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
    }
