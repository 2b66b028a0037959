"""The keys of an epoch go when nothing that is kept was sealed for it, and not a day before; a stolen database then opens nothing of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import ManyToOneRel, QuerySet

from messaging.keys.key_statements import key_statements
from messaging.keys.readers import epochs_with_readers
from messaging.keys.unused_grants import MARGIN_DAYS, SEALED, delete_unused_grants, unused_epochs
from messaging.models import (
    Certificate,
    Conversation,
    DeskNote,
    Epoch,
    FurtherGrant,
    Grant,
    Inbox,
    Opening,
    SavedReply,
    SavedReplyCarry,
)
from messaging.protocol.encoding import encode
from messaging.protocol.peer.installations import verify_installation
from messaging.protocol.peer.json_files import InstallationFile
from messaging.protocol.peer.key_files import read_expected_file
from messaging.protocol.peer.note_texts import NoteText
from messaging.protocol.peer.notes import seal_note
from messaging.tasks import expire_task
from tests.world.desk import NOON, TODAY, Desk, send
from tests.world.person import AtDesk

pytestmark = pytest.mark.django_db


def granted() -> list[int]:
    return sorted(set(Grant.objects.values_list("epoch_id", flat=True)))


@pytest.fixture
def over(desk: Desk) -> Desk:
    """The first epoch is over for long, and the second is of today."""
    desk.open_epoch()
    Epoch.objects.filter(number=1).update(first_day=TODAY - 40, last_day=TODAY - 10)
    return desk


def test_an_epoch_that_nothing_needs_has_no_grants_any_more_and_keeps_its_statement(over: Desk) -> None:
    further(over)
    assert granted() == [1, 2]
    assert delete_unused_grants(at=NOON) == 3
    assert granted() == [2]
    assert not FurtherGrant.objects.exists()
    assert Epoch.objects.count() == 2
    assert delete_unused_grants(at=NOON) == 0


def further(desk: Desk) -> None:
    own = Certificate.objects.get(member=desk.members["Moira"])
    FurtherGrant.objects.create(epoch_id=1, certificate=own, place=2, wrapped=bytes(1168))


def a_conversation(desk: Desk) -> None:
    send()
    Opening.objects.update(epoch_id=1)


def a_saved_reply(desk: Desk) -> None:
    SavedReply.objects.create(reply_id=bytes(16), epoch_id=1, note=bytes(9527))


def a_note(desk: Desk) -> None:
    conversation = send().conversation
    raw = seal_note(desk.site, desk.keys["Moira"], desk.certificates["Moira"], desk.statements[-1], conversation, NoteText("a"))
    assert AtDesk(desk, "Moira").does(conversation, "notes", note=encode(raw)).status_code == 201
    DeskNote.objects.update(epoch_id=1)
    Opening.objects.all().delete()


def a_carry_of_a_saved_reply(desk: Desk) -> None:
    reply = SavedReply.objects.create(reply_id=bytes(16), epoch_id=2, note=bytes(9527))
    SavedReplyCarry.objects.create(reply=reply, epoch_id=1, certificate=Certificate.objects.all()[0], carry=bytes(1286))


@pytest.mark.parametrize("stands", [a_conversation, a_note, a_saved_reply, a_carry_of_a_saved_reply])
def test_what_stands_keeps_the_keys_of_its_epoch(over: Desk, stands: Callable[[Desk], None]) -> None:
    stands(over)
    assert delete_unused_grants(at=NOON) == 0
    assert granted() == [1, 2]


def test_they_go_with_the_last_conversation(over: Desk) -> None:
    a_conversation(over)
    Inbox.objects.all().delete()
    assert delete_unused_grants(at=NOON) == 2


def test_every_kind_of_row_that_is_sealed_for_an_epoch_counts() -> None:
    """A table that is added one day cannot be forgotten: what refers to an epoch is sealed for it, or is named here."""
    relations = Epoch._meta.get_fields(include_hidden=True)
    refers = {each.field.model.__name__ for each in relations if isinstance(each, ManyToOneRel)}
    assert {"NoteCarry", "Opening", "Disclosure"} < refers
    # An envelope is of its opening's epoch.
    others = {"Envelope", "Grant", "FurtherGrant", "Confirmation"}
    assert refers - {model.__name__ for model in SEALED} <= others


@pytest.mark.parametrize(("days", "stays"), [(0, True), (MARGIN_DAYS, True), (MARGIN_DAYS + 1, False)])
def test_it_is_over_for_some_days_first(over: Desk, days: int, stays: bool) -> None:
    Epoch.objects.filter(number=1).update(last_day=TODAY - days)
    delete_unused_grants(at=NOON)
    assert granted() == ([1, 2] if stays else [2])


def test_the_newest_epoch_keeps_its_grants_though_it_is_over(desk: Desk) -> None:
    Epoch.objects.update(first_day=TODAY - 40, last_day=TODAY - 10)
    assert delete_unused_grants(at=NOON) == 0


def test_the_sweep_of_what_has_expired_does_it(over: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("messaging.tasks.now", lambda: NOON)
    expire_task()
    assert granted() == [2]


def test_of_the_carries_of_one_saved_reply_the_newest_four_stay(desk: Desk) -> None:
    for _ in range(6):
        desk.open_epoch()
    own, other = Certificate.objects.all()[:2]
    kept = SavedReply.objects.create(reply_id=bytes(16), epoch_id=1, note=bytes(9527))
    rare = SavedReply.objects.create(reply_id=bytes([1] * 16), epoch_id=1, note=bytes(9527))
    for epoch in range(2, 8):
        SavedReplyCarry.objects.create(reply=kept, epoch_id=epoch, certificate=own, carry=bytes(1286))
    SavedReplyCarry.objects.create(reply=kept, epoch_id=7, certificate=other, carry=bytes(1286))
    SavedReplyCarry.objects.create(reply=rare, epoch_id=2, certificate=own, carry=bytes(1286))
    delete_unused_grants(at=NOON)
    assert sorted(kept.carries.values_list("epoch_id", flat=True)) == [4, 5, 6, 7, 7]
    assert rare.carries.count() == 1


def test_the_keys_page_and_the_key_tool_say_that_they_are_deleted(over: Desk, tmp_path: Path) -> None:
    delete_unused_grants(at=NOON)
    first = next(each for each in epochs_with_readers(at=NOON) if each.number == 1)
    assert first.deleted
    file = tmp_path / "key-statements.json"
    file.write_text(json.dumps(key_statements(at=NOON + timedelta(days=40))))
    export = read_expected_file(file, InstallationFile, "an export")
    said = [finding.sentence for finding in verify_installation(export) if "deleted" in finding.sentence]
    # Both epochs' own days are over by then, and only the second has grants.
    assert said == ["Epoch 1: all its grants are deleted, as is done when nothing that was sealed for it is kept."]


@pytest.mark.postgres
def test_no_table_of_conversations_is_read_from_end_to_end(over: Desk) -> None:
    """With the rows of many conversations: each epoch is looked up in an index."""
    inboxes = Inbox.objects.bulk_create(rows())
    fill(inboxes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = explained(unused_epochs(at=NOON))
    assert "opening_epoch" in plan
    assert "Seq Scan on messaging_opening" not in plan


def explained(asked: QuerySet[Epoch]) -> str:
    return str(asked.explain())


def rows() -> list[Inbox]:
    ids = count(1)
    return [
        Inbox(inbox_id=next(ids).to_bytes(16), kem_public=bytes(1216), sign_public=bytes(32), tag_public=bytes(32), made_on=NOON.date())
        for _ in range(5_000)
    ]


def fill(inboxes: list[Inbox]) -> None:
    made = Conversation.objects.bulk_create(
        Conversation(conversation_id=inbox.inbox_id, inbox=inbox, state="answered", newest_on=NOON.date()) for inbox in inboxes
    )
    Opening.objects.bulk_create(
        (Opening(conversation=each, epoch_id=2, opening=bytes(2518), opening_hash=each.conversation_id * 2) for each in made),
        batch_size=500,
    )
