"""The eight inbox words (PROTOCOL §2.8)."""

import hashlib
import re
from functools import cache

from mnemonic import Mnemonic

from messaging.peer.errors import BadWords
from messaging.peer.primitives import Random, random_bytes
from messaging.peer.text import WHITE

COUNT, RANDOM = 8, 10
SEPARATORS = re.compile(f"[{re.escape(WHITE)},\\-\u2010-\u2015]+")
# Only A–Z: Unicode has other characters whose lower case is one of a–z.
LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


@cache
def word_list() -> tuple[str, ...]:
    """BIP-39's 2,048 English words."""
    return tuple(Mnemonic("english").wordlist)


def make_words(random: Random = random_bytes) -> list[str]:
    """Eight new words: 80 random bits and 8 of checksum."""
    entropy = random(RANDOM)
    bits = int.from_bytes(entropy + hashlib.sha256(entropy).digest()[:1], "big")
    return [word_list()[bits >> 11 * place & 2047] for place in range(COUNT - 1, -1, -1)]


def entropy_of(words: list[str]) -> bytes:
    """The ten random bytes of eight words; raises BadWords as parse_words does."""
    known = {word: index for index, word in enumerate(word_list())}
    for index, word in enumerate(words[:COUNT]):
        if word not in known:
            raise BadWords(index, f"word {index + 1} is not in the list")
    if len(words) != COUNT:
        raise BadWords(None, f"{len(words)} words instead of {COUNT}")
    bits = 0
    for word in words:
        bits = bits << 11 | known[word]
    entropy, check = (bits >> 8).to_bytes(RANDOM, "big"), bits & 255
    if hashlib.sha256(entropy).digest()[0] != check:
        raise BadWords(None, "the checksum fails")
    return entropy


def parse_words(text: str) -> list[str]:
    """The words of what a person typed, in lower case.

    Raises:
        BadWords: another number of words, an unknown one (with its index), or a checksum that fails (without).
    """
    words = [word for word in SEPARATORS.split(text.translate(LOWER)) if word]
    entropy_of(words)
    return words
