"""What `manage.py demo` lays on its desk: each state of the day, a lead with something to decide, and texts that open."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.demo import day, seed
from config.demo.folder import DemoRecord
from config.demo.keys import demo_site
from config.demo.writing import DemoWriter
from helpline.models import Account, Shift, ShiftOffer
from helpline.rota.consequences import AllConsequences
from helpline.rota.swaps import approve_swap
from messaging.conversations.find import conversation_for_desk, find_conversation
from messaging.desk.carries import conversation_notes, saved_replies
from messaging.desk.lists import desk_lists
from messaging.models import Conversation, DeskMember, WrapUpSum
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import Message, OpenDesk, read_as_desk
from messaging.protocol.peer.notes import open_note
from messaging.protocol.wire import Note
from tests.parts.environment import ROOT_SEED

AT = datetime(2026, 12, 7, 11, tzinfo=UTC)


@pytest.fixture
def record(db: None, tmp_path: Path) -> DemoRecord:
    return seed.fill_demo(tmp_path, DemoRecord(encode(ROOT_SEED)), at=AT)


def texts_of(name: str, found: list[dict[str, str]], desk: OpenDesk) -> list[str]:
    texts = []
    for line in found:
        answer = conversation_for_desk(find_conversation(decode(line["conversation"])), at=AT)
        first = read_as_desk(demo_site(), desk, answer, day_of(AT)).items[0]
        assert isinstance(first, Message), name
        texts.append(first.content.text)
    return texts


def every_list_of_the_day_has_something(record: DemoRecord) -> None:
    moira = DemoWriter.of(record.people[0], at=AT)
    shown = {
        name: {
            list_: texts_of(name, lines, moira.desk)
            for list_, lines in desk_lists(DeskMember.objects.get(counsellor__display_name=name), lead=name == "Iona", at=AT).items()
            if list_ != "waiting" and lines
        }
        for name in ("Moira", "Callum", "Priya", "Iona")
    }
    assert shown == {
        "Moira": {"mine": [day.HANDED, day.NEXT], "answered": [day.ASKED]},
        "Callum": {"snoozed": [day.SNOOZED], "passed": [day.HANDED]},
        "Priya": {"mine": [day.FLAGGED], "closed": [day.CLOSED]},
        "Iona": {"flagged": [day.FLAGGED]},
    }
    waiting = desk_lists(moira.member, lead=False, at=AT)["waiting"]
    assert texts_of("Moira", waiting, moira.desk) == [text for text, _ in day.WAITING]
    assert set(WrapUpSum.objects.values_list("kind", flat=True)) == set(WrapUpSum.Kind)


def notes_and_saved_replies_open_with_another_counsellors_keys(record: DemoRecord) -> None:
    priya = DemoWriter.of(record.people[2], at=AT).desk
    assert priya.desk is not None
    notes = {_opened(priya, each["note"]) for thread in Conversation.objects.all() for each in conversation_notes(thread)["notes"]}
    assert notes == {
        (None, day.HANDED_NOTE, "Callum"),
        (None, day.SNOOZED_NOTE, "Callum"),
        (None, day.FLAGGED_NOTE, "Priya"),
    }
    assert {_opened(priya, each["note"]) for each in saved_replies()["saved_replies"]} == {
        (name, text, "Moira") for name, text in day.REPLIES
    }


def _opened(desk: OpenDesk, raw: str) -> tuple[str | None, str, str]:
    note = Note.parse(decode(raw))
    statement, seed_ = desk.chain[note.epoch], desk.seeds[note.epoch]
    content, writer = open_note(demo_site(), seed_, statement, desk.certificates, note.kind, note.subject, note.raw)
    return content.name, content.text, writer


def the_lead_has_a_swap_to_approve(record: DemoRecord) -> None:
    lead = Account.objects.get(role=Account.Role.LEAD)
    assert {offer.state for offer in ShiftOffer.objects.all()} == {"asked", "accepted"}
    agreed = ShiftOffer.objects.get(state="accepted")
    approve_swap(agreed, by=lead, at=AT, known=AllConsequences())
    assert Shift.objects.get(pk=agreed.shift_id).counsellor == agreed.accepted_by
    assert not Shift.objects.filter(counsellor__account=lead).exists()
    assert [person.role for person in record.people] == ["counsellor"] * 3 + ["lead", "admin"]
    assert all(person.vault_passphrase for person in record.people[:4])


def filling_it_again_adds_nothing(record: DemoRecord, tmp_path: Path) -> None:
    before = Conversation.objects.count(), ShiftOffer.objects.count(), WrapUpSum.objects.count(), Account.objects.count()
    seed.fill_demo(tmp_path, record, at=AT)
    assert before == (Conversation.objects.count(), ShiftOffer.objects.count(), WrapUpSum.objects.count(), Account.objects.count())


def test_the_desk_is_in_use(record: DemoRecord, tmp_path: Path) -> None:
    """One test: filling it takes longer than looking at it."""
    every_list_of_the_day_has_something(record)
    notes_and_saved_replies_open_with_another_counsellors_keys(record)
    filling_it_again_adds_nothing(record, tmp_path)
    the_lead_has_a_swap_to_approve(record)
