"""Who has a conversation's secret can seal a text in the person's name, with a server's help; whoever has a tag of their own is warned."""

from typing import Any

import pytest

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON, decode, encode, hashed
from messaging.protocol.peer import Thread, plaintext
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.disclosures import Proposal, check_document, leaving_document
from messaging.protocol.peer.documents import disclosed_document, own_checks
from messaging.protocol.peer.envelopes import EnvelopePlace, seal_envelope
from messaging.protocol.peer.tags import TagContext, persons_tag, tag_key
from messaging.protocol.peer.vault import make_request
from messaging.protocol.wire import Certificate, Envelope, Statement
from tests.parts.rules import stopped_by
from tests.world.peers import TODAY, Conversation, Installation, Member, conversation, installation, texts, warned

FORGED = "I did it to my niece last night."


def desk_of_three() -> Installation:
    """Fay is there besides Moira and Callum."""
    desk = Installation()
    desk.join("Moira", key_holder=True)
    desk.join("Callum")
    desk.join("Fay")
    desk.next_epoch("Moira", ["Moira", "Callum", "Fay"])
    return desk


@pytest.fixture
def talk() -> Conversation:
    made = conversation(desk_of_three())
    made.first("I am worried.")
    made.desk_writes("Moira", "Are you safe?")
    return made


def forgery(talk: Conversation, by: str, *, read: Thread | None = None) -> bytes:
    """What a counsellor can seal of all that the person could, with every tag that they can make: their own."""
    desk, thread = talk.desk, read or talk.as_desk(by)
    chain = thread.chains[FROM_PERSON]
    opened = next(iter(thread.openings.values()))
    statement = thread.statements[opened.opening.epoch]
    padded = plaintext.write_plaintext({"type": "text", "text": FORGED}, thread.newest(FROM_DESK), FROM_PERSON, chain.next)
    place = EnvelopePlace(
        opened.opening.conversation, FROM_PERSON, statement.number, opened.opening.opening_hash, chain.next, chain.previous
    )
    counsellor = desk.members[by].counsellor
    own = Certificate.parse(desk.members[by].certificate).certificate_id
    where = TagContext(desk.site, place.conversation, statement)
    keys = [tag_key(where, counsellor.tag_seed, talk.inbox.tag_public, each) if each == own else bytes(32) for each in statement.roster]
    return seal_envelope(desk.site, opened.secret, place, padded, None, keys)


def with_forgery(talk: Conversation, raw: bytes) -> dict[str, Any]:
    """What a server says that helps."""
    answer = talk.answer()
    return {**answer, "envelopes": [*answer["envelopes"], encode(raw)], "days": [*answer["days"], "2026-11-25"]}


@stopped_by("a counsellor checks their own tag", "what nobody vouches for is told")
def test_what_a_colleague_writes_in_the_persons_name_is_shown_to_every_other(talk: Conversation) -> None:
    answer = with_forgery(talk, forgery(talk, "Callum"))
    for name in ("Moira", "Fay"):
        thread = talk.as_desk(name, answer)
        assert texts(thread)[-1] == FORGED
        assert warned(thread) == [("not-vouched", FROM_PERSON, 2)]
    # His own tag he can make, and so he is the only one whom it convinces.
    assert warned(talk.as_desk("Callum", answer)) == []


@stopped_by("the person checks every tag", "what nobody vouches for is told")
def test_the_person_sees_what_was_written_in_their_own_name(talk: Conversation) -> None:
    thread = talk.as_person(with_forgery(talk, forgery(talk, "Callum")))
    assert warned(thread) == [("not-vouched", FROM_PERSON, 2)]
    assert [item.vouched for item in thread.items if item.kind == "message"] == [True, None, False]


@stopped_by("a counsellor checks their own tag", "the person checks every tag")
def test_no_tag_of_another_message_or_conversation_stands_in_for_one(talk: Conversation) -> None:
    other = conversation(talk.desk)
    other.first("Somebody else")
    for tags in (Envelope.parse(talk.envelopes[0]).tags, Envelope.parse(other.envelopes[0]).tags):
        raw = forgery(talk, "Callum")
        answer = with_forgery(talk, raw[:8315] + tags + raw[9339:])
        assert warned(talk.as_desk("Moira", answer)) == warned(talk.as_person(answer)) == [("not-vouched", FROM_PERSON, 2)]


@stopped_by("what came late is told")
def test_who_has_left_writes_in_nobodys_name_unseen(talk: Conversation) -> None:
    """N6: no opening is needed for it, and the desk has written in the new epoch."""
    desk, kept = talk.desk, talk.as_desk("Fay")
    desk.today += 5
    desk.join("Lea")
    desk.next_epoch("Moira", ["Moira", "Callum", "Lea"])
    talk.desk_writes("Callum", "Are you still there?")
    answer = with_forgery(talk, forgery(talk, "Fay", read=kept))
    for thread in (talk.as_desk("Moira", answer), talk.as_person(answer)):
        assert texts(thread)[-1] == FORGED
        assert warned(thread) == [("not-vouched", FROM_PERSON, 2), ("late", FROM_PERSON, 2)]
    # Lea has no tag of that epoch to check: she is told that it came late, and that others could check it.
    thread = talk.as_desk("Lea", answer)
    assert warned(thread) == [("late", FROM_PERSON, 2)]
    assert [item.vouched for item in thread.items if item.kind == "message"] == [None] * 4


def test_what_crosses_a_change_of_epoch_honestly_is_not_late(talk: Conversation) -> None:
    """The person writes while the old epoch lasts; the desk answers under the new one; the person goes on under that."""
    talk.person_writes("One more thing")
    talk.desk.today += 5
    talk.desk.next_epoch("Moira", ["Moira", "Callum"])
    talk.desk_writes("Moira", "Go on.")
    talk.person_writes("It is about work.")
    for thread in (talk.as_person(), talk.as_desk("Moira"), talk.as_desk("Callum")):
        assert warned(thread) == []


@stopped_by("a missing certificate makes nobody a newcomer")
def test_no_server_makes_a_failed_check_a_newcomers(talk: Conversation) -> None:
    """Fay was certified anew for the same keys; the server hides the certificate that the old roster names."""
    desk, fay = talk.desk, talk.desk.members["Fay"]
    forged, old = forgery(talk, "Callum"), encode(fay.certificate)
    desk.members["Fay before"] = Member(fay.counsellor, fay.certificate)
    request = decode(make_request(desk.site, fay.counsellor))
    fay.certificate = make_certificate(desk.root_seed, desk.site, request, "Fay", key_holder=False, first_day=TODAY, last_day=TODAY + 60)
    desk.today += 5
    desk.next_epoch("Moira", ["Moira", "Callum", "Fay"])
    del desk.members["Fay before"]
    answer = with_forgery(talk, forged)
    assert warned(talk.as_desk("Fay", answer)) == [("not-vouched", FROM_PERSON, 1), ("not-vouched", FROM_PERSON, 2)]
    answer["certificates"] = [*answer["certificates"], old]
    assert warned(talk.as_desk("Fay", answer)) == [("not-vouched", FROM_PERSON, 2)]


def test_whoever_answers_goes_on_whatever_a_tag_says(talk: Conversation) -> None:
    """It is shown, and stops nothing: else whoever can spoil a tag could silence a conversation."""
    talk.person_writes("Two")
    raw = talk.envelopes[-1]
    talk.envelopes[-1] = raw[:8315] + bytes(1024) + raw[9339:]
    talk.desk_writes("Callum", "I have read you.")
    talk.person_writes("Three")
    for thread in (talk.as_person(), talk.as_desk("Moira")):
        assert texts(thread) == ["I am worried.", "Are you safe?", "Two", "I have read you.", "Three"]
        assert warned(thread) == [("not-vouched", FROM_PERSON, 2)]


def test_a_tag_convinces_its_reader_and_nobody_else(talk: Conversation) -> None:
    """Deniable: whoever can check a tag could have made it, so it proves nothing to a third."""
    envelope, statement = Envelope.parse(talk.envelopes[0]), Statement.parse(talk.desk.statements[0])
    moira = talk.desk.members["Moira"]
    own = Certificate.parse(moira.certificate).certificate_id
    where = TagContext(talk.desk.site, envelope.conversation, statement)
    key = tag_key(where, moira.counsellor.tag_seed, talk.inbox.tag_public, own)
    assert persons_tag(key, envelope.header, envelope.ciphertext) == envelope.tag(statement.roster.index(own))


def test_a_desk_of_sixty_four_has_a_tag_each() -> None:
    desk = installation()
    names = ["Moira", *(f"Counsellor {number}" for number in range(63))]
    for name in names[1:]:
        desk.join(name)
    desk.today += 5
    desk.next_epoch("Moira", names)
    talk = conversation(desk)
    talk.first("one")
    tags = Envelope.parse(talk.envelopes[0]).tags
    assert len({tags[place : place + 16] for place in range(0, 1024, 16)}) == 64
    assert warned(talk.as_person()) == warned(talk.as_desk(names[-1])) == []


@stopped_by("the second person's check counts")
def test_a_tag_true_for_one_and_false_for_another_takes_no_disclosure_away(talk: Conversation) -> None:
    """The person chooses whose tag is right, so as not to be passed on: the text stands all the same, and says so."""
    talk.person_writes("He is at our house tonight.")
    statement = Statement.parse(talk.desk.statements[0])
    fays = statement.roster.index(Certificate.parse(talk.desk.members["Fay"].certificate).certificate_id)
    raw = bytearray(talk.envelopes[-1])
    raw[8315 + 16 * fays] ^= 1
    talk.envelopes[-1] = bytes(raw)
    places, (proposer, second) = ((1, 1), (1, 2)), (talk.as_desk("Callum").items, talk.as_desk("Fay").items)
    checks, others = own_checks(places, proposer), own_checks(places, second)
    assert (checks, others) == ((True, True), (True, False))
    text = disclosed_document("harm-child", "police", "Leith", places, checks, proposer)
    proposal = Proposal("harm-child", "police", "risk", "Leith", "A child is there.", places, checks, hashed("document", text.encode()))
    assert check_document(proposal, second) == text
    leaves = leaving_document(proposal, others, second)
    assert leaves == leaving_document(proposal, others, proposer)
    doubted = text.replace("> He is", "[not vouched for: a check that the person wrote this message failed]\n> He is")
    assert leaves == doubted
