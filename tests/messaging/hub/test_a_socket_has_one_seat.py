"""A ticket opens one side of one room; a second socket takes the place, and what is no frame closes."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from messaging.hub.frames import OPEN_ELSEWHERE, SIZE, Kind, make_frame
from messaging.hub.seats import FULL_FROM, FULL_TO
from messaging.hub.tickets import LIFE, Side
from tests.parts.hub import Client, Hub, besides, opened, seated, ticket

pytestmark = pytest.mark.redis
type Within = Callable[[Coroutine[Any, Any, None]], None]
POLICY, LATER, GOING = 1008, 1013, 1001


def seconds(body: bytes) -> int:
    return int.from_bytes(body[:2])


def test_what_one_side_sends_the_other_has_at_its_next_beat_and_only_the_newest(hub: Hub, within: Within) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.PERSON, b"a")) as person, seated(hub, ticket(Side.COUNSELLOR, b"a")) as counsellor:
            await person.pulse(b"one".ljust(256))
            await person.pulse(b"two".ljust(256))
            await asyncio.sleep(0.1)
            found = [(await counsellor.until(Kind.PULSE))[:3] for _ in range(3)]
            assert found.count(b"two") == 1
            assert b"one" not in found
            # Nobody hears themselves, nor another room.
            assert (await person.until(Kind.PULSE))[:3] not in {b"one", b"two"}

    within(act())


def test_a_second_socket_takes_the_place_and_the_first_is_told_not_to_come_back(hub: Hub, within: Within) -> None:
    async def act() -> None:
        shown = ticket(Side.PERSON, b"b")
        async with seated(hub, shown) as first, seated(hub, shown) as second:
            assert seconds(await first.until(Kind.GO)) == OPEN_ELSEWHERE
            assert await first.code() == GOING
            await second.until(Kind.PULSE)
            assert hub.figure('helpline_live_sockets{side="person"}') == 1

    within(act())


@pytest.mark.parametrize(
    "shown",
    [
        ticket(Side.PERSON, b"c", ago=LIFE + timedelta(seconds=2)),
        ticket(Side.PERSON, b"c", key=b"another key than the hub's own, which is long"),
        ticket(Side.PERSON, b"c")[:-1] + b"\0",
        b"",
    ],
    ids=["too old", "of another key", "changed", "none"],
)
def test_a_ticket_that_does_not_hold_is_refused(hub: Hub, within: Within, shown: bytes) -> None:
    async def act() -> None:
        async with opened(hub) as client:
            await client.socket.send(make_frame(Kind.TICKET, shown))
            assert await client.code() == POLICY

    within(act())


def test_no_ticket_in_time_is_refused(hub: Hub, within: Within) -> None:
    async def act() -> None:
        async with opened(hub) as client:
            assert await client.code() == POLICY

    within(act())


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        bytes(SIZE),
        bytes([Kind.PULSE]) * (SIZE - 1),
        bytes([Kind.PULSE]) * (SIZE + 1),
        bytes([9]) * SIZE,
        make_frame(Kind.TICKET),
        "x" * SIZE,
    ],
    ids=["empty", "of kind 0", "short", "long", "of kind 9", "a second ticket", "text"],
)
def test_what_is_no_frame_closes(hub: Hub, within: Within, frame: bytes | str) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.PERSON, b"d")) as client:
            await client.socket.send(frame)
            assert await client.code() == POLICY

    within(act())


def test_haste_closes_and_a_gap_of_the_network_does_not(hub: Hub, within: Within) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.PERSON, b"e")) as client:
            for _ in range(7):
                await client.pulse(bytes(256))
            await client.until(Kind.PULSE)
            for _ in range(12):
                await client.pulse(bytes(256))
            assert await client.code() == POLICY

    within(act())


def test_who_says_nothing_for_long_is_not_there(hub: Hub, within: Within) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.PERSON, b"f")) as client:
            assert await client.code() == POLICY

    within(act())


def test_when_it_is_full_new_ones_are_refused_and_talks_under_way_go_on(hub: Hub, within: Within) -> None:
    async def speak(client: Client) -> None:
        while True:
            await client.pulse(b"here".ljust(256))
            await asyncio.sleep(0.3)

    async def act() -> None:
        # Twelve seats, of which people may take nine.
        async with contextlib.AsyncExitStack() as stack:
            people = [await stack.enter_async_context(seated(hub, ticket(Side.PERSON, bytes([1, number])))) for number in range(9)]
            for each in people:
                await stack.enter_async_context(besides(speak(each)))
            late = await stack.enter_async_context(opened(hub))
            await late.socket.send(make_frame(Kind.TICKET, ticket(Side.PERSON, b"\x01late")))
            kind, body = await late.frame()
            assert kind == Kind.GO
            assert FULL_FROM <= seconds(body) <= FULL_TO
            assert await late.code() == LATER
            # Staff have seats that no number of people takes, and a person's second socket needs none.
            async with seated(hub, ticket(Side.COUNSELLOR, bytes([1, 0]))) as counsellor, seated(hub, ticket(Side.BELL)):
                while not (await counsellor.until(Kind.PULSE)).startswith(b"here"):
                    pass
            async with seated(hub, ticket(Side.PERSON, bytes([1, 1]))) as again:
                await again.until(Kind.PULSE)
            assert hub.figure('helpline_live_refused_total{why="full"}') >= 1

    within(act())


def test_a_flood_of_sockets_without_a_ticket_drives_out_its_own(hub: Hub, within: Within) -> None:
    async def act() -> None:
        async with seated(hub, ticket(Side.PERSON, b"g")) as person, contextlib.AsyncExitStack() as stack:
            await asyncio.gather(*(stack.enter_async_context(opened(hub)) for _ in range(600)))
            counsellor = await stack.enter_async_context(seated(hub, ticket(Side.COUNSELLOR, b"g")))
            await person.pulse(b"still".ljust(256))
            while not (await counsellor.until(Kind.PULSE)).startswith(b"still"):
                await person.pulse(b"still".ljust(256))

    within(act())
