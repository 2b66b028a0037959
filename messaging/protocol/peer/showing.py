"""Describes what is in the key tool's files (PROTOCOL §2)."""

from datetime import date, timedelta

from messaging.protocol.encoding import encode
from messaging.protocol.peer.json_files import CandidatesFile, EpochFile, InstallationFile, NotesFile, ServerStateFile
from messaging.protocol.peer.key_files import Content, PublicKeyFile, ReleaseKeyFile, RootKeyFile, VaultRecordFile
from messaging.protocol.peer.keys import fingerprint, root_fingerprint
from messaging.protocol.peer.note_findings import KINDS
from messaging.protocol.wire import Carry, Certificate, Confirmation, Note, Request, Statement
from messaging.protocol.wire.releases import Release, ReleaseCertificate


def show_day(number: int) -> str:
    """A day of §1.5 as a date, or as its number when no calendar has it."""
    try:
        return (date(1970, 1, 1) + timedelta(days=number)).isoformat()
    except OverflowError:
        return f"day {number}"


def describe_file(content: Content) -> list[str]:
    """Lines for people; nothing in them has been checked."""
    match content:
        case PublicKeyFile(public):
            return ["A root's public key, HELPLINE_ROOT_KEY.", f"Key: {encode(public)}", f"Fingerprint: {root_fingerprint(public)}"]
        case RootKeyFile(public, _):
            lines = ["A root key file, closed with a passphrase.", f"Public key, HELPLINE_ROOT_KEY: {encode(public)}"]
            return [*lines, f"Fingerprint: {root_fingerprint(public)}"]
        case VaultRecordFile(kind):
            return [f"A counsellor's vault, closed with a {'passphrase' if kind == 1 else 'passkey'}."]
        case Request():
            return ["A certificate request, not yet signed by the root.", *_counsellor(content)]
        case Certificate():
            holder = "may open desk epochs" if content.key_holder else "may not open desk epochs"
            lines = [
                f"A certificate of {content.display_name}, who {holder}.",
                f"Days: {show_day(content.first_day)} to {show_day(content.last_day)}",
            ]
            return [*lines, f"Certificate id: {encode(content.certificate_id)}", *_counsellor(content)]
        case Statement() | Confirmation():
            return _statement(content) if isinstance(content, Statement) else _confirmation(content)
        case EpochFile(statement, grants):
            epochs = ", ".join(str(number) for number in sorted({each[1] for each in grants}))
            return [*_statement(statement), f"Grants: {len(grants)}" + (f", of epochs {epochs}" if epochs else "")]
        case Note() | Carry() | NotesFile():
            lines = _notes(content)
        case ReleaseKeyFile() | ReleaseCertificate() | Release():
            lines = _release(content)
        case _:
            lines = _answer(content)
    return lines


def _release(content: ReleaseKeyFile | ReleaseCertificate | Release) -> list[str]:
    if isinstance(content, ReleaseKeyFile):
        return ["A release key file, closed with a passphrase.", f"Public key: {encode(content.public)}"]
    if isinstance(content, ReleaseCertificate):
        lines = ["A certificate of a release key.", f"Public key: {encode(content.public)}"]
        return [*lines, f"Days: {show_day(content.first_day)} to {show_day(content.last_day)}"]
    lines = [f"Release {content.number} of {content.made_on}: {len(content.manifest['assets'])} files.", f"Hash: {content.manifest_hash}"]
    names = f"epoch {content.named.number}" if content.named else "no epoch"
    return [*lines, f"Names {names} as the newest.", *_release(content.certificate)]


def _notes(content: Note | Carry | NotesFile) -> list[str]:
    if isinstance(content, Note):
        whose = encode(content.certificate_id)
        return [f"Sealed for the desk in epoch {content.epoch}: a {KINDS[content.kind]}.", f"Signed by certificate: {whose}"]
    if isinstance(content, Carry):
        lines = [f"A carry of a note into epoch {content.epoch}.", f"Hash of the note: {encode(content.note_hash)}"]
        return [*lines, f"Signed by certificate: {encode(content.certificate_id)}"]
    return [f"What the desk said of notes or saved replies: {len(content.notes)}, with {len(content.carries)} carries."]


def _installation(content: InstallationFile) -> list[str]:
    lines = [f"Every public key statement of the installation with the root {encode(content.root)}."]
    for each in content.certificates:
        lines += describe_file(each) + (["This certificate is withdrawn."] if each.certificate_id in content.withdrawn else [])
    return lines + [line for each in content.statements for line in _statement(each)]


def _answer(content: InstallationFile | ServerStateFile | CandidatesFile) -> list[str]:
    if isinstance(content, InstallationFile):
        return _installation(content)
    if isinstance(content, CandidatesFile):
        lines = [f"What the desk said of who may be on the next roster: {len(content.certificates)}."]
        return [*lines, *(line for each in content.certificates for line in describe_file(each))]
    lines = ["What the desk said to one of its counsellors."]
    lines += ["A vault that opens with a passphrase is in it."] if content.record else []
    lines += describe_file(content.certificate) if content.certificate else ["There is no certificate of theirs in it."]
    own = content.certificate.certificate_id if content.certificate else None
    lines.append(f"Their grants: {', '.join(f'epoch {epoch}' for whose, epoch, _ in content.grants if whose == own) or 'none'}")
    return lines + [line for each in content.statements for line in _statement(each)]


def _counsellor(content: Request | Certificate) -> list[str]:
    read_out = fingerprint(content.counsellor_id, content.kem_public, content.sign_public, content.tag_public)
    return [f"Counsellor id: {encode(content.counsellor_id)}", f"Fingerprint: {read_out}"]


def _confirmation(content: Confirmation) -> list[str]:
    whose = "the root" if content.by_root else f"certificate {encode(content.certificate_id)}"
    return ["A confirmation of a desk epoch.", f"Hash of its statement: {encode(content.statement_hash)}", f"Signed by {whose}"]


def _statement(content: Statement) -> list[str]:
    return [
        f"The statement of desk epoch {content.number}.",
        f"Days: {show_day(content.first_day)} to {show_day(content.last_day)}",
        f"Signed by certificate: {encode(content.signer)}",
        f"Hash: {encode(content.statement_hash)}",
        f"On the roster: {', '.join(encode(each) for each in content.roster)}",
    ]
