"""The files of the key tool (PROTOCOL §2.12): what is in them, and writing them without ever writing over one."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from messaging.protocol.encoding import decode
from messaging.protocol.peer import root_key, vault
from messaging.protocol.peer.errors import ProtocolError
from messaging.protocol.peer.json_files import JsonFile, ServerStateFile, parse_json_file
from messaging.protocol.wire import Carry, Certificate, Confirmation, Note, Request, Statement
from messaging.protocol.wire.releases import Release, ReleaseCertificate

# A statement of 64 with grants of seventy epochs for each is 7 MB.
LARGEST = 8_000_000


class BadFile(Exception):
    """A file that cannot be read, is not what it should be, or is there already; the message says so in a sentence."""


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


Content = (
    JsonFile
    | VaultRecordFile
    | RootKeyFile
    | PublicKeyFile
    | Certificate
    | Request
    | Statement
    | Confirmation
    | Note
    | Carry
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
    for kind in (Request, Certificate, Statement, Confirmation, Note, Carry, ReleaseCertificate):
        try:
            found.append(kind.parse(raw))
        except ProtocolError:
            continue
    if not found:
        raise BadFile(f"{path} holds {len(raw)} bytes that are nothing which the key tool knows, such as a certificate or a statement.")
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
    """An epoch for the desk, a release, or what a browser saved of the desk's answers; raises BadFile."""
    try:
        body = json.loads(text)
        if body.keys() == {"certificate", "manifest", "signature"}:
            return Release.parse(text.encode("ascii"))
        return parse_json_file(body)
    except (ProtocolError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        words = "an epoch, a statement and its grants, nor an answer of the desk's interface"
        raise BadFile(f"{path} is neither the JSON of {words}.") from error
