"""Everything of docker-compose.yml together: through the proxy to a counsellor, a stop that finishes what was begun, logs of nobody."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from helpline.clock import now
from messaging.keys.desk_epochs import desk_public_keys as desk_answer
from messaging.models import Conversation
from messaging.protocol.days import day_of
from messaging.protocol.encoding import encode
from messaging.protocol.peer import Message, check_desk, read_as_desk
from tests.journeys.chaos_writers import gather_writers, signed_first
from tests.parts.environment import Installation
from tests.parts.processes import wait_until
from tests.parts.whole import Whole
from tests.world.staff import People

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
# Nobody else on this machine has it, so that it is found wherever it was written.
VISITOR, BROWSER = "127.0.0.77", "Unmistakable/1.0"


def ask(whole: Whole, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    """One request to the proxy, from the visitor's address."""
    headers = {"User-Agent": BROWSER, **({"Content-Type": "application/json"} if body else {}), **headers}
    with closing(http.client.HTTPConnection("localhost", whole.proxy.port, timeout=60, source_address=(VISITOR, 0))) as line:
        line.request(method, path, body, headers)
        answer = line.getresponse()
        return answer.status, answer.read()


def assigned() -> dict[int, int | None]:
    return dict(Conversation.objects.filter(state="assigned").values_list("pk", "member_id"))


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
        return bool(cursor.fetchone()[0])


def read_through_the_proxy(whole: Whole, people: People, conversation: Conversation) -> list[str | None]:
    """The texts, as the counsellor has them who was given the conversation."""
    chosen = next(one for one in (people.ailsa, people.bhavna) if one.member == conversation.member)
    browser = Client()
    browser.force_login(chosen.account)
    cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
    status, body = ask(whole, "GET", f"/desk/api/conversations/{encode(bytes(conversation.conversation_id))}", Cookie=cookie)
    assert status == 200, body
    answer: dict[str, Any] = json.loads(body)
    thread = read_as_desk(people.site, people.desk_of(chosen), answer, day_of(now()))
    assert thread.warnings == []
    return [item.content.text for item in thread.items if isinstance(item, Message)]


@pytest.mark.night("by day the other one starts the whole")
def test_staff_are_answered_by_the_public_web_server_while_their_own_is_away(people: People, whole: Whole) -> None:
    desk = check_desk(people.site, desk_answer(at=now(), conversation_limit=50), day_of(now()))
    [writer] = gather_writers(people.site, desk, count=1, going_on=0, leaving=0)
    assert ask(whole, "POST", "/api/v1/messages", signed_first(writer))[0] == 201
    wait_until(lambda: len(assigned()) == 1, "a worker gives the message to a counsellor")
    whole.desk.kill()
    assert read_through_the_proxy(whole, people, Conversation.objects.get()) == ["Message 0"]
    whole.web.kill()
    assert ask(whole, "GET", "/desk/account/login/")[0] == 502


def test_a_message_arrives_a_stop_finishes_what_was_begun_staff_read_on_and_no_log_holds_an_address(
    people: People, whole: Whole, installation: Installation
) -> None:
    desk = check_desk(people.site, desk_answer(at=now(), conversation_limit=50), day_of(now()))
    first, second = gather_writers(people.site, desk, count=2, going_on=0, leaving=0)

    assert ask(whole, "POST", "/api/v1/messages", signed_first(first))[0] == 201
    wait_until(lambda: len(assigned()) == 1, "a worker gives the message to a counsellor")
    assert read_through_the_proxy(whole, people, Conversation.objects.get()) in (["Message 0"], ["Message 1"])

    with (
        closing(psycopg2.connect(installation.database_url(str(connection.settings_dict["NAME"])))) as holder,
        ThreadPoolExecutor(1) as pool,
    ):
        holder.cursor().execute("LOCK TABLE messaging_inbox IN ACCESS EXCLUSIVE MODE")
        slow = pool.submit(ask, whole, "POST", "/api/v1/messages", signed_first(second))
        wait_until(somebody_waits_for_a_lock, "the second message is being written")
        whole.web.ask_to_stop()
        wait_until(lambda: ask(whole, "GET", "/when")[0] == 502, "the web server takes nothing new")
        assert whole.web.alive
        assert not slow.done()
        assert b"116 123" in ask(whole, "GET", "/when")[1]
        holder.rollback()
        assert slow.result()[0] == 201
    wait_until(lambda: not whole.web.alive, "the web server ends")
    assert "116 123" in ask(whole, "GET", "/when")[1].decode()
    assert whole.web.ended_with == 0
    # Staff have one of their own, whatever becomes of the site's.
    assert read_through_the_proxy(whole, people, Conversation.objects.earliest("pk")) in (["Message 0"], ["Message 1"])
    wait_until(lambda: len(assigned()) == 2, "beat and the workers do without it")

    whole.stop()
    assert "using provided configuration" in whole.proxy.log_text, "nobody kept what the proxy wrote"
    for trace in (VISITOR, BROWSER, "/api/v1", "/when", "remote_ip"):
        assert trace not in whole.logs(), trace
