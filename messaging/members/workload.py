"""A counsellor's own work, as routing counts it."""

from datetime import datetime
from typing import Any

from helpline.models import Absence, Shift
from helpline.models.hours import Channel
from helpline.models.rota import LONGEST_SHIFT
from messaging.http.timestamps import rfc3339_or_null
from messaging.models import Conversation, DeskMember
from messaging.protocol.encoding import encode
from messaging.routing.end_shifts import GRACE
from messaging.routing.open_work import open_work

State = Conversation.State


def member_workload(member: DeskMember, *, at: datetime) -> dict[str, Any]:
    """How much is open, how much they take now and at most, until when they are away, and how their shift stands (§8.8)."""
    absent, ends = _duty(member, at=at)
    over = None if ends else member.off_since
    kept = Conversation.objects.filter(member=member, state=State.ASSIGNED, kept_until__gt=at).order_by("pk")
    # What they write in is kept from minute to minute; as long as they write on, until then.
    least = at if over is None else over + GRACE
    return {
        "open": open_work([member], at).get(member.pk, 0),
        "takes": member.takes,
        "cap": member.cap,
        "away_until": rfc3339_or_null(member.away_until) if member.is_away(at) else None,
        "shift_ends": rfc3339_or_null(ends),
        "shift_over": rfc3339_or_null(over),
        "absent": absent,
        "kept": [
            {"conversation": encode(one), "until": rfc3339_or_null(max(until, least))}
            for one, until in kept.values_list("conversation_id", "kept_until")
            if until is not None
        ],
    }


def _duty(member: DeskMember, *, at: datetime) -> tuple[bool, datetime | None]:
    """Whether an absence is noted for now, and when their time on duty ends; None while they are not on duty. Two queries.

    Shifts without a gap between them are one time on duty: nothing is handed over where they meet.
    """
    of_theirs = {"counsellor": member.counsellor_id, "ends_at__gt": at, "starts_at__lte": at + 2 * LONGEST_SHIFT}
    shifts = Shift.objects.filter(channel__in=Channel.served_by("messages"), state=Shift.State.PUBLISHED, **of_theirs)
    ends: datetime | None = None
    for starts_at, ends_at in shifts.order_by("starts_at").values_list("starts_at", "ends_at"):
        if starts_at > (ends or at):
            break
        ends = ends_at
    away = Absence.objects.filter(**of_theirs).order_by("starts_at").values_list("starts_at", flat=True).first()
    if away is not None and away <= at:
        return True, None
    return False, min(ends, away) if ends and away else ends
