"""Release keys, their certificates and signed manifests, made offline (PROTOCOL §11)."""

import json
import os
from collections.abc import Callable
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
from messaging.protocol.peer.root_key import RELEASE, open_root_key, root_public_of, seal_root_key
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


def sign_manifest_file(
    root_public: str, key: Path, certificate: Path, manifest: Path, previous: Path | None, out: Path, made_on: date, ask: Ask
) -> Release:
    """Numbers and signs what `manage.py manifest` wrote: number 1, or the one after the previous release. Raises BadFile and more.

    The script that holds this root and this day, which no source has, is added here; a clock that is moved can be signed by nobody here.
    """
    refuse_existing_file(out)
    site = root_in_file(root_public)
    try:
        body = json.loads(read_file_text(manifest))
        before = 0 if previous is None else _checked(site, read_file_text(previous).encode()).number
        proof = ReleaseCertificate.parse(decode(read_file_text(certificate)))
    except (ValueError, ProtocolError) as error:
        raise BadFile(f"The manifest, the certificate or the previous release is not what it should be: {error}.") from error
    if not isinstance(body, dict):
        raise BadFile(f"{manifest} is not what manage.py manifest wrote.")
    if root_public_of(read_file_text(key), kind=RELEASE) != proof.public:
        raise BadSignature("the certificate is of another release key")
    raw = sign_release(
        open_root_key(read_file_text(key), ask(), kind=RELEASE),
        site,
        proof.raw,
        with_installation_script(
            {**body, "number": before + 1, "made_on": made_on.isoformat()}, InstallationScript(site.root, made_on.isoformat())
        ),
    )
    write_new_file(out, raw.decode("ascii"))
    return Release.parse(raw)


def _checked(site: Site, raw: bytes) -> Release:
    made = Release.parse(raw)
    made.certificate.check(site.root)
    made.check_signature(site.site)
    return made
