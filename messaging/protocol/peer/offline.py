"""The key tool's work, file by file (PROTOCOL §2); the command asks for passphrases and speaks."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from messaging.protocol.encoding import ID, encode
from messaging.protocol.peer.certificates import make_certificate
from messaging.protocol.peer.errors import BadCertificate, BadRequest, ProtocolError
from messaging.protocol.peer.findings import FileFinding
from messaging.protocol.peer.key_files import (
    BadFile,
    PublicKeyFile,
    RootKeyFile,
    read_expected_file,
    read_key_file,
    read_vault_record,
    write_new_file,
)
from messaging.protocol.peer.keys import Counsellor, Site, fingerprint, open_site, root_fingerprint
from messaging.protocol.peer.primitives import sign_public
from messaging.protocol.peer.recovery import make_sheet
from messaging.protocol.peer.root_key import open_root_key, seal_root_key
from messaging.protocol.peer.vault import make_vault, open_vault, parse_passphrase
from messaging.protocol.peer.verifying import certificates_in, verify_contents
from messaging.protocol.wire import Certificate, Request

# Nothing that the tool makes depends on the origin.
ORIGIN = "https://offline.invalid"
Ask = Callable[[], str]


def root_in_file(given: str) -> Site:
    """The root from its public key, or from a file that has it; raises BadFile."""
    try:
        return open_site(given, ORIGIN)
    except ProtocolError:
        path = Path(given)
    if not path.exists():
        raise BadFile(f"{given!r} is neither a root's public key (43 characters) nor a file that has one.")
    for content in read_key_file(path):
        if isinstance(content, PublicKeyFile | RootKeyFile):
            return open_site(content.public, ORIGIN)
    raise BadFile(f"{path} has no root's public key.")


def refuse_existing_file(*paths: Path) -> None:
    """Before anyone is asked for a passphrase: raises BadFile for a file that is there already, or the same name twice."""
    for path in paths:
        if path.exists() or paths.count(path) > 1:
            raise BadFile(f"{path} is there already, and is not written over. Choose another name.")


def make_root_file(out: Path, ask: Ask) -> tuple[str, str]:
    """A new root key file; gives the public key and its fingerprint."""
    refuse_existing_file(out)
    seed = os.urandom(32)
    write_new_file(out, seal_root_key(seed, ask()), private=True)
    return encode(sign_public(seed)), root_fingerprint(sign_public(seed))


def read_request(root: Path, request: Path) -> tuple[Request, str]:
    """A request that is this root's and signed by its own key, and its fingerprint. Raises BadFile."""
    site = open_site(read_expected_file(root, RootKeyFile, "a root key file").public, ORIGIN)
    asked = read_expected_file(request, Request, "a certificate request")
    try:
        asked.check(site.site)
    except BadRequest as error:
        raise BadFile(
            f"{request} was made for another root key than {root}, or altered on its way: its own signature does not hold."
        ) from error
    return asked, fingerprint(asked.counsellor_id, asked.kem_public, asked.sign_public, asked.tag_public)


def check_renewal(root: Path, asked: Request, old: Path, today: int) -> Certificate:
    """The certificate that the request renews, in force today. Raises BadFile."""
    site = open_site(read_expected_file(root, RootKeyFile, "a root key file").public, ORIGIN)
    certificate = read_expected_file(old, Certificate, "a certificate")
    try:
        certificate.check(site.root)
        asked.check_renewal(site.site, certificate)
    except (BadCertificate, BadRequest) as error:
        raise BadFile(f"The request is not a renewal of {old}: {error}.") from error
    if not certificate.includes(today):
        raise BadFile(f"{old} is not valid today, so its key proves nothing any more. Compare the fingerprint instead.")
    return certificate


def certify_request(root: Path, asked: Request, out: Path, name: str, key_holder: bool, days: tuple[int, int], ask: Ask) -> None:
    """Writes the certificate. Raises BadFile, BadVault for a wrong passphrase, BadCertificate for name or days."""
    refuse_existing_file(out)
    file = read_expected_file(root, RootKeyFile, "a root key file")
    site = open_site(file.public, ORIGIN)
    seed = open_root_key(file.text, ask())
    first_day, last_day = days
    raw = make_certificate(seed, site, asked.raw, name, key_holder=key_holder, first_day=first_day, last_day=last_day)
    write_new_file(out, encode(raw))


@dataclass(frozen=True)
class MadeVault:
    """What a new vault's owner tells the root's keepers, and what stands on their recovery sheet."""

    counsellor_id: str
    fingerprint: str
    sheet: list[str]


def make_vault_files(root_public: str, counsellor_id: bytes | None, record: Path, request: Path, ask: Ask) -> MadeVault:
    """A vault record and a request. Raises BadFile, BadVault for what is no passphrase of six words."""
    refuse_existing_file(record, request)
    site, owner = root_in_file(root_public), counsellor_id or os.urandom(ID)
    made = make_vault(site, owner, parse_passphrase(ask()))
    write_new_file(record, made.record, private=True)
    write_new_file(request, made.request)
    keys = made.counsellor
    found = fingerprint(owner, keys.kem_public, keys.sign_public, keys.tag_public)
    return MadeVault(encode(owner), found, make_sheet(keys))


def verify_files(root_public: str, files: list[Path], vault: Path | None, ask: Ask) -> list[FileFinding]:
    """What holds of all the files together; raises BadFile, BadVault."""
    site = root_in_file(root_public)
    contents = []
    for path in files:
        choices = read_key_file(path)
        # By chance one file may parse as two things: the one whose signature holds is meant.
        contents.append(next((each for each in choices if all(finding.holds for finding in verify_contents(site, [each]))), choices[0]))
    owner = None
    if vault is not None:
        ids = {each.counsellor_id for content in contents for each in certificates_in(content)}
        owner = _owner(site, vault, ids, ask())
    return list(verify_contents(site, contents, owner))


def _owner(site: Site, vault: Path, ids: set[bytes], passphrase: str) -> Counsellor:
    """The keys of the vault, which must be of one of the counsellors whose certificates are given."""
    record = read_vault_record(vault)
    for counsellor_id in sorted(ids):
        try:
            return open_vault(site, counsellor_id, record, {"passphrase": passphrase})
        except ProtocolError:
            continue
    raise BadFile(f"{vault} does not open: a wrong passphrase, or its owner's certificate is not among the files.")
