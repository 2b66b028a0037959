"""Before anyone calls or writes: will you tell the police, can you see who I am, who are you, what happens when I write."""

import re

import pytest

from helpline.models import Organisation
from tests.helpline.pages.asking import Get
from tests.world.about import TOLD, tell_about_us

QUESTIONS = ["Will you tell the police?", "Can you see who I am?", "Who are you?", "What happens when I write?"]
HIDDEN = '<a class="tel" href="tel:14108000000000">141 0800 000 0000</a>'


def folded(html: str) -> list[str]:
    return re.findall(r"<details>.*?</details>", html, re.DOTALL)


def test_four_questions_stand_above_the_doors_and_fold_out_without_a_script(helpline: Organisation, get: Get) -> None:
    html = get("/").text
    assert [re.findall(r"<summary>(.*?)</summary>", each)[0] for each in folded(html)] == QUESTIONS
    assert html.index('id="questions-heading"') < html.index('id="doors-heading"')
    police, seen, who, _ = folded(html)
    assert 'href="/confidential"' in police
    assert 'href="/leaving"' in seen
    assert 'href="/about"' in who
    assert "Helpline under test" in who


@pytest.mark.parametrize(
    ("caller_number", "said", "hide"),
    [
        ("", "We have not said here yet if we can see your number.", True),
        ("unseen", "We cannot see your number.", False),
        ("seen", "We can see your number, but we do not write it down.", True),
        ("kept", "Our phone system keeps your number.", True),
    ],
)
def test_what_the_phone_line_sees_is_said_where_the_number_is(
    helpline: Organisation, get: Get, caller_number: str, said: str, hide: bool
) -> None:
    Organisation.objects.update(caller_number=caller_number, recording="never")
    for path in ("/", "/when", "/about"):
        html = get(path).text
        assert said in html, path
        assert (HIDDEN in html) is hide, path
        assert "We never record calls." in html, path
    card = get("/").text.split('id="phone-heading"')[1].split("</section>")[0]
    assert (said in card) is bool(caller_number)
    assert ("We record calls." in get("/about").text) is False
    Organisation.objects.update(recording="recorded")
    assert "We record calls." in get("/about").text


def test_without_a_number_nothing_is_said_of_calling(helpline: Organisation, get: Get) -> None:
    Organisation.objects.update(phone="")
    for path in ("/", "/when", "/about"):
        assert "your number" not in get(path).text, path


def test_the_page_about_us_has_what_a_board_and_the_law_need(helpline: Organisation, get: Get) -> None:
    empty = get("/about").text
    assert "This page is not complete yet." in empty
    assert "We have not written this yet." in empty
    tell_about_us()
    html = get("/about").text
    assert "not complete" not in html
    assert "<p>Trained <strong>counsellors</strong>.</p>" in html
    assert [said for name, said in TOLD.items() if name != "counsellors" and said not in html] == []
    assert re.findall(r'<h2 id="(\w+)"', html) == ["who", "calling", "complaints", "privacy", "accessibility"]
    polish = get("/pl/about").text
    assert '<div lang="en-GB" dir="ltr"><p>Write to the office.</p>' in polish
    assert 'href="/about"' in get("/").text.split('class="site-footer"')[1]
