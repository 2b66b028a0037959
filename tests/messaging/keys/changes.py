"""Changes of what opens a vault, as an open vault signs them (PROTOCOL §8.1)."""

from typing import Any

from messaging.protocol.encoding import encode
from messaging.protocol.peer import sign_vault_change
from tests.world.desk import site
from tests.world.person import AtDesk, Response

PASSPHRASE, PASSKEY = encode(b"\1" + bytes(108)), encode(b"\2" + bytes(108))
ONE = encode(b"one")


def change(who: AtDesk, path: str, *, keys: Any = None, at_site: Any = None, challenge: str = "", **changed: str) -> dict[str, str]:
    """The body of a change that the counsellor's own open vault signed, unless other keys are given."""
    signed = {"record": changed.get("record", ""), "credential_id": changed.get("credential_id", "")}
    asked = challenge or str(who.call("POST", "vault/challenges", {}).json()["challenge"])
    return changed | sign_vault_change(at_site or site(), keys or who.desk.keys[who.name], asked, **signed)


def does(who: AtDesk, path: str, **changed: str) -> Response:
    return who.call("POST", path, change(who, path, **changed))
