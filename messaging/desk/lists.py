"""The counsellor's day in lists, the most pressing first (PROTOCOL §8.3): a constant number of queries, each answered from an index."""

from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, QuerySet

from messaging.disclosures.queries import disclosures_that_ask, disclosures_to_decide
from messaging.http.timestamps import rfc3339_or_null
from messaging.models import Conversation, DeskMember, DeskNote
from messaging.protocol.encoding import encode
from messaging.routing.candidates import WaitingReasons

# A list is for choosing what to do next; nobody chooses among more.
MOST_LISTED = 200
MOST_DONE = 50
State = Conversation.State


class DeskListRow(NamedTuple):
    """What a line is built from, and nothing else: whole rows took longer than the queries."""

    pk: int
    conversation_id: bytes
    state: str
    received: int
    shown: int
    waiting_since: datetime | None
    due_at: datetime | None
    snoozed_until: datetime | None
    flag_reason: str
    flagged_by_id: int | None
    flag_opened_by_id: int | None
    flag_opened_at: datetime | None
    member_id: int | None
    handed_by_id: int | None
    released_by_id: int | None
    flagged: bool


def desk_lists(member: DeskMember, *, lead: bool, at: datetime) -> dict[str, Any]:
    """Every list of §8.3, in nine queries, ten for the lead, one more while a disclosure is open; in nine more, while any wait, why.

    The few names of the desk are asked for once: joined into every list, they took Postgres longer to plan than the lists to read.
    So are the sums of notes.
    """
    own = Conversation.objects.filter(member=member)
    put_off = _rows(own.filter(snoozed_until__isnull=False).exclude(state=State.CLOSED).order_by("snoozed_until", "pk"))
    # An assigned one is among the others as soon as it wakes; of the answered ones, only a snoozed one wakes to be looked at.
    woken = [row for row in put_off if _awake(row, at) and row.state == State.ANSWERED]
    assigned = _rows(own.filter(Conversation.awake(at), state=State.ASSIGNED).order_by("due_at", "pk"))
    flagged = Conversation.objects.filter(flagged=True).order_by(F("due_at").asc(nulls_last=True), "pk")
    lists = {
        "mine": assigned + woken,
        "answered": _rows(own.filter(state=State.ANSWERED, snoozed_until__isnull=True).order_by("-pk"), MOST_DONE),
        "waiting": _rows(Conversation.objects.filter(state=State.WAITING).order_by("waiting_since", "pk")),
        "snoozed": [row for row in put_off if not _awake(row, at)],
        "closed": _rows(own.filter(state=State.CLOSED).order_by("-pk"), MOST_DONE),
        "passed": _rows(Conversation.objects.filter(handed_by=member).order_by("-pk"), MOST_DONE),
        "disclosures": _rows(Conversation.objects.filter(disclosures_that_ask(member, lead=lead, at=at)).order_by("pk")),
        "flagged": _rows(flagged) if lead else [],
    }
    decide = disclosures_to_decide(member, at=at) if lead and lists["disclosures"] else frozenset()
    line = _Liner((row.pk for rows in lists.values() for row in rows), decide)
    told = {name: [line(row) for row in rows] for name, rows in lists.items()}
    if lists["waiting"]:
        waits = WaitingReasons(at=at)
        for row, said in zip(lists["waiting"], told["waiting"], strict=True):
            said["why"] = waits.why(row.member_id, row.released_by_id, row.flagged)
    return told


def _rows(conversations: QuerySet[Conversation], most: int = MOST_LISTED) -> list[DeskListRow]:
    return [DeskListRow(*row) for row in conversations.values_list(*DeskListRow._fields)[:most]]


def _awake(row: DeskListRow, at: datetime) -> bool:
    return row.snoozed_until is None or row.snoozed_until <= at


class _Liner:
    """Makes the lines of these conversations; of those in `decide` a disclosure waits for the reader."""

    def __init__(self, pks: Iterable[int], decide: Set[int]) -> None:
        self._decide = decide
        self._names: Mapping[int | None, str] = dict(DeskMember.objects.values_list("pk", "counsellor__display_name"))
        notes = DeskNote.objects.filter(conversation__in=set(pks)).order_by().values_list("conversation")
        self._notes: Mapping[int, int] = dict(notes.annotate(number=Count("pk")))

    def __call__(self, row: DeskListRow) -> dict[str, Any]:
        return {
            "conversation": encode(row.conversation_id),
            "state": row.state,
            "unread": row.received - row.shown,
            "notes": self._notes.get(row.pk, 0),
            "since": rfc3339_or_null(row.waiting_since),
            "due": rfc3339_or_null(row.due_at),
            "with": self._names.get(row.member_id),
            "snoozed_until": rfc3339_or_null(row.snoozed_until),
            "flag": row.flag_reason or None,
            "flag_by": self._names.get(row.flagged_by_id) if row.flagged else None,
            "flag_opened_by": self._names.get(row.flag_opened_by_id) if row.flagged else None,
            "flag_opened_at": rfc3339_or_null(row.flag_opened_at) if row.flagged else None,
            "handed_by": self._names.get(row.handed_by_id),
            "decide": row.pk in self._decide,
            "why": None,
        }
