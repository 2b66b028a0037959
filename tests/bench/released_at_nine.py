"""Ten thousand wait at nine, and two workers give them out: `python -m tests.bench.released_at_nine`.

Beside a thousand in the same run: the ratio says how much more than ten times the tenfold takes. Both workers are processes of their own.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.bench.apart import Act, apart
from tests.bench.installation import Running, running, say, say_where

# A Wednesday in winter, when London keeps UTC.
NINE = datetime(2026, 11, 25, 9, tzinfo=UTC)
COUNSELLORS = 21
FEW, MANY, ROUNDS = 1_000, 10_000, 3


def prepare(_work: object, _connections: int) -> list[Act]:
    """What a worker does when the clock strikes nine: what the sweeper's task does."""
    import django

    django.setup()
    from django.db import connection

    from messaging.routing.route import route_waiting

    connection.ensure_connection()

    def act() -> None:
        route_waiting(at=NINE)
        connection.close()

    return [act]


def measured(number: int) -> float:
    """The seconds in which `number` were released; what came of it is checked."""
    from messaging.models import Conversation, DeskMember, Inbox, RoutingEvent, WeekShare
    from tests.world.queue import fill_queue

    Inbox.objects.all().delete()
    WeekShare.objects.all().delete()
    # There is room for nineteen of twenty.
    cap = number * 19 // 20 // COUNSELLORS
    DeskMember.objects.update(cap=cap, turn=0)
    fill_queue(number, since=NINE - timedelta(hours=12))
    rate = apart(prepare, [None, None], processes=2, connections=1)
    held = Counter(Conversation.objects.filter(state="assigned").values_list("member", flat=True))
    assert set(held.values()) == {cap}, "somebody is over the cap, or has less than it"
    assert Conversation.objects.count() == number, "a conversation was lost"
    waiting = Conversation.objects.filter(state="waiting", unrouted_since__isnull=False)
    assert waiting.count() == number - cap * COUNSELLORS
    newest = Conversation.objects.filter(state="assigned").latest("waiting_since").waiting_since
    assert newest is not None
    assert not waiting.filter(waiting_since__lt=newest).exists(), "not the oldest first"
    events = Counter(RoutingEvent.objects.values_list("conversation", flat=True))
    assert len(events) == cap * COUNSELLORS, "not every assignment says why"
    assert set(events.values()) == {1}, "a conversation was given out twice"
    assert sum(WeekShare.objects.values_list("given", flat=True)) == cap * COUNSELLORS
    return rate.seconds


def calendar() -> None:
    from helpline.models import OpeningInterval, Shift
    from messaging.models import DeskMember
    from tests.world.queue import staff

    # The people of the installation are on duty now, whenever that is; here they are not.
    Shift.objects.all().delete()
    OpeningInterval.objects.all().delete()
    OpeningInterval.objects.create(channel="messages", weekday=2, opens=540, closes=1020)
    DeskMember.objects.update(cap=0)
    staff(COUNSELLORS, cap=0, start=NINE, end=NINE + timedelta(hours=4))


def main() -> None:
    say_where()
    parts: Running
    with running(worker=False) as parts:  # noqa: F841
        calendar()
        seconds: dict[int, list[Any]] = {FEW: [], MANY: []}
        for _ in range(ROUNDS):
            for number, found in seconds.items():
                found.append(measured(number))
        few, many = (sorted(found)[ROUNDS // 2] for found in seconds.values())
        say(f"{FEW:,} released at nine by two workers", f"{few:6.2f} s, {few / FEW * 1000:.2f} ms each")
        say(f"{MANY:,}", f"{many:6.2f} s, {many / MANY * 1000:.2f} ms each")
        say(f"{MANY // FEW} times as many take", f"{many / few:6.1f} times as long")


if __name__ == "__main__":
    main()
