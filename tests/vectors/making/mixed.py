"""Cases of Ed25519 keys and signatures with a part of order eight (§1.3): without a cofactor they hold only where that part goes out."""

import hashlib
from collections.abc import Callable, Iterator

from messaging.protocol.encoding import encode, label
from messaging.protocol.wire import origin_bytes
from tests.vectors.making.stage import Case, Cast, Stream
from tests.vectors.making.weak import ORDER, WEAK

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]
NEUTRAL: Point = (0, 1)


def added(one: Point, other: Point) -> Point:
    """RFC 8032 §5.1.4, in plain coordinates: slow, and plain to see."""
    (x, y), (v, w) = one, other
    product = D * x * v * y * w
    return (x * w + v * y) * pow(1 + product, -1, P) % P, (y * w + x * v) * pow(1 - product, -1, P) % P


def times(number: int, point: Point) -> Point:
    found = NEUTRAL
    while number:
        if number & 1:
            found = added(found, point)
        point, number = added(point, point), number >> 1
    return found


def point_of(raw: bytes) -> Point:
    """RFC 8032 §5.1.3, of bytes that are a point."""
    number = int.from_bytes(raw, "little")
    y, sign = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (P - x if x & 1 != sign else x), y


def bytes_of(point: Point) -> bytes:
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
EIGHTH = point_of(WEAK["order-eight"])


def signed(random: Stream, message: bytes, in_key: int, in_first: int, fits: Callable[[int], bool]) -> tuple[bytes, bytes]:
    """A public key and a signature whose equation holds but for parts of order eight, tried until the challenge `fits`."""
    secret = int.from_bytes(random(64), "little") % ORDER
    public = bytes_of(added(times(secret, BASE), times(in_key, EIGHTH)))
    while True:
        once = int.from_bytes(random(64), "little") % ORDER
        first = bytes_of(added(times(once, BASE), times(in_first, EIGHTH)))
        challenge = int.from_bytes(hashlib.sha512(first + public + message).digest(), "little") % ORDER
        if fits(challenge):
            return public, first + ((once + challenge * secret) % ORDER).to_bytes(32, "little")


def cases(cast: Cast) -> Iterator[Case]:
    challenge, random = Stream("challenge")(56), Stream("mixed")
    site = cast.desk.site
    message = label("session") + site.site + origin_bytes(site.origin) + challenge + cast.inbox.inbox_id
    kinds: dict[str, tuple[int, int, Callable[[int], bool], str]] = {
        "key": (1, 0, lambda number: number % 8 != 0, "The key has a part of order eight: it holds with a cofactor alone."),
        "key-of-order-two": (4, 0, lambda number: number % 2 == 1, "The key has a part of order two: it holds with a cofactor alone."),
        "key-that-goes-out": (1, 0, lambda number: number % 8 == 0, "The key's part of order eight goes out: it holds."),
        "first-half": (0, 1, lambda _: True, "The signature's first half has a part of order eight: it holds with a cofactor alone."),
        "both": (1, 3, lambda number: (number + 3) % 8 != 0, "Both have such a part: it holds with a cofactor alone."),
        "both-that-go-out": (1, 3, lambda number: (number + 3) % 8 == 0, "Both have such a part, and they go out: it holds."),
    }
    for name, (in_key, in_first, fits, about) in kinds.items():
        public, signature = signed(random, message, in_key, in_first, fits)
        body = {"inbox_id": encode(cast.inbox.inbox_id), "challenge": encode(challenge), "signature": encode(signature)}
        given = {**cast.where(), "sign_public": encode(public), "body": body}
        yield Case(f"session-proof-mixed-{name}", "1.3", "session-proof", about, given)
