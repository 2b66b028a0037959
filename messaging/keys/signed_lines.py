"""What the root's keepers signed offline, as an admin brings it: certificates and confirmations of epochs (PROTOCOL §2.5, §2.15)."""

from datetime import datetime

from django.db import transaction

from helpline.audit import record_audit
from helpline.models import Account
from helpline.models.audit import Action, Kind
from messaging.http.problems import Problem
from messaging.keys.confirmations import NotHere, add_root_confirmation
from messaging.keys.registry import add_certificate
from messaging.protocol.encoding import Malformed, ProtocolError, decode
from messaging.protocol.wire import Confirmation


class NotTaken(Exception):
    """A line that was not taken; its text says why, and what to do."""


def take_signed_line(line: str, *, at: datetime, by: Account) -> str | None:
    """Keeps a confirmation, and says what came of it; or a certificate, with nothing said.

    Raises:
        NotTaken: nothing was changed.
    """
    try:
        raw = decode(line)
        if len(raw) == Confirmation.SIZE:
            number, new = add_root_confirmation(confirmation=raw, at=at, by=by)
            if new:
                return f"Epoch {number} is confirmed. What people write is sealed for the newest confirmed epoch."
            return f"Epoch {number} is confirmed already. Nothing has changed."
        with transaction.atomic():
            added = add_certificate(certificate=raw, at=at)
            record_audit(by, Action.ADDED, "certificate", kind=Kind.KEYS, at=at, row=added.pk, about=added.member.counsellor.account)
    except (ProtocolError, Problem) as error:
        raise NotTaken(_why(error)) from error
    return None


def _why(error: ProtocolError | Problem) -> str:
    if isinstance(error, Problem):
        return f"{error.detail} Nothing is left to do with it."
    if isinstance(error, Malformed):
        return "This is no certificate and no confirmation. Choose the file that “keys certify” or “keys confirm” wrote."
    if isinstance(error, NotHere):
        return "It is for an epoch that is not here. Check that it comes from the keeper of this helpline’s root key."
    why = str(error) or type(error).__name__
    return f"{why[:1].upper()}{why[1:]}. Ask the keeper of the root key for it again."
