"""docs/style.md has a part for the public site: its pages, its sentences and the demonstration have none of the words that it replaces."""

import pytest
from babel.messages.pofile import read_po

from config.demo import about, adverts, content, day, terms
from tests.helpline.pages.written import written_pages
from tests.house.prose import instead, unusual
from tests.parts.environment import REPOSITORY

WORDS = instead("The public site")


def shown_by(module: object) -> str:
    """Every text that a module of the demonstration holds."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            collect(list(value.values()))
        elif isinstance(value, list | tuple | set):
            for each in value:
                collect(each)

    collect([value for name, value in vars(module).items() if name.isupper()])
    return "\n".join(found)


def sentences_of_the_site() -> str:
    with (REPOSITORY / "templates" / "locale" / "cy" / "LC_MESSAGES" / "django.po").open("rb") as file:
        ids = [message.id for message in read_po(file, locale="cy") if message.id]
    return "\n".join(each if isinstance(each, str) else "\n".join(each) for each in ids)


TEXTS = {
    **{page.slug: page.text for page in written_pages()},
    **{module.__name__: shown_by(module) for module in (about, adverts, content, day, terms)},
    "the site": sentences_of_the_site(),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_has_none_of_the_words_that_are_replaced(name: str) -> None:
    assert len(TEXTS[name]) > 50
    assert {word: WORDS[word] for word in unusual(TEXTS[name], WORDS)} == {}


def test_the_list_is_read_and_words_are_noticed() -> None:
    assert len(WORDS) > 38
    assert unusual("If somebody is a service user, reach out.", WORDS) == ["somebody", "user", "service user", "reach out"]


def test_a_story_says_that_it_is_made_up() -> None:
    stories = [page for page in written_pages() if page.head["title"].startswith("When I ")]
    assert len(stories) == 2
    assert all(page.body.startswith("This story is made up.") for page in stories)
