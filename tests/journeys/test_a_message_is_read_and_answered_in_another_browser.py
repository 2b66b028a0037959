"""Person, counsellor, person: three browsers, gunicorn, Postgres, Redis, and a worker that gives the message to somebody."""

import pytest
from playwright.sync_api import expect

from messaging.models import Conversation
from tests.parts.browser import PHONE, Visit
from tests.parts.celery_processes import Celery
from tests.parts.processes import wait_until
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import PATIENCE, Look, begin_to_write, open_inbox, send_first, the_chosen_one_answers

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TEXT = "For 111 nights I look at pictures that I should not look at. Я боюсь. 💚"
REPLY = "Thank you for telling us. Tomorrow we can talk about what starts it. Samaritans: 116 123, and https://www.example.org/help"


def test_a_person_writes_a_counsellor_answers_and_the_person_reads_and_writes_again(
    people: People, web_server: WebServer, celery_worker: Celery, visit: Visit
) -> None:
    look = Look("journey")
    person = visit("the person", size=PHONE)
    begin_to_write(person, look)
    words = send_first(person.page, TEXT)
    look(person, "sent")
    chosen, counsellor = the_chosen_one_answers(people, visit, TEXT, REPLY, look)

    back = visit("the person, later", size=PHONE)
    open_inbox(back.page, words)
    expect(back.page.locator("#thread").get_by_text(REPLY)).to_be_visible(timeout=PATIENCE)
    expect(back.page.locator("#thread").get_by_text(chosen.name)).to_be_visible()
    look(back, "reply-read")
    # Numbers and addresses that a counsellor signed for can be pressed; what a person wrote stays text, and so does everything at the desk.
    links = back.page.locator("#thread a")
    assert [link.get_attribute("href") for link in links.all()] == ["tel:116123", "https://www.example.org/help"]
    expect(links.last).to_have_attribute("rel", "noreferrer noopener")
    expect(links.last).to_have_attribute("target", "_blank")
    expect(counsellor.page.locator(".desk-messages a")).to_have_count(0)
    back.page.locator("#answer-text").fill("Thank you. I will try.")
    back.page.get_by_role("button", name="Send", exact=True).click()
    expect(back.page.locator("#thread").get_by_text("Thank you. I will try.")).to_be_visible(timeout=PATIENCE)
    look(back, "written-again")
    wait_until(lambda: Conversation.objects.filter(state="assigned", received=2).exists(), "the counsellor has it again")

    back.page.locator("#delete").click()
    look(back, "delete-asked")
    counsellor.expects(r"404.*/desk/api/conversations/")  # The desk looks once more for what was deleted.
    back.page.locator("#erase").click()
    expect(back.page.get_by_role("heading", name="Everything has been deleted")).to_be_visible(timeout=PATIENCE)
    look(back, "deleted")
    assert not Conversation.objects.exists()
    assert person.context.cookies() == back.context.cookies() == []
