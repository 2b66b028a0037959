"""Each warning that the specification names has words on the pages, plain ones that say what to do."""

import re

import pytest
from textstat import flesch_kincaid_grade

from messaging.protocol.peer.warnings import WARNINGS
from tests.journeys.warnings.words import named, page_words

WORDS = {"mine": "threads", "theirs": "threads", "desk": "threads", "notes": "notes", "troubles": "troubles", "waiting": "waiting"}
# Whoever reads it is told to do one of these, or not to.
TO_DO = re.compile(r"\b([Ww]rite|call|[Rr]ead|[Tt]ell|[Aa]sk|[Cc]heck|must open|takes someone else|makes it)\b")
HARDEST = {"mine": 5.0, "theirs": 5.0, "desk": 7.5, "notes": 7.5, "troubles": 7.5, "waiting": 7.5}
LONGEST = 25


def test_each_name_of_the_specification_has_words_and_no_other() -> None:
    words = page_words()
    assert words.keys() == WORDS.keys()
    for where, table in WORDS.items():
        assert words[where].keys() == named(table), where
    assert set(WARNINGS) == named("threads")
    assert min(len(named(table)) for table in WORDS.values()) >= 4


@pytest.mark.parametrize("where", WORDS)
def test_the_words_are_plain_and_say_what_to_do(where: str) -> None:
    for name, said in page_words()[where].items():
        assert TO_DO.search(said), f"{name} says nothing to do: {said}"
        for sentence in re.split(r"(?<=[.:?!]) ", said):
            assert len(sentence.split()) <= LONGEST, f"{name}: {sentence}"
    grade = flesch_kincaid_grade(" ".join(page_words()[where].values()))
    assert grade <= HARDEST[where], f"{where}: grade {grade:.1f}"
