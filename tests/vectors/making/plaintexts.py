"""Cases of what is inside an envelope."""

import json
from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import encode, u32
from tests.vectors.making.stage import Case

HASH = encode(bytes(range(32)))
NONE = '{"sequence":0,"hash":"' + "A" * 43 + '"}'
SOME = '{"sequence":3,"hash":"' + HASH + '"}'


def filled(data: bytes) -> bytes:
    """8,192 bytes."""
    return u32(len(data)) + data + bytes(8188 - len(data))


def padded(content: Any) -> bytes:
    return filled(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def text_of(text: str, ack: str = SOME, more: str = "") -> str:
    return '{"type":"text","text":' + text + ',"ack":' + ack + more + "}"


def intake(route: str = '"young"', terms: str = "7", ack: str = NONE) -> str:
    return '{"type":"intake","route":' + route + ',"terms":' + terms + ',"text":"a","ack":' + ack + "}"


def dated(day: str) -> str:
    return text_of('"a"', SOME, ',"day":' + day)


def unknown(inside: str, ack: str = SOME) -> str:
    return '{"type":"drawing","strokes":' + inside + ',"ack":' + ack + "}"


GOOD: dict[str, tuple[str, int, int, str]] = {
    "intake": (intake(), 1, 1, "A first message."),
    "text": (text_of('"Привіт 👩‍👩‍👧"'), 1, 2, "Cyrillic and emoji."),
    "day": (dated('"2028-02-29"'), 1, 2, "A person says the day."),
    "intake-day": (intake()[:-1] + ',"day":"2026-11-24"}', 1, 1, "A person says the day of a first message."),
    "escapes": (text_of('"\\u0041\\ud83d\\udc9a\\n\\/\\u0000"'), 2, 1, "JSON escapes, a pair of surrogates among them."),
    "white-space-around": (" \t\r\n" + text_of('" a "') + "\n", 1, 2, "White space around the object, and around the text."),
    "keys-in-another-order": ('{"ack":' + SOME + ',"text":"a","type":"closing"}', 2, 5, "The order of keys is free."),
    "longest": (text_of('"' + "a" * (8188 - len(text_of('""'))) + '"'), 1, 2, "8,188 bytes."),
    "greatest-sequence": (text_of('"a"', '{"sequence":4294967295,"hash":"' + HASH + '"}'), 1, 2, "The greatest sequence there is."),
    "unknown-type": (unknown("[[-1.5e3,true,null]]"), 2, 1, "A kind that is not known, with any JSON in it."),
    "unknown-type-depth-8": (unknown("[" * 7 + "]" * 7), 2, 1, "Nested 8 deep."),
}
BAD: dict[str, tuple[str, int, int, str]] = {
    "key-twice": ('{"type":"text","text":"a","text":"b","ack":' + SOME + "}", 1, 2, "A key twice."),
    "key-twice-escaped": ('{"type":"text","text":"a","te\\u0078t":"b","ack":' + SOME + "}", 1, 2, "A key twice, once escaped."),
    "key-twice-inside": (text_of('"a"', '{"sequence":3,"sequence":3,"hash":"' + HASH + '"}'), 1, 2, "A key twice in ack."),
    "key-twice-unknown-type": (unknown('{"a":1,"a":1}'), 1, 2, "A key twice within a kind that is not known."),
    "unknown-key": (text_of('"a"', SOME, ',"colour":"red"'), 1, 2, "A key too many."),
    "no-text": ('{"type":"text","ack":' + SOME + "}", 1, 2, "No text."),
    "no-ack": ('{"type":"text","text":"a"}', 1, 2, "No ack."),
    "no-type": ('{"text":"a","ack":' + SOME + "}", 1, 2, "No type."),
    "type-number": ('{"type":1,"text":"a","ack":' + SOME + "}", 1, 2, "The type is a number."),
    "text-number": (text_of("1"), 1, 2, "The text is a number."),
    "text-empty": (text_of('""'), 1, 2, "An empty text."),
    "text-blank": (text_of('" \\t\\u0085\\u00a0\\u2003\\u3000\\ufeff"'), 1, 2, "Nothing but white space."),
    "lone-surrogate": (text_of('"a\\ud83d"'), 1, 2, "An unpaired surrogate."),
    "surrogates-reversed": (text_of('"\\udc9a\\ud83d"'), 1, 2, "A pair of surrogates the wrong way round."),
    "raw-control-character": (text_of('"a\nb"'), 1, 2, "A control character that is not escaped."),
    "array": ("[" + text_of('"a"') + "]", 1, 2, "Not an object."),
    "two-objects": (text_of('"a"') + text_of('"a"'), 1, 2, "Two objects."),
    "trailing-comma": ('{"type":"text","text":"a","ack":' + SOME + ",}", 1, 2, "A comma too many."),
    "comment": ('{"type":"text","text":"a",/**/"ack":' + SOME + "}", 1, 2, "A comment."),
    "byte-order-mark": ("\ufeff" + text_of('"a"'), 1, 2, "U+FEFF before the object."),
    "nan": (unknown("NaN"), 1, 2, "NaN is not JSON."),
    "infinity": (unknown("-Infinity"), 1, 2, "Infinity is not JSON."),
    "depth-9": (unknown("[" * 8 + "]" * 8), 2, 1, "Nested 9 deep."),
    "depth-4000": (unknown("[" * 4000 + "]" * 4000), 2, 1, "Nested 4,001 deep."),
    "ack-null": (text_of('"a"', "null"), 1, 2, "ack is null."),
    "ack-unknown-type": (unknown("1", '{"sequence":0}'), 1, 2, "A kind that is not known, with an ack that is none."),
    "ack-key": (text_of('"a"', SOME[:-1] + ',"epoch":1}'), 1, 2, "A key too many in ack."),
    "ack-fraction": (text_of('"a"', SOME.replace("3", "3.0", 1)), 1, 2, "A sequence with a fraction."),
    "ack-exponent": (text_of('"a"', SOME.replace("3", "3e0", 1)), 1, 2, "A sequence with an exponent."),
    "ack-minus-zero": (text_of('"a"', NONE.replace("0", "-0", 1)), 1, 2, "A sequence of minus zero."),
    "ack-negative": (text_of('"a"', SOME.replace("3", "-3", 1)), 1, 2, "A negative sequence."),
    "ack-true": (text_of('"a"', SOME.replace("3", "true", 1)), 1, 2, "A sequence that is true."),
    "ack-string": (text_of('"a"', SOME.replace("3", '"3"', 1)), 1, 2, "A sequence that is a string."),
    "ack-too-great": (text_of('"a"', SOME.replace("3", "4294967296", 1)), 1, 2, "A sequence above 32 bits."),
    "ack-leading-zero": (text_of('"a"', SOME.replace("3", "03", 1)), 1, 2, "A sequence with a leading zero."),
    "ack-hash-padding": (text_of('"a"', SOME.replace('"}', '="}')), 1, 2, "A hash with padding."),
    "ack-hash-short": (text_of('"a"', SOME.replace(HASH, HASH[:-2])), 1, 2, "A hash that is too short."),
    "ack-zero-with-hash": (text_of('"a"', SOME.replace("3", "0", 1)), 1, 2, "Sequence 0 with a hash."),
    "ack-without-hash": (text_of('"a"', NONE.replace("0", "1", 1)), 1, 2, "Sequence 1 with zeros for a hash."),
    "day-none": (dated('"2026-02-29"'), 1, 2, "A day of their own that is no date."),
    "day-null": (dated("null"), 1, 2, "A day of their own that is null."),
    "day-line": (dated('"2026-11-24\\n> I did it."'), 1, 2, "A line after a day of their own."),
    "day-number": (dated("20261124"), 1, 2, "A day of their own that is a number."),
    "day-from-desk": (dated('"2026-11-24"'), 2, 1, "The desk says a day."),
    "route": (intake('"friend"'), 1, 1, "A route that there is not."),
    "route-null": (intake("null"), 1, 1, "No route."),
    "terms-zero": (intake(terms="0"), 1, 1, "Version 0 of the terms."),
    "terms-fraction": (intake(terms="1.0"), 1, 1, "A version with a fraction."),
    "terms-missing": (intake().replace('"terms":7,', ""), 1, 1, "No version of the terms."),
    "text-first": (text_of('"a"', NONE), 1, 1, "A person begins without an intake."),
    "unknown-first": (unknown("1", NONE), 1, 1, "A person begins with a kind that is not known."),
    "intake-later": (intake(), 1, 2, "An intake that is not the first."),
    "intake-from-desk": (intake(), 2, 1, "An intake from the desk."),
    "handover-from-person": (text_of('"a"').replace('"text"', '"handover"', 1), 1, 2, "A handover from a person."),
    "closing-from-person": (text_of('"a"').replace('"text"', '"closing"', 1), 1, 2, "A closing from a person."),
    "type-upper-case-first": (intake().replace('"intake"', '"Intake"'), 1, 1, "Types are exact: this one is not known, and not an intake."),
}


def cases() -> Iterator[Case]:
    def case(name: str, about: str, data: bytes, direction: int, sequence: int, error: str | None) -> Case:
        given = {"plaintext": encode(data), "direction": direction, "sequence": sequence}
        return Case(f"plaintext-{name}", "4.4", "plaintext", about, given, error)

    for name, (content, direction, sequence, about) in GOOD.items():
        yield case(name, about, filled(content.encode()), direction, sequence, None)
    for name, (content, direction, sequence, about) in BAD.items():
        yield case(name, about, filled(content.encode()), direction, sequence, "BadPlaintext")
    good = filled(text_of('"a"').encode())
    raw = {
        "padding": (good[:-1] + b"\1", "Padding that is not zero."),
        "padding-at-once": (good[: 4 + len(text_of('"a"'))] + b" " + good[5 + len(text_of('"a"')) :], "A space beyond the length."),
        "length": (u32(8189) + good[4:], "A length above 8,188."),
        "length-zero": (bytes(8192), "Nothing at all."),
        "not-utf-8": (filled(text_of('"a?"').encode().replace(b"?", b"\xff")), "A byte that UTF-8 does not have."),
        "surrogate-in-utf-8": (filled(text_of('"a?"').encode().replace(b"?", b"\xed\xa0\xbd")), "A surrogate in UTF-8."),
        "overlong": (filled(text_of('"a?"').encode().replace(b"?", b"\xc1\xa1")), "An overlong form in UTF-8."),
        "short": (good[:-1], "A byte is missing."),
    }
    for name, (data, about) in raw.items():
        yield case(name, about, data, 1, 2, "BadPlaintext")
