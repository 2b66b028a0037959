"""The whole protocol of PROTOCOL in Python, for tests, the demo's people and the key tool. PURE; the server may not import it."""

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.again import demand_chain_goes_on, desk_follows
from messaging.protocol.peer.confirming import WaitingEpoch, make_confirmation, make_root_confirmation
from messaging.protocol.peer.desk import Desk, OpenDesk, check_desk, open_desk, open_desk_epoch
from messaging.protocol.peer.errors import ProtocolError
from messaging.protocol.peer.keys import Counsellor, InboxKeys, Site, derive_inbox, fingerprint, open_site
from messaging.protocol.peer.person_drafts import PersonDraft, open_draft, seal_draft, sign_draft
from messaging.protocol.peer.plaintext import Plaintext, text_fits
from messaging.protocol.peer.recovery import make_sheet, open_sheet
from messaging.protocol.peer.threads import Thread, read_as_desk, read_as_person
from messaging.protocol.peer.vault import (
    NewVault,
    add_passkey_vault,
    change_passphrase,
    make_passphrase,
    make_vault,
    open_vault,
    prf_input,
    sign_vault_change,
)
from messaging.protocol.peer.warnings import Message, Warning  # noqa: A004 - as in warnings.py
from messaging.protocol.peer.words import make_words, parse_words
from messaging.protocol.peer.writing import seal_first, seal_from_desk, seal_from_person, sign_first, sign_session

__all__ = [
    "Counsellor",
    "Desk",
    "InboxKeys",
    "Message",
    "NewVault",
    "OpenDesk",
    "PersonDraft",
    "Plaintext",
    "ProtocolError",
    "Site",
    "Thread",
    "WaitingEpoch",
    "Warning",
    "add_passkey_vault",
    "change_passphrase",
    "check_desk",
    "decode",
    "demand_chain_goes_on",
    "derive_inbox",
    "desk_follows",
    "encode",
    "fingerprint",
    "make_confirmation",
    "make_passphrase",
    "make_root_confirmation",
    "make_sheet",
    "make_vault",
    "make_words",
    "open_desk",
    "open_desk_epoch",
    "open_draft",
    "open_sheet",
    "open_site",
    "open_vault",
    "parse_words",
    "prf_input",
    "read_as_desk",
    "read_as_person",
    "seal_draft",
    "seal_first",
    "seal_from_desk",
    "seal_from_person",
    "sign_draft",
    "sign_first",
    "sign_session",
    "sign_vault_change",
    "text_fits",
]
