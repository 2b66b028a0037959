"""The pages that matter most are there in Welsh and Polish: drafts that say so, with every number, link and part of the English."""

import re

import pytest

from helpline.models import Organisation
from helpline.pages.front_matter import parse_front_matter
from helpline.pages.import_content import CONTENT, KEYS, import_content
from tests.helpline.pages.asking import Get
from tests.helpline.pages.written import links

MATTER_MOST = ("1", "2", "10", "16")
PARTS = re.compile(r"^(## |- |\d\. )", re.MULTILINE)


def read(language: str, slug: str) -> tuple[dict[str, str], str]:
    return parse_front_matter((CONTENT / language / f"{slug}.md").read_text("utf-8"), KEYS)


@pytest.mark.parametrize("language", ["cy", "pl"])
@pytest.mark.parametrize("slug", MATTER_MOST)
def test_it_has_every_link_and_every_part_in_the_same_order(language: str, slug: str) -> None:
    (head, body), (english_head, english) = read(language, slug), read("en", slug)
    assert [href for href, _ in links(body)] == [href for href, _ in links(english)]
    assert PARTS.findall(body) == PARTS.findall(english)
    assert body.count("{phone}") == english.count("{phone}")
    assert [head[key] for key in ("kind", "audience", "position")] == [english_head[key] for key in ("kind", "audience", "position")]
    assert head["title"] != english_head["title"]


@pytest.mark.parametrize(("language", "said"), [("cy", "drafft"), ("pl", "szkic")])
def test_it_is_marked_as_a_draft_and_the_english_is_one_press_away(helpline: Organisation, get: Get, language: str, said: str) -> None:
    import_content()
    for slug in MATTER_MOST:
        html = get(f"/{language}/read/{slug}").text
        note = html.split('<p class="drafted">')[1].split("</p>")[0]
        assert said in note.lower()
        assert f'href="/read/{slug}"' in note
        assert '<article class="article">' in html
