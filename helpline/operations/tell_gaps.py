"""Tells the leads once a day of the first gap ahead."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from helpline.models import RotaNotice
from helpline.operations.notify import leads, notify
from helpline.queries import organisation
from helpline.rotas.gaps import first_gap

FROM = time(7)


def tell_gaps(*, at: datetime) -> None:
    """After seven in the morning, where a gap lies in the next four weeks; asking again on the same day changes nothing."""
    local = at.astimezone(ZoneInfo(organisation().time_zone))
    if local.time() < FROM:
        return
    gap = first_gap(at=at)
    if gap is not None:
        notify(RotaNotice.Kind.GAP, f"gap:{local.date().isoformat()}", leads(), at=at, channel=gap.channel, interval=gap.interval)
