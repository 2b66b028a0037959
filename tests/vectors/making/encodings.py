"""Cases of base64url, the eight words and the inbox's keys."""

from collections.abc import Iterator

from messaging.protocol.encoding import encode
from messaging.protocol.peer import make_words
from messaging.protocol.peer.words import LEFT_OUT, word_list, words_of_entropy
from tests.vectors.making.stage import Case, Cast


def base64url() -> Iterator[Case]:
    good = {"empty": ("", 0), "three": ("AAEC", 3), "two": ("_-8", 2), "one": ("_w", 1), "any-size": ("aGVscGxpbmU", None)}
    for name, (text, size) in good.items():
        yield Case(f"base64url-{name}", "1.4", "base64url", "It decodes.", {"text": text, "size": size})
    bad = {
        "padding": ("_w==", 1, "Padding."),
        "unused-bits": ("_x", 1, "Unused trailing bits are not zero."),
        "other-alphabet": ("/+8", 2, "The alphabet of plain base64."),
        "newline": ("AAEC\n", 3, "White space at the end."),
        "space-inside": ("AA EC", 3, "White space inside."),
        "one-character-left": ("AAECA", None, "One character over cannot be a byte."),
        "wrong-size": ("AAEC", 2, "Not as many bytes as there should be."),
        "not-ascii": ("AAE\u0421", 3, "A Cyrillic letter that looks like C."),
    }
    for name, (text, size, about) in bad.items():
        yield Case(f"base64url-{name}", "1.4", "base64url", about, {"text": text, "size": size}, "Malformed")


def words(cast: Cast) -> Iterator[Case]:
    mine = cast.words
    good = {
        "spaces": (" ".join(mine), "Single spaces."),
        "upper-case-and-commas": (", ".join(mine).upper(), "Capitals and commas."),
        "hyphens": ("-".join(mine), "Hyphens."),
        "dashes": ("\u2014".join(mine), "Dashes, as a telephone makes them of hyphens."),
        "white-space": ("\u00a0\n " + "\t\u3000".join(mine) + "\ufeff\r\n", "All sorts of white space, also around."),
        "dots-of-a-telephone": (". ".join(mine) + ".", "A dot after each word, as two spaces make it."),
        "quoted-whole": (f"\u201c{' '.join(mine)}\u201d", "Quotation marks around all of them."),
        "quoted-each": ("; ".join(f"'{word}'" for word in mine), "Each in single quotes, semicolons between."),
        "numbered-tight": (" ".join(f"{place}.{word}" for place, word in enumerate(mine, 1)), "Numbers with a dot and no space."),
        "numbered-bare": ("\n".join(f"{place}{word}" for place, word in enumerate(mine, 1)), "Numbers right before the words."),
        "numbered-signs": (
            " ".join(f"{chr(0x2460 + place)}{word} {place + 1}\ufe0f\u20e3" for place, word in enumerate(mine)),
            "Circled numbers, and digits as key caps.",
        ),
        "bullets": ("\n".join(f"\uf0b7\t[{word}] \u2713" for word in mine), "A list with a word processor's bullets, brackets and ticks."),
        "invisible": (
            " ".join(f"\u200b{word[:2]}\u00ad{word[2:]}\u200d\u2060\ufe0f" for word in mine),
            "Soft hyphens inside the words, signs of no width around them.",
        ),
        "right-to-left-marks": ("\u060c ".join(f"\u2067{word}\u2069\u200f" for word in mine), "Signs of direction, and Arabic commas."),
        "controls": ("\x00\x1f".join(mine) + "\x7f\x9f", "Control characters."),
        "wide-signs": ("\uff0c".join(mine) + "\uff0e\U0001f600", "Full-width signs, and a picture at the end."),
        "zeros": (" ".join(make_words(bytes)), "Ten zero bytes."),
        "ones": (" ".join(make_words(lambda size: b"\xff" * size)), "Ten bytes of 255."),
    }
    for name, (text, about) in good.items():
        yield Case(f"words-{name}", "2.8", "words", about, {"text": text})
    swapped = [mine[1], mine[0], *mine[2:]]
    last = word_list()[(word_list().index(mine[7]) + 1) % 2048]
    bad: dict[str, tuple[str, str, int | None]] = {
        "unknown-first": (" ".join(["helpful", *mine[1:]]), "The first word is not in the list.", 0),
        "unknown-sixth": (" ".join([*mine[:5], mine[5][:-1] + "q", *mine[6:]]), "The sixth word is mistyped.", 5),
        "two-unknown": (" ".join([*mine[:3], "zzz", *mine[4:6], "zzz", mine[7]]), "Two unknown words: the first counts.", 3),
        "checksum": (" ".join([*mine[:7], last]), "Eight known words, a wrong checksum.", None),
        "swapped": (" ".join(swapped), "Two words changed places.", None),
        "seven": (" ".join(mine[:7]), "Seven known words.", None),
        "nine": (" ".join([*mine, mine[0]]), "Nine known words.", None),
        "ninth-unknown": (" ".join([*mine, "zzz"]), "Eight good words, and a ninth that is unknown: the number is what is wrong.", None),
        "none": (" \n", "Nothing but white space.", None),
        "numbers-alone": ("1. 2) 3: 4 5 6 7 8", "Numbers are no words.", None),
        "digit-inside": (
            " ".join([*mine[:2], f"{mine[2][:2]}0{mine[2][2:]}", *mine[3:]]),
            "A digit inside a word makes it another one.",
            2,
        ),
        "invisible-between": (
            " ".join([f"{mine[0]}\u200b{mine[1]}", *mine[2:]]),
            "A sign of no width does not part two words.",
            0,
        ),
        "accented": (" ".join([*mine[:4], mine[4] + "\u0301", *mine[5:]]), "An accent is part of its word.", 4),
        "foreign-letter": (" ".join([*mine[:5], mine[5] + "\u00aa", *mine[6:]]), "A letter at the end of a word is part of it.", 5),
        "other-lower-case": (
            " ".join([mine[0].replace("s", "\u017f").replace("k", "\u212a") + "\u017f", *mine[1:]]),
            "A letter whose upper case is S.",
            0,
        ),
    }
    for name, (text, about, index) in bad.items():
        yield Case(f"words-{name}", "2.8", "words", about, {"text": text}, "BadWords", index)


def _draw_with(places: list[int]) -> str | None:
    """Ten bytes whose first seven words are these, and whose eighth is not left out; None where all eight possible ones are."""
    for rest in range(8):
        bits = 0
        for place in places:
            bits = bits << 11 | place
        entropy = (bits << 3 | rest).to_bytes(10, "big")
        if words_of_entropy(entropy)[7] not in LEFT_OUT:
            return encode(entropy)
    return None


def draws() -> Iterator[Case]:
    """Which words nobody is handed out: each of them once, and each of the others at least once."""
    places = {word: place for place, word in enumerate(word_list())}
    good = encode(bytes(10))
    left_out = [_draw_with([places["abandon"]] * 6 + [places[word]]) or good for word in sorted(LEFT_OUT)]
    yield Case("draw-left-out", "2.8", "draw", "Draws with a word that is left out, and a good one.", {"draws": [*left_out, good]})
    others = [places[word] for word in word_list() if word not in LEFT_OUT]
    sevens = [(others[start : start + 7] * 7)[:7] for start in range(0, len(others), 7)]
    yield Case("draw-others", "2.8", "draw", "All other words are handed out.", {"draws": [_draw_with(each) or good for each in sevens]})


def inbox(cast: Cast) -> Iterator[Case]:
    yield Case("inbox-keys", "2.9", "inbox", "From eight words to an inbox.", {**cast.where(), "words": " ".join(cast.words)})
    elsewhere = {**cast.where(cast.stranger_desk), "words": " ".join(cast.words)}
    yield Case("inbox-keys-elsewhere", "2.9", "inbox", "The same words at another organisation are another inbox.", elsewhere)


def cases(cast: Cast) -> Iterator[Case]:
    yield from base64url()
    yield from words(cast)
    yield from draws()
    yield from inbox(cast)
