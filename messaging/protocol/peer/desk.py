"""The desk: as a person sees it before writing, and as a counsellor sits at it (PROTOCOL §5.3, §7.2, §8.1, §8.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.answers import answer_list, me_answer
from messaging.protocol.peer.certificates import certificates_by_id, check_certificate, valid_certificates
from messaging.protocol.peer.confirming import WaitingEpoch, look_at_epoch
from messaging.protocol.peer.epochs import (
    check_chain,
    demand_released,
    has_released,
    new_epoch,
    open_grant,
    valid_chain,
    without_grant,
)
from messaging.protocol.peer.errors import BadCertificate, BadConfirmation, BadDates, BadGrant, BadStatement
from messaging.protocol.peer.keys import Counsellor, Site, is_own_certificate
from messaging.protocol.peer.primitives import Random, random_bytes
from messaging.protocol.wire import Certificate, Statement, confirmed_statements, current_epoch


@dataclass(frozen=True)
class Desk:
    """The desk as it is today: the epoch to seal to, and the names of all who can read."""

    epoch: int
    names: list[str]
    statement: Statement = field(repr=False)
    # Who can read, by their keys as well: two desks with the same names need not have the same readers (§5.4).
    readers: frozenset[tuple[bytes, bytes, bytes, bytes, str]] = field(repr=False)
    # Each one's key for tags, in the roster's order.
    tag_publics: tuple[bytes, ...] = field(repr=False)


def desk_of_statement(statement: Statement, certificates: Mapping[bytes, Certificate], today: int) -> Desk:
    """The desk of a checked statement; raises BadStatement, BadDates."""
    if any(certificate_id not in certificates for certificate_id in statement.roster):
        raise BadStatement("somebody on the roster has no certificate of this root")
    statement.check_roster(certificates)
    if not statement.includes(today):
        raise BadDates("the desk's epoch is not of today")
    people = [certificates[each] for each in statement.roster]
    readers = frozenset((each.counsellor_id, each.kem_public, each.sign_public, each.tag_public, each.display_name) for each in people)
    tag_publics = tuple(each.tag_public for each in people)
    return Desk(statement.number, sorted(each.display_name for each in people), statement, readers, tag_publics)


def check_desk(site: Site, answer: Mapping[str, Any], today: int) -> Desk:
    """§7.2's answer, checked from the root down.

    Raises:
        Malformed, BadCertificate: a certificate in it.
        BadStatement: a statement does not follow from them.
        BadContinuation: the statement that the release names is not among them.
        BadConfirmation: the last of them is not confirmed.
        BadDates: it is not of today.
    """
    # Everything is decoded before anything is checked (§7).
    statements, confirmations, named = (answer_list(answer, key) for key in ("statements", "confirmations", "certificates"))
    certificates = certificates_by_id(site, named)
    chain = list(check_chain(site, statements, certificates))
    if not chain:
        raise BadStatement("there is none")
    demand_released(site, chain)
    if chain[-1] not in confirmed_statements(site.root, chain, confirmations, certificates, released=site.released):
        raise BadConfirmation("nobody has confirmed the epoch")
    return desk_of_statement(chain[-1], certificates, today)


@dataclass(frozen=True)
class OpenDesk:
    """A counsellor at the desk: keys, own certificate, the whole chain, and the seeds of the epochs granted.

    `troubles` says what is missing: no-certificate, certificate-dates, broken-chain, no-current-epoch, not-on-roster, no-grant, bad-grant,
    somebody-cannot-read. `cannot_read` names those of the current roster who were given no key that opens the epoch.
    Of the chain `confirmed` are those that count, and `waiting` those after the newest of these.
    """

    counsellor: Counsellor
    certificate: Certificate | None
    chain: Mapping[int, Statement] = field(repr=False)
    confirmed: Mapping[int, Statement] = field(repr=False)
    certificates: Mapping[bytes, Certificate] = field(repr=False)
    seeds: Mapping[int, bytes] = field(repr=False)
    desk: Desk | None
    troubles: list[str]
    cannot_read: list[str] = field(default_factory=list)
    waiting: list[WaitingEpoch] = field(default_factory=list)

    @property
    def standing(self) -> Statement | None:
        """The newest confirmed statement, whether it includes today or not."""
        return self.confirmed[max(self.confirmed)] if self.confirmed else None


def open_desk(site: Site, counsellor: Counsellor, me: Mapping[str, Any], today: int) -> OpenDesk:
    """§8.1's answer, checked, with the grants opened; what is missing is said in `troubles`.

    Raises:
        Malformed, BadCertificate: the counsellor's own certificate, or one of other keys than this vault's.
    """
    answer = me_answer(me)
    own = None if answer.certificate is None else check_certificate(site, answer.certificate)
    if answer.counsellor_id != counsellor.counsellor_id or (own is not None and not is_own_certificate(counsellor, own)):
        raise BadCertificate("this certificate is not of this vault")
    certificates = valid_certificates(site, answer.certificates)
    chain = valid_chain(site, answer.statements, certificates)
    if (chain and min(chain) != 1) or not has_released(site, chain.values()):
        chain = {}
    counting = confirmed_statements(site.root, chain.values(), answer.confirmations, certificates, released=site.released)
    confirmed = {each.number: each for each in counting}
    mine = [(epoch, wrapped) for epoch, certificate_id, wrapped in answer.grants if own and certificate_id == own.certificate_id]
    seeds, refused = _seeds(site, counsellor, own, confirmed, mine)
    whole = len(chain) == len(answer.statements) and has_released(site, chain.values())
    current = current_epoch(confirmed.values(), today) if whole else None
    try:
        desk = desk_of_statement(current, certificates, today) if current else None
    except BadStatement:
        desk, whole = None, False
    # Of a chain that cannot be relied on nothing more is said; who is off the roster is not to be granted the epoch either.
    seat = desk.statement if desk and own else None
    covered = bool(seat and own and seat.covered_by(own))
    theirs = [(certificate_id, wrapped) for epoch, certificate_id, wrapped in answer.grants if seat and epoch == seat.number]
    lacking = without_grant(site, seat, certificates, seeds[seat.number], theirs) if seat and covered and seat.number in seeds else []
    found = {
        "no-certificate": own is None,
        "certificate-dates": own is not None and not own.includes(today),
        "broken-chain": not whole,
        "no-current-epoch": whole and desk is None,
        "not-on-roster": bool(seat) and not covered,
        "no-grant": bool(seat and covered and seat.number not in seeds),
        "bad-grant": bool(refused),
        "somebody-cannot-read": bool(lacking),
    }
    troubles = [trouble for trouble, there in found.items() if there]
    names = sorted(each.display_name for each in lacking)
    waiting = _waiting(site, counsellor, chain, confirmed, certificates, answer.grants)
    return OpenDesk(counsellor, own, chain, confirmed, certificates, seeds, desk, troubles, names, waiting)


def _waiting(
    site: Site,
    counsellor: Counsellor,
    chain: Mapping[int, Statement],
    confirmed: Mapping[int, Statement],
    certificates: Mapping[bytes, Certificate],
    grants: list[tuple[int, bytes, bytes]],
) -> list[WaitingEpoch]:
    """Those after the newest confirmed one, the newest first."""
    before = confirmed[max(confirmed)] if confirmed else None
    after = [each for number, each in sorted(chain.items(), reverse=True) if before is None or number > before.number]
    theirs: dict[int, list[tuple[bytes, bytes]]] = {}
    for epoch, certificate_id, wrapped in grants:
        theirs.setdefault(epoch, []).append((certificate_id, wrapped))
    return [look_at_epoch(site, counsellor, each, before, certificates, theirs.get(each.number, [])) for each in after]


def _seeds(
    site: Site, counsellor: Counsellor, own: Certificate | None, chain: Mapping[int, Statement], grants: Iterable[tuple[int, bytes]]
) -> tuple[dict[int, bytes], set[int]]:
    """The seeds of the first grant of each epoch that opens, and the epochs of which none does."""
    seeds: dict[int, bytes] = {}
    refused = set()
    for epoch, wrapped in grants:
        if own is None or epoch not in chain or epoch in seeds:
            continue
        try:
            seeds[epoch] = open_grant(site, counsellor, own.certificate_id, chain[epoch], wrapped)
        except BadGrant:
            refused.add(epoch)
    return seeds, refused - seeds.keys()


def open_desk_epoch(
    site: Site, desk: OpenDesk, candidates: Iterable[str], today: int, days: int, random: Random = random_bytes
) -> dict[str, Any]:
    """The body of `POST epochs`, §8.2: the next epoch, from today on, for the candidates' certificates (base64url).

    Raises:
        Malformed, BadCertificate: a candidate that is not the root's.
        BadDates: days, or a certificate that does not last through them.
        BadStatement: the opener is no key-holder on that day, or the chain is broken.
    """
    people = certificates_by_id(site, [decode(candidate) for candidate in candidates])
    if desk.certificate is None or "broken-chain" in desk.troubles:
        raise BadStatement("without a certificate and a whole chain nobody opens an epoch")
    previous, standing = (desk.chain[max(desk.chain)] if desk.chain else None), desk.standing
    first_day = max(today, previous.first_day) if previous else today
    statement, grants = new_epoch(
        site,
        desk.counsellor,
        desk.certificate,
        people.values(),
        previous,
        standing=standing,
        first_day=first_day,
        days=days,
        earlier=desk.seeds,
        random=random,
    )
    return new_epoch_body(statement, grants)


def new_epoch_body(statement: bytes, grants: Iterable[tuple[bytes, int, bytes]]) -> dict[str, Any]:
    """The JSON of §8.2."""
    listed = [{"certificate_id": encode(one_id), "epoch": epoch, "wrapped": encode(wrapped)} for one_id, epoch, wrapped in grants]
    return {"statement": encode(statement), "grants": listed}
