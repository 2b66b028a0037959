"""The signed manifest of what is served (PROTOCOL §11). PURE."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar, Self

from helpline.web.installation_script import PATH, InstallationScript
from messaging.protocol.encoding import (
    SIGNATURE,
    VERSION,
    BadCertificate,
    BadSignature,
    Malformed,
    big_endian_number,
    cut_fields,
    decode,
    demand,
    hashed,
    signature_holds,
    site_of,
)
from messaging.protocol.wire.named import NamedStatement

LARGEST = 4_000_000
EPOCH = date(1970, 1, 1)
KEYS = {
    "assets": list,
    "computed": list,
    "made_on": str,
    "newest": str,
    "number": int,
    "pages": list,
    "policies": list,
    "source": dict,
    "version": int,
}
ASSET = {"integrity": str, "path": str, "sha256": str, "size": int}


def canonical_json(value: object) -> bytes:
    """RFC 8785 for what a manifest holds: objects, lists, ASCII text and whole numbers, §11.2. Raises Malformed for anything else."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True).encode("ascii")
    except (ValueError, TypeError, RecursionError) as error:
        raise Malformed("nothing that has one canonical form") from error


def manifest_asset(path: str, content: bytes) -> dict[str, object]:
    """An asset of §11.2."""
    return {
        "integrity": "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode("ascii"),
        "path": path,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
    }


def with_installation_script(manifest: Mapping[str, Any], own: InstallationScript) -> dict[str, Any]:
    """The manifest with the installation's own script in its place among the assets, §11.2; raises Malformed."""
    demand_manifest(manifest)
    others = [each for each in manifest["assets"] if each["path"] != PATH]
    return {**manifest, "assets": sorted([*others, manifest_asset(PATH, own.script)], key=lambda each: str(each["path"]))}


@dataclass(frozen=True)
class ReleaseCertificate:
    """The root's word for a release key, §11.1."""

    SIZE: ClassVar[int] = 105
    public: bytes
    first_day: int
    last_day: int
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        version, public, first, last, _ = cut_fields(raw, 1, 32, 4, 4, SIGNATURE)
        demand(version == VERSION, "release certificate's version")
        return cls(public, big_endian_number(first), big_endian_number(last), raw)

    def check(self, root_public: bytes) -> None:
        """Raises BadCertificate."""
        signed = site_of(root_public) + self.raw[:-SIGNATURE]
        if self.first_day > self.last_day or not signature_holds(root_public, "release-certificate", signed, self.raw[-SIGNATURE:]):
            raise BadCertificate("not signed by the root, or its days are the wrong way round")

    def includes(self, day: int) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Release:
    """A signed manifest, §11.2, §11.3."""

    number: int
    made_on: date
    manifest: dict[str, Any]
    certificate: ReleaseCertificate
    signature: bytes
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        """Raises Malformed for anything but the one form of §11.3."""
        try:
            body = json.loads(raw[: LARGEST + 1].decode("ascii"))
        except (ValueError, RecursionError) as error:
            raise Malformed("not JSON") from error
        demand(isinstance(body, dict) and body.keys() == {"certificate", "manifest", "signature"}, "a release's three parts")
        demand(canonical_json(body) == raw, "a release in another form than the canonical one")
        manifest = body["manifest"]
        demand_manifest(manifest)
        demand(isinstance(manifest["number"], int) and 1 <= manifest["number"] < 2**32, "a release's number")
        certificate = ReleaseCertificate.parse(decode(body["certificate"], ReleaseCertificate.SIZE))
        return cls(manifest["number"], _date(manifest["made_on"]), manifest, certificate, decode(body["signature"], SIGNATURE), raw)

    @property
    def named(self) -> NamedStatement | None:
        """The newest statement of the chain when it was signed; None where no epoch counted."""
        return NamedStatement.parse(self.manifest["newest"])

    @property
    def manifest_hash(self) -> str:
        """What one release has alone: 32 bytes in hexadecimal digits."""
        return hashed("manifest", canonical_json(self.manifest)).hex()

    def check_signature(self, site: bytes) -> None:
        """By the key in the certificate, which must have been in force on the day the manifest was made. Raises BadSignature."""
        if not self.certificate.includes((self.made_on - EPOCH).days):
            raise BadSignature("the manifest was made on a day that its release key was not for")
        if not signature_holds(self.certificate.public, "release", site + canonical_json(self.manifest), self.signature):
            raise BadSignature("the manifest is not signed by the release key")


def _date(text: object) -> date:
    try:
        made = date.fromisoformat(str(text))
    except ValueError as error:
        raise Malformed("the manifest's date") from error
    demand(made.isoformat() == text, "the manifest's date")
    return made


def demand_manifest(manifest: Any) -> None:
    """The shape of §11.2; raises Malformed."""
    demand(isinstance(manifest, dict) and manifest.keys() == KEYS.keys(), "a manifest's parts")
    demand(all(type(manifest[name]) is kind for name, kind in KEYS.items()) and manifest["version"] == 1, "a manifest's parts")
    demand(all(isinstance(each, dict) and _has(each, ASSET) for each in manifest["assets"]), "an asset")
    paths = [each["path"] for each in manifest["assets"]]
    demand(all(one < other for one, other in pairwise(paths)), "assets in ascending order")
    demand(all(isinstance(each, dict) and _has(each, {"form": str, "path": str}) for each in manifest["computed"]), "a computed file")
    demand(all(isinstance(each, str) and each.startswith("/") for each in [*paths, *manifest["pages"]]), "a path")
    policy = {"csp": str, "integrity_policy": str, "paths": list}
    demand(all(isinstance(each, dict) and _has(each, policy) for each in manifest["policies"]), "a policy")
    demand(all(isinstance(path, str) for each in manifest["policies"] for path in each["paths"]), "a policy's paths")
    demand(_has(manifest["source"], {"client": str, "lock": str, "version": str}), "the source")
    NamedStatement.parse(manifest["newest"])


def _has(value: dict[str, Any], shape: Mapping[str, type]) -> bool:
    return value.keys() == shape.keys() and all(type(value[name]) is kind for name, kind in shape.items())
