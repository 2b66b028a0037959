"""A second person looks at a desk epoch, and confirms it (PROTOCOL §2.15, §8.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from messaging.protocol.encoding import ID, VERSION
from messaging.protocol.peer.epochs import open_grant, without_grant
from messaging.protocol.peer.errors import BadConfirmation, BadGrant
from messaging.protocol.peer.keys import Counsellor, Site
from messaging.protocol.peer.primitives import sign, sign_public
from messaging.protocol.wire import Certificate, Confirmation, Statement, named_since


@dataclass(frozen=True)
class EpochChanges:
    """Who opened an epoch, and who came and went since the newest confirmed one: names, for people told apart by their counsellor ids."""

    opened_by: str
    came: list[str]
    went: list[str]
    stayed: list[str]
    # On both, with other keys than before.
    new_keys: list[str]


@dataclass(frozen=True)
class WaitingEpoch:
    """An epoch that nobody has confirmed, as one counsellor sees it.

    `trouble` says why this counsellor cannot confirm it, and is None when they can: not-yours (they opened it, are not on it, or were left
    off before), signer-left (who opened it was left off before), somebody-unknown (a certificate is missing), no-grant (their own does not
    open), somebody-cannot-read (`cannot_read`).
    """

    statement: Statement = field(repr=False)
    changes: EpochChanges
    cannot_read: list[str]
    trouble: str | None


def own_certificate_on(statement: Statement, counsellor: Counsellor, certificates: Mapping[bytes, Certificate]) -> Certificate | None:
    """The certificate for these keys that the roster has; a renewed one may be on a new roster while the old one is on the current."""
    on = (certificates[each] for each in statement.roster if each in certificates)
    return next((each for each in on if (each.kem_public, each.sign_public) == (counsellor.kem_public, counsellor.sign_public)), None)


def look_at_epoch(
    site: Site,
    counsellor: Counsellor,
    statement: Statement,
    before: Statement | None,
    certificates: Mapping[bytes, Certificate],
    grants: Iterable[tuple[bytes, bytes]],
) -> WaitingEpoch:
    """What a second person is shown; `grants` are those of this epoch, as pairs of certificate id and wrap, and every one is made again."""
    given = list(grants)
    now = {each: certificates.get(each) for each in statement.roster}
    then = {each: certificates.get(each) for each in (before.roster if before else ())}
    own = own_certificate_on(statement, counsellor, certificates)
    lacking: list[str] = []
    trouble: str | None = None
    if own is None or not _may_confirm(statement, own, before, certificates):
        trouble = "not-yours"
    elif before is not None and not named_since(certificates[statement.signer], before):
        trouble = "signer-left"
    elif None in now.values() or None in then.values():
        trouble = "somebody-unknown"
    else:
        seed = _seed(site, counsellor, own, statement, given)
        lacking = sorted(each.display_name for each in without_grant(site, statement, certificates, seed, given)) if seed else []
        trouble = "no-grant" if seed is None else "somebody-cannot-read" if lacking else None
    return WaitingEpoch(statement, epoch_changes(statement, before, certificates), lacking, trouble)


def _may_confirm(statement: Statement, own: Certificate, before: Statement | None, certificates: Mapping[bytes, Certificate]) -> bool:
    signer = certificates[statement.signer]
    other = own.counsellor_id != signer.counsellor_id and own.kem_public != signer.kem_public and own.sign_public != signer.sign_public
    return other and (before is None or named_since(own, before)) and statement.covered_by(own)


def _seed(site: Site, counsellor: Counsellor, own: Certificate, statement: Statement, grants: list[tuple[bytes, bytes]]) -> bytes | None:
    for certificate_id, wrapped in grants:
        if certificate_id != own.certificate_id:
            continue
        try:
            return open_grant(site, counsellor, own.certificate_id, statement, wrapped)
        except BadGrant:
            continue
    return None


def epoch_changes(statement: Statement, before: Statement | None, certificates: Mapping[bytes, Certificate]) -> EpochChanges:
    """Of the certificates that are here; the signer's must be."""
    now, then = (
        {each.counsellor_id: each for each in (certificates.get(one) for one in roster) if each}
        for roster in (statement.roster, before.roster if before else ())
    )
    same = {each for each in now if each in then and now[each].same_person(then[each])}

    def names(people: Mapping[bytes, Certificate], ids: set[bytes]) -> list[str]:
        return sorted(people[each].display_name for each in ids)

    stayed = now.keys() & then.keys()
    came, went = names(now, now.keys() - then.keys()), names(then, then.keys() - now.keys())
    return EpochChanges(certificates[statement.signer].display_name, came, went, names(now, same), names(now, stayed - same))


def make_confirmation(site: Site, counsellor: Counsellor, waiting: WaitingEpoch, certificates: Mapping[bytes, Certificate]) -> bytes:
    """113 bytes, after a person has looked; raises BadConfirmation for an epoch that they cannot confirm."""
    own = own_certificate_on(waiting.statement, counsellor, certificates)
    if own is None or waiting.trouble is not None:
        raise BadConfirmation(waiting.trouble or "not-yours")
    return _signed(site, counsellor.sign_seed, waiting.statement, own.certificate_id)


def make_root_confirmation(root_seed: bytes, site: Site, statement: Statement) -> bytes:
    """113 bytes; raises BadConfirmation for another root's seed."""
    if sign_public(root_seed) != site.root:
        raise BadConfirmation("this is not the site's root")
    return _signed(site, root_seed, statement, bytes(ID))


def _signed(site: Site, seed: bytes, statement: Statement, certificate_id: bytes) -> bytes:
    body = VERSION + statement.statement_hash + certificate_id
    raw = body + sign(seed, "confirmation", site.site + body)
    return Confirmation.parse(raw).raw
