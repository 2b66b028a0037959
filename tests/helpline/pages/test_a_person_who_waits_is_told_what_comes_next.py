"""What somebody hears who waits: until when counsellors are here, by whose clock, that an alarm helps, and what becomes of lost words."""

import pytest
from playwright.sync_api import Page, expect

from config.demo import day
from helpline.models import Organisation
from tests.helpline.pages.asking import WEDNESDAY, Get
from tests.helpline.pages.draft import to_the_message
from tests.parts.axe import assert_accessible
from tests.parts.browser import Visit
from tests.parts.web import WebServer
from tests.world.staff import People
from tests.world.steps import open_inbox, send_first

ALARM = "so that you remember to look. Call it whatever you like."


@pytest.mark.usefixtures("somebody_there")
@pytest.mark.parametrize("time", [WEDNESDAY, WEDNESDAY.replace(hour=16, minute=50)])
def test_counsellors_are_here_until_the_hour_at_which_they_go(helpline: Organisation, get: Get, time: object) -> None:
    assert "Counsellors are here now, until 5pm" in get("/", time).content.decode()
    assert "We are here until 5pm" in get("/leaving", time).content.decode()


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/London", "All times are UK time."),
        ("Europe/Belfast", "All times are UK time."),
        ("Europe/Isle_of_Man", "All times are UK time."),
        ("Europe/Dublin", "All times are in Dublin time."),
    ],
)
def test_hours_in_the_uk_are_uk_time_and_not_one_city_s(helpline: Organisation, get: Get, zone: str, said: str) -> None:
    Organisation.objects.update(time_zone=zone)
    assert said in get("/when").content.decode()


def test_whoever_lost_the_words_hears_that_the_conversation_goes_by_itself(helpline: Organisation, get: Get) -> None:
    Organisation.objects.update(retention_days=90)
    html = get("/inbox").content.decode()
    assert "We will delete your old conversation 90 days after its last message, at the latest." in html


def test_whoever_has_sent_is_told_of_an_alarm_only_where_there_is_a_time(people: People, web_server: WebServer, visit: Visit) -> None:
    for promised in (False, True):
        page = visit(f"the person {promised}").page
        if not promised:
            page.route("**/api/v1/messages", lambda route: route.fulfill(json={**route.fetch().json(), "reply_by": None}, status=201))
        to_the_message(page)
        expect(page.get_by_text(ALARM)).to_be_hidden()
        words = send_first(page, "May I ask something?")
        expect(page.get_by_text("A counsellor will answer by" if promised else "We cannot yet say")).to_be_visible()
        expect(page.get_by_text(ALARM)).to_be_visible(visible=promised)
        code = page.get_by_alt_text("A square code with the address of this site")
        expect(code).to_be_hidden()
        page.get_by_text("Go on with another phone or tablet").click()
        expect(code).to_be_visible()
        assert code.evaluate("(image) => image.naturalWidth > 0")
        assert_accessible(page)
        if promised:
            who_comes_back_is_told_again(page, words)


def who_comes_back_is_told_again(page: Page, words: list[str]) -> None:
    """Before there is an answer; the code stands there before any word is typed."""
    page.goto("/inbox")
    page.get_by_text("Go on with another phone or tablet").click()
    expect(page.get_by_alt_text("A square code with the address of this site")).to_be_visible()
    open_inbox(page, words)
    expect(page.get_by_text(ALARM)).to_be_visible()
    assert_accessible(page)


def test_the_page_about_leaving_has_the_code_too(helpline: Organisation, get: Get) -> None:
    assert 'src="/address.svg"' in get("/leaving").content.decode()


def test_no_answer_of_the_demonstration_tells_anybody_to_delete_something() -> None:
    # The site's own advice is to delete nothing: it may be evidence, and deleting it a crime.
    answers = [day.ANSWERED, day.SNOOZED_ANSWER, day.CLOSED_ANSWER, *(text for _name, text in day.REPLIES)]
    assert [answer for answer in answers if "delete" in answer.lower()] == []
