"""With whom a page exchanges pulses, and under which keys (PROTOCOL §12.2)."""

from dataclasses import dataclass, field

from messaging.protocol.encoding import FROM_DESK, FROM_PERSON
from messaging.protocol.peer.desk import OpenDesk
from messaging.protocol.peer.errors import BadDates, BadOpening, BadSignature
from messaging.protocol.peer.keys import InboxKeys, Site
from messaging.protocol.peer.primitives import agreed_secret, kdf
from messaging.protocol.peer.threads import Opened, Thread
from messaging.protocol.wire import Certificate


@dataclass(frozen=True)
class PulseContext:
    """What the keys of pulses are bound to, beside the two who hold them."""

    site: Site
    conversation: bytes
    opening_hash: bytes
    # K of that opening.
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class PulseKeys:
    """What the person and one counsellor share: a key for each direction."""

    certificate_id: bytes
    display_name: str
    keys: dict[int, bytes] = field(repr=False)


def pulse_keys(where: PulseContext, seed: bytes, public: bytes, certificate: Certificate) -> PulseKeys | None:
    """Of the person and the counsellor of this certificate, by one's private key and the other's public; None where nothing is agreed."""
    agreed = agreed_secret(seed, public)
    if agreed is None:
        return None
    context = where.site.site + where.conversation + where.opening_hash + certificate.certificate_id
    keys = {direction: kdf(where.secret, agreed, "pulse", context + bytes([direction])) for direction in (FROM_PERSON, FROM_DESK)}
    return PulseKeys(certificate.certificate_id, certificate.display_name, keys)


def persons_pulse_keys(site: Site, inbox: InboxKeys, thread: Thread) -> list[PulseKeys]:
    """Those of everyone on today's roster with whom something is agreed, in the roster's order.

    Raises:
        BadDates: there is no desk of today; BadOpening: no opening held.
    """
    where, desk = _where(site, thread), thread.desk
    people = [thread.certificates[each] for each in desk.statement.roster] if desk else []
    found = [pulse_keys(where, inbox.tag_seed, each.tag_public, each) for each in people]
    return [each for each in found if each is not None]


def desks_pulse_keys(site: Site, desk: OpenDesk, thread: Thread) -> list[PulseKeys]:
    """The counsellor's own, one; none where the inbox's key agrees with nothing.

    Raises:
        As persons_pulse_keys; and BadSignature: the counsellor's certificate does not cover the current epoch.
    """
    where = _where(site, thread)
    if thread.desk is None or desk.certificate is None or not thread.desk.statement.covered_by(desk.certificate):
        raise BadSignature("this certificate does not count in the current epoch")
    found = pulse_keys(where, desk.counsellor.tag_seed, thread.answer.tag_public, desk.certificate)
    return [] if found is None else [found]


def _where(site: Site, thread: Thread) -> PulseContext:
    if thread.desk is None:
        raise BadDates("no desk epoch of today can be relied on")
    if not thread.openings:
        raise BadOpening("no opening held")
    opened = newest_opening(thread)
    return PulseContext(site, thread.answer.conversation, opened.opening.opening_hash, opened.secret)


def newest_opening(thread: Thread) -> Opened:
    """The first that held of the newest epoch in which one did: both sides come to the same, once both have read the same."""
    return max(thread.openings.values(), key=lambda each: each.opening.epoch)
