"""A site's, a person's and a counsellor's keys (PROTOCOL §2.1, §2.2, §2.9, §2.10)."""

from dataclasses import dataclass, field

from messaging.protocol.encoding import ID, decode, hashed, site_of
from messaging.protocol.peer.errors import Malformed
from messaging.protocol.peer.primitives import kdf, kem_public, sign_public, slow, tag_public
from messaging.protocol.peer.words import words_entropy
from messaging.protocol.wire import Certificate, NamedStatement, inbox_id_of


@dataclass(frozen=True)
class Site:
    """Whose installation: the root's public key, `site`, the exact origin, and the statement that its release names, where there is one."""

    root: bytes
    site: bytes
    origin: str
    released: NamedStatement | None = None


def open_site(root: str | bytes, origin: str, newest: str = "") -> Site:
    """A site from its root's public key (32 bytes, or base64url), its origin, and a release's `newest` (§11.2); raises Malformed."""
    key = root if isinstance(root, bytes) else decode(root)
    if len(key) != 32 or not origin.isascii() or not 0 < len(origin) < 65_536:
        raise Malformed("a root's public key has 32 bytes, and an origin is ASCII")
    return Site(key, site_of(key), origin, NamedStatement.parse(newest))


@dataclass(frozen=True)
class InboxKeys:
    """What the eight words lead to, §2.9."""

    inbox_id: bytes
    kem_public: bytes
    sign_public: bytes
    tag_public: bytes
    secret: bytes = field(repr=False)
    kem_seed: bytes = field(repr=False)
    sign_seed: bytes = field(repr=False)
    tag_seed: bytes = field(repr=False)


def inbox_keys_of(site: Site, secret: bytes) -> InboxKeys:
    """The keys of an inbox_secret, §2.9."""
    seeds = tuple(kdf(secret, b"", use, site.site) for use in ("inbox-kem", "inbox-sign", "inbox-tag"))
    public = kem_public(seeds[0]), sign_public(seeds[1]), tag_public(seeds[2])
    return InboxKeys(inbox_id_of(*public), *public, secret, *seeds)


def inbox_salt(site: Site) -> bytes:
    return hashed("inbox-salt", site.site)[:16]


def derive_inbox(site: Site, words: list[str]) -> InboxKeys:
    """§2.9, from words that parse_words gave. Takes about half a second. Raises BadWords before it derives anything."""
    words_entropy(words)
    return inbox_keys_of(site, slow(" ".join(words), inbox_salt(site)))


@dataclass(frozen=True)
class Counsellor:
    """A counsellor's keys, §2.2."""

    counsellor_id: bytes
    kem_public: bytes
    sign_public: bytes
    tag_public: bytes
    secret: bytes = field(repr=False)
    kem_seed: bytes = field(repr=False)
    sign_seed: bytes = field(repr=False)
    tag_seed: bytes = field(repr=False)


def derive_counsellor(site: Site, counsellor_id: bytes, secret: bytes) -> Counsellor:
    """§2.2; raises Malformed for an id or a secret of another size."""
    if len(counsellor_id) != ID or len(secret) != 32:
        raise Malformed("a counsellor's id has 16 bytes, and the secret 32")
    context = site.site + counsellor_id
    seeds = tuple(kdf(secret, b"", use, context) for use in ("counsellor-kem", "counsellor-sign", "counsellor-tag"))
    return Counsellor(counsellor_id, kem_public(seeds[0]), sign_public(seeds[1]), tag_public(seeds[2]), secret, *seeds)


def is_own_certificate(counsellor: Counsellor, certificate: Certificate) -> bool:
    """Whether it is for the very keys of this vault."""
    keys = counsellor.counsellor_id, counsellor.kem_public, counsellor.sign_public, counsellor.tag_public
    return keys == (certificate.counsellor_id, certificate.kem_public, certificate.sign_public, certificate.tag_public)


def _written(digest: bytes) -> str:
    return digest[:16].hex(" ", 2)


def root_fingerprint(root_public: bytes) -> str:
    """§2.10."""
    return _written(hashed("root-fingerprint", root_public))


def fingerprint(counsellor_id: bytes, kem: bytes, signing: bytes, tag: bytes) -> str:
    """§2.10: what a counsellor reads out before a request is signed."""
    return _written(hashed("counsellor-fingerprint", counsellor_id + kem + signing + tag))
