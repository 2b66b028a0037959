"""A note's secret for a later epoch: the note itself stays with its author, and nobody signs another's words (PROTOCOL §6.2)."""

from collections.abc import Mapping

from messaging.protocol.encoding import VERSION, label, u32
from messaging.protocol.peer import primitives
from messaging.protocol.peer.errors import BadChain, BadSignature, CannotOpen
from messaging.protocol.peer.keys import Counsellor, Site
from messaging.protocol.peer.notes import demand_commitment
from messaging.protocol.peer.primitives import sign
from messaging.protocol.wire import Carry, Certificate, Note, Statement


def carry_info(site: Site, note_hash: bytes, epoch: int) -> bytes:
    """What the wrap is bound to."""
    return label("carry") + site.site + note_hash + u32(epoch)


def make_carry(site: Site, writer: Counsellor, certificate: Certificate, statement: Statement, note: Note, secret: bytes) -> bytes:
    """1,286 bytes, into the statement's epoch, by anyone who has the note's K; the same bytes each time."""
    info = carry_info(site, note.note_hash, statement.number)
    raw = VERSION + bytes([5]) + note.note_hash + u32(statement.number)
    raw += primitives.wrap(statement.kem_public, info, secret) + certificate.certificate_id
    return raw + sign(writer.sign_seed, "carry", site.site + raw)


def demand_carry_of(carry: Carry, note: Note) -> None:
    """Raises BadChain unless it is of this very note, and into a later epoch than the note's."""
    if carry.note_hash != note.note_hash or carry.epoch <= note.epoch:
        raise BadChain("a carry of something else, or into no later epoch")


def check_carry(site: Site, statement: Statement, certificates: Mapping[bytes, Certificate], carry: Carry) -> Certificate:
    """Who carried it, of the roster of the carry's own epoch, whose statement this is; raises BadSignature."""
    carrier = certificates.get(carry.certificate_id)
    if carrier is None or not statement.covered_by(carrier) or not carry.signed_by(site.site, carrier):
        raise BadSignature("not signed by somebody on the epoch's roster")
    return carrier


def secret_by_carry(
    site: Site,
    epoch_seed: bytes,
    statement: Statement,
    certificates: Mapping[bytes, Certificate],
    note: Note,
    note_statement: Statement,
    raw: bytes,
) -> bytes:
    """K of a note that `check_note` took, by a carry; `statement` and `epoch_seed` are of the carry's epoch.

    Raises:
        Malformed, BadChain: of another note, another epoch, or one that is not later; BadSignature.
        CannotOpen: it does not open, to another K than the author's, or is not the wrap that K gives.
    """
    carry = Carry.parse(raw)
    if carry.epoch != statement.number:
        raise BadChain("a carry into another epoch")
    demand_carry_of(carry, note)
    check_carry(site, statement, certificates, carry)
    info = carry_info(site, carry.note_hash, carry.epoch)
    secret = primitives.unwrap(epoch_seed, info, carry.to_desk)
    demand_commitment(site, secret, note_statement, note)
    if not primitives.is_wrap(carry.to_desk, statement.kem_public, info, secret):
        raise CannotOpen("a wrap that is not what its secret gives")
    return secret
