"""What the database and the logs say after a drill."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from messaging.models import Conversation, DeskMember, Envelope, Inbox, Opening, RoutingEvent
from messaging.protocol.encoding import FROM_PERSON, decode
from messaging.protocol.wire import Envelope as Sealed
from tests.journeys.chaos_writers import Writer

State, Kind = Conversation.State, RoutingEvent.Kind

# What a process says when a neighbour was killed; whatever else is an error, is one.
OF_KILLED_NEIGHBOURS = re.compile(
    r"Worker \(pid:\d+\) was sent SIGKILL"
    r"|consumer: Cannot connect to redis://"
    r"|Process 'ForkPoolWorker-\d+' pid:\d+ exited with 'signal 9 \(SIGKILL\)'"
    r"|WorkerLostError"
    r"|beat: Connection error"
    r"|Couldn't ack "
    r"|\b(?:OperationalError|InterfaceError)\b"  # Postgres is gone, or just coming back.
)
RECORD = re.compile(
    r"^(?=\[?\d{4}-\d\d-\d\d )", re.MULTILINE
)  # Each begins with its time; what follows it, such as a traceback, belongs to it.
ERROR = re.compile(r"\[ERROR\]| ERROR |: ERROR/|\[CRITICAL\]| CRITICAL |: CRITICAL/|^Traceback", re.MULTILINE)


def lost(writers: Iterable[Writer]) -> list[str]:
    """Each message that was answered with "sent" and is not in the database exactly once, in its place, with its very bytes."""
    rows = defaultdict(list)
    for row in Envelope.objects.select_related("conversation__inbox"):
        rows[row.envelope_hash].append(row)
    found = []
    for writer in writers:
        for place, sent in enumerate(writer.sent, start=1):
            kept = rows[decode(sent.answer["hash"])]
            if len(kept) != 1:
                found.append(f"message {place} is there {len(kept)} times")
                continue
            here = kept[0].envelope, kept[0].sequence, kept[0].direction, kept[0].conversation.inbox.inbox_id
            if here != (sent.envelope, sent.answer["sequence"], FROM_PERSON, writer.inbox.inbox_id):
                found.append(f"message {place} is there, but not as it was sent")
    return found


def halves(writers: Iterable[Writer]) -> list[str]:
    """Whatever is there in part, or without anybody having sent it."""
    found = []
    by_inbox = {writer.inbox.inbox_id: writer for writer in writers}
    openings = Counter(Opening.objects.values_list("conversation", flat=True))
    envelopes = defaultdict(list)
    # Live talks are looked at by those who have them.
    for row in Envelope.objects.filter(conversation__talk=None).order_by("conversation", "sequence"):
        envelopes[row.conversation_id].append(Sealed.parse(bytes(row.envelope)))
    inboxes = Inbox.objects.filter(conversation__talk=None).select_related("conversation")
    for inbox in inboxes:
        thread = getattr(inbox, "conversation", None)
        writer = by_inbox.get(inbox.inbox_id)
        if thread is None or writer is None:
            found.append(f"inbox {inbox.pk} has no conversation or no writer")
            continue
        kept = envelopes.pop(thread.pk, [])
        chain = [bytes(32), *(envelope.envelope_hash for envelope in kept)]
        whole = (
            openings[thread.pk] == 1
            and [envelope.sequence for envelope in kept] == list(range(1, thread.received + 1))
            and [envelope.previous for envelope in kept] == chain[:-1]
            and thread.received_hash == chain[-1]
            and kept[0].raw == writer.first_envelope.raw
            and len(kept) == max(1, len(writer.sent))
        )
        if not whole:
            found.append(f"conversation {thread.pk} is there in part")
    return found + [f"envelopes of conversation {pk} have no inbox" for pk in envelopes]


def twice_assigned() -> list[str]:
    """Each conversation whose events do not tell of one counsellor at a time, or not of the one who has it now.

    Read in their order: it is assigned only while nobody has it, kept only by whoever has it, released only by them.
    """
    found = []
    holders: dict[int, int | None] = {}
    for event in RoutingEvent.objects.filter(conversation__talk=None).order_by("pk"):
        holder = holders.get(event.conversation_id)
        expected = None if event.kind == Kind.ASSIGNED else event.member_id
        if event.kind not in {Kind.ASSIGNED, Kind.KEPT, Kind.RELEASED} or holder != expected:
            found.append(f"conversation {event.conversation_id}: {event.kind} to {event.member_id} while {holder} had it")
        holders[event.conversation_id] = None if event.kind == Kind.RELEASED else event.member_id
    for thread in Conversation.objects.filter(talk=None):
        has_it = thread.member_id if thread.state == State.ASSIGNED else None
        if holders.get(thread.pk) != has_it:
            found.append(f"conversation {thread.pk}: {has_it} has it, but its events say {holders.get(thread.pk)}")
    return found


def open_work() -> dict[int, int]:
    """How many conversations each counsellor has."""
    held = Counter(Conversation.objects.filter(state=State.ASSIGNED).values_list("member", flat=True))
    return {member: held[member] for member in DeskMember.objects.values_list("pk", flat=True)}


def unexpected_errors(log: str) -> list[str]:
    """What a process logged as errors of its own."""
    return [record for record in RECORD.split(log) if ERROR.search(record) and not OF_KILLED_NEIGHBOURS.search(record)]
