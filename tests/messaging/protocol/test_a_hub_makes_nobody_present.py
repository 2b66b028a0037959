"""Whatever a hub does with pulses, nobody is shown as there, or as typing, who was not a moment ago (PROTOCOL §12)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON
from messaging.protocol.peer import ProtocolError
from messaging.protocol.peer.errors import CannotOpen
from messaging.protocol.peer.pulse_keys import PulseKeys, desks_pulse_keys, persons_pulse_keys
from messaging.protocol.peer.pulses import AWAY, MOMENT, THERE, TYPES, TYPING, Pulse, PulseTalk, open_pulse
from tests.messaging.protocol.rules import RULES
from tests.parts.rules import take_out
from tests.vectors.making.stage import Stream
from tests.world.peers import Conversation, conversation, installation

# Who has a page: the person, Callum, who has the conversation, and Moira, who can read it.
WHO = ("person", "Callum", "Moira")
Keys = dict[str, list[PulseKeys]]


def keys_of(talk: Conversation) -> Keys:
    found = {name: desks_pulse_keys(talk.desk.site, talk.desk.open(name), talk.as_desk(name)) for name in WHO[1:]}
    return {**found, "person": persons_pulse_keys(talk.desk.site, talk.inbox, talk.as_person())}


@pytest.fixture(scope="module")
def shared() -> list[Keys]:
    """The keys of all three in two conversations of two people at one desk."""
    desk = installation()
    found = []
    for text in ("one", "two"):
        talk = conversation(desk)
        talk.first(text)
        found.append(keys_of(talk))
    return found


@dataclass
class Room:
    """The pages of one conversation, and everything that was ever written in it."""

    keys: Keys
    pages: dict[str, PulseTalk] = field(default_factory=dict)
    beats: dict[str, int] = field(default_factory=dict)
    # When each page wrote each of its beats, and what it then told.
    written: list[tuple[str, bytes, int, int, int, bytes]] = field(default_factory=list)

    def load(self, who: str) -> None:
        """A page is loaded, or loaded again."""
        self.pages[who] = PulseTalk(FROM_PERSON if who == "person" else FROM_DESK, self.keys[who])
        self.beats[who] = 0

    def write(self, who: str, flags: int) -> bytes:
        self.beats[who] += 1
        page = self.pages[who]
        raw = page.write(self.beats[who], flags, 0)
        self.written.append((who, page.life, self.beats[who], flags, len(self.written), raw))
        return raw

    def give(self, who: str, raw: bytes) -> None:
        with suppress(ProtocolError):
            self.pages[who].read(self.beats[who], raw)

    def demand_truth(self, who: str) -> None:
        """Who is shown to this page wrote within the beats that the rule allows, by this page's clock; and types only if they did then."""
        page, beat = self.pages[who], self.beats[who]
        shown = page.there(beat)
        if shown is None:
            return
        names = {each.certificate_id: each.display_name for each in self.keys["person"]}
        other = names[shown.certificate_id] if who == "person" else "person"
        own = {each[2]: each[4] for each in self.written if each[1] == page.life}
        for lasts, flags in ((THERE, MOMENT | AWAY), (TYPES, TYPING)):
            since = own[max(1, beat - lasts)]
            said = [each[3] for each in self.written if each[0] == other and each[4] > since]
            assert said or flags == TYPING, f"{other} wrote nothing in the last {lasts} beats of this page"
            told = shown.flags & flags
            assert not told or any(each & flags == told for each in said), f"{other} has not said this in the last {lasts} beats"


def meet(room: Room, who: str, beats: int, flags: int = 0) -> None:
    """The person and a counsellor write, and get what the other wrote."""
    for _ in range(beats):
        for writer, reader in (("person", who), (who, "person")):
            room.give(reader, room.write(writer, flags))


ACTS = st.lists(
    st.tuples(st.sampled_from(("meet", "alone", "alone", "again", "again", "any", "load")), *[st.integers(0, 2**16)] * 2), max_size=40
)


def play(rooms: list[Room], acts: Iterable[tuple[str, int, int]]) -> None:
    """Pages meet, or write and nothing comes; and the hub gives any pulse that was ever written to any page of any room."""
    for room in rooms:
        for who in WHO:
            room.load(who)
            room.write(who, 0)
    for act, one, two in acts:
        # Most of it happens in one room, between the same two.
        room, who = rooms[one % 8 == 0], WHO[min(one // 8 % 5, 2)] if one // 8 % 2 else "person"
        if act == "load" and two % 2:
            room.load(who)
            room.write(who, 0)
        elif act == "meet":
            meet(room, "Callum" if who == "person" else who, 1 + two % 3, two % 8)
        elif act == "alone":
            for _ in range(1 + two % 6):
                room.write(who, two % 8)
                room.demand_truth(who)
        else:
            among = rooms if act == "any" else [room]
            written = [each for room_of in among for each in room_of.written if act == "any" or each[0] != who][-24:]
            room.give(who, written[two % len(written)][5])
        for each in WHO:
            room.demand_truth(each)


@given(acts=ACTS)
def test_who_is_shown_was_there_and_said_so(shared: list[Keys], acts: list[tuple[str, int, int]]) -> None:
    play([Room(keys) for keys in shared], acts)


def play_many(shared: list[Keys], name: str) -> None:
    for seed in range(500):
        numbers = iter(Stream(f"{name} {seed}")(5 * 40))
        kinds = ("meet", "alone", "alone", "again", "again", "any", "load")
        acts = [(kinds[next(numbers) % 7], 256 * next(numbers) + next(numbers), 256 * next(numbers) + next(numbers)) for _ in range(40)]
        play([Room(keys) for keys in shared], acts)


LIFTED = ("only who has heard this page counts", "nothing of a page counts twice", "presence ends")


@pytest.mark.parametrize("rule", [*LIFTED, "nothing counts after the page that followed it", "typing ends first"])
def test_without_a_rule_a_hub_makes_somebody_present(rule: str, shared: list[Keys], monkeypatch: pytest.MonkeyPatch) -> None:
    take_out(monkeypatch, RULES[rule])
    with pytest.raises(AssertionError, match="beats"):
        play_many(shared, rule)


def told(room: Room, reader: str, raw: bytes) -> Pulse:
    """What somebody who has the keys of this page finds in a pulse."""
    theirs = FROM_DESK if reader == "person" else FROM_PERSON
    return open_pulse([each.keys[theirs] for each in room.keys[reader]], raw)[1]


def test_a_colleague_and_the_hub_together_are_told_nothing_unseen(shared: list[Keys]) -> None:
    """Moira can read the thread. The hub gives her what the person sends, and the person what she sends."""
    room = Room(shared[0])
    for who in WHO:
        room.load(who)
    meet(room, "Callum", 3)
    raw = room.write("person", TYPING)
    assert told(room, "Callum", raw).flags == TYPING
    with pytest.raises(CannotOpen):
        told(room, "Moira", raw)
    # She greets: the person's page answers her, and tells her nothing but that.
    room.pages["person"].read(room.beats["person"], room.write("Moira", 0))
    greeted = room.write("person", TYPING)
    assert told(room, "Moira", greeted).flags == 0
    # From the moment on from which she is told more, the page says that Moira is there.
    room.pages["Moira"].read(room.beats["Moira"], greeted)
    room.pages["person"].read(room.beats["person"], room.write("Moira", 0))
    assert told(room, "Moira", room.write("person", TYPING)).flags == TYPING
    shown = room.pages["person"].there(room.beats["person"])
    moira = next(each.certificate_id for each in room.keys["person"] if each.display_name == "Moira")
    assert shown is not None
    assert shown.certificate_id == moira


def test_who_is_off_the_roster_is_gone_at_once(shared: list[Keys]) -> None:
    room = Room(shared[0])
    for who in ("person", "Callum"):
        room.load(who)
    meet(room, "Callum", 3)
    page = room.pages["person"]
    assert page.there(room.beats["person"]) is not None
    page.change_partners([each for each in room.keys["person"] if each.display_name != "Callum"])
    assert page.there(room.beats["person"]) is None
    with pytest.raises(CannotOpen):
        page.read(room.beats["person"], room.write("Callum", 0))


def test_what_waits_and_what_types_has_one_form(shared: list[Keys]) -> None:
    """256 bytes each time, none of them the same twice, whatever is told and to whom."""
    room = Room(shared[0])
    for who in WHO:
        room.load(who)
    alone = [room.write("person", 0) for _ in range(3)]
    meet(room, "Callum", 3)
    rest = [room.write("person", flags) for flags in (0, TYPING, MOMENT, AWAY) * 3]
    assert {len(raw) for raw in (*alone, *rest)} == {256}
    # A byte that is the same in fifteen pulses would be by chance once in 10^33 times.
    assert not any(len({raw[place] for raw in (*alone, *rest)}) == 1 for place in range(256))
