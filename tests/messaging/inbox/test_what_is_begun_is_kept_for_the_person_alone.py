"""What a person has begun is kept for them alone, and is no message: nobody at the desk learns of it (PROTOCOL §7.12)."""

from datetime import timedelta
from typing import Any

import pytest

from messaging.inbox.drafts import expire_drafts
from messaging.models import Conversation, DeskSum, Draft, Envelope, Inbox, RoutingEvent
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import PersonDraft, open_draft, seal_draft, sign_draft
from tests.world.desk import NOON, Desk, new_inbox, site
from tests.world.person import Person, all_rows, kind_of

pytestmark = pytest.mark.django_db
BEGUN = PersonDraft("I do not know how to say this", "2026-11-25", None, 1)


@pytest.fixture
def person(desk: Desk) -> Person:
    """Somebody who has not written yet."""
    return Person(new_inbox())


def keep(person: Person, begun: PersonDraft = BEGUN, **changes: str) -> Any:
    sealed = encode(seal_draft(site(), person.inbox, begun))
    return person.call("POST", "drafts", {**sign_draft(site(), person.inbox, sealed, person.challenge()), **changes})


def kept(person: Person) -> Any:
    return person.call("GET", "inbox/draft").json()


def test_words_open_what_was_begun_from_the_moment_it_is_kept(desk: Desk, person: Person) -> None:
    answer = keep(person)
    assert (answer.status_code, answer.json()) == (201, {"deleted_on": str(NOON.date() + timedelta(days=7))})
    assert person.come_back().status_code == 201
    found = kept(person)
    assert open_draft(site(), person.inbox, decode(found["draft"])) == BEGUN
    assert found["deleted_on"] == str(NOON.date() + timedelta(days=7))
    # There is no conversation, and nothing for anyone but the person.
    for method, path, body in (("GET", "inbox", None), ("GET", "inbox/retention", None), ("POST", "inbox/envelopes", {})):
        assert kind_of(person.call(method, path, body)) == "not-found"
    assert not Conversation.objects.exists()
    assert not RoutingEvent.objects.exists()
    assert not DeskSum.objects.exists()


def test_it_is_one_and_the_newest(desk: Desk, person: Person) -> None:
    keep(person)
    keep(person, PersonDraft("Better words", "2026-11-26", "self", 1))
    person.come_back()
    assert open_draft(site(), person.inbox, decode(kept(person)["draft"])).text == "Better words"
    assert (Draft.objects.count(), Inbox.objects.count()) == (1, 1)


def test_nobody_else_replaces_it(desk: Desk, person: Person) -> None:
    keep(person)
    before = all_rows()
    stranger = Person()
    theirs = sign_draft(site(), stranger.inbox, encode(seal_draft(site(), stranger.inbox, BEGUN)), person.challenge())
    own = sign_draft(site(), person.inbox, encode(seal_draft(site(), person.inbox, BEGUN)), person.challenge())
    for body in ({**own, "proof": theirs["proof"]}, {**theirs, "sign_public": own["sign_public"]}):
        assert kind_of(person.call("POST", "drafts", body)) == "bad-proof"
    assert all_rows() == before


def test_a_challenge_is_good_once(desk: Desk, person: Person) -> None:
    challenge = person.challenge()
    sealed = encode(seal_draft(site(), person.inbox, BEGUN))
    body = sign_draft(site(), person.inbox, sealed, challenge)
    assert person.call("POST", "drafts", body).status_code == 201
    assert kind_of(person.call("POST", "drafts", body)) == "bad-proof"


def test_text_is_not_taken(desk: Desk, person: Person) -> None:
    raw = seal_draft(site(), person.inbox, BEGUN)
    text = encode(raw[:17] + (b"I am scared " * 700)[:8208])
    assert kind_of(keep(person, draft=text)) == "not-sealed"
    keep(person)
    person.come_back()
    assert kind_of(person.call("POST", "inbox/draft", {"draft": text})) == "not-sealed"


def test_sending_makes_the_conversation_and_takes_the_draft(desk: Desk, person: Person) -> None:
    keep(person)
    person.come_back()
    answer = person.write_first("At last")
    assert answer.status_code == 201
    assert not Draft.objects.exists()
    assert Inbox.objects.count() == 1
    # The session that was open goes on.
    assert [item.content.text for item in person.thread().items if item.kind == "message"] == ["At last"]
    assert person.write_first("Another").status_code == 409


def test_in_an_open_conversation_it_is_kept_with_the_token_and_sent_away_with_the_next_message(desk: Desk, person: Person) -> None:
    person.write_first("First")
    person.come_back()
    conversation = Conversation.objects.get().conversation_id
    half = PersonDraft("And then", "2026-11-25")
    sealed = encode(seal_draft(site(), person.inbox, half, conversation))
    assert person.call("POST", "inbox/draft", {"draft": sealed}).json() == {"deleted_on": str(NOON.date() + timedelta(days=7))}
    assert open_draft(site(), person.inbox, decode(kept(person)["draft"]), conversation) == half
    assert person.write("And then he came").status_code == 201
    assert kept(person) == {"draft": None, "deleted_on": None}
    assert Envelope.objects.count() == 2


def test_it_is_listed_and_deleted(desk: Desk, person: Person) -> None:
    keep(person)
    person.come_back()
    tables = {each["table"]: each["rows"] for each in person.call("GET", "inbox/kept").json()["tables"]}
    assert [len(tables[name]) for name in ("messaging_inbox", "messaging_draft", "messaging_conversation")] == [1, 1, 0]
    assert person.call("DELETE", "inbox/draft").status_code == 204
    # Nothing else was there, so nothing is left.
    assert not Inbox.objects.exists()
    assert person.come_back().status_code == 403


def test_deleting_it_leaves_the_conversation(desk: Desk, person: Person) -> None:
    person.write_first("First")
    person.come_back()
    sealed = encode(seal_draft(site(), person.inbox, PersonDraft("x", "2026-11-25"), Conversation.objects.get().conversation_id))
    person.call("POST", "inbox/draft", {"draft": sealed})
    assert person.call("DELETE", "inbox/draft").status_code == 204
    assert person.answer()["state"] == "waiting"
    assert not Draft.objects.exists()


def test_deleting_everything_takes_it(desk: Desk, person: Person) -> None:
    keep(person)
    person.come_back()
    assert person.call("DELETE", "inbox").status_code == 204
    assert not Draft.objects.exists()
    assert not Inbox.objects.exists()


def test_it_goes_after_seven_days_and_takes_an_empty_inbox_with_it(desk: Desk, person: Person) -> None:
    keep(person)
    writer = Person(new_inbox())
    writer.write_first("First")
    writer.come_back()
    conversation = Conversation.objects.get().conversation_id
    sealed = encode(seal_draft(site(), writer.inbox, PersonDraft("x", "2026-11-25"), conversation))
    writer.call("POST", "inbox/draft", {"draft": sealed})
    assert expire_drafts(at=NOON + timedelta(days=6, hours=11)) == 0
    assert Draft.objects.count() == 2
    assert expire_drafts(at=NOON + timedelta(days=7)) == 2
    assert expire_drafts(at=NOON + timedelta(days=7)) == 0
    assert list(Inbox.objects.values_list("inbox_id", flat=True)) == [writer.inbox.inbox_id]


def test_the_answer_does_not_show_by_its_size_whether_there_is_one(desk: Desk, person: Person) -> None:
    person.write_first("First")
    person.come_back()
    without = len(person.call("GET", "inbox/draft").content)
    sealed = encode(seal_draft(site(), person.inbox, PersonDraft("x", "2026-11-25"), Conversation.objects.get().conversation_id))
    person.call("POST", "inbox/draft", {"draft": sealed})
    assert len(person.call("GET", "inbox/draft").content) == without == 16_384
