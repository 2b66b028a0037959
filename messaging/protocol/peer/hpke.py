"""Sealing to an X-Wing key with no chance in it (PROTOCOL §1.7): RFC 9180's base mode, one shot, over draft-connolly-cfrg-xwing-kem-10.

No library for Python takes the 64 bytes that X-Wing's encapsulation would draw. ML-KEM's part is kyber-py's, everything else is
`cryptography`'s, which opens all that this makes. kyber-py does not run in constant time: so this is for tests, the demonstration and the
key tool, never for a server.
"""

from hashlib import sha3_256

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from kyber_py.ml_kem.default_parameters import DEFAULT_PARAMETERS
from kyber_py.ml_kem.ml_kem import ML_KEM

LATTICE_PUBLIC, CURVE_PUBLIC, ESEED = 1184, 32, 64
# The draft's label: six signs that look like an X and a wing.
XWING_LABEL = b"\\.//^\\"
# RFC 9180 §5.1: the KEM X-Wing, HKDF-SHA256, AES-256-GCM.
SUITE_ID = b"HPKE" + bytes.fromhex("647a 0001 0002")
BASE_MODE = b"\0"


def encapsulate(public: bytes, eseed: bytes) -> tuple[bytes, bytes]:
    """The draft's EncapsulateDerand: a shared secret of 32 bytes and its ciphertext of 1,120; the same for the same two, each time.

    Raises:
        ValueError: bytes that are no key: another size, a coefficient that is not reduced, a point of low order.
    """
    if len(public) != LATTICE_PUBLIC + CURVE_PUBLIC or len(eseed) != ESEED:
        raise ValueError("an X-Wing public key has 1,216 bytes, and what is drawn 64")
    lattice, curve = public[:LATTICE_PUBLIC], public[LATTICE_PUBLIC:]
    MLKEM768PublicKey.from_public_bytes(lattice)  # FIPS 203's check of the modulus, by OpenSSL.
    kem = ML_KEM(DEFAULT_PARAMETERS["ML768"])
    kem.random_bytes = lambda _size: eseed[:32]
    lattice_secret, lattice_ciphertext = kem.encaps(lattice)
    mine = X25519PrivateKey.from_private_bytes(eseed[32:])
    curve_secret = mine.exchange(X25519PublicKey.from_public_bytes(curve))
    curve_ciphertext = mine.public_key().public_bytes_raw()
    shared = sha3_256(lattice_secret + curve_secret + curve_ciphertext + curve + XWING_LABEL).digest()
    return shared, lattice_ciphertext + curve_ciphertext


def seal_to(public: bytes, info: bytes, secret: bytes, eseed: bytes) -> bytes:
    """`enc || ciphertext` of HPKE, with empty additional data. Raises ValueError as `encapsulate`."""
    return seal_under(*encapsulate(public, eseed), info, secret)


def seal_under(shared: bytes, enc: bytes, info: bytes, secret: bytes) -> bytes:
    """`enc || ciphertext` for a shared secret that was agreed already."""
    context = BASE_MODE + _extract(b"", b"psk_id_hash", b"") + _extract(b"", b"info_hash", info)
    key_secret = _extract(shared, b"secret", b"")
    nonce = _expand(key_secret, b"base_nonce", context, 12)
    return enc + AESGCM(_expand(key_secret, b"key", context, 32)).encrypt(nonce, secret, b"")


def _extract(salt: bytes, name: bytes, key: bytes) -> bytes:
    """RFC 9180 §4, LabeledExtract."""
    state = hmac.HMAC(salt or bytes(32), hashes.SHA256())
    state.update(b"HPKE-v1" + SUITE_ID + name + key)
    return state.finalize()


def _expand(secret: bytes, name: bytes, info: bytes, size: int) -> bytes:
    """RFC 9180 §4, LabeledExpand."""
    labelled = size.to_bytes(2, "big") + b"HPKE-v1" + SUITE_ID + name + info
    return HKDFExpand(hashes.SHA256(), size, labelled).derive(secret)
