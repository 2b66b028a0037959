"""The eight inbox words, and how words are read (PROTOCOL §2.8)."""

import hashlib
import re
from functools import cache

from mnemonic import Mnemonic

from messaging.protocol.peer.errors import BadWords
from messaging.protocol.peer.primitives import Random, random_bytes
from messaging.protocol.peer.text import WHITE

COUNT, RANDOM = 8, 10
# §2.8: the first and the last code point of each run.
INVISIBLE = "AD 34F 61C 180E 200B-200F 202A-202E 2060-206F FE00-FE0F E0001-E007F E0100-E01EF"
SIGNS = (
    "0-1F 7F-9F 21-2F 3A-40 5B-60 7B-7E A1-A9 AB-AC AE-B4 B6-B9 BB-BF D7 F7 2B9-2DF 5BE 5F3-5F4 60C 61B 61F "
    "6D4 2010-2027 2030-205E 2070-208E 20A0-20CF 20E3 2116 2122 2150-218B 2190-2BFF 2E00-2E7F 3001-303F "
    "E000-F8FF FE30-FE6F FF01-FF20 FF3B-FF40 FF5B-FF65 FFE0-FFEE FFFC-FFFD 1F000-1FAFF"
)
# §2.8: words of the list that nobody is handed out. They frighten or give away on a paper in a drawer, or are written down wrongly: the
# American spellings, and words that sound like another one of the list.
_LEFT_OUT = """
abuse accuse addict arrest assault baby blame bomb boy bullet child crime cruel dad daughter despair disorder evidence evil execute fatal
father girl guilt gun horror hurt husband illegal infant inmate insane kid kiss knife lawsuit liar misery mom monster mother nasty neglect
nephew orphan panic pistol police prison rifle secret sibling sick suffer suspect toddler trial ugly uncle useless vicious weapon wife
witness wrong young youth
armor color defense enroll favorite fiber flavor harbor humor labor license odor vapor
pair peace pear piece right write
"""
LEFT_OUT = frozenset(_LEFT_OUT.split())
# Only A–Z: Unicode has other characters whose lower case is one of a–z.
LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def _class(runs: str, besides: str = "") -> str:
    ends = [[chr(int(end, 16)) for end in run.split("-")] for run in runs.split()]
    return f"[{re.escape(besides)}{''.join('-'.join(map(re.escape, run)) for run in ends)}]"


UNSEEN = re.compile(_class(INVISIBLE))
SEPARATORS = re.compile(f"{_class(SIGNS, WHITE)}+")
DIGITS = "0123456789"


@cache
def word_list() -> tuple[str, ...]:
    """BIP-39's 2,048 English words."""
    return tuple(Mnemonic("english").wordlist)


def make_words(random: Random = random_bytes) -> list[str]:
    """Eight new words, none of them left out: drawn again until it is so."""
    while True:
        words = words_of_entropy(random(RANDOM))
        if LEFT_OUT.isdisjoint(words):
            return words


def words_of_entropy(entropy: bytes) -> list[str]:
    """The eight words of ten bytes: 80 bits and 8 of checksum."""
    return words_of_bits(int.from_bytes(entropy + hashlib.sha256(entropy).digest()[:1], "big"), COUNT)


def words_of_bits(bits: int, count: int) -> list[str]:
    """So many words for as many groups of 11 bits, the most significant first."""
    return [word_list()[bits >> 11 * place & 2047] for place in range(count - 1, -1, -1)]


def demand_known_words(words: list[str], count: int) -> None:
    """Raises BadWords unless there are so many, all of the list: with the index of the first unknown one, or without."""
    known = set(word_list())
    for index, word in enumerate(words[:count]):
        if word not in known:
            raise BadWords(index, f"word {index + 1} is not in the list")
    if len(words) != count:
        raise BadWords(None, f"{len(words)} words instead of {count}")


def words_entropy(words: list[str]) -> bytes:
    """The ten random bytes of eight words; raises BadWords as parse_words does."""
    demand_known_words(words, COUNT)
    bits = 0
    for word in words:
        bits = bits << 11 | word_list().index(word)
    entropy, check = (bits >> 8).to_bytes(RANDOM, "big"), bits & 255
    if hashlib.sha256(entropy).digest()[0] != check:
        raise BadWords(None, "the checksum fails")
    return entropy


def split_words(text: str) -> list[str]:
    """The pieces of what was typed, in lower case, without whatever surrounds them and can be no part of a word."""
    pieces = SEPARATORS.split(UNSEEN.sub("", text).translate(LOWER))
    return [word for word in (piece.strip(DIGITS) for piece in pieces) if word]


def parse_words(text: str) -> list[str]:
    """The words of what a person typed, in lower case.

    Raises:
        BadWords: another number of words, an unknown one (with its index), or a checksum that fails (without).
    """
    words = split_words(text)
    words_entropy(words)
    return words
