"""The recovery sheet: a counsellor's secret in 24 words on paper (PROTOCOL §2.14)."""

from mnemonic import Mnemonic

from messaging.protocol.peer.errors import BadWords
from messaging.protocol.peer.keys import Counsellor, Site, derive_counsellor
from messaging.protocol.peer.words import demand_known_words, split_words

WORDS = 24


def make_sheet(counsellor: Counsellor) -> list[str]:
    """BIP-39's 24 words of the 32 bytes, whose last one has eight bits of checksum."""
    return Mnemonic("english").to_mnemonic(counsellor.secret).split(" ")


def open_sheet(site: Site, counsellor_id: bytes, text: str) -> Counsellor:
    """The keys of what was copied from a sheet, read as §2.8 reads words. Whose they are is for the caller to compare.

    Raises:
        BadWords: another number of words, an unknown one (with its index), or a checksum that fails (without).
        Malformed: an id of another size.
    """
    words = split_words(text)
    demand_known_words(words, WORDS)
    try:
        secret = bytes(Mnemonic("english").to_entropy(words))
    except ValueError as error:
        raise BadWords(None, "the checksum fails") from error
    return derive_counsellor(site, counsellor_id, secret)
