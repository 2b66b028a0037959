"""A text, the eight words and a passphrase are looked for everywhere but in the pages; and planted, to see that they would be found."""

import json

import pytest
import redis
from playwright.sync_api import expect

from helpline.models import ConfidentialityTerms
from tests.journeys.traces import Overheard, browser_side, server_side
from tests.parts.browser import Visit, Visitor
from tests.parts.celery_processes import Celery
from tests.parts.environment import Installation
from tests.parts.leaks import find_leaks
from tests.parts.postgres import Postgres
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, begin_to_write, open_inbox, send_first, the_chosen_one_answers, unseen

pytestmark = [pytest.mark.browser, pytest.mark.traffic, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TEXT = "The heron by the third lock saw what I wrote about the blue bicycle"
BROWSER = "Unmistakable/9.0 (the very browser of one visitor)"
REPLY = "We read of the heron and the bicycle and will not tell it to anybody else"


def headers_of(visitor: Visitor) -> list[set[str]]:
    """The names of the headers of each request and answer, as the browser recorded them."""
    entries = json.loads(visitor.traffic())["log"]["entries"]
    assert entries
    return [{header["name"].lower() for header in entry[side]["headers"]} for entry in entries for side in ("request", "response")]


def test_no_text_no_words_and_no_passphrase_leave_the_browsers(
    people: People,
    postgres_server: Postgres,
    redis_server: Redis,
    web_server: WebServer,
    celery_worker: Celery,
    installation: Installation,
    visit: Visit,
) -> None:
    overheard = Overheard(installation.redis_url)
    person = visit("the person", user_agent=BROWSER)
    begin_to_write(person, unseen)
    words = send_first(person.page, TEXT)
    chosen, counsellor = the_chosen_one_answers(people, visit, TEXT, REPLY, unseen)
    back = visit("the person, later", user_agent=BROWSER)
    open_inbox(back.page, words)
    expect(back.page.locator("#thread").get_by_text(REPLY)).to_be_visible(timeout=PATIENCE)

    texts = [TEXT, REPLY, chosen.passphrase]
    places = (postgres_server, redis_server, overheard.stop(), web_server, celery_worker, installation)
    assert find_leaks(server_side(*places), [*texts, BROWSER], words) == []
    assert find_leaks(browser_side(person, counsellor, back), texts, words) == []
    assert [headers for visitor in (person, back) for headers in headers_of(visitor) if headers & {"cookie", "set-cookie"}] == []


@pytest.mark.night("a planted fault; by day a text is planted in traffic, storage and console")
def test_a_planted_text_is_found_in_the_database_in_redis_and_in_a_log(
    people: People, postgres_server: Postgres, redis_server: Redis, web_server: WebServer, celery_worker: Celery, installation: Installation
) -> None:
    overheard = Overheard(installation.redis_url)
    ConfidentialityTerms.objects.create(version=9, text=f"leaked: {TEXT}", published_on="2026-01-01")
    with web_server.log.open("a") as log:
        log.write(f"leaked {TEXT!r}\n")
    client = redis.Redis.from_url(installation.redis_url)
    client.rpush("planted", TEXT.encode().hex())
    client.close()
    places = (postgres_server, redis_server, overheard.stop(), web_server, celery_worker, installation)
    found = "\n".join(find_leaks(server_side(*places), [TEXT], []))
    for place in (str(postgres_server.data), "Redis, as spoken to", "Redis key", "web server's log"):
        assert place in found


def test_a_planted_text_is_found_in_traffic_storage_and_console(people: People, web_server: WebServer, visit: Visit) -> None:
    words = ["heron", "lock", "blue", "bicycle", "winter", "canal", "towpath", "bridge"]
    person = visit("the person")
    person.expects("planted|404")
    person.page.goto("/")
    person.page.evaluate("text => localStorage.setItem('draft', text)", TEXT)
    person.page.evaluate("text => console.log('planted', text)", TEXT)
    person.page.evaluate("text => fetch('/nowhere', {method: 'POST', body: btoa('x' + text)}).then(() => {})", TEXT)
    person.page.goto("/leaving?words=" + "+".join(words))
    found = "\n".join(find_leaks(browser_side(person), [TEXT], words))
    for place in ("storage", "console", "addresses", "traffic"):
        assert f"{place} of the person" in found
