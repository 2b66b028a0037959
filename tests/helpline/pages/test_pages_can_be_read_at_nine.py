"""Somebody of nine, or somebody grown up who is frightened at two in the morning, can read every page.

Flesch and Kincaid's grade is a year of American school, from the length of sentences and words: grade 3 is for children of eight and
nine, grade 4 for nine and ten. So no page is above 4 and half of them are at 3 or below; the terms, which must be exact, may be at 4.5.
It cannot tell a rare word from a common one, so Spache's (made for the first four grades) looks at the words as well; and as an average
hides one endless sentence among short ones, none has more than 22 words.
"""

import re
from statistics import median

import pytest
from textstat import flesch_kincaid_grade, spache_readability

from config.demo.content import MESSAGE, TERMS
from tests.helpline.pages.written import Written, sentences, written_pages

HARDEST, MIDDLE, EXACT = 4.0, 3.0, 4.5
RAREST = 3.5
LONGEST = 22
PAGES = written_pages()
# The same thing said as an office says it.
HARD = """
## Accessing confidential support

Individuals who are experiencing concerning thoughts are encouraged to engage with our practitioners at the earliest opportunity:

- via the telephone service, subject to availability
- via the secure messaging facility
"""


def longest(text: str) -> str:
    """The sentence with the most words."""
    return max(re.split(r"(?<=[.!?:…])[”)]*\s+", text), key=lambda sentence: len(sentence.split()))


def too_hard(text: str, grade: float = HARDEST) -> list[str]:
    """Why a child of nine could not read it."""
    found = []
    if (measured := flesch_kincaid_grade(text)) > grade:
        found.append(f"grade {measured:.1f}")
    if (measured := spache_readability(text)) > RAREST:
        found.append(f"rare words: {measured:.1f}")
    return found


def test_there_are_pages_to_read() -> None:
    assert len(PAGES) >= 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_page_is_for_readers_of_nine(page: Written) -> None:
    assert too_hard(page.text) == []
    assert len(longest(page.text).split()) <= LONGEST, longest(page.text)


def test_half_of_the_pages_are_easier_still() -> None:
    assert median(flesch_kincaid_grade(page.text) for page in PAGES) <= MIDDLE


def test_the_campaigns_message_is_for_readers_of_nine() -> None:
    assert too_hard(sentences(MESSAGE)) == []


def test_the_terms_are_nearly_as_easy() -> None:
    assert too_hard(sentences("\n\n".join(TERMS)), EXACT) == []


def test_a_hard_page_is_noticed() -> None:
    assert len(too_hard(sentences(HARD))) == 2


def test_a_hard_paragraph_on_an_easy_page_is_noticed() -> None:
    easy = PAGES[0]
    hard = sentences(f"{easy.body}\n\n{HARD}")
    assert flesch_kincaid_grade(hard) > flesch_kincaid_grade(easy.text)
    endless = "If you tell somebody, " + "and they tell somebody, " * 6 + "then we may have to tell them too."
    assert longest(f"{easy.text}\n{endless}") == endless
    assert len(endless.split()) > LONGEST


def test_markdown_does_not_count() -> None:
    plain = "We can help.\nCall us now.\nWrite to us now."
    assert sentences("## We can help\n\n- **Call us** [now](https://a.long.address.example/of-many-words)\n- Write to us\n  now.") == plain
