"""What is signed towards the server: that someone holds an inbox's key, or an open vault (PROTOCOL §2.9, §7.4, §7.5, §8.1). PURE."""

from messaging.protocol.encoding import ID, hashed, signature_holds


def inbox_id_of(kem_public: bytes, sign_public: bytes, tag_public: bytes) -> bytes:
    """§2.9: 16 bytes."""
    return hashed("inbox-id", kem_public + sign_public + tag_public)[:ID]


def origin_bytes(origin: str) -> bytes:
    """O of §7."""
    return len(origin).to_bytes(2, "big") + origin.encode("ascii")


def session_proof_holds(site: bytes, origin: str, challenge: bytes, inbox_id: bytes, sign_public: bytes, signature: bytes) -> bool:
    """§7.4."""
    return signature_holds(sign_public, "session", site + origin_bytes(origin) + challenge + inbox_id, signature)


def first_message_proof_holds(
    site: bytes, origin: str, challenge: bytes, inbox_id: bytes, sign_public: bytes, opening_hash: bytes, proof: bytes
) -> bool:
    """§7.5."""
    return signature_holds(sign_public, "first-message", site + origin_bytes(origin) + challenge + inbox_id + opening_hash, proof)


def vault_change(site: bytes, origin: str, challenge: bytes, counsellor_id: bytes, *, record: bytes, credential_id: bytes) -> bytes:
    """What an open vault signs for a change of its records, §8.1.

    Without a credential's id it is the passphrase's record, and without a record a passkey is taken out.
    """
    changed = hashed("vault-change", len(credential_id).to_bytes(2, "big") + credential_id + record)
    return site + origin_bytes(origin) + challenge + counsellor_id + changed


def vault_proof_holds(sign_public: bytes, change: bytes, signature: bytes) -> bool:
    """§8.1, for what `vault_change` gives."""
    return signature_holds(sign_public, "vault-change", change, signature)
