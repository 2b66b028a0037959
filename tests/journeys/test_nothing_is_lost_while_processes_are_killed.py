"""Many messages, sixteen at once, while web processes, workers, Redis, beat and Postgres are killed with -9 in turn."""

import pytest
from django.db import connection

from helpline.clock import now
from messaging.keys.desk_epochs import desk_public_keys as desk_answer
from messaging.models import Conversation, DeskMember, Envelope, RoutingEvent
from messaging.protocol.days import day_of
from messaging.protocol.peer import check_desk
from tests.drill.stack import PATIENCE, Stack
from tests.journeys import chaos_findings as findings
from tests.journeys.chaos_drill import Drill
from tests.journeys.chaos_writers import Crowd, gather_writers
from tests.parts.celery_processes import Celery
from tests.parts.environment import Installation
from tests.parts.examples import by_night
from tests.parts.guard import Errors
from tests.parts.postgres import Postgres
from tests.parts.processes import wait_until
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer
from tests.world.staff import People

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

# Those who stay until it says "sent" send a thousand messages; those who leave at the first failure come on top.
FIRST, SECOND, LEAVING = (850, 150, 40) if by_night() else (104, 18, 6)
AT_ONCE = 16
# Fewer than conversations come: some have to wait, and the caps must hold all the same.
CAPS = {"Ailsa": 260, "Bhavna": 330} if by_night() else {"Ailsa": 31, "Bhavna": 40}
# One kill after so many messages; by day each kind of process once.
PACE, TURNS = (70, 15) if by_night() else (14, 8)


@pytest.fixture
def commits_that_stay(transactional_db: None) -> None:
    """What connections made from now on commit survives Postgres, as in an installation; other tests do without, for speed."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(str(connection.settings_dict['NAME']))} SET synchronous_commit = on")


@pytest.mark.logs_errors("processes tell of their killed neighbours; everything else is looked for here")
@pytest.mark.long
def test_messages_while_processes_are_killed(
    people: People,
    commits_that_stay: None,
    web_server: WebServer,
    celery_worker: Celery,
    redis_server: Redis,
    postgres_server: Postgres,
    installation: Installation,
    no_logged_errors: Errors,
) -> None:
    for name, cap in CAPS.items():
        DeskMember.objects.filter(counsellor__display_name=name).update(cap=cap)
    today = day_of(now())
    desk = check_desk(people.site, desk_answer(at=now(), conversation_limit=50), today)
    writers = gather_writers(people.site, desk, count=FIRST, going_on=SECOND, leaving=LEAVING)
    crowd = Crowd(people.site, installation.web_port, today, writers)
    celery_worker.start()
    celery_worker.beat()
    drill = Drill(Stack(web_server, celery_worker, redis_server, postgres_server))

    crowd.begin(AT_ONCE)
    try:
        drill.run(crowd, pace=PACE, turns=TURNS)
    except BaseException:
        crowd.abandon()
        raise
    crowd.end()
    drill.bring_back()

    assert crowd.messages >= FIRST + SECOND
    assert set(drill.killed) == {"a web process", "the web server", "a worker", "a worker's process", "Redis", "beat", "Postgres"}
    assert crowd.failures, "nobody noticed anything: the drill did not reach the people who write"
    assert findings.lost(writers) == []
    assert findings.halves(writers) == []

    everybody = sum(CAPS.values())
    wait_until(lambda: sum(findings.open_work().values()) >= everybody, "whoever is on duty has work up to the cap", patience=PATIENCE)
    assert findings.open_work() == {
        people.ailsa.member.pk: CAPS["Ailsa"],
        people.bhavna.member.pk: CAPS["Bhavna"],
        people.stranger.member.pk: 0,
    }
    assert findings.twice_assigned() == []
    waiting = Conversation.objects.exclude(state="assigned")
    assert not waiting.filter(unrouted_since=None).exists()
    assert waiting.count() == Conversation.objects.count() - everybody

    # Room for all: the sweeper alone finds who still waits.
    DeskMember.objects.update(cap=2 * (FIRST + LEAVING))
    wait_until(lambda: not Conversation.objects.filter(unrouted_since__isnull=False).exists(), "nobody waits", patience=PATIENCE)
    assert set(Conversation.objects.values_list("state", flat=True)) == {"assigned"}
    assert findings.twice_assigned() == []
    released = RoutingEvent.objects.filter(kind="released").count()
    assert released > 0
    assert RoutingEvent.objects.filter(kind="assigned").count() == Conversation.objects.count() + released
    assert findings.lost(writers) == findings.halves(writers) == []

    celery_worker.stop()
    web_server.stop()
    assert findings.unexpected_errors(web_server.log_text) == []
    assert findings.unexpected_errors(celery_worker.logs()) == []
    assert no_logged_errors.records == []

    # What was looked for would have been found.
    sent = next(writer for writer in writers if writer.sent)
    thread = Conversation.objects.get(inbox__inbox_id=sent.inbox.inbox_id)
    RoutingEvent.objects.create(conversation=thread, kind="assigned", member=thread.member, at=now(), why="Twice.")
    Envelope.objects.filter(conversation=thread).latest("pk").delete()
    assert [len(found) for found in (findings.lost(writers), findings.halves(writers), findings.twice_assigned())] == [1, 1, 1]
