"""Release keys, their certificates and signed manifests, made offline (PROTOCOL §11)."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from helpline.web.installation_script import InstallationScript
from messaging.protocol.encoding import VERSION, decode, encode, u32
from messaging.protocol.peer.errors import BadCertificate, BadSignature, ProtocolError
from messaging.protocol.peer.key_files import BadFile, RootKeyFile, read_expected_file, read_file_text, write_new_file
from messaging.protocol.peer.keys import Site
from messaging.protocol.peer.offline import refuse_existing_file, root_in_file
from messaging.protocol.peer.primitives import sign, sign_public
from messaging.protocol.peer.release_epochs import NewestEpoch, newest_epoch
from messaging.protocol.peer.root_key import RELEASE, open_root_key, root_public_of, seal_root_key
from messaging.protocol.wire import NamedStatement
from messaging.protocol.wire.releases import Release, ReleaseCertificate, canonical_json, demand_manifest, with_installation_script

Ask = Callable[[], str]


def make_release_certificate(root_seed: bytes, site: Site, public: bytes, *, first_day: int, last_day: int) -> bytes:
    """§11.1; raises BadCertificate for another root's seed, or days the wrong way round."""
    if sign_public(root_seed) != site.root or not 0 <= first_day <= last_day < 2**32:
        raise BadCertificate("this is not the site's root, or the days are the wrong way round")
    body = VERSION + public + u32(first_day) + u32(last_day)
    return body + sign(root_seed, "release-certificate", site.site + body)


def sign_release(seed: bytes, site: Site, certificate: bytes, manifest: dict[str, Any]) -> bytes:
    """The file of §11.3, checked as everyone will check it; raises Malformed, BadCertificate, BadSignature."""
    demand_manifest(manifest)
    signature = sign(seed, "release", site.site + canonical_json(manifest))
    raw = canonical_json({"certificate": encode(certificate), "manifest": manifest, "signature": encode(signature)})
    made = Release.parse(raw)
    made.certificate.check(site.root)
    made.check_signature(site.site)
    return raw


def make_release_key(root: Path, out: Path, certificate_out: Path, days: tuple[int, int], passphrase: Ask, new_passphrase: Ask) -> None:
    """A release key file, and the root's certificate for it. Raises BadFile, BadVault, BadCertificate."""
    refuse_existing_file(out, certificate_out)
    closed = read_expected_file(root, RootKeyFile, "a root key file")
    root_seed, seed = open_root_key(closed.text, passphrase()), os.urandom(32)
    first_day, last_day = days
    site = root_in_file(encode(closed.public))
    made = make_release_certificate(root_seed, site, sign_public(seed), first_day=first_day, last_day=last_day)
    write_new_file(out, seal_root_key(seed, new_passphrase(), kind=RELEASE), private=True)
    write_new_file(certificate_out, encode(made))


@dataclass(frozen=True)
class ReleaseFiles:
    """What `keys release` reads and writes."""

    root_public: str
    key: Path
    certificate: Path
    manifest: Path
    previous: Path | None
    out: Path


def newest_epoch_to_name(files: ReleaseFiles, epochs: Path | None, today: int, *, new_chain: bool) -> NewestEpoch:
    """What is to be shown before anyone signs; raises BadFile, as `newest_epoch` does and for what is there or missing already."""
    refuse_existing_file(files.out)
    site, before = root_in_file(files.root_public), _release_before(files)
    return newest_epoch(site, epochs, today, before.named if before else None, new_chain=new_chain)


def sign_manifest_file(files: ReleaseFiles, newest: NamedStatement | None, made_on: date, ask: Ask) -> Release:
    """Numbers and signs what `manage.py manifest` wrote: number 1, or the one after the previous release. Raises BadFile and more.

    The script that holds this root, day and epoch, which no source has, is added here; a clock that is moved can be signed by nobody here.
    """
    refuse_existing_file(files.out)
    site, before = root_in_file(files.root_public), _release_before(files)
    try:
        body = json.loads(read_file_text(files.manifest))
        proof = ReleaseCertificate.parse(decode(read_file_text(files.certificate)))
    except (ValueError, ProtocolError) as error:
        raise BadFile(f"The manifest or the certificate is not what it should be: {error}.") from error
    if not isinstance(body, dict):
        raise BadFile(f"{files.manifest} is not what manage.py manifest wrote.")
    if root_public_of(read_file_text(files.key), kind=RELEASE) != proof.public:
        raise BadSignature("the certificate is of another release key")
    named = newest.text if newest else ""
    given = {**body, "number": before.number + 1 if before else 1, "made_on": made_on.isoformat(), "newest": named}
    raw = sign_release(
        open_root_key(read_file_text(files.key), ask(), kind=RELEASE),
        site,
        proof.raw,
        with_installation_script(given, InstallationScript(site.root, made_on.isoformat(), named)),
    )
    write_new_file(files.out, raw.decode("ascii"))
    return Release.parse(raw)


def _release_before(files: ReleaseFiles) -> Release | None:
    try:
        return _checked(root_in_file(files.root_public), read_file_text(files.previous).encode()) if files.previous else None
    except ProtocolError as error:
        raise BadFile(f"The previous release is not what it should be: {error}.") from error


def _checked(site: Site, raw: bytes) -> Release:
    made = Release.parse(raw)
    made.certificate.check(site.root)
    made.check_signature(site.site)
    return made
