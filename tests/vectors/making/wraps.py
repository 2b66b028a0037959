"""Cases of wraps: the same bytes for the same three inputs, and keys that stand at an edge (PROTOCOL §1.7)."""

from collections.abc import Iterator

from messaging.protocol.encoding import encode, label
from messaging.protocol.peer.primitives import kem_public
from tests.vectors.making.stage import Case, Stream, edit

P = 2**255 - 19
# Points of order eight, as X25519 takes them.
ORDER_EIGHT = (
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
)


def cases() -> Iterator[Case]:
    random = Stream("wraps")
    public, secret, info = kem_public(random(32)), random(32), label("grant") + random(52)

    def case(name: str, about: str, error: str | None = None, **change: bytes) -> Case:
        given = {"public": public, "info": info, "secret": secret, **change}
        return Case(f"wrap-{name}".removesuffix("-"), "1.7", "wrap", about, {key: encode(value) for key, value in given.items()}, error)

    yield case("", "A grant's.")
    yield case("other-secret", "Another secret.", secret=random(32))
    yield case("other-info", "Another use.", info=label("opening") + info)
    yield case("other-key", "Another key.", public=kem_public(random(32)))
    yield case("empty-info", "Nothing for info.", info=b"")
    yield case("longest-info", "900 bytes of info.", info=random(900))
    yield case("info-too-long", "901 bytes of info.", "Malformed", info=random(901))
    yield case("short-secret", "A secret of 31 bytes.", "Malformed", secret=secret[:31])
    yield case("long-secret", "A secret of 33 bytes.", "Malformed", secret=secret + b"\0")
    yield case("short-key", "A key of 1,215 bytes.", "Malformed", public=public[:-1])
    yield case("long-key", "A key of 1,217 bytes.", "Malformed", public=public + b"\0")

    def curve(point: int | bytes) -> bytes:
        return public[:1184] + (point if isinstance(point, bytes) else point.to_bytes(32, "little"))

    yield case(
        "key-highest-bit", "The highest bit of the X25519 key is set: it is ignored.", public=public[:-1] + bytes([public[-1] | 128])
    )
    yield case("key-unreduced", "The X25519 key is p + 9: it is that of 9.", public=curve(P + 9))
    for name, point in {"0": 0, "1": 1, "minus-1": P - 1, "p": P, "p-and-1": P + 1}.items():
        yield case(f"key-low-order-{name}", "The X25519 key is of low order.", "Malformed", public=curve(point))
    for place, digits in enumerate(ORDER_EIGHT, 1):
        yield case(f"key-order-eight-{place}", "The X25519 key is of order eight.", "Malformed", public=curve(bytes.fromhex(digits)))
    for value in (3328, 3329, 4095):
        first = bytes([value & 255, (public[1] & 0xF0) | value >> 8])
        error = "Malformed" if value >= 3329 else None
        about = (
            "The first coefficient is the greatest that there is." if error is None else "A coefficient of the ML-KEM key is not reduced."
        )
        yield case(f"key-coefficient-{value}", about, error, public=edit(public, 0, first))
