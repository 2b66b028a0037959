"""Looks for a secret text, in every dress it could wear, in whatever the processes left behind."""

import base64
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

RUN = 3  # words in a row that cannot be a coincidence


def dresses(secret: str) -> dict[str, bytes]:
    """The encodings of a text that a careless programme would leave, by name; each at least 12 bytes long."""
    raw = secret.encode()
    found = {
        "utf-8": raw,
        "utf-16-le": secret.encode("utf-16-le"),
        "utf-16-be": secret.encode("utf-16-be"),
        "utf-32-le": secret.encode("utf-32-le"),
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "percent": quote(secret, safe="").encode(),
        "plus": quote(secret, safe=" ").replace(" ", "+").encode(),
        "json": json.dumps(secret).strip('"').encode(),
        "reversed": raw[::-1],
    }
    for offset in range(3):
        # What follows and precedes a text in base64 changes its first and last characters, not those between.
        padded = base64.b64encode(b"\0" * offset + raw)
        middle = padded[4 : -4 if len(padded) > 20 else None]
        found[f"base64 at {offset}"] = middle
        found[f"base64url at {offset}"] = middle.replace(b"+", b"-").replace(b"/", b"_")
    return {name: value for name, value in found.items() if len(value) >= 12}


def word_runs(words: list[str]) -> re.Pattern[bytes]:
    """Any three of the words in their order, with whatever a list, a URL or JSON puts between them."""
    gap = rb"(?:[\W_\d\x00]|%[0-9a-f]{2}){0,12}"
    runs = (gap.join(re.escape(word.encode()) for word in words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return re.compile(b"|".join(runs), re.IGNORECASE)


def inflated(data: bytes) -> Iterator[bytes]:
    """Whatever zlib or gzip streams stand in the data, unpacked, so that compression hides nothing."""
    for mark in re.finditer(rb"\x1f\x8b\x08|x[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj(47).decompress(data[mark.start() :], 4_000_000)
        except zlib.error:
            continue


def mozilla_lz4(data: bytes) -> bytes:
    """What stands in one of Firefox's .jsonlz4 files: LZ4's block format behind a name and a length. b"" where it is none.

    A file that is still being written ends early: what there is of it.
    """
    if not data.startswith(b"mozLz40\0"):
        return b""
    stream, out = io.BytesIO(data[12:]), bytearray()

    def length(half: int) -> int:
        more = 255 if half == 15 else 0
        while more == 255:
            more = stream.read(1)[0]
            half += more
        return half

    with suppress(IndexError):
        while token := stream.read(1):
            out += stream.read(length(token[0] >> 4))
            # The last run of bytes is followed by no copy.
            if back := int.from_bytes(stream.read(2), "little"):
                for _ in range(length(token[0] & 15) + 4):
                    out.append(out[-back])
    return bytes(out)


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each file below a folder, as (name, bytes); what vanishes while being read is passed over."""
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_file():
                yield str(path), path.read_bytes()
        except OSError:
            continue


def find_leaks(sources: Iterable[tuple[str, bytes]], texts: list[str], words: list[str]) -> list[str]:
    """One line for each place where a text or a run of the words occurs; empty when nothing leaked."""
    needles = [(text[:24], dress, value) for text in texts for dress, value in dresses(text).items()]
    runs = word_runs(words) if words else None
    leaks = []
    for name, data in sources:
        for body in (data, mozilla_lz4(data), *inflated(data)):
            leaks += [f"{name}: {label!r} as {dress}" for label, dress, value in needles if value in body]
            if runs and (hit := runs.search(body)):
                leaks.append(f"{name}: inbox words {hit.group()[:60]!r}")
    return leaks
