"""Whatever a server does to the notes on a conversation, the desk says it beside the note, and what to do (PROTOCOL §6.2)."""

import json
import re
from os import urandom

import pytest
from playwright.sync_api import Route, expect

from helpline.clock import now
from messaging.desk.open_conversation import open_conversation
from messaging.models import DeskNote
from messaging.protocol.days import day_of, day_on
from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, ID, SIGNATURE, WRAPPED, decode
from messaging.protocol.peer import read_as_desk
from messaging.protocol.peer.note_texts import NoteText
from messaging.protocol.peer.notes import seal_note
from messaging.protocol.peer.primitives import sign
from messaging.protocol.wire import Certificate, Note
from tests.journeys.warnings.lies import ASKED, ASKED_AGAIN, Answer, Lie, leave_bhavna_off, order
from tests.journeys.warnings.words import named, page_words
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit
from tests.parts.web import WebServer
from tests.world.browser import PATIENCE, at_the_desk, short_name
from tests.world.staff import DeskPerson, People
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
CONVERSATION = re.compile(r"/desk/api/conversations/[\w-]{22}$")
FAILS = "fails its checks, so it is not shown. Do not rely on it, and tell your lead."
# Where a note has its wrap.
TO_DESK = 71


def sealed(people: People, person: DeskPerson, writer: Writer, content: NoteText, epoch: int = 1) -> bytes:
    """A counsellor's own bytes, whatever they have read; of an epoch that they were in."""
    certificate = Certificate.parse(person.member.certificates.get().certificate)
    statement = people.desk_of(person).chain[epoch]
    return seal_note(people.site, person.vault.counsellor, certificate, statement, writer.conversation_id, content)


def kept(writer: Writer, raw: bytes) -> None:
    note = Note.parse(raw)
    row = {"note": raw, "note_hash": note.note_hash, "written_on": day_on(now())}
    DeskNote.objects.create(conversation=writer.conversation, epoch_id=note.epoch, **row)


def with_noise_for_its_wrap(people: People, person: DeskPerson, raw: bytes) -> bytes:
    """Signed as it should be: only its key opens for nobody."""
    body = raw[:TO_DESK] + urandom(WRAPPED) + raw[TO_DESK + WRAPPED : -SIGNATURE]
    return body + sign(person.vault.counsellor.sign_seed, "note", people.site.site + body)


def lies_about_notes(people: People) -> dict[str, Lie]:
    """One for each warning of a note, and one whose author nobody can name; Bhavna has left the desk at the end."""
    ailsa, bhavna = people.ailsa, people.bhavna
    made = {name: Lie(Writer(people).first(ASKED).given_to(ailsa.member)) for name in (*sorted(named("notes")), "altered")}
    writer = made["note-missing"].writer
    before = Note.parse(sealed(people, bhavna, writer, NoteText("Kept back")))
    kept(writer, sealed(people, bhavna, writer, NoteText("It follows on", previous=(before.note_hash,))))
    writer = made["message-missing"].writer
    writer.again(ASKED_AGAIN)
    thread = read_as_desk(
        people.site, people.desk_of(ailsa), open_conversation(ailsa.member, writer.conversation_id, at=now()), day_of(now())
    )
    kept(writer, sealed(people, bhavna, writer, NoteText("After two", acks=(thread.newest(FROM_PERSON), thread.newest(FROM_DESK)))))
    made["message-missing"] = Lie(writer, order(0))
    writer = made["does-not-open"].writer
    kept(writer, with_noise_for_its_wrap(people, bhavna, sealed(people, bhavna, writer, NoteText("Nobody opens it"))))
    writer = made["altered"].writer
    raw = sealed(people, bhavna, writer, NoteText("Changed on its way"))
    kept(writer, raw[: -SIGNATURE - ID - 9] + bytes([raw[-SIGNATURE - ID - 9] ^ 1]) + raw[-SIGNATURE - ID - 8 :])
    writer, old = made["late"].writer, sealed(people, bhavna, made["late"].writer, NoteText("From before, it claims"))
    leave_bhavna_off(people)
    kept(writer, sealed(people, ailsa, writer, NoteText("Of today"), epoch=2))
    kept(writer, old)
    return made


def test_a_counsellor_is_told_each_of_them(people: People, web_server: WebServer, visit: Visit) -> None:
    made = lies_about_notes(people)
    hidden = made["message-missing"].writer.conversation_id
    ailsa, words = at_the_desk(visit, people.ailsa, PHONE), page_words()["notes"]
    page = ailsa.page

    def cheat(route: Route) -> None:
        answer = route.fetch()
        body: Answer = answer.json()
        if decode(body["conversation"]) == hidden:
            made["message-missing"].change(body)
        route.fulfill(response=answer, body=json.dumps(body))

    page.route(CONVERSATION, cheat)
    for name, lie in made.items():
        page.get_by_role("region", name="Mine").get_by_role("button", name=short_name(lie.writer.conversation_id)).click()
        note = page.locator(f'[data-note="{"does-not-open" if name == "altered" else name}"]')
        expect(note, name).to_contain_text(FAILS if name == "altered" else words[name], timeout=PATIENCE)
        if name != "altered":
            expect(note).to_contain_text("Bhavna, who is no longer at the desk")
        assert_accessible(page)
        ailsa.screenshot(f"warning-note-{name}-390")
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        ailsa.screenshot(f"warning-note-{name}-1280")
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        page.get_by_role("button", name="Back to the lists").click()
    assert "Kept back" not in page.content()
