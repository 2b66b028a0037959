"""The counsellor's day in lists, the most pressing first (PROTOCOL §8.3): a constant number of queries, each answered from an index."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from messaging.encoding import encode
from messaging.models import Conversation, DeskMember
from messaging.queries.disclosures import asks_for
from messaging.queries.duty import Waits
from messaging.queries.threads import rfc3339

# A list is for choosing what to do next; nobody chooses among more.
MOST_LISTED = 200
MOST_DONE = 50
State = Conversation.State
# A line is built from these alone: whole rows took longer than the queries.
COLUMNS = (
    "conversation_id",
    "state",
    "received",
    "shown",
    "waiting_since",
    "due_at",
    "snoozed_until",
    "flag_reason",
    "member_id",
    "handed_by_id",
    "released_by_id",
    "flagged",
)
Row = tuple[Any, ...]
Names = Mapping[int | None, str]


def conversations(member: DeskMember, *, lead: bool, at: datetime) -> dict[str, Any]:
    """Every list of §8.3, in eight queries, in nine for the lead; in eight more, while any wait, why they do.

    The few names of the desk are asked for once: joined into every list, they took Postgres longer to plan than the lists to read.
    """
    names: dict[int | None, str] = dict(DeskMember.objects.values_list("pk", "counsellor__display_name"))
    own = Conversation.objects.filter(member=member)
    put_off = _rows(own.filter(snoozed_until__isnull=False).exclude(state=State.CLOSED).order_by("snoozed_until", "pk"))
    # An assigned one is among the others as soon as it wakes; of the answered ones, only a snoozed one wakes to be looked at.
    woken = [row for row in put_off if _wakes(row) <= at and row[1] == State.ANSWERED]
    assigned = _rows(own.filter(Conversation.awake(at), state=State.ASSIGNED).order_by("due_at", "pk"))
    return {
        "mine": _lines(names, assigned) + _lines(names, woken),
        "answered": _lines(names, _rows(own.filter(state=State.ANSWERED, snoozed_until__isnull=True).order_by("-pk"), MOST_DONE)),
        "waiting": _with_whys(names, _rows(Conversation.objects.filter(state=State.WAITING).order_by("waiting_since", "pk")), at),
        "snoozed": _lines(names, [row for row in put_off if _wakes(row) > at]),
        "closed": _lines(names, _rows(own.filter(state=State.CLOSED).order_by("-pk"), MOST_DONE)),
        "passed": _lines(names, _rows(Conversation.objects.filter(handed_by=member).order_by("-pk"), MOST_DONE)),
        "disclosures": _lines(names, _rows(Conversation.objects.filter(asks_for(member, lead=lead, at=at)).order_by("pk"))),
        "flagged": _lines(names, _rows(Conversation.objects.filter(flagged=True).order_by(F("due_at").asc(nulls_last=True), "pk")))
        if lead
        else [],
    }


def _rows(threads: QuerySet[Conversation], most: int = MOST_LISTED) -> list[Row]:
    return list(threads.values_list(*COLUMNS)[:most])


def _wakes(row: Row) -> datetime:
    wakes: datetime = row[6]
    return wakes


def _lines(names: Names, rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [_line(names, *row) for row in rows]


def _with_whys(names: Names, rows: list[Row], at: datetime) -> list[dict[str, Any]]:
    if not rows:
        return []
    waits = Waits(at=at)
    return [_line(names, *row, why=waits.why(row[8], row[10], row[11])) for row in rows]


def _line(
    names: Names,
    conversation: bytes,
    state: str,
    received: int,
    shown: int,
    since: datetime | None,
    due: datetime | None,
    snoozed_until: datetime | None,
    flag: str,
    has_it: int | None,
    handed_by: int | None,
    _released_by: int | None,
    _flagged: bool,
    *,
    why: str | None = None,
) -> dict[str, Any]:
    return {
        "conversation": encode(conversation),
        "state": state,
        "unread": received - shown,
        "since": rfc3339(since),
        "due": rfc3339(due),
        "with": names.get(has_it),
        "snoozed_until": rfc3339(snoozed_until),
        "flag": flag or None,
        "handed_by": names.get(handed_by),
        "why": why,
    }
