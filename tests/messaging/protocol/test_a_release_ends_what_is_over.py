"""N10, as far as releases go: no page that came with a release is kept in an epoch that was over when it was signed (PROTOCOL §11.2)."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from messaging.protocol.encoding import encode
from messaging.protocol.peer import check_desk, open_desk
from messaging.protocol.peer.errors import BadConfirmation, BadContinuation, BadStatement
from messaging.protocol.peer.primitives import kem_public
from messaging.protocol.wire import NamedStatement, Statement
from tests.vectors.making import forge
from tests.world.peers import Conversation, Installation, conversation


def desk_of_three() -> Installation:
    """Fergus opened the first epoch; he has left, and the second, by Moira, is without him. Both would include today."""
    desk = Installation()
    for name in ("Moira", "Fergus"):
        desk.join(name, key_holder=True)
    for name in ("Callum", "Gavin"):
        desk.join(name)
    desk.next_epoch("Fergus", ["Moira", "Fergus", "Callum", "Gavin"])
    desk.next_epoch("Moira", ["Moira", "Callum"])
    return desk


def released(desk: Installation, number: int) -> Installation:
    """The same desk to someone whose page is of a release that names this epoch."""
    copied = copy.copy(desk)
    copied.site = replace(desk.site, released=NamedStatement.of(Statement.parse(desk.statements[number - 1])))
    return copied


def kept_in_the_first(desk: Installation) -> dict[str, Any]:
    """A lying server's answer: as the desk was before Fergus left."""
    return {**desk.desk_answer(), "statements": [encode(desk.statements[0])]}


def test_without_a_release_a_page_that_remembers_nothing_is_kept_in_the_first() -> None:
    desk = desk_of_three()
    assert "Fergus" in check_desk(desk.site, kept_in_the_first(desk), desk.today).names


def test_with_one_that_names_the_second_it_is_not() -> None:
    desk = released(desk_of_three(), 2)
    with pytest.raises(BadContinuation):
        check_desk(desk.site, kept_in_the_first(desk), desk.today)
    assert check_desk(desk.site, desk.desk_answer(), desk.today).names == ["Callum", "Moira"]


def test_nor_is_a_conversation_that_is_read_for_the_first_time() -> None:
    before = desk_of_three()
    del before.statements[1]
    talk = conversation(before)
    talk.first("I would like to stop.")
    now = Conversation(released(desk_of_three_like(before), 2), talk.inbox, talk.openings, talk.envelopes)
    assert now.as_person().warnings == []
    with pytest.raises(BadContinuation):
        now.as_person({**now.answer(), "statements": [encode(before.statements[0])]})


def desk_of_three_like(before: Installation) -> Installation:
    """The same desk in its second epoch."""
    desk = copy.deepcopy(before)
    desk.next_epoch("Moira", ["Moira", "Callum"])
    return desk


def test_a_colleagues_page_seals_nothing_there_and_offers_nothing_to_confirm() -> None:
    desk = released(desk_of_three(), 2)
    forged = copy.deepcopy(desk)
    forged.statements.pop()
    forged.site = replace(desk.site, released=None)
    forged.next_epoch("Fergus", ["Fergus", "Callum", "Moira"], by=None)
    me = {**desk.me("Callum"), "statements": [encode(raw) for raw in forged.statements], "grants": forged.me("Callum")["grants"]}
    found = open_desk(desk.site, desk.members["Callum"].counsellor, me, desk.today)
    assert (found.desk, found.troubles, found.waiting, found.seeds) == (None, ["broken-chain"], [], {})
    honest = open_desk(desk.site, desk.members["Callum"].counsellor, desk.me("Callum"), desk.today)
    assert (honest.troubles, sorted(honest.seeds)) == ([], [1, 2])


def test_two_who_have_left_forge_nothing_after_what_it_names() -> None:
    """Neither by keeping back the confirmation of the epoch that left them off, nor by a fork before it."""
    desk = released(desk_of_three(), 2)
    fergus, gavin = desk.members["Fergus"], desk.members["Gavin"]
    roster = sorted(map(forge.id_of, (fergus, gavin)))
    days = (desk.today, desk.today + 13)

    def forged(number: int, before: bytes) -> tuple[bytes, bytes]:
        raw = forge.statement(desk.site, fergus, forge.Draft(number, kem_public(bytes(32)), before, days, roster))
        return raw, forge.confirmation(desk, gavin, raw)

    third, word = forged(3, desk.statements[1])
    after = {**desk.desk_answer(), "statements": [encode(desk.statements[1]), encode(third)], "confirmations": [encode(word)]}
    with pytest.raises(BadConfirmation):
        check_desk(desk.site, after, desk.today)
    second, word = forged(2, desk.statements[0])
    fork = {**after, "statements": [encode(desk.statements[0]), encode(second)], "confirmations": [encode(word)]}
    with pytest.raises(BadContinuation):
        check_desk(desk.site, fork, desk.today)
    with pytest.raises(BadStatement):
        check_desk(desk.site, {**fork, "statements": [*desk.desk_answer()["statements"], encode(second)]}, desk.today)
    unnamed = replace(desk.site, released=None)
    assert check_desk(unnamed, fork, desk.today).names == ["Fergus", "Gavin"]
