"""Keeps what counsellors seal for each other: notes on a conversation, and replies that are used again (PROTOCOL §6, §8.5, §8.6)."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from helpline.models.audit import Action
from messaging.days import day_on
from messaging.encoding import demand, hashed
from messaging.models import DeskMember, DeskNote, SavedReply
from messaging.operations.accept import demand_epoch
from messaging.operations.acts import note_act
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
    demand_sealed(note)
    with transaction.atomic():
        thread = locked_for(member, conversation_id, lead=True)
        digest = sha256(note.raw).digest()
        if DeskNote.objects.filter(conversation=thread, note_hash=digest).exists():
            return False
        demand_signed(member, note, site=site, at=at)
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
    demand_sealed(note)
    demand_signed(member, note, site=site, at=at)
    with transaction.atomic():
        kept = {"epoch_id": note.epoch, "note": note.raw}
        if SavedReply.objects.filter(reply_id=note.subject).update(**kept):
            note_act(member, Action.CHANGED, at=at, what="saved reply")
            return False
        if SavedReply.objects.count() >= MOST_SAVED:
            raise Problem("too-many", "There are as many saved replies as there can be.")
        SavedReply.objects.create(reply_id=note.subject, **kept)
        note_act(member, Action.ADDED, at=at, what="saved reply")
    return True


def reseal_reply(member: DeskMember, reply_id: bytes, note: Note, instead_of: bytes, *, site: bytes, at: datetime) -> None:
    """Replaces a saved reply of an earlier epoch by the same one under the current epoch, unless it was changed or deleted.

    `instead_of` is the hash of the copy that was opened for it: a change that came between is not lost. The same bytes again change
    nothing.

    Raises:
        Malformed: a note that is not this saved reply.
        Problem: not-sealed, closed, epoch-changed, not-certified, bad-proof, not-found, taken.
    """
    demand((note.kind, note.subject) == (SAVED_REPLY, reply_id), "this is not that saved reply")
    demand_sealed(note)
    demand_signed(member, note, site=site, at=at)
    standing = SavedReply.objects.filter(reply_id=reply_id).values_list("note", flat=True).first()
    if standing is None:
        raise Problem("not-found", "This saved reply was deleted.")
    copy = bytes(standing)
    if copy == note.raw:
        return
    # The copy's bytes are the condition: of two browsers at once, one finds them.
    earlier = SavedReply.objects.filter(reply_id=reply_id, epoch__lt=note.epoch, note=copy)
    if hashed("saved-reply", copy) != instead_of or not earlier.update(epoch_id=note.epoch, note=note.raw):
        raise Problem("taken", "This saved reply was changed meanwhile.")


def delete_reply(member: DeskMember, reply_id: bytes, *, at: datetime) -> None:
    """Deleting what is gone already is no error."""
    with transaction.atomic():
        if SavedReply.objects.filter(reply_id=reply_id).delete()[0]:
            note_act(member, Action.DELETED, at=at, what="saved reply")


def demand_sealed(note: Note) -> None:
    """Raises Problem not-sealed, §7.7."""
    if not note.looks_sealed():
        raise Problem("not-sealed", "What came is not encrypted. It was not kept.")


def demand_signed(member: DeskMember, note: Note, *, site: bytes, at: datetime) -> None:
    """That it is of the current epoch, and signed under the member's own certificate. Raises Problem."""
    demand_epoch(note, at)
    if not note.signed_by(site, own_certificate(member, note.certificate_id, note.epoch)):
        raise Problem("bad-proof")
