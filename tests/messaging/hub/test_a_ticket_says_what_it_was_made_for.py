"""A ticket names one side of one room for two minutes; any other bytes are none."""

from datetime import UTC, datetime, timedelta

import pytest

from messaging.hub.tickets import DESK_ROOM, LIFE, SIZE, BadTicket, Side, bell_room_of, holder_of, make_ticket, read_ticket, room_of

KEY = b"the live key of the installation under test"
AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
ROOM, HOLDER = room_of(KEY, b"a conversation"), holder_of(KEY, b"a session")
GOOD = make_ticket(KEY, Side.PERSON, ROOM, HOLDER, at=AT)


def refused(raw: bytes, *, at: datetime = AT, key: bytes = KEY) -> bool:
    try:
        read_ticket(key, raw, at=at)
    except BadTicket:
        return True
    return False


@pytest.mark.parametrize("side", [Side.PERSON, Side.COUNSELLOR])
def test_it_says_side_room_holder_and_end(side: Side) -> None:
    ticket = read_ticket(KEY, make_ticket(KEY, side, ROOM, HOLDER, at=AT), at=AT)
    assert (ticket.side, ticket.room, ticket.holder) == (side, ROOM, HOLDER)
    assert ticket.expires == (AT + LIFE).timestamp()


def test_it_has_74_bytes_and_ends_after_two_minutes() -> None:
    assert len(GOOD) == SIZE == 74
    assert not refused(GOOD, at=AT + LIFE)
    assert refused(GOOD, at=AT + LIFE + timedelta(seconds=1))


def test_one_that_ends_far_ahead_is_refused() -> None:
    assert refused(GOOD, at=AT - timedelta(days=1))


def test_no_bit_of_it_can_be_changed_and_no_byte_left_out_or_added() -> None:
    for place in range(len(GOOD) * 8):
        changed = (int.from_bytes(GOOD) ^ 1 << place).to_bytes(len(GOOD))
        assert refused(changed), place
    assert all(refused(GOOD[:length]) for length in range(SIZE))
    assert refused(GOOD + b"\0")


def test_another_key_makes_other_tickets_and_other_rooms() -> None:
    other = KEY[::-1]
    assert refused(make_ticket(other, Side.PERSON, ROOM, HOLDER, at=AT))
    assert room_of(other, b"a conversation") != ROOM
    assert room_of(KEY, b"a session") != holder_of(KEY, b"a session")


def test_a_bell_is_of_the_desk_or_a_counsellor_and_a_side_is_of_a_conversation() -> None:
    assert not refused(make_ticket(KEY, Side.BELL, DESK_ROOM, HOLDER, at=AT))
    assert not refused(make_ticket(KEY, Side.BELL, bell_room_of(KEY, 7), HOLDER, at=AT))
    assert refused(make_ticket(KEY, Side.PERSON, DESK_ROOM, HOLDER, at=AT))
    assert refused(make_ticket(KEY, Side.COUNSELLOR, DESK_ROOM, HOLDER, at=AT))
