"""The vault that keeps a counsellor's secret, and the certificate request made with it (PROTOCOL §2.3, §2.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from messaging.protocol.encoding import VERSION, cut_fields, decode, encode, hashed, label
from messaging.protocol.peer.errors import BadVault, BadWords, CannotOpen, Malformed
from messaging.protocol.peer.keys import Counsellor, Site, derive_counsellor
from messaging.protocol.peer.primitives import Random, kdf, open_sealed, random_bytes, seal, sign, slow
from messaging.protocol.peer.words import demand_known_words, split_words, words_of_bits
from messaging.protocol.wire import vault_change

PASSPHRASE, PASSKEY = 1, 2
SIZE = 109
WORDS, RANDOM, SPARE_BITS = 6, 9, 6
USES = {PASSPHRASE: "vault-passphrase", PASSKEY: "vault-passkey"}


def prf_input(site: Site, counsellor_id: bytes) -> bytes:
    """What a passkey's PRF is asked for, §2.3."""
    return hashed("vault-prf", site.site + counsellor_id)


def make_passphrase(random: Random = random_bytes) -> str:
    """Six new words, joined by single spaces: 66 random bits, which nobody chose."""
    return " ".join(words_of_bits(int.from_bytes(random(RANDOM), "big") >> SPARE_BITS, WORDS))


def parse_passphrase(text: str) -> str:
    """The six words of what a counsellor typed, joined by single spaces; raises BadVault for anything else."""
    words = split_words(text)
    try:
        demand_known_words(words, WORDS)
    except BadWords as error:
        raise BadVault(f"a passphrase is six words of the list: {error}") from error
    return " ".join(words)


def stretch_passphrase(passphrase: str, salt: bytes) -> bytes:
    """Slow(the six words, salt); raises BadVault for what is not six words of the list."""
    return slow(parse_passphrase(passphrase), salt)


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
    """A new counsellor secret behind a passphrase of `make_passphrase`. Raises BadVault for another one, Malformed for the id's size."""
    counsellor = derive_counsellor(site, counsellor_id, random(32))
    return NewVault(counsellor, _seal(site, counsellor, {"passphrase": passphrase}, random), make_request(site, counsellor))


def add_passkey_vault(site: Site, counsellor: Counsellor, prf: bytes, random: Random = random_bytes) -> str:
    """Another way into the same vault: a record for a passkey's PRF output of 32 bytes. Raises BadVault."""
    return _seal(site, counsellor, {"prf": prf}, random)


def change_passphrase(site: Site, counsellor: Counsellor, passphrase: str, random: Random = random_bytes) -> str:
    """A record of the same secret for another passphrase of `make_passphrase`. Raises BadVault."""
    return _seal(site, counsellor, {"passphrase": passphrase}, random)


def sign_vault_change(site: Site, counsellor: Counsellor, challenge: str, *, record: str = "", credential_id: str = "") -> dict[str, str]:
    """The proof of an open vault for a change of its records, §8.1; everything as base64url. Raises Malformed."""
    raw = decode(challenge, 56)
    signed = vault_change(site.site, site.origin, raw, counsellor.counsellor_id, record=decode(record), credential_id=decode(credential_id))
    return {"challenge": challenge, "signature": encode(sign(counsellor.sign_seed, "vault-change", signed))}


def make_request(site: Site, counsellor: Counsellor) -> str:
    """§2.4: 1,361 bytes, as base64url."""
    body = VERSION + counsellor.counsellor_id + counsellor.kem_public + counsellor.sign_public + counsellor.tag_public
    return encode(body + sign(counsellor.sign_seed, "certificate-request", site.site + body))


def make_renewal(site: Site, counsellor: Counsellor, old: Counsellor, old_certificate_id: bytes) -> str:
    """§2.4: a request for new keys that the old certificate's key signs too; 1,441 bytes, as base64url."""
    body = decode(make_request(site, counsellor)) + old_certificate_id
    return encode(body + sign(old.sign_seed, "certificate-renewal", site.site + body))


def renew_vault(site: Site, old: Counsellor, old_certificate_id: bytes, passphrase: str, random: Random = random_bytes) -> NewVault:
    """A new secret in the place of an old one, before its certificate ends. Raises BadVault."""
    made = make_vault(site, old.counsellor_id, passphrase, random)
    return replace(made, request=make_renewal(site, made.counsellor, old, old_certificate_id))


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
