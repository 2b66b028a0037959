"""The files of the key tool (PROTOCOL §2.12): what is in them, and writing them without ever writing over one."""

import json
import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from messaging.protocol.encoding import ID, WRAPPED, decode
from messaging.protocol.peer import root_key, vault
from messaging.protocol.peer.answers import answer_list, answer_value, me_answer
from messaging.protocol.peer.errors import ProtocolError
from messaging.protocol.wire import Certificate, Confirmation, Request, Statement
from messaging.protocol.wire.releases import Release, ReleaseCertificate

# A statement of 64 with grants of seventy epochs for each is 7 MB.
LARGEST = 8_000_000


class BadFile(Exception):
    """A file that cannot be read, is not what it should be, or is there already; the message says so in a sentence."""


@dataclass(frozen=True)
class EpochFile:
    """What is for `POST epochs`, §8.2; grants are (certificate id, epoch, wrapped)."""

    statement: Statement
    grants: list[tuple[bytes, int, bytes]]


@dataclass(frozen=True)
class VaultRecordFile:
    """§2.3; only its owner can say more about it."""

    kind: int


@dataclass(frozen=True)
class RootKeyFile:
    """§2.11, closed."""

    public: bytes
    text: str


@dataclass(frozen=True)
class ReleaseKeyFile:
    """§11.1, closed."""

    public: bytes


@dataclass(frozen=True)
class PublicKeyFile:
    """A root's public key, as HELPLINE_ROOT_KEY has it."""

    public: bytes


@dataclass(frozen=True)
class ServerStateFile:
    """What a counsellor's browser saved of `GET me`, §8.1: their vault behind a passphrase, certificate and grants, and the whole chain."""

    record: str | None = field(repr=False)
    certificate: Certificate | None
    # Certificate id, epoch, wrap: their own, and everybody's of the current epoch.
    grants: list[tuple[bytes, int, bytes]]
    statements: list[Statement]
    confirmations: list[bytes]
    certificates: list[Certificate]


@dataclass(frozen=True)
class CandidatesFile:
    """What it saved of `GET epochs`, §8.2: the certificates that a new epoch may have on its roster."""

    certificates: list[Certificate]


@dataclass(frozen=True)
class InstallationFile:
    """What `manage.py export_keys` or the desk's keys page gave: every public statement; of grants (epoch, certificate id) alone."""

    root: bytes
    statements: list[Statement]
    confirmations: list[bytes]
    certificates: list[Certificate]
    withdrawn: frozenset[bytes]
    grants: frozenset[tuple[int, bytes]]
    made_on: int


Content = (
    InstallationFile
    | EpochFile
    | ServerStateFile
    | CandidatesFile
    | VaultRecordFile
    | RootKeyFile
    | PublicKeyFile
    | Certificate
    | Request
    | Statement
    | Confirmation
    | ReleaseKeyFile
    | ReleaseCertificate
    | Release
)


def read_file_text(path: Path) -> str:
    """The file's text without white space around it; raises BadFile."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST or not data.isascii():
        raise BadFile(f"{path} is no file of the key tool: those are short and plain ASCII.")
    return data.decode("ascii").strip()


def write_new_file(path: Path, text: str, *, private: bool = False) -> None:
    """One line, or JSON, in a new file; a private one is for its owner only. Raises BadFile when it is there already."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600 if private else 0o644)
    except FileExistsError as error:
        raise BadFile(f"{path} is there already, and is not written over. Choose another name.") from error
    except OSError as error:
        raise BadFile(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            # A root key may go straight from here into a safe: what is said to be written is on the disk.
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise BadFile(f"{path} cannot be written: {error.strerror}.") from error


def read_key_file(path: Path) -> list[Content]:
    """What the file is; raises BadFile when it is nothing that the key tool knows.

    By chance the bytes of a certificate could be those of a statement: then it is both, and only signatures say which.
    """
    text = read_file_text(path)
    if text.startswith("{"):
        return [_of_json(path, text)]
    try:
        raw = decode(text)
    except ProtocolError as error:
        raise BadFile(f"{path} is neither base64url on one line nor JSON of the desk's.") from error
    found: list[Content] = []
    if len(raw) == 32:
        found.append(PublicKeyFile(raw))
    if len(raw) == vault.SIZE and raw[0] in vault.USES:
        found.append(VaultRecordFile(raw[0]))
    if len(raw) == root_key.SIZE and raw[0] == root_key.KIND:
        found.append(RootKeyFile(root_key.root_public_of(text), text))
    if len(raw) == root_key.SIZE and raw[0] == root_key.RELEASE:
        found.append(ReleaseKeyFile(root_key.root_public_of(text, kind=root_key.RELEASE)))
    for kind in (Request, Certificate, Statement, Confirmation, ReleaseCertificate):
        try:
            found.append(kind.parse(raw))
        except ProtocolError:
            continue
    if not found:
        raise BadFile(f"{path} holds {len(raw)} bytes that are no key, vault, request, certificate, statement or confirmation.")
    return found


def read_expected_file[T: Content](path: Path, kind: type[T], what: str) -> T:
    """The file as what it must be; raises BadFile."""
    for content in read_key_file(path):
        if isinstance(content, kind):
            return content
    raise BadFile(f"{path} is not {what}.")


def read_vault_record(path: Path) -> str:
    """The vault record that opens with a passphrase, from its own file or from what a browser saved of `GET me`; raises BadFile."""
    for content in read_key_file(path):
        if isinstance(content, ServerStateFile):
            if content.record is not None:
                return content.record
            raise BadFile(
                f"{path} has not a vault record that opens with a passphrase. Perhaps the server lacked its storage key when it was saved."
            )
        if isinstance(content, VaultRecordFile):
            if content.kind == vault.PASSPHRASE:
                return read_file_text(path)
            raise BadFile(f"{path} opens with a passkey, in the browser only. Take the record that opens with a passphrase.")
    raise BadFile(f"{path} is not a vault record that opens with a passphrase.")


def _of_json(path: Path, text: str) -> Content:
    """An epoch for the desk, or what a browser saved of the desk's answers; raises BadFile."""
    try:
        body = json.loads(text)
        if body.keys() == {"certificate", "manifest", "signature"}:
            return Release.parse(text.encode("ascii"))
        if body.keys() == {"statement", "grants"}:
            return _epoch(body)
        if body.keys() == {"root", "made_on", "statements", "confirmations", "certificates", "grants"}:
            return _installation(body)
        if body.keys() == {"candidates"}:
            return CandidatesFile([Certificate.parse(raw) for raw in answer_list(body, "candidates")])
        return _server_state(body)
    except (ProtocolError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        words = "an epoch, a statement and its grants, nor an answer of the desk's interface"
        raise BadFile(f"{path} is neither the JSON of {words}.") from error


def _installation(body: dict[str, Any]) -> InstallationFile:
    certificates = [(Certificate.parse(decode(each["certificate"])), each["withdrawn"] is True) for each in body["certificates"]]
    return InstallationFile(
        decode(body["root"], 32),
        [Statement.parse(decode(each)) for each in body["statements"]],
        answer_list(body, "confirmations"),
        [certificate for certificate, _ in certificates],
        frozenset(certificate.certificate_id for certificate, withdrawn in certificates if withdrawn),
        frozenset((int(each["epoch"]), decode(each["certificate_id"], ID)) for each in body["grants"]),
        (date.fromisoformat(body["made_on"]) - date(1970, 1, 1)).days,
    )


def _epoch(body: dict[str, Any]) -> EpochFile:
    grants = [(decode(grant["certificate_id"], ID), int(grant["epoch"]), decode(grant["wrapped"], WRAPPED)) for grant in body["grants"]]
    return EpochFile(Statement.parse(decode(body["statement"])), grants)


def _server_state(body: dict[str, Any]) -> ServerStateFile:
    me = me_answer(body)
    records = [answer_value(each, "record") for each in answer_value(body, "vaults") if answer_value(each, "kind") == vault.PASSPHRASE]
    return ServerStateFile(
        records[0] if records else None,
        Certificate.parse(me.certificate) if me.certificate is not None else None,
        [(certificate_id, epoch, wrapped) for epoch, certificate_id, wrapped in me.grants],
        [Statement.parse(raw) for raw in me.statements],
        me.confirmations,
        [Certificate.parse(raw) for raw in me.certificates],
    )


def epoch_text(body: dict[str, object]) -> str:
    """The JSON of §8.2 as the file has it."""
    return json.dumps(body, indent=1)
