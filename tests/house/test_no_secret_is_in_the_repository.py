"""No private key, token or password that somebody could use lies in the repository; whatever looks random is known by name."""

import math
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.house.tools import files
from tests.parts.environment import REPOSITORY

PATTERNS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b"),
    "a token of a forge or a chat": re.compile(
        r"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bglpat-[\w-]{20}\b|\bxox[abprs]-[\w-]{10,}|\b[sr]k_live_\w{20,}"
    ),
    "a signed token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "an address with a password": re.compile(r"\b[a-z][a-z0-9+]*://[^\s/:@\"'<>{}$]*:(?!password@)[^\s/@\"'<>{}$]{3,}@[\w.-]+"),
}
RANDOM = re.compile(r"(?<![\w+/-])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w+/=-])")
HEX = re.compile(r"[0-9a-fA-F]+")
# Full of what looks random, and made by a programme: hashes of packages, and the protocol's test vectors, whose keys are nobody's.
MADE = re.compile(r"requirements\.lock|(messaging/client|tests/engines)/package-lock\.json|tests/vectors/.*\.json")
# What is random on purpose, and opens nothing.
KNOWN = {
    "docs/protocol/format.md": (2, "points of small order"),
    "messaging/client/src/protocol/signatures.ts": (5, "the same, and a key of mixed order with two signatures"),
    "messaging/protocol/encoding.py": (2, "the same"),
    "messaging/inbox/sessions.py": (1, "a public key that nobody holds"),
    "tests/house/refused_settings.py": (2, "addresses of a made-up installation"),
    "tests/house/test_secrets_may_stand_in_files.py": (3, "settings of a made-up installation"),
    "tests/house/test_unsafe_settings_are_refused.py": (6, "settings of a made-up installation"),
    "tests/vectors/making/wraps.py": (2, "points of order eight"),
    "tests/vectors/making/weak.py": (2, "points of small order, and the group's order"),
}


def bits(text: str) -> float:
    """Shannon's entropy of its characters."""
    return -sum(count / len(text) * math.log2(count / len(text)) for count in Counter(text).values())


def looks_random(text: str) -> bool:
    """Sixteen random bytes or more, in base 16 or 64; no name, path or sentence has digits and both kinds of letters so well mixed."""
    if HEX.fullmatch(text):
        return len(text) >= 32 and bits(text) > 3.0
    kinds = [re.search(kind, text) for kind in ("[0-9]", "[a-z]", "[A-Z]")]
    return all(kinds) and bits(text) > 4.2 and not re.search(r"[a-z]{9,}", text)


def secrets_in(text: str) -> Iterator[str]:
    """What each is, and how it begins; never the whole of it."""
    for what, pattern in PATTERNS.items():
        yield from (f"{what}: {found.group()[:12]}…" for found in pattern.finditer(text))
    yield from (f"something random: {found.group()[:12]}…" for found in RANDOM.finditer(text) if looks_random(found.group()))


def test_nothing_secret_is_in_any_file() -> None:
    found, known = [], {}
    for path in files():
        name = str(path.relative_to(REPOSITORY))
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        said = [] if MADE.fullmatch(name) else list(secrets_in(text))
        if name in KNOWN:
            known[name] = len(said)
        else:
            found += [f"{name}: {each}" for each in said]
    assert not found, "\n".join(found)
    # Neither one more behind an exception, nor an exception that nothing needs any more.
    assert known == {name: number for name, (number, _) in KNOWN.items()}


def test_no_file_of_secrets_is_kept() -> None:
    names = {path.name for path in files()}
    assert not [name for name in names if re.search(r"\.(pem|p12|pfx|jks|key|kdbx|dump)$|^id_(rsa|ed25519)|^\.env$|^secret-key$", name)]


@pytest.mark.parametrize(
    "planted",
    [
        "-----BEGIN " + "OPENSSH PRIVATE KEY-----",
        "-----BEGIN " + "PRIVATE KEY-----",
        "key = AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "a1B2" * 9,
        "eyJhbGciOiJI" + "UzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3" + "jVmNHl0w5N_XgL0n3I9P",
        "postgresql://helpline:" + "correcthorse@db/helpline",
        'SECRET_KEY = "' + "u8Zq3vN1rT6yWb4LxK9m" + "P2sDf7Gh0JcE5aRt" + '"',
        "token: " + "9f86d081884c7d65" + "9a2feaa0c55ad015",
        "HELPLINE_SECRET_KEY=Xk2vQ_9sLr-4TnB8wYc1" + "Zp6HdJm3Fa0UeGi5oK7V",
    ],
)
def test_what_is_planted_is_found(planted: str) -> None:
    assert list(secrets_in(planted))


@pytest.mark.parametrize(
    "plain", ["test_a_counsellor_reads_what_is_theirs_and_nothing_else_v2", "a" * 64, "0" * 40, "postgresql://helpline:${X:?}@db"]
)
def test_what_is_no_secret_is_not(plain: str) -> None:
    assert not list(secrets_in(plain))
