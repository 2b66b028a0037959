"""Keeps what counsellors seal for each other: notes on a conversation, and replies that are used again (PROTOCOL §6, §8.5, §8.6)."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from messaging.days import day_on
from messaging.encoding import demand
from messaging.models import DeskMember, DeskNote, SavedReply
from messaging.operations.accept import demand_epoch
from messaging.operations.held import locked_for
from messaging.operations.reply import own_certificate
from messaging.problems import Problem
from messaging.wire import Note
from messaging.wire.notes import NOTE, SAVED_REPLY

MOST_NOTES = 200
MOST_SAVED = 200


def write_note(member: DeskMember, conversation_id: bytes, note: Note, *, site: bytes, at: datetime) -> bool:
    """Whether it is new: the same bytes again change nothing. Whoever is at the desk may write one.

    Raises:
        Malformed: a note on something else.
        Problem: not-sealed, not-found, closed, epoch-changed, not-certified, bad-proof, too-many.
    """
    demand((note.kind, note.subject) == (NOTE, conversation_id), "the note is on something else")
    _demand_sealed(note)
    with transaction.atomic():
        thread = locked_for(member, conversation_id, lead=True)
        digest = sha256(note.raw).digest()
        if DeskNote.objects.filter(conversation=thread, note_hash=digest).exists():
            return False
        _demand_signed(member, note, site=site, at=at)
        if DeskNote.objects.filter(conversation=thread).count() >= MOST_NOTES:
            raise Problem("too-many", "This conversation has as many notes as it can have.")
        kept = {"note": note.raw, "note_hash": digest, "written_on": day_on(at)}
        DeskNote.objects.create(conversation=thread, epoch_id=note.epoch, **kept)
    return True


def save_reply(member: DeskMember, note: Note, *, site: bytes, at: datetime) -> bool:
    """Whether it is new; one of the same id is replaced.

    Raises:
        Malformed: a note that is no saved reply.
        Problem: not-sealed, closed, epoch-changed, not-certified, bad-proof, too-many.
    """
    demand(note.kind == SAVED_REPLY, "this is no saved reply")
    _demand_sealed(note)
    _demand_signed(member, note, site=site, at=at)
    with transaction.atomic():
        kept = {"epoch_id": note.epoch, "note": note.raw}
        if SavedReply.objects.filter(reply_id=note.subject).update(**kept):
            return False
        if SavedReply.objects.count() >= MOST_SAVED:
            raise Problem("too-many", "There are as many saved replies as there can be.")
        SavedReply.objects.create(reply_id=note.subject, **kept)
    return True


def delete_reply(reply_id: bytes) -> None:
    """Deleting what is gone already is no error."""
    SavedReply.objects.filter(reply_id=reply_id).delete()


def _demand_sealed(note: Note) -> None:
    if not note.looks_sealed():
        raise Problem("not-sealed", "What came is not encrypted. It was not kept.")


def _demand_signed(member: DeskMember, note: Note, *, site: bytes, at: datetime) -> None:
    demand_epoch(note, at)
    if not note.signed_by(site, own_certificate(member, note.certificate_id, note.epoch)):
        raise Problem("bad-proof")
