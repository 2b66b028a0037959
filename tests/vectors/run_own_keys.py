"""Runs vectors of what somebody keeps: eight words and their inbox, a vault, its recovery sheet and its proof, the root key."""

from collections.abc import Mapping
from typing import Any

from messaging.protocol import wire
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import (
    make_sheet,
    make_words,
    open_sheet,
    open_site,
    open_vault,
    parse_words,
    prf_input,
    sign_vault_change,
)
from messaging.protocol.peer.keys import derive_counsellor, inbox_keys_of, inbox_salt
from messaging.protocol.peer.primitives import slow
from messaging.protocol.peer.root_key import open_root_key, root_public_of
from messaging.protocol.peer.vault import stretch_passphrase, vault_key
from messaging.protocol.peer.words import words_entropy

JSON = Mapping[str, Any]


def words(given: JSON) -> JSON:
    parsed = parse_words(given["text"])
    return {"words": parsed, "entropy": encode(words_entropy(parsed))}


def draw(given: JSON) -> JSON:
    draws = [decode(each) for each in given["draws"]]

    def drawn(_: int) -> bytes:
        return draws.pop(0)

    sets: list[str] = []
    while draws:
        sets.append(" ".join(make_words(drawn)))
    return {"sets": sets}


def inbox(given: JSON) -> JSON:
    site = open_site(given["root"], given["origin"])
    secret = slow(given["words"], inbox_salt(site))
    keys = inbox_keys_of(site, secret)
    named = {"site": site.site, "salt": inbox_salt(site), "inbox_secret": secret, "kem_seed": keys.kem_seed, "sign_seed": keys.sign_seed}
    named |= {"tag_seed": keys.tag_seed, "tag_public": keys.tag_public}
    named |= {"kem_public": keys.kem_public, "sign_public": keys.sign_public, "inbox_id": keys.inbox_id}
    return {name: encode(value) for name, value in named.items()}


def vault(given: JSON) -> JSON:
    site, owner, record = open_site(given["root"], given["origin"]), decode(given["counsellor_id"]), decode(given["record"])
    secret_input = {"passphrase": given["passphrase"]} if "passphrase" in given else {"prf": decode(given["prf"])}
    keys = open_vault(site, owner, given["record"], secret_input)
    unlock = stretch_passphrase(given["passphrase"], record[1:17]) if "passphrase" in given else decode(given["prf"])
    named = {"secret": keys.secret, "kem_seed": keys.kem_seed, "sign_seed": keys.sign_seed}
    named |= {"tag_seed": keys.tag_seed, "tag_public": keys.tag_public}
    named |= {"kem_public": keys.kem_public, "sign_public": keys.sign_public}
    named |= {"key": vault_key(site, owner, record[0], record[1:17], unlock), "prf_input": prf_input(site, owner)}
    return {name: encode(value) for name, value in named.items()}


def sheet(given: JSON) -> JSON:
    site = open_site(given["root"], given["origin"])
    keys = open_sheet(site, decode(given["counsellor_id"]), given["text"])
    named = {"secret": keys.secret, "kem_public": keys.kem_public, "sign_public": keys.sign_public}
    return {"words": make_sheet(keys), **{name: encode(value) for name, value in named.items()}}


def vault_change(given: JSON) -> JSON:
    site = open_site(given["root"], given["origin"])
    keys = derive_counsellor(site, decode(given["counsellor_id"]), decode(given["secret"]))
    return {"proof": sign_vault_change(site, keys, given["challenge"], record=given["record"], credential_id=given["credential_id"])}


def vault_proof(given: JSON) -> JSON:
    site, owner = open_site(given["root"], given["origin"]), decode(given["counsellor_id"])
    body = {name: decode(value) for name, value in given["body"].items()}
    change = wire.vault_change(
        site.site, given["origin"], body["challenge"], owner, record=body["record"], credential_id=body["credential_id"]
    )
    return {"holds": wire.vault_proof_holds(decode(given["sign_public"]), change, body["signature"])}


def root_key(given: JSON) -> JSON:
    return {"root_public": encode(root_public_of(given["file"])), "root_seed": encode(open_root_key(given["file"], given["passphrase"]))}
