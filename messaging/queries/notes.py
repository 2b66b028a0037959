"""What counsellors keep for each other, with the certificates that its signatures are checked by (PROTOCOL §8.5, §8.6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from helpline.calendar.able import reads
from helpline.duty import able, shifts_at
from helpline.models import Counsellor
from messaging.encoding import encode
from messaging.models import Certificate, Conversation, DeskMember, DeskNote, SavedReply
from messaging.queries.able import desk_hands
from messaging.queries.epochs import current_epoch
from messaging.wire import Note

# Who can be given a conversation: whoever could open one.
AT_DESK = Counsellor.answering("counsellor__")


def notes_of(thread: Conversation) -> dict[str, Any]:
    """§8.5: in the order in which they were written, in two queries."""
    rows = list(DeskNote.objects.filter(conversation=thread).order_by("pk").values_list("note", "written_on"))
    return {
        "notes": [{"note": encode(raw), "day": day.isoformat()} for raw, day in rows],
        "certificates": writers(raw for raw, _ in rows),
    }


def saved_replies() -> dict[str, Any]:
    """§8.6, in two queries."""
    return _saved(SavedReply.objects.all())


def earlier_replies(*, at: datetime) -> dict[str, Any]:
    """Those that wait to be sealed again for the current epoch; none while there is none."""
    current = current_epoch(at)
    return _saved(SavedReply.objects.filter(epoch__lt=current.number) if current else SavedReply.objects.none())


def _saved(replies: QuerySet[SavedReply]) -> dict[str, Any]:
    rows = list(replies.order_by("pk").values_list("note", flat=True))
    return {"saved_replies": [encode(raw) for raw in rows], "certificates": writers(rows)}


def writers(notes: Iterable[bytes]) -> list[str]:
    """The certificates that these notes are signed under; one query."""
    ids = {Note.parse(raw).certificate_id for raw in notes}
    return [encode(raw) for raw in Certificate.objects.filter(certificate_id__in=ids).values_list("certificate", flat=True)]


def colleagues(member: DeskMember, *, at: datetime) -> list[dict[str, Any]]:
    """Everybody else at the desk who could open what is written today, by name, and whether they are on duty and able; three queries."""
    known = desk_hands(at)
    duty = able(shifts_at(channel="messages", at=at), known, at=at)
    others = DeskMember.objects.select_related("counsellor").filter(AT_DESK).exclude(pk=member.pk).order_by("counsellor__display_name")
    return [
        {"counsellor_id": encode(one.public_id), "name": one.counsellor.display_name, "on_duty": one.counsellor_id in duty}
        for one in others
        if reads(known.people.get(one.counsellor_id)) is None
    ]
