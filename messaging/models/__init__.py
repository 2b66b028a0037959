"""The messaging rows: what the server may keep of keys, threads, and their routing."""

from messaging.models.desk import Certificate, CertificateRequest, DeskMember, Epoch, Grant, Vault
from messaging.models.inbox import Conversation, Envelope, Inbox, Opening
from messaging.models.routing import RoutingEvent
from messaging.models.sessions import Session, SpentChallenge

__all__ = [
    "Certificate",
    "CertificateRequest",
    "Conversation",
    "DeskMember",
    "Envelope",
    "Epoch",
    "Grant",
    "Inbox",
    "Opening",
    "RoutingEvent",
    "Session",
    "SpentChallenge",
    "Vault",
]
