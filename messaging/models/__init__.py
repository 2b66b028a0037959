"""The messaging rows: what the server may keep of keys, conversations, and their routing."""

from messaging.models.desk import DeskMember, DeskNotice, WeekShare
from messaging.models.desk_keys import Certificate, CertificateRequest, Confirmation, Epoch, FurtherGrant, Grant, Renewal, Vault
from messaging.models.desk_sums import DeskSum
from messaging.models.disclosure import Disclosure, DisclosureEvent, DisclosureState
from messaging.models.drafts import Draft
from messaging.models.forgotten import ForgottenRecord, ForgottenVault
from messaging.models.health import Alert, Backup, Pulse
from messaging.models.inbox import Conversation, Envelope, FlagReason, FlagStep, Inbox, Opening
from messaging.models.notes import DeskNote, NoteCarry, SavedReply, SavedReplyCarry
from messaging.models.reads import ConversationRead
from messaging.models.routing import RoutingEvent
from messaging.models.sessions import Session, SpentChallenge
from messaging.models.talks import Talk, TalkRest
from messaging.models.wrap_up import Action, Route, Signpost, WrapUpSum

__all__ = [
    "Action",
    "Alert",
    "Backup",
    "Certificate",
    "CertificateRequest",
    "Confirmation",
    "Conversation",
    "ConversationRead",
    "DeskMember",
    "DeskNote",
    "DeskNotice",
    "DeskSum",
    "Disclosure",
    "DisclosureEvent",
    "DisclosureState",
    "Draft",
    "Envelope",
    "Epoch",
    "FlagReason",
    "FlagStep",
    "ForgottenRecord",
    "ForgottenVault",
    "FurtherGrant",
    "Grant",
    "Inbox",
    "NoteCarry",
    "Opening",
    "Pulse",
    "Renewal",
    "Route",
    "RoutingEvent",
    "SavedReply",
    "SavedReplyCarry",
    "Session",
    "Signpost",
    "SpentChallenge",
    "Talk",
    "TalkRest",
    "Vault",
    "WeekShare",
    "WrapUpSum",
]
