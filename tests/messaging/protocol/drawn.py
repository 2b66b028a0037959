"""A wrap as any library makes one: it opens, and what it is made of was drawn. Nothing of ours has a part in it."""

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey

from messaging.protocol.peer.primitives import SUITE


def drawn_wrap(public: bytes, info: bytes, secret: bytes) -> bytes:
    lattice, curve = MLKEM768PublicKey.from_public_bytes(public[:-32]), X25519PublicKey.from_public_bytes(public[-32:])
    return SUITE.encrypt(secret, MLKEM768X25519PublicKey(lattice, curve), info)
