"""Availability as the calendar would answer it, written by hand."""

from datetime import UTC, datetime

from helpline.calendar import Availability, ChannelState


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def standing(state: ChannelState, at: str, **fields: str) -> Availability:
    instants = {name: utc(value) for name, value in fields.items() if name != "reason"}
    none = dict.fromkeys(("opens_at", "closes_at", "reply_by", "changes_at"))
    return Availability(channel="phone", at=utc(at), state=state, reason=fields.get("reason"), **{**none, **instants})
