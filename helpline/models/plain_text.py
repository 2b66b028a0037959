"""What staff type into names and texts: no sign that nobody sees, and no name that looks like another (UTS #39, Unicode security).

Refused are control and format characters (line breaks in a single line, directions that are turned round, widths of nothing), and in
names letters of two alphabets. A name that people who write see is of Latin letters, so that no other alphabet's can pass for them.
"""

import unicodedata
from collections.abc import Iterator

from django.core.exceptions import ValidationError

# Format characters that some languages write with: joiners, and the two marks of direction.
JOINERS = {"\u200c", "\u200d", "\u200e", "\u200f", "\u00ad"}
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def one_line(value: str) -> None:
    """Raises ValidationError for a line break, a control character, or a sign that is not seen."""
    _refuse(found for found in value if unicodedata.category(found) in UNSEEN)


def many_lines(value: str) -> None:
    """The same for a text of several lines, which may also have what joins letters."""
    seen = {"\n", "\r", "\t", *JOINERS}
    _refuse(found for found in value if unicodedata.category(found) in UNSEEN and found not in seen)


def one_alphabet(value: str) -> None:
    """Raises ValidationError for letters of two alphabets in one name."""
    alphabets = {_alphabet(letter) for letter in value if letter.isalpha()}
    if len(alphabets) > 1:
        raise ValidationError(f"Enter letters of one alphabet: this has {' and '.join(sorted(alphabets))}.", code="alphabets")


def latin_name(value: str) -> None:
    """Raises ValidationError for anything but Latin letters, spaces, hyphens, apostrophes and full stops."""
    for sign in unicodedata.normalize("NFC", value):
        if not (sign in " -'’." or (sign.isalpha() and _alphabet(sign) == "Latin")):
            raise ValidationError(f"Enter a name in Latin letters, as people here read them: {_named(sign)} is none.", code="latin")


def _refuse(found: Iterator[str]) -> None:
    sign = next(found, None)
    if sign is not None:
        raise ValidationError(f"Take out {_named(sign)}: nobody sees it, and it can change what is read.", code="unseen")


def _named(sign: str) -> str:
    if sign in "\n\r\u2028\u2029":
        return "the line break"
    seen = f"“{sign}”, " if unicodedata.category(sign) not in UNSEEN else ""
    return f"{seen}the character U+{ord(sign):04X}"


def _alphabet(letter: str) -> str:
    """By the first word of its name in Unicode, which is its script's for every letter of an alphabet."""
    return unicodedata.name(letter, "UNKNOWN").split()[0].capitalize()
