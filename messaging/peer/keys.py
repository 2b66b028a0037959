"""A person's and a counsellor's keys, and the vault that keeps a counsellor's secret (PROTOCOL §2.1–§2.4, §2.9)."""

import unicodedata
from dataclasses import dataclass, field

from messaging.encoding import ID, cut, hashed, label, site_of
from messaging.peer.errors import BadVault, CannotOpen, Malformed
from messaging.peer.primitives import Random, kdf, kem_public, open_sealed, random_bytes, seal, sign, sign_public, slow
from messaging.wire import inbox_id_of

PASSPHRASE, PASSKEY = 1, 2
VAULT = 109
SHORTEST_PASSPHRASE = 12


@dataclass(frozen=True)
class Site:
    """Whose installation: the root's public key, `site`, and the exact origin."""

    root: bytes
    site: bytes
    origin: str


def open_site(root: bytes, origin: str) -> Site:
    return Site(root, site_of(root), origin)


@dataclass(frozen=True)
class InboxKeys:
    """What the eight words lead to, §2.9."""

    inbox_id: bytes
    kem_public: bytes
    sign_public: bytes
    secret: bytes = field(repr=False)
    kem_seed: bytes = field(repr=False)
    sign_seed: bytes = field(repr=False)


def derive_inbox(site: Site, words: list[str]) -> InboxKeys:
    """§2.9, from words that parse_words gave. Takes about half a second."""
    secret = slow(" ".join(words), hashed("inbox-salt", site.site)[:16])
    kem_seed, sign_seed = kdf(secret, b"", "inbox-kem", site.site), kdf(secret, b"", "inbox-sign", site.site)
    kem, signing = kem_public(kem_seed), sign_public(sign_seed)
    return InboxKeys(inbox_id_of(kem, signing), kem, signing, secret, kem_seed, sign_seed)


@dataclass(frozen=True)
class Counsellor:
    """A counsellor's keys, §2.2."""

    counsellor_id: bytes
    kem_public: bytes
    sign_public: bytes
    secret: bytes = field(repr=False)
    kem_seed: bytes = field(repr=False)
    sign_seed: bytes = field(repr=False)


def derive_counsellor(site: Site, counsellor_id: bytes, secret: bytes) -> Counsellor:
    context = site.site + counsellor_id
    kem_seed, sign_seed = kdf(secret, b"", "counsellor-kem", context), kdf(secret, b"", "counsellor-sign", context)
    return Counsellor(counsellor_id, kem_public(kem_seed), sign_public(sign_seed), secret, kem_seed, sign_seed)


def prf_input(site: Site, counsellor_id: bytes) -> bytes:
    """What a passkey's PRF is asked for, §2.3."""
    return hashed("vault-prf", site.site + counsellor_id)


def _vault_key(site: Site, counsellor_id: bytes, kind: int, salt: bytes, unlock: str | bytes) -> bytes:
    if isinstance(unlock, str):
        unlock = slow(unicodedata.normalize("NFKC", unlock), salt)
    use = "vault-passphrase" if kind == PASSPHRASE else "vault-passkey"
    return kdf(unlock, salt, use, site.site + counsellor_id)


def seal_vault(site: Site, counsellor: Counsellor, unlock: str | bytes, random: Random = random_bytes) -> bytes:
    """A vault record of 109 bytes; `unlock` is a passphrase, or a passkey's PRF output of 32 bytes.

    Raises:
        BadVault: a passphrase under 12 characters, or a PRF output of another size.
    """
    if isinstance(unlock, str) and len(unicodedata.normalize("NFKC", unlock)) < SHORTEST_PASSPHRASE:
        raise BadVault(f"a passphrase has at least {SHORTEST_PASSPHRASE} characters")
    if isinstance(unlock, bytes) and len(unlock) != 32:
        raise BadVault("a PRF output has 32 bytes")
    kind = PASSPHRASE if isinstance(unlock, str) else PASSKEY
    head = bytes([kind]) + random(16) + random(12)
    owner = site.site + counsellor.counsellor_id
    key = _vault_key(site, counsellor.counsellor_id, kind, head[1:17], unlock)
    return head + seal(key, head[17:], head + label("vault") + owner, counsellor.secret + site.site)


def make_vault(site: Site, counsellor_id: bytes, passphrase: str, random: Random = random_bytes) -> tuple[Counsellor, bytes, bytes]:
    """A new counsellor secret: (keys, vault record, certificate request of §2.4). Raises BadVault."""
    counsellor = derive_counsellor(site, counsellor_id, random(32))
    return counsellor, seal_vault(site, counsellor, passphrase, random), make_request(site, counsellor)


def make_request(site: Site, counsellor: Counsellor) -> bytes:
    """§2.4: 1,329 bytes."""
    body = b"\1" + counsellor.counsellor_id + counsellor.kem_public + counsellor.sign_public
    return body + sign(counsellor.sign_seed, "certificate-request", site.site + body)


def open_vault(site: Site, counsellor_id: bytes, record: bytes, unlock: str | bytes) -> Counsellor:
    """The keys in a vault record.

    Raises:
        Malformed: the record's size or kind.
        BadVault: wrong passphrase or passkey, an altered record, another counsellor's, or another root's.
    """
    kind, salt, nonce, wrapped = cut(record, 1, 16, 12, VAULT - 29)
    if kind[0] not in (PASSPHRASE, PASSKEY) or len(counsellor_id) != ID:
        raise Malformed("vault kind")
    if (kind[0] == PASSPHRASE) != isinstance(unlock, str):
        raise BadVault("this vault opens another way")
    key = _vault_key(site, counsellor_id, kind[0], salt, unlock)
    try:
        secret, stored_site = cut(open_sealed(key, nonce, record[:29] + label("vault") + site.site + counsellor_id, wrapped), 32, 32)
    except CannotOpen as error:
        raise BadVault("wrong passphrase or passkey, or an altered record") from error
    if stored_site != site.site:
        raise BadVault("this vault belongs to another root")
    return derive_counsellor(site, counsellor_id, secret)
