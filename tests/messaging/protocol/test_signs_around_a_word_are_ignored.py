"""The signs that PROTOCOL §2.8 lists are the ones that the Python peer goes by, each of them, and no other."""

import re
import sys

import pytest

from messaging.protocol.peer import ProtocolError, make_words, parse_words, words
from messaging.protocol.peer.text import WHITE
from tests.parts.specification import specification

PROTOCOL = specification()
WORDS = make_words(lambda size: b"\xa5" * size)


def listed(beginning: str) -> set[str]:
    """The characters that the paragraph with this beginning lists."""
    (sentence,) = re.findall(rf"^{re.escape(beginning)} (.*?)\.(?:\s|$)", PROTOCOL, re.MULTILINE)
    runs = [(first, last or first) for first, last in re.findall(r"U\+([0-9A-F]{4,6})(?:–U\+([0-9A-F]{4,6}))?", sentence)]
    return {chr(point) for first, last in runs for point in range(int(first, 16), int(last, 16) + 1)}


def reads(text: str) -> bool:
    try:
        return parse_words(text) == WORDS
    except ProtocolError:
        return False


INVISIBLE = listed("Invisible signs are")
SEPARATORS = listed("Separators are") | set(WHITE) | {chr(point) for point in (*range(0x20), *range(0x7F, 0xA0))}


def test_the_lists_are_read_and_apart() -> None:
    assert len(INVISIBLE) > 300
    assert len(SEPARATORS) > 10_000
    assert not INVISIBLE & SEPARATORS
    assert not any("a" <= sign.lower() <= "z" for sign in INVISIBLE | SEPARATORS)


def test_each_separator_parts_words_and_no_other_character_does() -> None:
    everything = map(chr, range(sys.maxunicode + 1))
    assert {sign for sign in everything if words.SEPARATORS.fullmatch(sign)} == SEPARATORS
    for sign in (*sorted(SEPARATORS)[::97], "\uf0b7", "\u201c"):
        assert reads(sign.join(WORDS)), f"U+{ord(sign):04X}"


@pytest.mark.parametrize("place", ["inside", "around"])
def test_invisible_signs_are_taken_away_wherever_they_stand(place: str) -> None:
    assert {sign for sign in map(chr, range(sys.maxunicode + 1)) if words.UNSEEN.fullmatch(sign)} == INVISIBLE
    for sign in sorted(INVISIBLE)[::5]:
        each = [f"{word[:1]}{sign}{word[1:]}" if place == "inside" else f"{sign}{word}{sign}" for word in WORDS]
        assert reads(" ".join(each)), f"U+{ord(sign):04X}"
