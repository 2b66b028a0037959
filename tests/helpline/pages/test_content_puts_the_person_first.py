"""Nobody is called by what they did: the words for that are not in the content, but for the one question that people ask themselves."""

import re

import pytest

from config.demo.content import FIGURES, MESSAGE, TERMS
from tests.helpline.pages.written import written_pages

LABELS = re.compile(
    r"\b(?:(?:re)?offenders?|pa?edo(?:phil\w*)?s?|predators?|pervert\w*|perps?|perpetrators?|abusers?|molesters?|groomers?|monsters?|nonces?"
    r"|beasts?|deviants?|creeps?|sickos?|addicts?|criminals?|suspects|victims?|(?:child|kiddie) porn\w*)\b",
    re.IGNORECASE,
)
ASKED = "Am I a monster?"
TEXTS = {
    **{page.slug: page.text for page in written_pages()},
    "terms": "\n".join(TERMS),
    "campaign": "\n".join([MESSAGE, *(statement for statement, *_ in FIGURES)]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_calls_nobody_by_what_they_did(name: str) -> None:
    assert LABELS.findall(TEXTS[name].replace(ASKED, "")) == []


def test_the_question_that_people_ask_is_answered_at_once() -> None:
    assert f"{ASKED}\nNo. You are a person." in TEXTS["14"]


def test_labels_are_noticed() -> None:
    assert LABELS.findall("Offenders, a paedophile or a predator; monsters.") == ["Offenders", "paedophile", "predator", "monsters"]
