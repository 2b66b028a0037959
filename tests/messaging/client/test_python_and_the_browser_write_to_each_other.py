"""What the Python peer seals the client opens, and the reverse; on each side of a conversation, and over a change of epoch."""

from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import open_vault, sign_session
from messaging.protocol.peer.vault import make_vault
from messaging.protocol.wire import Request
from tests.messaging.client.node import talk
from tests.world.peers import Conversation, Installation, conversation, installation, texts

PASSPHRASE = "correct horse brown island seven ocean"


def site_of(desk: Installation) -> dict[str, Any]:
    return {"root": encode(desk.site.root), "origin": desk.site.origin, "today": desk.today}


def as_person(talked: Conversation, do: str, **more: Any) -> Any:
    inbox = {"inbox_secret": encode(talked.inbox.secret)}
    answer = {key: value for key, value in talked.answer().items() if key != "inbox_id"} if talked.envelopes else None
    return talk({"do": do, **site_of(talked.desk), **inbox, "answer": answer, **more})


def as_desk(talked: Conversation, name: str, do: str, **more: Any) -> Any:
    keys = {"me": talked.desk.me(name), "secret": encode(talked.desk.members[name].counsellor.secret)}
    return talk({"do": do, **site_of(talked.desk), **keys, "answer": talked.answer(), **more})


def keep(talked: Conversation, body: dict[str, Any]) -> None:
    if body["opening"]:
        talked.openings.append(decode(body["opening"]))
    talked.envelopes.append(decode(body["envelope"]))


def test_a_person_in_the_browser_and_counsellors_of_both_kinds() -> None:
    desk = installation()
    talked = conversation(desk)
    intake = {"route": "self", "terms": 1, "text": "Привет 🙂"}
    keep(talked, as_person(talked, "seal first", desk=desk.desk_answer(), intake=intake))
    talked.desk_writes("Callum", "from Python")
    keep(talked, as_desk(talked, "Moira", "write as desk", content={"type": "handover", "text": "from the browser"}))
    keep(talked, as_person(talked, "write as person", text="to both"))
    talked.person_writes("from Python as the person")

    said = ["Привет 🙂", "from Python", "from the browser", "to both", "from Python as the person"]
    assert texts(talked.as_person()) == texts(talked.as_desk("Callum")) == said
    expected = [
        [None, "intake", said[0]],
        ["Callum", "text", said[1]],
        ["Moira", "handover", said[2]],
        [None, "text", said[3]],
        [None, "text", said[4]],
    ]
    assert as_person(talked, "read as person") == expected
    assert as_desk(talked, "Moira", "read as desk") == expected


def test_each_kind_opens_the_next_epoch_for_the_other() -> None:
    desk = installation()
    talked = conversation(desk)
    talked.first("one")
    desk.join("Isla")
    desk.today += 1
    candidates = [encode(desk.members[name].certificate) for name in ("Moira", "Isla")]
    desk.keep(as_desk(talked, "Moira", "open an epoch", candidates=candidates, days=20))
    desk.confirm("")
    assert desk.open("Moira").troubles == desk.open("Isla").troubles == []
    assert sorted(desk.open("Isla").seeds) == [1, 2]

    keep(talked, as_desk(talked, "Isla", "write as desk", content={"type": "text", "text": "two"}))
    talked.person_writes("three")
    desk.today += 1
    desk.next_epoch("Moira", ["Moira", "Isla"], by=None)
    desk.confirmations.append(decode(as_desk(talked, "Isla", "confirm an epoch")))
    assert desk.newest() == 3
    keep(talked, as_person(talked, "write as person", text="four"))
    talked.desk_writes("Isla", "five")
    assert texts(talked.as_desk("Isla")) == ["one", "two", "three", "four", "five"]
    assert [line[2] for line in as_person(talked, "read as person")] == ["one", "two", "three", "four", "five"]
    assert "not-on-roster" in as_desk(talked, "Callum", "troubles")
    assert "not-on-roster" in desk.open("Callum").troubles


def test_a_vault_made_by_either_opens_in_the_other() -> None:
    desk = Installation()
    counsellor_id = desk.random(16)
    asked = {"counsellor_id": encode(counsellor_id), "passphrase": PASSPHRASE, **site_of(desk)}
    made = talk({"do": "make a vault", **asked})
    opened = open_vault(desk.site, counsellor_id, made["record"], {"passphrase": PASSPHRASE})
    request = Request.parse(decode(made["request"]))
    request.check(desk.site.site)
    own = opened.kem_public, opened.sign_public, opened.tag_public
    assert (request.kem_public, request.sign_public, request.tag_public) == own

    other = make_vault(desk.site, counsellor_id, PASSPHRASE)
    keys = talk({"do": "open a vault", "record": other.record, **asked})
    assert keys == {name: encode(getattr(other.counsellor, name)) for name in ("kem_public", "sign_public", "tag_public")}


def test_both_sign_a_session_with_the_same_bytes() -> None:
    talked = conversation(installation())
    challenge = encode(talked.desk.random(56))
    assert as_person(talked, "sign a session", challenge=challenge) == sign_session(talked.desk.site, talked.inbox, challenge)
