"""The root key file: how the root's keepers keep its seed, offline (PROTOCOL §2.11)."""

from messaging.encoding import cut, decode, encode, label
from messaging.peer.errors import BadVault, CannotOpen, Malformed
from messaging.peer.primitives import Random, kdf, open_sealed, random_bytes, seal, sign_public
from messaging.peer.vault import check_passphrase, stretched

KIND, SIZE = 3, 109


def _key(passphrase: str, salt: bytes, root_public: bytes) -> bytes:
    return kdf(stretched(passphrase, salt), salt, "root-key", root_public)


def seal_root_key(root_seed: bytes, passphrase: str, random: Random = random_bytes) -> str:
    """The file's one line; raises BadVault for a short passphrase."""
    check_passphrase(passphrase)
    salt, nonce, root_public = random(16), random(12), sign_public(root_seed)
    head = bytes([KIND]) + salt + nonce + root_public
    return encode(head + seal(_key(passphrase, salt, root_public), nonce, label("root-key") + head, root_seed))


def root_public_of(file: str) -> bytes:
    """The public key that the file says it holds; known to be true only once it has been opened. Raises Malformed."""
    kind, _, root_public, _ = cut(decode(file, SIZE), 1, 28, 32, 48)
    if kind[0] != KIND:
        raise Malformed("not a root key file")
    return root_public


def open_root_key(file: str, passphrase: str) -> bytes:
    """The root's seed.

    Raises:
        Malformed: not a root key file.
        BadVault: wrong passphrase, or an altered file.
    """
    root_public, raw = root_public_of(file), decode(file, SIZE)
    head, wrapped = cut(raw, 61, 48)
    try:
        seed = open_sealed(_key(passphrase, raw[1:17], root_public), raw[17:29], label("root-key") + head, wrapped)
    except CannotOpen as error:
        raise BadVault("wrong passphrase, or an altered file") from error
    if sign_public(seed) != root_public:
        raise BadVault("the file holds another key than it says")
    return seed
