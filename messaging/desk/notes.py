"""Keeps what counsellors seal for each other: notes on a conversation, and replies that are used again (PROTOCOL §6, §8.5, §8.6)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from helpline.calendar.able_to_answer import lack_to_read
from helpline.hours.on_duty import able_shifts, shifts_on_duty
from helpline.models import Counsellor
from helpline.models.audit import Action
from messaging.conversations.audit_trail import note_conversation_act
from messaging.conversations.locking import lock_for_holder
from messaging.http.problems import Problem
from messaging.hub.rings import ring_desk
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.keys.note_checks import demand_sealed_note, demand_signed_note
from messaging.models import DeskMember, DeskNote, SavedReply, SavedReplyCarry
from messaging.protocol.days import day_on
from messaging.protocol.encoding import demand, encode, within
from messaging.protocol.wire import Note
from messaging.protocol.wire.notes import NOTE, SAVED_REPLY

MOST_NOTES = 200
MOST_SAVED = 200
# Who can be given a conversation: whoever could open one.
AT_DESK = Counsellor.answering("counsellor__")


def write_note(member: DeskMember, conversation_id: bytes, note: Note, *, site: bytes, at: datetime) -> bool:
    """Whether it is new: the same bytes again change nothing. Anyone at the desk may write one.

    Raises:
        Malformed: a note on something else.
        Problem: not-sealed, not-found, closed, epoch-changed, not-certified, bad-proof, too-many.
    """
    with within("note"):
        demand((note.kind, note.subject) == (NOTE, conversation_id), "the note is on something else")
    demand_sealed_note(note)
    with transaction.atomic():
        conversation = lock_for_holder(member, conversation_id, lead=True)
        if DeskNote.objects.filter(conversation=conversation, note_hash=note.note_hash).exists():
            return False
        demand_signed_note(member, note, site=site, at=at)
        if DeskNote.objects.filter(conversation=conversation).count() >= MOST_NOTES:
            raise Problem("too-many", "There is no room for more notes in this conversation.")
        kept = {"note": note.raw, "note_hash": note.note_hash, "written_on": day_on(at)}
        DeskNote.objects.create(conversation=conversation, epoch_id=note.epoch, **kept)
        ring_desk()
    return True


def keep_saved_reply(member: DeskMember, note: Note, *, site: bytes, at: datetime) -> bool:
    """Whether it is new; one of the same id is replaced.

    Raises:
        Malformed: a note that is no saved reply.
        Problem: not-sealed, closed, epoch-changed, not-certified, bad-proof, too-many.
    """
    with within("note"):
        demand(note.kind == SAVED_REPLY, "this is no saved reply")
    demand_sealed_note(note)
    demand_signed_note(member, note, site=site, at=at)
    with transaction.atomic():
        kept = {"epoch_id": note.epoch, "note": note.raw}
        if SavedReply.objects.filter(reply_id=note.subject).update(**kept):
            # They are of the copy that is gone.
            SavedReplyCarry.objects.filter(reply__reply_id=note.subject).delete()
            note_conversation_act(member, Action.CHANGED, at=at, what="saved reply")
            return False
        if SavedReply.objects.count() >= MOST_SAVED:
            raise Problem("too-many", "There is no room for more saved replies.")
        SavedReply.objects.create(reply_id=note.subject, **kept)
        note_conversation_act(member, Action.ADDED, at=at, what="saved reply")
    return True


def forget_saved_reply(member: DeskMember, reply_id: bytes, *, at: datetime) -> None:
    """Deletes it. Deleting what does not exist is no error."""
    with transaction.atomic():
        if SavedReply.objects.filter(reply_id=reply_id).delete()[0]:
            note_conversation_act(member, Action.DELETED, at=at, what="saved reply")


def reading_colleagues(member: DeskMember, *, at: datetime) -> list[dict[str, Any]]:
    """Everyone else at the desk who could open what is written today, by name, and whether they are on duty and able; three queries."""
    known = desk_knowledge(at)
    duty = able_shifts(shifts_on_duty(channel="messages", at=at), known, at=at)
    others = DeskMember.objects.select_related("counsellor").filter(AT_DESK).exclude(pk=member.pk).order_by("counsellor__display_name")
    return [
        {"counsellor_id": encode(one.public_id), "name": one.counsellor.display_name, "on_duty": one.counsellor_id in duty}
        for one in others
        if lack_to_read(known.people.get(one.counsellor_id)) is None
    ]
