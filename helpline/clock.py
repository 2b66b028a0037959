"""The one clock at the door: views, tasks and commands read it once and pass `at` on; nothing below them asks the time."""

from datetime import UTC, datetime

from django.conf import settings


def now() -> datetime:
    """The service's instant, aware, in UTC. Only the demo's clock differs from the machine's (`demo --at`)."""
    return datetime.now(UTC) + settings.CLOCK_OFFSET
