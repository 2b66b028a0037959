"""Cases of a counsellor's vault and recovery sheet, the proof of an open vault, and the root key file."""

import hashlib
from collections.abc import Iterator

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import add_passkey_vault, make_passphrase, make_sheet, make_vault, sign_vault_change
from messaging.protocol.peer.keys import Counsellor, derive_counsellor
from messaging.protocol.peer.root_key import seal_root_key
from messaging.protocol.peer.words import word_list
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip

ROOT_PASSPHRASE = "correct horse battery ﬁne"


def vault(cast: Cast) -> Iterator[Case]:
    site, owner = cast.desk.site, Stream("vault-owner")(16)
    passphrase = make_passphrase(Stream("passphrase"))
    six = passphrase.split()
    made = make_vault(site, owner, passphrase, Stream("vault"))
    good = {**cast.where(), "counsellor_id": encode(owner), "record": made.record, "passphrase": passphrase}
    yield Case("vault-passphrase", "2.3", "vault", "Six words of the list.", good)
    typed = "1. " + ", ".join(six).upper() + "."
    yield Case(
        "vault-passphrase-typed",
        "2.3",
        "vault",
        "Read as §2.8 reads words: capitals, commas, a number, a dot.",
        {**good, "passphrase": typed},
    )
    for name, zeros in (("zeros", bytes), ("ones", lambda size: b"\xff" * size)):
        extreme = make_passphrase(zeros)
        record = make_vault(site, owner, extreme, Stream(f"vault-{name}")).record
        yield Case(
            f"vault-passphrase-{name}",
            "2.3",
            "vault",
            f"The words of nine bytes of {name}.",
            {**good, "passphrase": extreme, "record": record},
        )
    prf = Stream("prf")(32)
    passkey = add_passkey_vault(site, made.counsellor, prf, Stream("vault-passkey"))
    by_passkey = {**cast.where(), "counsellor_id": encode(owner), "record": passkey, "prf": encode(prf)}
    yield Case("vault-passkey", "2.3", "vault", "The same secret, by a passkey.", by_passkey)
    raw = {"record": encode(flip(decode(made.record), 60))}
    bad = {
        "wrong-passphrase": (
            {**good, "passphrase": " ".join([*six[:5], another(six[5])])},
            "BadVault",
            "The sixth word is another of the list.",
        ),
        "swapped": ({**good, "passphrase": " ".join([six[1], six[0], *six[2:]])}, "BadVault", "Two words changed places."),
        "five-words": ({**good, "passphrase": " ".join(six[:5])}, "BadVault", "A word is missing."),
        "seven-words": ({**good, "passphrase": f"{passphrase} {six[0]}"}, "BadVault", "A word too many."),
        "unknown-word": ({**good, "passphrase": " ".join([*six[:2], "zzz", *six[3:]])}, "BadVault", "A word that is not in the list."),
        "own-passphrase": ({**good, "passphrase": "Moira swims the Minch"}, "BadVault", "A passphrase that someone chose is none."),
        "wrong-prf": ({**by_passkey, "prf": encode(flip(prf, 0))}, "BadVault", "The PRF's output is another."),
        "altered": ({**good, **raw}, "BadVault", "One bit of the record is changed."),
        "salt-altered": ({**good, "record": encode(flip(decode(made.record), 1))}, "BadVault", "One bit of the salt is changed."),
        "other-counsellor": ({**good, "counsellor_id": encode(flip(owner, 0))}, "BadVault", "The record of another counsellor."),
        "other-root": ({**good, **cast.where(cast.stranger_desk)}, "BadVault", "A vault of another organisation's root."),
        "passphrase-as-passkey": (
            {**good, "record": encode(edit(decode(made.record), 0, b"\2"))},
            "BadVault",
            "The kind is changed to passkey.",
        ),
        "unknown-kind": ({**good, "record": encode(edit(decode(made.record), 0, b"\3"))}, "Malformed", "A kind that there is not."),
        "too-long": ({**good, "record": encode(decode(made.record) + b"\0")}, "Malformed", "A byte too many."),
        "short-prf": ({**by_passkey, "prf": encode(prf[:31])}, "BadVault", "A PRF output of 31 bytes."),
    }
    for name, (given, error, about) in bad.items():
        yield Case(f"vault-{name}", "2.3", "vault", about, given, error)
    yield from sheet(cast, made.counsellor)
    yield from changes(cast, made.counsellor, made.record, passkey)


def another(word: str) -> str:
    """The next one of the list."""
    return word_list()[(word_list().index(word) + 1) % len(word_list())]


def sheet(cast: Cast, mine: Counsellor) -> Iterator[Case]:
    words = make_sheet(mine)
    good = {**cast.where(), "counsellor_id": encode(mine.counsellor_id), "text": " ".join(words)}
    yield Case("sheet", "2.14", "sheet", "24 words to the keys.", good)
    listed = "\n".join(f"{place}. {word.capitalize()}" for place, word in enumerate(words, 1))
    yield Case("sheet-copied", "2.14", "sheet", "As it is copied from the paper: numbered lines.", {**good, "text": listed})
    for name, byte in (("zeros", b"\0"), ("ones", b"\xff")):
        text = " ".join(make_sheet(derive_counsellor(cast.desk.site, mine.counsellor_id, byte * 32)))
        yield Case(f"sheet-{name}", "2.14", "sheet", f"A secret of {name}: its last word is mostly checksum.", {**good, "text": text})
    bad: dict[str, tuple[list[str], str, int | None]] = {
        "unknown": ([*words[:17], "zzz", *words[18:]], "The eighteenth word is not in the list.", 17),
        "swapped": ([words[1], words[0], *words[2:]], "Two words changed places.", None),
        "missing": (words[:23], "A word is missing.", None),
        "one-more": ([*words, words[0]], "A word too many.", None),
        "last-is-another": ([*words[:23], another(words[23])], "The checksum in the last word fails.", None),
        "of-an-inbox": (cast.words, "Eight words of an inbox.", None),
    }
    for name, (found, about, index) in bad.items():
        yield Case(f"sheet-{name}", "2.14", "sheet", about, {**good, "text": " ".join(found)}, "BadWords", index)


def changes(cast: Cast, mine: Counsellor, record: str, passkey: str) -> Iterator[Case]:
    """The proof of an open vault: what is signed, and what a server takes."""
    challenge, credential = encode(Stream("vault-challenge")(56)), encode(Stream("credential")(20))
    owner = {**cast.where(), "counsellor_id": encode(mine.counsellor_id), "secret": encode(mine.secret), "challenge": challenge}
    kinds = {
        "passphrase": ({"record": record, "credential_id": ""}, "A record takes the place of the passphrase's."),
        "passkey": ({"record": passkey, "credential_id": credential}, "A passkey's record is added."),
        "passkey-out": ({"record": "", "credential_id": credential}, "A passkey is taken out."),
    }
    for name, (change, about) in kinds.items():
        yield Case(f"vault-change-{name}", "8.1", "vault-change", about, {**owner, **change})
        body = {
            **change,
            **sign_vault_change(cast.desk.site, mine, challenge, record=change["record"], credential_id=change["credential_id"]),
        }
        given = {**cast.where(), "counsellor_id": encode(mine.counsellor_id), "sign_public": encode(mine.sign_public), "body": body}
        yield Case(f"vault-proof-{name}", "8.1", "vault-proof", about, given)
        wrong = {**given, "body": {**body, "credential_id": encode(Stream("another credential")(20))}}
        yield Case(f"vault-proof-{name}-another", "8.1", "vault-proof", "The same proof for another passkey.", wrong)
    short = {**owner, **kinds["passphrase"][0], "challenge": encode(bytes(55))}
    yield Case("vault-change-short-challenge", "8.1", "vault-change", "A challenge of another size is not signed.", short, "Malformed")


def root_key() -> Iterator[Case]:
    seed = hashlib.sha256(b"a root").digest()
    file = seal_root_key(seed, ROOT_PASSPHRASE, Stream("root-key"))
    good = {"file": file, "passphrase": ROOT_PASSPHRASE}
    yield Case("root-key-file", "2.11", "root-key", "The root's seed, by its passphrase.", good)
    wrong = {**good, "passphrase": "another passphrase"}
    yield Case("root-key-wrong-passphrase", "2.11", "root-key", "The passphrase is another.", wrong, "BadVault")
    swapped = {**good, "file": encode(flip(decode(file), 40))}
    yield Case("root-key-public-altered", "2.11", "root-key", "The public key in the clear is changed.", swapped, "BadVault")
    kind = {**good, "file": encode(edit(decode(file), 0, b"\1"))}
    yield Case("root-key-other-kind", "2.11", "root-key", "The kind of a vault record.", kind, "Malformed")


def cases(cast: Cast) -> Iterator[Case]:
    yield from vault(cast)
    yield from root_key()
