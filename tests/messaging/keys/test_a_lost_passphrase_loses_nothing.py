"""A counsellor whose passphrase is lost is certified and granted anew, and reads again all that was written."""

import os

from messaging.conversations.find import conversation_for_desk, find_conversation
from messaging.keys.own_keys import grant_candidates
from messaging.keys.readers import epochs_with_readers, readers_who_left
from messaging.keys.registry import GrantIn, add_epoch
from messaging.keys.vaults import forget_vault
from messaging.models import Conversation
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_desk_epoch, read_as_desk
from messaging.protocol.peer.keys import derive_counsellor
from messaging.protocol.wire import Statement
from tests.world.desk import NOON, TODAY, Desk, day, site
from tests.world.person import AtDesk, Person, texts_of


def next_epoch(desk: Desk) -> None:
    """As Moira's browser opens it: everybody certified, and the earlier keys for whoever is new."""
    body = open_desk_epoch(site(), desk.unlocked("Moira"), [encode(raw) for raw in grant_candidates(at=NOON)], TODAY, 28)
    grants = [GrantIn(decode(grant["certificate_id"]), grant["epoch"], decode(grant["wrapped"])) for grant in body["grants"]]
    add_epoch(statement=decode(body["statement"]), grants=grants, at=NOON, by=desk.members["Moira"])
    desk.statements.append(Statement.parse(decode(body["statement"])))
    desk.confirm()


def test_written_in_two_epochs_read_and_answered_after_it(desk: Desk) -> None:
    person = Person()
    person.write_first("In the first epoch")
    conversation = bytes(Conversation.objects.get().conversation_id)
    assert AtDesk(desk, "Callum").claim(conversation).status_code == 200
    assert AtDesk(desk, "Callum").reply(conversation, "From the old keys").status_code == 201
    next_epoch(desk)
    person.come_back()
    assert person.write("In the second").status_code == 201

    forget_vault(desk.members["Callum"], at=NOON, sure=True)
    assert readers_who_left(at=NOON) == ["Callum"], "the lost key is one that others may find"
    desk.keys["Callum"] = derive_counsellor(site(), desk.keys["Callum"].counsellor_id, os.urandom(32))
    desk.certify("Callum", first_day=TODAY)
    assert AtDesk(desk, "Callum").call("GET", "me").json()["grants"] == []
    next_epoch(desk)
    assert readers_who_left(at=NOON) == []

    callum = desk.unlocked("Callum")
    assert (callum.troubles, sorted(callum.seeds)) == ([], [1, 2, 3])
    read = read_as_desk(site(), callum, conversation_for_desk(find_conversation(conversation), at=NOON), day(NOON))
    assert texts_of(read) == [(None, "In the first epoch"), ("Callum", "From the old keys"), (None, "In the second")]
    assert AtDesk(desk, "Callum").reply(conversation, "From the new keys").status_code == 201
    assert [text for _, text in texts_of(person.thread())][-1] == "From the new keys"


def test_the_page_tells_since_when_and_why_somebody_reads_an_earlier_epoch(desk: Desk) -> None:
    desk.join("Dora")
    next_epoch(desk)
    first = epochs_with_readers(at=NOON)[-1]
    told = {reader.name: (reader.by_roster, reader.able) for reader in first.readers}
    assert told == {"Moira": (True, True), "Callum": (True, True), "Dora": (False, True)}
    page = " ".join(AtDesk(desk, "Callum").client.get("/desk/keys/").content.decode().split())
    assert "<strong>Dora</strong>: can read it. Given its key later, on 25 Nov 2026" in page
    assert "<strong>Moira</strong>, key-holder: can read it. On its roster since 25 Nov 2026." in page
