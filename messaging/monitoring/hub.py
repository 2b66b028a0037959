"""How the hub stands, as this process can find out: by Redis whether it listens, and by its own word its sums."""

import http.client
import json
from datetime import datetime

from django.conf import settings

from messaging.http.live_tickets import watch
from messaging.hub.rings import live_key
from messaging.monitoring.status import HubStanding, HubSums

# Seconds: the page waits no longer.
PATIENCE = 1


def hub_standing(*, at: datetime, asks: bool) -> HubStanding | None:
    """None where there is no hub. With its sums where it `asks` and is answered. Known within about two seconds."""
    if not live_key():
        return None
    listens = watch.well(at=at)
    return HubStanding(listens, _asked() if asks and listens and settings.LIVE_UPSTREAM else None)


def _asked() -> HubSums | None:
    """What it answers who bears its key; None where that cannot be had."""
    line = http.client.HTTPConnection(settings.LIVE_UPSTREAM, timeout=PATIENCE)
    try:
        line.request("GET", "/health/sums", headers={"Authorization": f"Bearer {live_key().decode()}"})
        answer = line.getresponse()
        return HubSums(**json.loads(answer.read())) if answer.status == 200 else None
    except (OSError, http.client.HTTPException, ValueError, TypeError):
        return None
    finally:
        line.close()
