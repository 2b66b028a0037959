"""Notes and saved replies as the desk is given them, with what carries each into a later epoch (PROTOCOL §6.2, §8.5, §8.6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from messaging.conversations.locking import lock_for_holder
from messaging.http.problems import Problem
from messaging.keys.desk_epochs import current_desk_epoch
from messaging.keys.note_checks import demand_signed_carry, note_writer_certificates
from messaging.models import Certificate, Conversation, DeskMember, DeskNote, NoteCarry, SavedReply, SavedReplyCarry
from messaging.protocol.encoding import demand, encode, hashed, within
from messaging.protocol.wire import Carry


def carry_note(member: DeskMember, conversation_id: bytes, carry: Carry, *, site: bytes, at: datetime) -> bool:
    """Whether it is new: the same bytes again change nothing. Anyone at the desk may carry a note.

    Raises:
        Malformed: into no later epoch than the note's own.
        Problem: not-found, closed, epoch-changed, not-certified, bad-proof, conflict.
    """
    with transaction.atomic():
        conversation = lock_for_holder(member, conversation_id, lead=True)
        note = DeskNote.objects.filter(conversation=conversation, note_hash=carry.note_hash).values("pk", "epoch_id").first()
        if note is None:
            raise Problem("not-found", "There is no such note.")
        with within("carry"):
            demand(note["epoch_id"] < carry.epoch, "a carry goes into a later epoch")
        demand_signed_carry(member, carry, site=site, at=at)
        return _added(NoteCarry, carry, note_id=note["pk"])


def carry_saved_reply(member: DeskMember, reply_id: bytes, carry: Carry, *, site: bytes, at: datetime) -> bool:
    """Whether it is new. A copy that has been changed or deleted since is not carried.

    Raises:
        Malformed: into no later epoch than the saved reply's own.
        Problem: not-found, closed, epoch-changed, not-certified, bad-proof, conflict.
    """
    with transaction.atomic():
        reply = SavedReply.objects.select_for_update().filter(reply_id=reply_id).first()
        if reply is None or hashed("note", reply.note) != carry.note_hash:
            raise Problem("not-found", "This saved reply was changed or deleted.")
        with within("carry"):
            demand(reply.epoch_id < carry.epoch, "a carry goes into a later epoch")
        demand_signed_carry(member, carry, site=site, at=at)
        return _added(SavedReplyCarry, carry, reply_id=reply.pk)


def _added(model: type[NoteCarry] | type[SavedReplyCarry], carry: Carry, **of: int) -> bool:
    """One of each certificate's stands in an epoch; raises Problem conflict for another."""
    certificate = Certificate.objects.get(certificate_id=carry.certificate_id)
    row, made = model.objects.get_or_create(**of, epoch_id=carry.epoch, certificate=certificate, defaults={"carry": carry.raw})
    if not made and row.carry != carry.raw:
        raise Problem("conflict", "You have carried this into the epoch already.")
    return made


def conversation_notes(conversation: Conversation) -> dict[str, Any]:
    """§8.5: in the order in which they were written, in three queries."""
    notes = DeskNote.objects.filter(conversation=conversation).order_by("pk").prefetch_related("carries")
    rows = [(note.note, note.written_on, [one.carry for one in note.carries.all()]) for note in notes]
    return {
        "notes": [{"note": encode(raw), "day": day.isoformat(), "carries": [encode(one) for one in carries]} for raw, day, carries in rows],
        "certificates": _certificates((raw, carries) for raw, _, carries in rows),
    }


def saved_replies() -> dict[str, Any]:
    """§8.6, in three queries."""
    return _saved(SavedReply.objects.all())


def earlier_saved_replies(*, at: datetime) -> dict[str, Any]:
    """Those that nobody has carried into the current epoch yet; none while there is none."""
    current = current_desk_epoch(at)
    if current is None:
        return _saved(SavedReply.objects.none())
    carried = SavedReplyCarry.objects.filter(reply=OuterRef("pk"), epoch=current)
    return _saved(SavedReply.objects.filter(~Exists(carried), epoch__lt=current.number))


def _saved(replies: QuerySet[SavedReply]) -> dict[str, Any]:
    rows = [(reply.note, [one.carry for one in reply.carries.all()]) for reply in replies.order_by("pk").prefetch_related("carries")]
    return {
        "saved_replies": [{"note": encode(raw), "carries": [encode(one) for one in carries]} for raw, carries in rows],
        "certificates": _certificates(rows),
    }


def _certificates(rows: Iterable[tuple[bytes, list[bytes]]]) -> list[str]:
    """Of the authors and of those who carried; one query."""
    listed = list(rows)
    return note_writer_certificates((raw for raw, _ in listed), (carry for _, carries in listed for carry in carries))
