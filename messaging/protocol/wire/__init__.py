"""What the server may see of the protocol: layouts, sizes, public signatures (PROTOCOL §2–§4, §6, §7). PURE.

Every `parse` takes bytes and raises `Malformed` for anything but the one encoding that PROTOCOL gives; checks that need a key raise the
class named there.
"""

from messaging.protocol.wire.confirmations import Confirmation, confirmed_statements, current_epoch, is_confirmed, named_since
from messaging.protocol.wire.drafts import Draft, draft_proof_holds
from messaging.protocol.wire.keys import (
    LONGEST_CERTIFICATE,
    LONGEST_EPOCH,
    MOST_ON_ROSTER,
    Certificate,
    Request,
    Statement,
    VaultRecord,
    demand_grant,
)
from messaging.protocol.wire.named import NamedStatement, is_named
from messaging.protocol.wire.notes import Carry, Note
from messaging.protocol.wire.proofs import (
    first_message_proof_holds,
    inbox_id_of,
    origin_bytes,
    session_proof_holds,
    vault_change,
    vault_proof_holds,
)
from messaging.protocol.wire.threads import Envelope, Opening, conversation_of

__all__ = [
    "LONGEST_CERTIFICATE",
    "LONGEST_EPOCH",
    "MOST_ON_ROSTER",
    "Carry",
    "Certificate",
    "Confirmation",
    "Draft",
    "Envelope",
    "NamedStatement",
    "Note",
    "Opening",
    "Request",
    "Statement",
    "VaultRecord",
    "confirmed_statements",
    "conversation_of",
    "current_epoch",
    "demand_grant",
    "draft_proof_holds",
    "first_message_proof_holds",
    "inbox_id_of",
    "is_confirmed",
    "is_named",
    "named_since",
    "origin_bytes",
    "session_proof_holds",
    "vault_change",
    "vault_proof_holds",
]
