"""`manage.py drill` in short: Redis full, the broker cut off, beat stopped, two beats, a slow disk, under twenty messages a second."""

import random
import time
from collections.abc import Generator
from datetime import timedelta

import pytest

from config.management.commands.drill import FAULTS
from helpline.clock import now
from messaging.keys.desk_epochs import desk_public_keys as desk_answer
from messaging.models import Alert, Conversation, DeskMember, Envelope, Pulse, RoutingEvent
from messaging.monitoring.assess_parts import LOST_TICK
from messaging.monitoring.watchdog import watch_for_beat
from messaging.protocol.days import day_of
from messaging.protocol.encoding import FROM_DESK, FROM_PERSON
from messaging.protocol.peer import check_desk
from tests.bench.live_cast import begin_talks, hire
from tests.bench.live_line import Network
from tests.drill.beats import TwoBeats
from tests.drill.faults import FullRedis, faults_of
from tests.drill.measuring import Row, Watch
from tests.drill.stack import PATIENCE, Stack
from tests.drill.steady import Steady
from tests.drill.talking import Talking
from tests.drill.verdict import summary, table, verdict
from tests.parts.postgres import Postgres
from tests.parts.processes import wait_until
from tests.parts.redis_server import Redis
from tests.parts.whole import Whole
from tests.world.staff import People

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
RATE, SECONDS = 20.0, 2.0


@pytest.fixture
def watch(people: People, whole: Whole, redis_server: Redis, postgres_server: Postgres) -> Generator[Watch]:
    """Everything runs, with room at the desk for all who write."""
    DeskMember.objects.update(cap=10_000)
    casts = begin_talks(people, hire(people, 1, at=now()), 2, at=now())
    desk = check_desk(people.site, desk_answer(at=now(), conversation_limit=50), day_of(now()))
    chance = random.Random(1)  # noqa: S311 - the same victims each time
    crowd = Steady(people.site, whole.proxy.port, day_of(now()), desk, rate=RATE, chance=chance)
    stack = Stack(whole.web, whole.celery, redis_server, postgres_server, whole.proxy, whole.hub, whole.desk)
    live = Talking(people.site, casts, Network(whole.proxy.port))
    watch = Watch(stack, crowd, live, None, chance)
    crowd.open()
    live.open()
    yield watch
    crowd.abandon()
    live.abandon()


@pytest.mark.night("half a minute of faults that last")
@pytest.mark.logs_errors("the worker and beat tell of a broker that is full or gone")
def test_whoever_was_told_sent_is_with_one_counsellor_after_every_fault(watch: Watch) -> None:
    stack, crowd = watch.stack, watch.crowd
    faults = faults_of(stack, None, watch.chance)
    assert tuple(faults) == FAULTS
    rows: dict[str, Row] = {}

    rows["redis-full"] = watch.go_through(faults["redis-full"], SECONDS)
    rows["broker-cut"] = watch.go_through(faults["broker-cut"], SECONDS)
    rows["slow-disk"] = watch.go_through(faults["slow-disk"], SECONDS)

    # Beat stands still: routing goes on by the messages' own nudges, and whoever looks later sees that no tick came.
    stopped = faults["beat-stopped"]
    stopped.begin()
    # What it had sent may still be under way.
    last = now() + timedelta(seconds=2.5)
    watch.hold(TwoBeats.SWEEP + 3)
    assert watch.until_routed(time.monotonic()) is not None
    assert Pulse.objects.get().at < last
    assert watch_for_beat(at=last + timedelta(seconds=LOST_TICK)), "a web process watches in its place"
    stopped.end()
    wait_until(lambda: Pulse.objects.get().at > last, "it goes on", patience=PATIENCE)
    second = stack.celery.beat()
    wait_until(lambda: "this one waits" in second.log_text, "of two beats the second waits", patience=PATIENCE)
    stack.celery.beats[0].kill()
    stack.celery.beats.pop(0)
    wait_until(lambda: "has the lock and acts" in second.log_text, "it acts when the first is dead", patience=PATIENCE)
    assert not watch_for_beat(at=now())

    # The hub dies: both pages of each talk come back to the new one.
    rows["hub"] = watch.go_through(faults["hub"], SECONDS)

    crowd.close()
    watch.talks.close()
    watch.calm_down()
    said = table(rows.values()) + "\n" + summary(crowd.writers, crowd.failures, {}, [], watch.talks)
    assert not any(row.wrong for row in rows.values()), said
    assert all(row.taken for row in rows.values()), "messages are taken whatever the broker does\n" + said
    assert isinstance(faults["redis-full"], FullRedis)
    found = verdict(crowd.writers, watch.talks)
    assert not any(found.values()), found
    assert all(run.said(direction).shown for run in watch.talks.runs for direction in (FROM_PERSON, FROM_DESK))
    assert not Alert.objects.exists(), "nobody asked to be told"

    # What was looked for would have been found.
    thread = Conversation.objects.filter(inbox__inbox_id=next(one for one in crowd.writers if one.sent).inbox.inbox_id).get()
    RoutingEvent.objects.create(conversation=thread, kind="assigned", member=thread.member, at=now(), why="Twice.")
    Envelope.objects.filter(conversation=thread).latest("pk").delete()
    Conversation.objects.filter(pk=thread.pk).update(unrouted_since=now())
    run = watch.talks.runs[0]
    Envelope.objects.filter(conversation=run.cast.pk, direction=FROM_DESK).latest("pk").delete()
    run.said(FROM_DESK).shown.popitem()
    run.said(FROM_PERSON).twice += 1
    assert [len(cases) for cases in verdict(crowd.writers, watch.talks).values()] == [1] * 7
