"""The vault that keeps a counsellor's secret, and the certificate request made with it (PROTOCOL §2.3, §2.4)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from messaging.protocol.encoding import cut_fields, decode, encode, hashed, label
from messaging.protocol.peer.errors import BadVault, CannotOpen, Malformed
from messaging.protocol.peer.keys import Counsellor, Site, derive_counsellor
from messaging.protocol.peer.primitives import Random, kdf, open_sealed, random_bytes, seal, sign, slow

PASSPHRASE, PASSKEY = 1, 2
SIZE = 109
SHORTEST_PASSPHRASE = 12
USES = {PASSPHRASE: "vault-passphrase", PASSKEY: "vault-passkey"}


def prf_input(site: Site, counsellor_id: bytes) -> bytes:
    """What a passkey's PRF is asked for, §2.3."""
    return hashed("vault-prf", site.site + counsellor_id)


def stretch_passphrase(passphrase: str, salt: bytes) -> bytes:
    """Slow(NFKC(passphrase), salt); raises BadVault for what is not Unicode text."""
    try:
        return slow(unicodedata.normalize("NFKC", passphrase), salt)
    except UnicodeEncodeError as error:
        raise BadVault("the passphrase has an unpaired surrogate") from error


def check_passphrase(passphrase: str) -> None:
    """Raises BadVault for one that is too short to protect anything."""
    if len(unicodedata.normalize("NFKC", passphrase)) < SHORTEST_PASSPHRASE:
        raise BadVault(f"a passphrase has at least {SHORTEST_PASSPHRASE} characters")


def vault_key(site: Site, counsellor_id: bytes, kind: int, salt: bytes, unlock: bytes) -> bytes:
    """`key`, §2.3, from the stretched passphrase or the PRF output."""
    return kdf(unlock, salt, USES[kind], site.site + counsellor_id)


def _unlock(secret_input: Mapping[str, str | bytes], salt: bytes) -> tuple[int, bytes]:
    """The kind of vault that this input opens, and the input of its key."""
    match dict(secret_input):
        case {"passphrase": str(passphrase), **rest} if not rest:
            return PASSPHRASE, stretch_passphrase(passphrase, salt)
        case {"prf": bytes(prf), **rest} if not rest and len(prf) == 32:
            return PASSKEY, prf
    raise BadVault("a vault opens with a passphrase, or with a PRF output of 32 bytes")


def _seal(site: Site, counsellor: Counsellor, secret_input: Mapping[str, str | bytes], random: Random) -> str:
    salt, nonce = random(16), random(12)
    kind, unlock = _unlock(secret_input, salt)
    head = bytes([kind]) + salt + nonce
    owner = site.site + counsellor.counsellor_id
    key = vault_key(site, counsellor.counsellor_id, kind, salt, unlock)
    return encode(head + seal(key, nonce, head + label("vault") + owner, counsellor.secret + site.site))


@dataclass(frozen=True)
class NewVault:
    """A counsellor's new keys, with the record and the request that go to the server."""

    counsellor: Counsellor
    record: str
    request: str


def make_vault(site: Site, counsellor_id: bytes, passphrase: str, random: Random = random_bytes) -> NewVault:
    """A new counsellor secret. Raises BadVault for a short passphrase, Malformed for an id of another size."""
    check_passphrase(passphrase)
    counsellor = derive_counsellor(site, counsellor_id, random(32))
    return NewVault(counsellor, _seal(site, counsellor, {"passphrase": passphrase}, random), make_request(site, counsellor))


def add_passkey_vault(site: Site, counsellor: Counsellor, prf: bytes, random: Random = random_bytes) -> str:
    """Another way into the same vault: a record for a passkey's PRF output of 32 bytes. Raises BadVault."""
    return _seal(site, counsellor, {"prf": prf}, random)


def make_request(site: Site, counsellor: Counsellor) -> str:
    """§2.4: 1,361 bytes, as base64url."""
    body = b"\1" + counsellor.counsellor_id + counsellor.kem_public + counsellor.sign_public + counsellor.tag_public
    return encode(body + sign(counsellor.sign_seed, "certificate-request", site.site + body))


def open_vault(site: Site, counsellor_id: bytes, record: str, secret_input: Mapping[str, str | bytes]) -> Counsellor:
    """The keys in a vault record; `secret_input` is {"passphrase": text} or {"prf": 32 bytes}.

    Raises:
        Malformed: the record's encoding, size or kind.
        BadVault: wrong passphrase or passkey, an altered record, another counsellor's, or another root's.
    """
    raw = decode(record, SIZE)
    kind, salt, nonce, wrapped = cut_fields(raw, 1, 16, 12, SIZE - 29)
    if kind[0] not in USES:
        raise Malformed("vault kind")
    opens, unlock = _unlock(secret_input, salt)
    if opens != kind[0]:
        raise BadVault("this vault opens another way")
    key = vault_key(site, counsellor_id, opens, salt, unlock)
    try:
        secret, stored_site = cut_fields(open_sealed(key, nonce, raw[:29] + label("vault") + site.site + counsellor_id, wrapped), 32, 32)
    except CannotOpen as error:
        raise BadVault("wrong passphrase or passkey, or an altered record") from error
    if stored_site != site.site:
        raise BadVault("this vault belongs to another root")
    return derive_counsellor(site, counsellor_id, secret)
