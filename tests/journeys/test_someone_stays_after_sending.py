"""Who has just sent a first message may wait on that page: the answer comes there, and no words are typed again."""

import pytest
from playwright.sync_api import Page, expect

from messaging.models import Conversation
from tests.journeys.answers import answers
from tests.parts.axe import assert_accessible
from tests.parts.browser import DESKTOP, PHONE, Visit, Visitor
from tests.parts.leaving import shift_three_times, weather
from tests.parts.live_front import LiveFront
from tests.world.staff import People
from tests.world.steps import begin_to_write, send_first, unseen
from tests.world.writer import Writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAITS = "You can wait here. We show the answer on this page."


def look(person: Visitor, state: str, *sizes: tuple[int, int]) -> None:
    for size in sizes:
        person.page.set_viewport_size({"width": size[0], "height": size[1]})
        person.screenshot(f"stays-{state}-{size[0]}")
        assert_accessible(person.page)


def sent(live_front: LiveFront, visit: Visit) -> tuple[Visitor, list[str]]:
    person = visit("the person", size=PHONE, origin=live_front.origin)
    begin_to_write(person, unseen)
    return person, send_first(person.page, "I have just found the courage.")


def kept(page: Page) -> list[str]:
    names: list[str] = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return names


def test_the_answer_comes_and_no_words_are_typed_again(live_front: LiveFront, people: People, visit: Visit) -> None:
    person, words = sent(live_front, visit)
    page = person.page
    look(person, "sent", DESKTOP, PHONE)
    page.get_by_role("button", name="Wait here for the answer").press("Enter")
    expect(page.locator("#thread-heading")).to_be_focused()
    expect(page.locator("#thread").get_by_text("I have just found the courage.")).to_be_visible()
    expect(page.locator("#live")).to_contain_text(WAITS)
    expect(page.locator("#write")).to_have_count(0)
    look(person, "waits", DESKTOP, PHONE)
    writer = Writer(people)
    writer.conversation_id = Conversation.objects.get().conversation_id
    answers(people, people.ailsa, writer, "You are not alone with it.")
    expect(page.locator("#thread").get_by_text("You are not alone with it.")).to_be_visible(timeout=15_000)

    # They write on, hide the page, and come back by two of the words.
    page.locator("#answer-text").fill("Thank you")
    page.get_by_role("button", name="Someone came in: hide this page").click()
    page.get_by_role("button", name="Show this page").click()
    labels = page.locator(".veil label")
    for place, label in enumerate(labels.all_inner_texts()):
        number = next(number for number in range(1, 9) if str(number) in label)
        page.locator(".veil input").nth(place).fill(words[number - 1])
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread").get_by_text("Thank you")).to_be_visible(timeout=15_000)
    assert Conversation.objects.get().received == 2

    # Closed, the page has nothing any more.
    page.get_by_role("button", name="Close this conversation").click()
    expect(page.get_by_role("heading", name="Your conversation is closed")).to_be_focused()
    assert page.locator("#thread li").count() == 0
    assert kept(page) == []

    # The exit works as on any page.
    weather(person)
    shift_three_times(page)
    expect(page.get_by_role("heading", name="Rain later")).to_be_visible()


@pytest.mark.night("by day who stays at once")
def test_who_does_not_stay_has_the_words_alone(live_front: LiveFront, people: People, visit: Visit) -> None:
    assert people.ailsa.member.pk
    person = visit("the person", size=PHONE, origin=live_front.origin)
    page = person.page
    page.clock.install()
    begin_to_write(person, unseen)
    send_first(page, "I have just found the courage.")
    stay = page.get_by_role("button", name="Wait here for the answer")
    page.clock.fast_forward(9 * 60_000)
    expect(stay).to_be_visible()
    page.clock.fast_forward(2 * 60_000)
    expect(stay).to_be_hidden()
    expect(page.get_by_role("heading", name="How to come back")).to_be_visible()
