"""Whose the site is: that its pages hold the root that was given, and that the people whom it offers to write to are that root's."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from helpline.web.installation_script import PATH, InstallationScript, read_installation_script
from messaging.protocol.encoding import BadCertificate, BadConfirmation, BadStatement, Malformed, decode, demand, encode, site_of
from messaging.protocol.wire import Certificate, NamedStatement, Statement, confirmed_statements, is_named
from messaging.protocol.wire.releases import EPOCH, Release, manifest_asset
from messaging.release.verify.fetching import CannotUnpack, FetchedAnswer, Fetcher
from messaging.release.verify.said import SiteCheck

DESK = "/api/v1/desk"
# The bundles that seal, open and sign: in each language one, but for the desk's.
SEALING = re.compile(r"/static/client/(person|desk)[.-][^/]*\.js")
# What they may load besides, under the hash that waits in the page beside them (§11.4).
LATER = re.compile(r"/static/client/(argon2|stand-ins|opened)[.-][^/]*\.js")
_IMPORTS = re.compile(rb'(?:\bfrom|\bimport)\s*\(?\s*["\']([./][^"\']*)["\']')


def check_root_script(check: SiteCheck, site: Fetcher, release: Release, root: bytes) -> None:
    """The installation's own script is the one of this root and this release, and it is what the bundles import."""
    wanted = InstallationScript(root, release.made_on.isoformat(), release.manifest["newest"])
    signed = next((each for each in release.manifest["assets"] if each["path"] == PATH), None)
    if signed is None:
        check.differs(f"The manifest has no {PATH}: nobody has signed which root the pages hold.")
        return
    faults = list(_faults(wanted, site.get(PATH)) if signed != manifest_asset(PATH, wanted.script) else ())
    faults += _importing(site, release.manifest)
    for fault in faults:
        check.differs(fault)
    if not faults:
        check.holds(f"The scripts import this root's key, know no clock but the device's own, and refuse a day before {wanted.made_on}.")
        named = release.named
        check.holds(
            f"They take no desk whose epochs do not go on from epoch {named.number}, the newest when it was signed."
            if named
            else "They take any chain of this root's: no epoch counted when it was signed."
        )


def _faults(wanted: InstallationScript, answer: FetchedAnswer) -> Iterator[str]:
    """Why the script that is signed is not the one that this root and this release give."""
    try:
        found = read_installation_script(answer.content)
    except CannotUnpack:
        found = None
    if found is None:
        yield f"{PATH}, which holds the pages' root, has another form than it must have."
        return
    if found.root != wanted.root:
        yield f"{PATH} holds another root than the one given: {encode(found.root)!r}."
    if found.made_on != wanted.made_on:
        yield f"{PATH} says that the release was made on {found.made_on or 'no day'}, and the manifest {wanted.made_on}."
    if found.newest != wanted.newest:
        yield f"{PATH} names {_epoch_words(found.newest)} as the newest, and the manifest {_epoch_words(wanted.newest)}."
    if found.moved:
        yield f"{PATH} moves the pages' clock by {found.moved} seconds: this is a demonstration, and no site for people in need."
    if found == wanted:
        yield f"{PATH} is signed with other bytes than this root and this release give."


def _epoch_words(newest: str) -> str:
    return f"epoch {newest.partition('.')[0]} ({newest.partition('.')[2]})" if newest else "no epoch"


def _importing(site: Fetcher, manifest: dict[str, Any]) -> Iterator[str]:
    """That each bundle takes the root from there, and from elsewhere only what is signed for it."""
    paths = [each["path"] for each in manifest["assets"]]
    for path in (each for each in paths if each.startswith("/static/client/") and each.endswith(".js") and each != PATH):
        answer = site.get(path)
        try:
            script = answer.content if answer.status == 200 else None
        except CannotUnpack:
            script = None
        if script is None:
            continue  # Said where the files are compared.
        imported = {each.decode("utf-8", "replace") for each in _IMPORTS.findall(script)}
        if SEALING.fullmatch(path) and PATH not in imported:
            yield f"{path} does not import {PATH}."
        allowed = {PATH, *filter(LATER.fullmatch, paths)} if SEALING.fullmatch(path) else set()
        for each in sorted(imported - allowed):
            yield f"{path} imports {each}, which it must not."


def check_desk_keys(check: SiteCheck, site: Fetcher, root: bytes, at: datetime, releases: Iterable[Release]) -> None:
    """The key that people seal to, and those who can read: certified from the root down, and of today (PROTOCOL §7.2).

    It goes on from the newest epoch that each of these releases names: the one that is served, and the one that was seen before.
    """
    named = sorted({each.named for each in releases if each.named}, key=lambda each: each.number)
    answer, today = site.get(f"{DESK}?from={named[0].number}" if named else DESK), (at.astimezone(UTC).date() - EPOCH).days
    if answer.status == 503:
        check.holds(f"The desk takes no messages now: {DESK} says so, and offers no key.")
        return
    try:
        demand(answer.status == 200, "a desk")
        names, chain = _desk(json.loads(answer.content), root, named[-1] if named else None)
    except (BadCertificate, BadStatement, BadConfirmation):
        check.differs(f"The desk's key ({DESK}) is not this root's: the people who would read what is written are not its counsellors.")
    except (Malformed, ValueError, KeyError, TypeError, CannotUnpack):
        check.differs(f"The desk's key ({DESK}) has another form than it must have.")
    else:
        statement = chain[-1]
        for each in named:
            if not any(is_named(one, each) for one in chain):
                check.differs(f"The desk's key ({DESK}) does not go on from epoch {each.number}, which a release names as the newest.")
                return
        if not statement.includes(today):
            first, last = (EPOCH + timedelta(days=min(day, 2**21)) for day in (statement.first_day, statement.last_day))
            check.differs(f"The desk's key ({DESK}) is for {first} to {last}, and today is not among them.")
            return
        check.holds(f"The desk's key, of epoch {statement.number}, is certified by this root. Who can read: {', '.join(names)}.")


def _desk(answer: Any, root: bytes, named: NamedStatement | None) -> tuple[list[str], list[Statement]]:
    """Raises Malformed, BadCertificate, BadStatement, BadConfirmation (PROTOCOL §7.2)."""
    certificates = [Certificate.parse(decode(each)) for each in answer["certificates"]]
    for certificate in certificates:
        certificate.check(root)
    known = {each.certificate_id: each for each in certificates}
    chain: list[Statement] = []
    for raw in answer["statements"]:
        statement = Statement.parse(decode(raw))
        statement.check(site_of(root), known.get(statement.signer), chain[-1] if chain else None)
        statement.check_roster(known)
        chain.append(statement)
    if not chain:
        raise BadStatement("there is none")
    statement = chain[-1]
    if statement not in confirmed_statements(root, chain, [decode(each) for each in answer["confirmations"]], known, released=named):
        raise BadConfirmation("nobody has confirmed the epoch")
    if any(each not in known for each in statement.roster):
        raise BadStatement("somebody on the roster has no certificate of this root")
    return sorted(known[each].display_name for each in statement.roster), chain
