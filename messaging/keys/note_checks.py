"""Certificates as the server checks them: whose they are, and what was signed under them."""

from collections.abc import Iterable
from datetime import datetime

from messaging.http.problems import Problem
from messaging.keys.desk_epochs import demand_epoch
from messaging.models import Certificate as CertificateRow
from messaging.models import DeskMember, Epoch
from messaging.protocol.encoding import encode
from messaging.protocol.wire import Carry, Certificate, Note, Statement


def own_certificate(member: DeskMember, certificate_id: bytes, epoch: int) -> Certificate:
    """The member's own certificate of that id, which covers the epoch; raises Problem not-certified."""
    row = CertificateRow.objects.filter(certificate_id=certificate_id, member=member, withdrawn=False).first()
    if row is None:
        raise Problem("not-certified", "The certificate on the message is not yours, or was withdrawn.")
    certificate = Certificate.parse(row.certificate)
    if not Statement.parse(Epoch.objects.get(number=epoch).statement).covered_by(certificate):
        raise Problem("not-certified", "Your certificate is not valid under the desk's current key. Ask a key-holder for a new one.")
    return certificate


def demand_sealed_note(note: Note) -> None:
    """Raises Problem not-sealed, §7.7."""
    if not note.looks_sealed():
        raise Problem("not-sealed", "What arrived is not encrypted. It was not stored.")


def demand_signed_note(member: DeskMember, note: Note, *, site: bytes, at: datetime) -> None:
    """That it is of the current epoch, and signed under the member's own certificate. Raises Problem."""
    demand_epoch(note, at)
    if not note.signed_by(site, own_certificate(member, note.certificate_id, note.epoch)):
        raise Problem("bad-proof")


def demand_signed_carry(member: DeskMember, carry: Carry, *, site: bytes, at: datetime) -> None:
    """As `demand_signed_note`: into the current epoch, under the member's own certificate. Raises Problem."""
    demand_epoch(carry, at)
    if not carry.signed_by(site, own_certificate(member, carry.certificate_id, carry.epoch)):
        raise Problem("bad-proof")


def note_writer_certificates(notes: Iterable[bytes], carries: Iterable[bytes] = ()) -> list[str]:
    """The certificates that these notes and carries are signed under; one query."""
    ids = {Note.parse(raw).certificate_id for raw in notes} | {Carry.parse(raw).certificate_id for raw in carries}
    return [encode(raw) for raw in CertificateRow.objects.filter(certificate_id__in=ids).values_list("certificate", flat=True)]
