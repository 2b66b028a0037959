"""The checks themselves: release, files, pages. Each says what held, and has a sentence for each difference."""

import base64
import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from helpline.web.installation_script import PATH
from messaging.protocol.encoding import BadCertificate, BadSignature, Malformed, site_of
from messaging.protocol.wire.releases import EPOCH, Release
from messaging.release.verify.fetching import ENCODINGS, CannotUnpack, FetchedAnswer, Fetcher
from messaging.release.verify.markup import Reference, read_markup
from messaging.release.verify.root import SEALING
from messaging.release.verify.said import SiteCheck

WELL_KNOWN = "/.well-known/helpline-manifest.json"
BROWSERS = "gzip, deflate, br, zstd"
# What no browser takes for another site's address: a backslash is a slash to some, and a tab is nothing.
OWN = re.compile(r"(/(?![/\\])|[#?])[^\\\x00-\x20]*")


def check_signed_release(check: SiteCheck, site: Fetcher, root: bytes, at: datetime, previous: Release | None) -> Release | None:
    """The signed manifest at its address, in force then and not older than the one remembered; None where nothing can be compared."""
    answer = site.get(WELL_KNOWN)
    if answer.status != 200:
        check.differs(f"There is no signed manifest: {WELL_KNOWN} answers {answer.status}.")
        return None
    try:
        release = Release.parse(answer.content)
        release.certificate.check(root)
        release.check_signature(site_of(root))
    except (Malformed, CannotUnpack) as error:
        check.differs(f"The manifest has not the one form that it must have: {error}.")
    except BadCertificate:
        check.differs("The release key is not certified by this root.")
    except BadSignature as error:
        check.differs(f"The manifest's signature does not hold: {error}.")
    else:
        check.holds(f"Release {release.number} of {release.made_on} is signed by a release key that the root certified.")
        _in_force(check, release, at)
        _not_older(check, release, previous)
        return release
    return None


def _in_force(check: SiteCheck, release: Release, at: datetime) -> None:
    first, last = release.certificate.first_day, release.certificate.last_day
    today = (at.astimezone(UTC).date() - EPOCH).days
    if release.certificate.includes(today):
        check.holds(f"The release key is in force until {_day(last)}.")
    else:
        check.differs(f"The release key is for {_day(first)} to {_day(last)}, and today is {_day(today)}.")


def _not_older(check: SiteCheck, release: Release, previous: Release | None) -> None:
    if previous is None:
        return
    if release.number < previous.number:
        check.differs(f"An older release is served: number {release.number}, and number {previous.number} was seen before.")
    elif release.number == previous.number and release.manifest_hash != previous.manifest_hash:
        check.differs(f"Two manifests have number {release.number}: the one served is another than the one seen before.")
    else:
        check.holds(f"It is not older than number {previous.number}, which was seen before.")


def _day(number: int) -> date | str:
    try:
        return EPOCH + timedelta(days=number)
    except OverflowError:
        return f"day {number}"


def check_served_files(check: SiteCheck, site: Fetcher, manifest: dict[str, Any], more_pages: Iterable[str]) -> None:
    """Every file and every page that the manifest names."""
    before = len(check.differences)
    for each in manifest["assets"]:
        _asset(check, site, manifest, each)
    if len(check.differences) == before:
        check.holds(f"{len(manifest['assets'])} files are the signed bytes under the signed policy, asked for as {', '.join(ENCODINGS)}.")
    before, missing, computed, leads = len(check.differences), 0, dict[str, str](), set[str]()
    pages = list(dict.fromkeys([*manifest["pages"], *more_pages]))
    for path in pages:
        for encoding in ("identity", BROWSERS):
            missing += _page(check, site, manifest, path, encoding, computed, leads) == 404
    if len(check.differences) == before:
        gone = f" ({missing // 2} of them answer “not found”, and were checked all the same)" if missing else ""
        check.holds(
            f"{len(pages)} pages{gone}: nothing inline, nothing that tells the scripts what it may not, only files of the "
            "manifest with their integrity, exactly the signed policies."
        )
    if leads:
        check.holds(f"The pages lead elsewhere, and nobody signs where to. Compare: {', '.join(sorted(leads))}.")
    before = len(check.differences)
    for address, integrity in sorted(computed.items()):
        _computed(check, site, manifest, address, integrity)
    if computed and len(check.differences) == before:
        check.holds(f"{', '.join(sorted(computed))}: made from the site's own settings, and nothing but what the manifest lets it be.")


def _asset(check: SiteCheck, site: Fetcher, manifest: dict[str, Any], asset: dict[str, Any]) -> None:
    """At most one sentence about the bytes of a file, and one for each policy."""
    for encoding in ENCODINGS:
        answer = site.get(asset["path"], encoding)
        fault = _fault(answer, asset)
        if fault:
            check.differs(f"{asset['path']}, asked for as {encoding}, {fault}.")
            return
        if not _headers(check, manifest, asset["path"], answer):
            return


def _fault(answer: FetchedAnswer, asset: dict[str, Any]) -> str:
    """Why these are not the signed bytes, or nothing."""
    if answer.status != 200:
        return f"is not there: the site answers {answer.status}"
    try:
        content = answer.content
    except CannotUnpack as error:
        return f"is {error}"
    if len(content) != asset["size"]:
        return f"has {len(content)} bytes instead of {asset['size']}"
    if hashlib.sha256(content).hexdigest() != asset["sha256"] or _integrity(content) != asset["integrity"]:
        return "has other bytes than the signed ones"
    return ""


def _integrity(content: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode("ascii")


def _headers(check: SiteCheck, manifest: dict[str, Any], path: str, answer: FetchedAnswer) -> bool:
    """Exactly the policies of this path, once each, and no header that loads or leads anywhere."""
    policy = next((each for each in manifest["policies"] if any(_names(one, path) for one in each["paths"])), None)
    if policy is None:
        check.differs(f"The manifest has no policy for {path}.")
        return False
    fine = True
    for name, wanted in (("Content-Security-Policy", policy["csp"]), ("Integrity-Policy", policy["integrity_policy"])):
        found = answer.all(name)
        if found != ([wanted] if wanted else []):
            fine = False
            sent = " and ".join(repr(each) for each in found) if found else "none"
            check.differs(f"{path} must be sent with {name} {wanted or 'none'}, and is sent with {sent}.")
    for name in ("Link", "Refresh"):
        if answer.all(name):
            fine = False
            check.differs(f"{path} is sent with a header {name}, which makes a browser load something: {answer.all(name)[0]!r}.")
    return fine


def _names(pattern: str, path: str) -> bool:
    return path.startswith(pattern[:-1]) if pattern.endswith("*") else path == pattern


def _page(
    check: SiteCheck, site: Fetcher, manifest: dict[str, Any], path: str, encoding: str, computed: dict[str, str], leads: set[str]
) -> int:
    """Its status; what it loads of computed files goes into `computed`, and where else it leads into `leads`. Nothing is said twice."""
    answer, own = site.get(path, encoding), SiteCheck()
    try:
        html = answer.content.decode("utf-8")
    except (CannotUnpack, UnicodeDecodeError) as error:
        own.differs(f"The page {path} cannot be read: {error}.")
        html = ""
    if answer.status not in {200, 404} or not answer.headers.get("Content-Type", "").lower().startswith("text/html"):
        own.differs(f"The page {path} answers {answer.status} with {answer.headers.get('Content-Type', 'nothing')}, which is no page.")
    _headers(own, manifest, urlsplit(path).path, answer)
    markup = read_markup(html)
    for fault in markup.faults:
        own.differs(f"The page {path} {fault}.")
    leads.update(each for each in markup.leads if OWN.fullmatch(each) is None)
    assets = {each["path"]: each["integrity"] for each in manifest["assets"]}
    for reference in markup.references:
        fault = _reference(site.origin, path, reference, assets, manifest, computed)
        if fault:
            own.differs(f"The page {path} loads {reference.address}, {fault}.")
    loaded = [urlsplit(urljoin(site.origin + path, each.address.strip())).path for each in markup.references if each.tag == "script"]
    if any(SEALING.fullmatch(each) and PATH not in loaded[:place] for place, each in enumerate(loaded)):
        own.differs(f"The page {path} does not load {PATH}, with its integrity, before the script that imports it.")
    for sentence in own.differences:
        if sentence not in check.differences:
            check.differs(sentence)
    return answer.status


def _reference(
    origin: str, page: str, reference: Reference, assets: dict[str, str], manifest: dict[str, Any], computed: dict[str, str]
) -> str:
    """What is wrong with it, or nothing."""
    parts = urlsplit(urljoin(origin + page, reference.address.strip()))
    known = {each["path"] for each in manifest["computed"]}
    if f"{parts.scheme}://{parts.netloc}" != origin or not (parts.path in known or (parts.path in assets and not parts.query)):
        return "which is not in the manifest"
    if not reference.hashed:
        if parts.path in known:
            computed.setdefault(parts.path, "")
        return ""
    if reference.crossorigin != "anonymous":
        return "without crossorigin=anonymous"
    if parts.path in known:
        address = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if computed.setdefault(address, reference.integrity) != reference.integrity:
            return "with another integrity than another page names"
        return "" if reference.integrity else "without integrity"
    if reference.integrity != assets[parts.path]:
        return f"with {'another integrity than the signed one' if reference.integrity else 'no integrity'}"
    return ""


def _computed(check: SiteCheck, site: Fetcher, manifest: dict[str, Any], address: str, integrity: str) -> None:
    path = address.partition("?")[0]
    form = next(each["form"] for each in manifest["computed"] if each["path"] == path)
    for encoding in ENCODINGS:
        answer = site.get(address, encoding)
        try:
            content = answer.content
        except CannotUnpack as error:
            check.differs(f"{address} is {error}.")
            return
        if answer.status != 200 or re.fullmatch(form, content.decode("utf-8", "replace")) is None:
            check.differs(f"{address} has another form than the manifest lets it have.")
            return
        # A page names none of a picture.
        if integrity and _integrity(content) != integrity:
            check.differs(f"{address} has other bytes than the pages say.")
            return
        if not _headers(check, manifest, path, answer):
            return
