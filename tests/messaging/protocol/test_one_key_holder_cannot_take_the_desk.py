"""What a key-holder could do alone (N1 to N5, and the fork): each was seen to succeed before an epoch took two people (PROTOCOL §2.15).

Moira and Fergus are key-holders, Callum answers. The server keeps what it is given and tells all of it; in the attacks that need a server
that lies, it tells what it likes.
"""

import os
from collections.abc import Sequence
from typing import Any

import pytest

from messaging.protocol.encoding import BadConfirmation, BadStatement, encode
from messaging.protocol.peer import check_desk
from messaging.protocol.peer.confirming import make_confirmation
from messaging.protocol.peer.epochs import make_grant
from messaging.protocol.peer.keys import Counsellor, derive_counsellor
from messaging.protocol.peer.primitives import kem_public
from messaging.protocol.wire import Certificate, Statement
from tests.parts.rules import stopped_by
from tests.vectors.making import forge
from tests.world.peers import TODAY, Conversation, Installation, Member, conversation, texts


@pytest.fixture
def desk() -> Installation:
    desk = Installation()
    desk.join("Moira", key_holder=True)
    desk.join("Fergus", key_holder=True)
    desk.join("Callum")
    desk.next_epoch("Moira", ["Moira", "Fergus", "Callum"])
    return desk


def opens(desk: Installation, opener: str, roster: Sequence[str], *, days: tuple[int, int] | None = None, seed: bytes = b"") -> bytes:
    """What a key-holder makes who keeps to no rule: a statement in due form and a grant for everybody on it; the server takes both."""
    seed = seed or os.urandom(32)
    number, ids = len(desk.statements) + 1, {name: forge.id_of(desk.members[name]) for name in roster}
    draft = forge.Draft(number, kem_public(seed), desk.statements[-1], days or (desk.today, desk.today + 13), sorted(ids.values()))
    raw = forge.statement(desk.site, desk.members[opener], draft)
    certificates = {name: Certificate.parse(desk.members[name].certificate) for name in roster}
    grants = [
        {"certificate_id": encode(ids[name]), "epoch": number, "wrapped": encode(make_grant(desk.site, number, certificates[name], seed))}
        for name in roster
    ]
    desk.statements.append(raw)
    desk.grants += grants
    return seed


def confirms(desk: Installation, name: str) -> None:
    """Signed without a look, by someone who keeps to no rule either."""
    desk.confirmations.append(forge.confirmation(desk, desk.members[name], desk.statements[-1]))


def seals_for(desk: Installation, statements: Sequence[bytes] | None = None) -> list[str]:
    """Whom a person's browser would name, shown these statements and every confirmation that there is."""
    shown = [encode(each) for each in statements or desk.statements[-1:]]
    return check_desk(desk.site, {**desk.desk_answer(), "statements": shown}, desk.today).names


def refuses(desk: Installation, error: type[Exception], *statements: bytes) -> None:
    with pytest.raises(error):
        seals_for(desk, statements or None)


def current(desk: Installation, name: str = "Callum") -> Any:
    open_ = desk.open(name)
    assert "broken-chain" not in open_.troubles, "nobody can take the desk's key away either"
    return open_.desk.epoch if open_.desk else None


@stopped_by("who signs an epoch is on its roster")
def test_n1_who_draws_the_key_is_named(desk: Installation) -> None:
    """The person was told “Callum”, and Moira, who had drawn the seed, read everything."""
    opens(desk, "Moira", ["Callum"])
    confirms(desk, "Callum")
    refuses(desk, BadStatement)


@stopped_by("one person's desk follows one person's", "who confirms covers the epoch")
def test_n2_a_roster_of_herself_is_no_desk(desk: Installation) -> None:
    opens(desk, "Moira", ["Moira"])
    for name in ("Moira", "Fergus", "Callum"):
        confirms(desk, name)
    refuses(desk, BadConfirmation)
    assert (current(desk), current(desk, "Moira")) == (1, 1)


def test_n2_and_the_others_open_the_next_all_the_same(desk: Installation) -> None:
    """Before, nobody else could ever sign the next one: only the root helped."""
    opens(desk, "Moira", ["Moira"])
    desk.next_epoch("Fergus", ["Fergus", "Callum"])
    assert (current(desk), seals_for(desk)) == (3, ["Callum", "Fergus"])


def test_n2_whoever_is_dismissed_cannot_stop_it(desk: Installation) -> None:
    """Of two counsellors one is to leave, and confirms nothing: the root's keepers do."""
    desk.next_epoch("Moira", ["Moira", "Callum"])
    desk.next_epoch("Moira", ["Moira"], by=None)
    assert current(desk, "Moira") == 2
    desk.confirm("")
    assert (current(desk, "Moira"), seals_for(desk)) == (3, ["Moira"])


@stopped_by(("no counsellor is on a roster twice", "who confirms is another counsellor"))
def test_n3_another_certificate_of_hers_is_not_another_person(desk: Installation) -> None:
    """Certified anew, with other keys or with the same: it is the same counsellor."""
    moira = desk.members["Moira"].counsellor
    for again in (derive_counsellor(desk.site, moira.counsellor_id, os.urandom(32)), moira):
        desk.members["Moira again"] = _certified(desk, again)
        opens(desk, "Moira", ["Moira", "Moira again"])
        confirms(desk, "Moira again")
        refuses(desk, BadStatement)
        desk.statements.pop()
    opens(desk, "Moira", ["Moira", "Callum"])
    confirms(desk, "Moira again")
    refuses(desk, BadConfirmation)


def _certified(desk: Installation, keys: Counsellor) -> Member:
    member = Member(keys, b"")
    member.certificate = forge.certificate(desk, member, name=b"Moira", holder=1, days=(desk.today - 29, desk.today + 70))
    return member


@stopped_by("an epoch is confirmed")
def test_n4_no_machine_confirms_what_a_person_has_not_looked_at(desk: Installation) -> None:
    """Fergus has left. With a server that lies he shows Callum, who has not seen the true epoch, a forged one with good grants."""
    forged = Installation(today=desk.today, members=desk.members, statements=list(desk.statements), confirmations=list(desk.confirmations))
    forged.root_seed, forged.site, forged.grants = desk.root_seed, desk.site, list(desk.grants)
    desk.next_epoch("Moira", ["Moira", "Callum"])
    opens(forged, "Fergus", ["Moira", "Fergus", "Callum"])
    refuses(forged, BadConfirmation)
    callum = forged.open("Callum")
    assert callum.desk is not None
    assert callum.desk.epoch == 1, "opening his own grant, and making all others anew, has confirmed nothing"
    (waiting,) = callum.waiting
    assert (waiting.trouble, waiting.changes.opened_by) == (None, "Fergus"), "this is what he is shown, and asked about"
    assert waiting.changes.stayed == ["Callum", "Fergus", "Moira"]


@stopped_by("nobody confirms what a colleague cannot read", "no one confirms by themselves alone")
def test_n4_what_cannot_be_read_is_not_confirmed(desk: Installation) -> None:
    opens(desk, "Moira", ["Moira", "Fergus", "Callum"])
    fergus = encode(forge.id_of(desk.members["Fergus"]))
    desk.grants = [each for each in desk.grants if (each["certificate_id"], each["epoch"]) != (fergus, 2)]
    callum = desk.open("Callum")
    (waiting,) = callum.waiting
    assert (waiting.trouble, waiting.cannot_read) == ("somebody-cannot-read", ["Fergus"])
    with pytest.raises(BadConfirmation):
        make_confirmation(desk.site, callum.counsellor, waiting, callum.certificates)


@stopped_by("who signs an epoch covers it")
def test_n5_a_certificate_that_ended_opens_no_further_day(desk: Installation) -> None:
    """Thirty days after Hannah's certificate had ended, her statement was taken for today's."""
    desk.join("Hannah", key_holder=True, last_day=TODAY + 5)
    opens(desk, "Hannah", ["Hannah", "Callum"], days=(TODAY, TODAY + 34))
    confirms(desk, "Callum")
    desk.today = TODAY + 34
    refuses(desk, BadStatement)


@stopped_by("who confirms covers the epoch", "nobody confirms what they do not cover")
def test_n5_nor_does_it_confirm_one(desk: Installation) -> None:
    desk.today += 1
    desk.join("Una", first_day=TODAY + 1, last_day=TODAY + 5)
    opens(desk, "Moira", ["Moira", "Una"], days=(TODAY + 1, TODAY + 13))
    assert [each.trouble for each in desk.open("Una").waiting] == ["not-yours"]
    confirms(desk, "Una")
    refuses(desk, BadConfirmation)


@stopped_by("an epoch is confirmed")
def test_fork_a_former_key_holder_alone_opens_nothing(desk: Installation) -> None:
    """The person writes, and the desk answers, in the true epoch; nothing of it is sealed for the forged one."""
    thread = conversation(desk)
    thread.first("I would like to stop")
    true = list(desk.statements)
    desk.next_epoch("Moira", ["Moira", "Callum"])
    true = list(desk.statements)
    desk.statements = true[:1]
    opens(desk, "Fergus", ["Fergus", "Moira", "Callum"])
    confirms(desk, "Fergus")
    refuses(desk, BadConfirmation)
    # Shown in the middle of a thread it changes nothing either: the one before is current for as long as its days last.
    read = thread.as_person()
    assert (texts(read), read.desk.epoch if read.desk else None) == (["I would like to stop"], 1)
    desk.statements = true
    thread.person_writes("Are you still there?")
    assert Statement.parse(true[1]).number == thread_epoch(thread)


def thread_epoch(thread: Conversation) -> int:
    """The epoch of the newest envelope."""
    return int.from_bytes(thread.envelopes[-1][19:23], "big")


@stopped_by("who signs an epoch was there before")
def test_fork_a_confirmation_that_comes_late_takes_nobody_off_the_desk(desk: Installation) -> None:
    """Moira opens one without Fergus, and he the next. Callum confirms hers, the older, when his stands: the chain holds for everybody."""
    opens(desk, "Moira", ["Moira", "Callum"])
    hers = desk.statements[-1]
    opens(desk, "Fergus", ["Fergus", "Callum"])
    desk.confirmations.append(forge.confirmation(desk, desk.members["Callum"], hers))
    assert (current(desk), current(desk, "Moira")) == (2, 2)
    assert [each.statement.number for each in desk.open("Callum").waiting] == [3]
    # Fergus was left off it, so a colleague's word is not enough for his any more; the root's is.
    confirms(desk, "Callum")
    assert current(desk) == 2
    desk.confirm("")
    assert current(desk) == 3
