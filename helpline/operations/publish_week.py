"""Publishes a week's drafts: from then on they count as on duty."""

from collections.abc import Container
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from helpline.models import RotaNotice, Shift
from helpline.operations.notify import accounts_of, notify
from helpline.operations.take_turns import everybody_takes_turns
from helpline.queries import organisation
from helpline.rotas.consequences import allow, of_publishing
from helpline.rotas.picture import load, local_days


def publish_week(monday: date, *, at: datetime, known: Container[str], channel: str | None = None) -> int:
    """How many drafts that begin in the week became shifts; whoever has one of them is told, once.

    Raises:
        helpline.rotas.consequences.Consequences: gaps or short rests remain, and `known` does not have it.
    """
    own = organisation()
    week = local_days(monday, 7, ZoneInfo(own.time_zone))
    with transaction.atomic():
        everybody_takes_turns()
        drafts = Shift.objects.filter(state=Shift.State.DRAFT, starts_at__gte=week.start, starts_at__lt=week.end)
        if channel:
            drafts = drafts.filter(channel=channel)
        found = dict(drafts.values_list("pk", "counsellor_id"))
        if found:
            allow(of_publishing(load(week, own=own), set(found)), known=known)
        published = Shift.objects.filter(pk__in=found, state=Shift.State.DRAFT).update(state=Shift.State.PUBLISHED, changed_at=at)
        if published:
            key = f"week:{monday.isoformat()}:{at.isoformat()}"
            notify(RotaNotice.Kind.PUBLISHED, key, accounts_of(*set(found.values())), at=at, interval=week)
    return published
