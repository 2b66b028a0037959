"""A ring is for those whose lists it changes; where it is for all of a large desk, they look one after another."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest

from messaging.hub.frames import Kind
from messaging.hub.rings import CHANNEL
from messaging.hub.seats import BELLS_A_SECOND, BELLS_WITHIN, Seat, Seats
from messaging.hub.tickets import DESK_ROOM, Side, Ticket, bell_room_of, holder_of, make_ticket
from tests.parts.hub import KEY, Hub, seated
from tests.parts.redis_server import Redis

type Within = Callable[[Coroutine[Any, Any, None]], None]


def bells(number: int) -> tuple[Seats, list[Seat]]:
    """Each another counsellor's."""
    seats = Seats(2 * number)
    made = [Ticket(Side.BELL, bell_room_of(KEY, member), 0, member.to_bytes(16)) for member in range(number)]
    return seats, [seats.sit(each) for each in made]


def test_one_counsellors_ring_reaches_their_bells_alone_and_a_bell_that_left_is_forgotten() -> None:
    seats, sitting = bells(3)
    seats.ring(bell_room_of(KEY, 1))
    assert [each.look for each in sitting] == [False, True, False]
    seats.rise(sitting[1])
    seats.ring(bell_room_of(KEY, 1))
    seats.ring(DESK_ROOM)
    assert [each.look for each in sitting] == [True, True, True]
    assert seats.taken[Side.BELL] == 2


@pytest.mark.parametrize("number", [BELLS_A_SECOND, 3 * BELLS_A_SECOND, 40 * BELLS_A_SECOND])
def test_all_of_a_small_desk_look_at_once_and_a_large_one_in_turn(number: int) -> None:
    seats, sitting = bells(number)
    before = time.monotonic()
    seats.ring(DESK_ROOM)
    waits = sorted(each.looks_at - before for each in sitting)
    if number <= BELLS_A_SECOND:
        assert waits[-1] < 1
        return
    within = min(BELLS_WITHIN, number / BELLS_A_SECOND)
    assert within * 0.7 < waits[-1] < within + 1
    assert waits[number // 4] < within / 2 < waits[-number // 4]
    # What is a counsellor's own does not wait for its turn; and a second ring puts nobody off.
    [late] = [each for each in sitting if each.looks_at - before == waits[-1]]
    seats.ring(late.ticket.room)
    assert late.looks_at - before < 1
    turns = [each.looks_at for each in sitting]
    seats.ring(DESK_ROOM)
    assert all(each.looks_at <= turn for each, turn in zip(sitting, turns, strict=True))


@pytest.mark.redis
def test_a_counsellors_two_pages_hear_it_and_a_colleagues_does_not(hub: Hub, redis_server: Redis, within: Within) -> None:
    def shown(member: int, session: bytes) -> bytes:
        return make_ticket(KEY, Side.BELL, bell_room_of(KEY, member), holder_of(KEY, session), at=datetime.now(UTC))

    async def act() -> None:
        async with seated(hub, shown(1, b"a")) as one, seated(hub, shown(1, b"b")) as two, seated(hub, shown(2, b"c")) as colleague:
            with redis_server.client() as client:
                client.publish(CHANNEL, bell_room_of(KEY, 1))
            await asyncio.gather(one.until(Kind.LOOK), two.until(Kind.LOOK))
            assert (await colleague.frame())[0] == Kind.PULSE
            with redis_server.client() as client:
                client.publish(CHANNEL, DESK_ROOM)
            await asyncio.gather(*(each.until(Kind.LOOK) for each in (one, two, colleague)))

    within(act())
