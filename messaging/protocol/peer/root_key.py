"""The root key file and the release key file: how their keepers keep a seed, offline (PROTOCOL §2.11, §11.1)."""

import unicodedata

from messaging.protocol.encoding import cut_fields, decode, encode, label
from messaging.protocol.peer.errors import BadVault, CannotOpen, Malformed
from messaging.protocol.peer.primitives import Random, kdf, open_sealed, random_bytes, seal, sign_public, slow

KIND, RELEASE, SIZE = 3, 4, 109
SHORTEST_PASSPHRASE = 12


def check_passphrase(passphrase: str) -> None:
    """Raises BadVault for one that is too short to protect anything."""
    if len(unicodedata.normalize("NFKC", passphrase)) < SHORTEST_PASSPHRASE:
        raise BadVault(f"a passphrase has at least {SHORTEST_PASSPHRASE} characters")


def stretch_text(passphrase: str, salt: bytes) -> bytes:
    """Slow(NFKC(passphrase), salt); raises BadVault for what is not Unicode text."""
    try:
        return slow(unicodedata.normalize("NFKC", passphrase), salt)
    except UnicodeEncodeError as error:
        raise BadVault("the passphrase has an unpaired surrogate") from error


def _key(passphrase: str, salt: bytes, public: bytes, kind: int) -> bytes:
    stretch = stretch_text(passphrase, salt)
    return kdf(stretch, salt, "root-key", public) if kind == KIND else kdf(stretch, salt, "release-key", public)


def _label(kind: int) -> bytes:
    return label("root-key") if kind == KIND else label("release-key")


def seal_root_key(root_seed: bytes, passphrase: str, random: Random = random_bytes, *, kind: int = KIND) -> str:
    """The file's one line; raises BadVault for a short passphrase."""
    check_passphrase(passphrase)
    salt, nonce, root_public = random(16), random(12), sign_public(root_seed)
    head = bytes([kind]) + salt + nonce + root_public
    return encode(head + seal(_key(passphrase, salt, root_public, kind), nonce, _label(kind) + head, root_seed))


def root_public_of(file: str, *, kind: int = KIND) -> bytes:
    """The public key that the file says it holds; known to be true only once it has been opened. Raises Malformed."""
    found, _, root_public, _ = cut_fields(decode(file, SIZE), 1, 28, 32, 48)
    if found[0] != kind:
        raise Malformed(f"not a {'root' if kind == KIND else 'release'} key file")
    return root_public


def open_root_key(file: str, passphrase: str, *, kind: int = KIND) -> bytes:
    """The root's seed, or a release key's.

    Raises:
        Malformed: not such a file.
        BadVault: wrong passphrase, or an altered file.
    """
    root_public, raw = root_public_of(file, kind=kind), decode(file, SIZE)
    head, wrapped = cut_fields(raw, 61, 48)
    try:
        seed = open_sealed(_key(passphrase, raw[1:17], root_public, kind), raw[17:29], _label(kind) + head, wrapped)
    except CannotOpen as error:
        raise BadVault("wrong passphrase, or an altered file") from error
    if sign_public(seed) != root_public:
        raise BadVault("the file holds another key than it says")
    return seed
