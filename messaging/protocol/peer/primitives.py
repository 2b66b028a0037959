"""PROTOCOL §1.3 on `cryptography`: nothing here is our own but the labels."""

import os
from collections.abc import Callable
from hmac import compare_digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from messaging.protocol.encoding import KEM_PUBLIC, WRAPPED, demand, hashed, label
from messaging.protocol.peer.errors import CannotOpen, Malformed
from messaging.protocol.peer.hpke import ESEED, seal_to

Random = Callable[[int], bytes]
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
ZERO_NONCE = bytes(12)
# WebCrypto takes 1,024 bytes of HKDF's info; the label and a hash stand beside it.
LONGEST_WRAP_INFO = 900


def random_bytes(size: int) -> bytes:
    return os.urandom(size)


def kdf(secret: bytes, salt: bytes, use: str, context: bytes) -> bytes:
    """KDF(secret, salt, use, context): 32 bytes."""
    return HKDF(hashes.SHA256(), 32, salt or None, label(use) + context).derive(secret)


def kdf64(secret: bytes, use: str, context: bytes) -> bytes:
    """KDF64(secret, use, context): 64 bytes. Its first half is what KDF would give, so no use is one of KDF's."""
    return HKDF(hashes.SHA256(), ESEED, None, label(use) + context).derive(secret)


def slow(text: str, salt: bytes) -> bytes:
    """Slow(text, salt): 32 bytes; takes about half a second and 64 MiB."""
    return Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=65_536).derive(text.encode())


def mac(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA256: 32 bytes."""
    state = hmac.HMAC(key, hashes.SHA256())
    state.update(data)
    return state.finalize()


def sign(seed: bytes, use: str, data: bytes) -> bytes:
    """Sign(seed, use, x): 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(label(use) + data)


def sign_public(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def tag_public(seed: bytes) -> bytes:
    """The X25519 public key of a 32-byte private key."""
    return X25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def agreed_secret(seed: bytes, public: bytes) -> bytes | None:
    """X25519(mine, theirs): 32 bytes; None for a key of low order, with which anyone can agree."""
    try:
        return X25519PrivateKey.from_private_bytes(seed).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        return None


def check_tag_public(public: bytes) -> None:
    """Raises Malformed for a key of low order: no tag can be made for it."""
    demand(agreed_secret(bytes([1]) * 32, public) is not None, "an X25519 key of low order")


def _kem_private(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """X-Wing's expansion of its seed: 64 bytes for ML-KEM and 32 for X25519, from SHAKE256."""
    digest = hashes.Hash(hashes.SHAKE256(96))
    digest.update(seed)
    expanded = digest.finalize()
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])


def kem_public(seed: bytes) -> bytes:
    """The X-Wing public key of a 32-byte seed: 1,216 bytes."""
    lattice, curve = _kem_private(seed)
    return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def wrap(public: bytes, info: bytes, secret: bytes) -> bytes:
    """Wrap(public, info, secret): the same 1,168 bytes for the same three, each time.

    Raises:
        Malformed: a public key of another size or no key at all, a secret of another size, an info above 900 bytes.
    """
    demand(len(public) == KEM_PUBLIC and len(secret) == 32 and len(info) <= LONGEST_WRAP_INFO, "wrap: wrong size")
    eseed = kdf64(secret, "wrap", info + hashed("wrap-key", public))
    try:
        return seal_to(public, info, secret, eseed)
    except ValueError as error:
        raise Malformed("not an X-Wing public key") from error


def check_kem_public(public: bytes) -> None:
    """Raises Malformed for a public key that nothing can be wrapped to."""
    wrap(public, b"", bytes(32))


def is_wrap(wrapped: bytes, public: bytes, info: bytes, secret: bytes) -> bool:
    """Whether these are the very bytes that Wrap makes: opening is not enough, for many others would open as well."""
    try:
        return compare_digest(wrap(public, info, secret), wrapped)
    except Malformed:
        return False


def unwrap(seed: bytes, info: bytes, wrapped: bytes) -> bytes:
    """Unwrap(seed, info, wrapped): 32 bytes; raises CannotOpen."""
    try:
        secret = SUITE.decrypt(wrapped, MLKEM768X25519PrivateKey(*_kem_private(seed)), info) if len(wrapped) == WRAPPED else b""
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("cannot unwrap") from error
    if len(secret) != 32:
        raise CannotOpen("not a wrapped secret of 32 bytes")
    return secret


def seal(key: bytes, nonce: bytes, aad: bytes, data: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, data, aad)


def open_sealed(key: bytes, nonce: bytes, aad: bytes, sealed: bytes) -> bytes:
    """The reverse of seal; raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except InvalidTag as error:
        raise CannotOpen("cannot decrypt") from error
