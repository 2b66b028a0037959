"""A server that keeps someone in an epoch after the next has begun (N10): until its last day, and not whoever has seen the next one.

Fay leaves with the second epoch. Only witnesses will end it for someone who has seen nothing: the first test says what waits for them.
"""

from typing import Any

import pytest

from messaging.protocol.encoding import BadStatement, encode
from messaging.protocol.peer import check_desk, read_as_desk, read_as_person, seal_from_desk, seal_from_person
from messaging.protocol.peer.again import demand_chain_goes_on
from messaging.protocol.peer.desk import open_desk
from messaging.protocol.peer.errors import BadContinuation, BadDates
from tests.parts.rules import stopped_by
from tests.vectors.making import forge
from tests.world.peers import TODAY, Conversation, Installation, conversation, texts

LAST = TODAY + 34
EVERYBODY = ["Moira", "Callum", "Fay"]


@pytest.fixture
def talk() -> Conversation:
    desk = Installation()
    for name in EVERYBODY:
        desk.join(name, key_holder=name == "Moira")
    desk.next_epoch("Moira", EVERYBODY)
    made = conversation(desk)
    made.first("one")
    made.desk_writes("Callum", "two")
    desk.today += 1
    desk.next_epoch("Moira", ["Moira", "Callum"])
    return made


def kept_back(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without the second epoch's statement."""
    return {**answer, "statements": answer["statements"][:1], "current": 1}


def as_it_was(answer: dict[str, Any]) -> dict[str, Any]:
    """Also without what was written since."""
    return {**kept_back(answer), "openings": answer["openings"][:1], "envelopes": answer["envelopes"][:2], "days": answer["days"][:2]}


def test_whoever_has_seen_nothing_of_the_next_is_kept_until_the_last_day_and_told_who_reads(talk: Conversation) -> None:
    desk = talk.desk
    desk.today = LAST
    shown = check_desk(desk.site, {**desk.desk_answer(), "statements": [encode(desk.statements[0])]}, desk.today)
    assert (shown.epoch, shown.names) == (1, sorted(EVERYBODY))
    thread = talk.as_person(kept_back(talk.answer()))
    assert thread.desk is not None
    assert thread.desk.names == sorted(EVERYBODY), "Fay, who does read it, is named"
    body = seal_from_person(desk.site, talk.inbox, thread, "three")
    sent = {**talk.answer(), "envelopes": [*talk.answer()["envelopes"], body["envelope"]], "days": ["2026-11-24"] * 3}
    assert texts(read_as_desk(desk.site, desk.open("Fay"), sent, desk.today))[-1] == "three"


@stopped_by("the desk is of today")
def test_on_the_day_after_its_last_nothing_is_sealed_for_it(talk: Conversation) -> None:
    desk = talk.desk
    desk.today = LAST + 1
    with pytest.raises(BadDates):
        check_desk(desk.site, {**desk.desk_answer(), "statements": [encode(desk.statements[0])]}, desk.today)
    thread = talk.as_person(kept_back(talk.answer()))
    assert (thread.desk, texts(thread)) == (None, ["one", "two"])
    with pytest.raises(BadDates):
        seal_from_person(desk.site, talk.inbox, thread, "three")
    callum = open_desk(desk.site, desk.members["Callum"].counsellor, kept_back(desk.me("Callum")), desk.today)
    assert "no-current-epoch" in callum.troubles
    with pytest.raises(BadDates):
        seal_from_desk(
            desk.site, callum, read_as_desk(desk.site, callum, kept_back(talk.answer()), desk.today), {"type": "text", "text": "x"}
        )


@stopped_by("an epoch has at most 35 days")
def test_no_epoch_lasts_longer_whoever_signs_it(talk: Conversation) -> None:
    desk = talk.desk
    first = forge.Draft(
        1,
        desk.open("Moira").chain[1].kem_public,
        bytes(32),
        (TODAY, LAST + 1),
        sorted(forge.id_of(desk.members[each]) for each in EVERYBODY),
    )
    longer = forge.statement(desk.site, desk.members["Moira"], first)
    told = {**desk.desk_answer(), "confirmations": [encode(forge.confirmation(desk, desk.members["Callum"], longer))]}
    with pytest.raises(BadStatement, match="its days"):
        check_desk(desk.site, {**told, "statements": [encode(longer)]}, desk.today)


def test_whoever_has_read_a_thread_in_the_next_takes_it_in_none_before(talk: Conversation) -> None:
    site, today = talk.desk.site, talk.desk.today
    person, callum = talk.as_person(), talk.as_desk("Callum")
    assert (person.desk and person.desk.epoch, callum.desk and callum.desk.epoch) == (2, 2)
    shown = kept_back(talk.answer())
    with pytest.raises(BadContinuation):
        read_as_person(site, talk.inbox, shown, today, person)
    with pytest.raises(BadContinuation):
        read_as_desk(site, talk.desk.open("Callum"), shown, today, callum)


@stopped_by(("a desk's chain only grows", "a desk's epoch never goes back"))
def test_whoever_has_sat_at_the_next_sits_at_none_before(talk: Conversation) -> None:
    desk = talk.desk
    before = desk.open("Callum")
    again = open_desk(desk.site, desk.members["Callum"].counsellor, kept_back(desk.me("Callum")), desk.today)
    assert again.desk is not None
    assert again.desk.epoch == 1, "by itself the answer holds"
    with pytest.raises(BadContinuation):
        demand_chain_goes_on(before, again)


def test_what_was_written_in_the_next_shows_that_there_is_one(talk: Conversation) -> None:
    """Without any memory: a server that hides the statement has to hide every reply of that epoch too, or a warning stands there."""
    talk.desk_writes("Moira", "three")
    shown = talk.as_person(kept_back(talk.answer()))
    assert texts(shown) == ["one", "two"]
    assert [each.warning for each in shown.warnings] == ["unknown-writer"]
    emptied = talk.as_person(as_it_was(talk.answer()))
    assert (texts(emptied), emptied.warnings) == (["one", "two"], []), "what only witnesses will tell"


@stopped_by("an epoch that is over never returns")
def test_a_long_epoch_does_not_come_back_after_a_short_one(talk: Conversation) -> None:
    """The third lasts two days, and the second would last on: nothing is sealed for it, though it includes today and the third does not."""
    desk = talk.desk
    desk.next_epoch("Moira", ["Moira", "Callum"], days=2)
    talk.person_writes("three")
    desk.today += 2
    thread = talk.as_person()
    assert (thread.desk, texts(thread)) == (None, ["one", "two", "three"])
    with pytest.raises(BadDates):
        seal_from_person(desk.site, talk.inbox, thread, "four")
