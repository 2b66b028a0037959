"""Somebody under 18 is met with Childline before anything of ours, wherever the way leads in."""

import pytest

from helpline.models import Campaign, Organisation, Page
from tests.helpline.pages.asking import Get

NUMBER = 'href="tel:08001111"'


@pytest.fixture
def young(helpline: Organisation) -> Page:
    return Page.objects.create(
        slug="under-18", kind="way-in", audience="young", title="For you", summary="About it.", body="Our text.", published=True
    )


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


@pytest.mark.usefixtures("young")
def test_on_the_page_for_young_people_it_stands_before_the_title_and_our_own_hours(get: Get) -> None:
    html = get("/read/under-18").text
    assert html.index(NUMBER) < html.index('class="hours"') < html.index("<h1")
    assert 'class="hours"' in main(html)
    assert html.index(NUMBER) > html.index("<main")


@pytest.mark.usefixtures("young")
def test_on_other_pages_it_stands_in_the_crisis_signposts_alone(get: Get) -> None:
    Page.objects.create(slug="first", kind="self-help", audience="self", title="T", summary="S", body="B", published=True)
    assert NUMBER not in main(get("/read/first").text)


def test_in_every_list_it_stands_before_the_link_to_our_page(young: Page, get: Get) -> None:
    Campaign.objects.get().pages.add(young)
    for path in ("/read", "/campaign"):
        html = main(get(path).text)
        part = html[html.index("If you are under 18") :]
        assert part.index(NUMBER) < part.index("/read/under-18"), path


def test_on_the_first_page_the_number_stands_in_the_way_in_itself(young: Page, get: Get) -> None:
    door = get("/").text.split('<li class="door door--young">')[1].split("</li>")[0]
    assert NUMBER in door
    assert 'href="/read/under-18"' in door
    assert "write" not in door
    young.delete()
    door = get("/").text.split('<li class="door door--young">')[1].split("</li>")[0]
    assert NUMBER in door
    assert door.count("<a ") == 1
