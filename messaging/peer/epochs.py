"""Certificates, epoch statements and grants: making them, and checking a chain of them (PROTOCOL §2.5–§2.7)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from messaging.encoding import HASH, label, u32
from messaging.peer.errors import BadCertificate, BadDates, BadGrant, BadStatement, CannotOpen, Malformed
from messaging.peer.keys import Counsellor, Site
from messaging.peer.primitives import Random, kem_public, random_bytes, sign, unwrap, wrap
from messaging.wire import LONGEST_EPOCH, Certificate, Request, Statement


def make_certificate(
    root_seed: bytes, site: Site, request: bytes, display_name: str, *, key_holder: bool, first_day: int, last_day: int
) -> bytes:
    """The root's certificate for a request, §2.5.

    Raises:
        Malformed, BadRequest: the request.
        BadCertificate: a display name that is empty, over 64 bytes or has control characters, or days the wrong way round.
    """
    asked = Request.parse(request)
    asked.check(site.site)
    name = display_name.encode()
    if not 1 <= len(name) <= 64 or not display_name.isprintable() or first_day > last_day:
        raise BadCertificate("its name or days")
    body = b"\1" + asked.counsellor_id + asked.kem_public + asked.sign_public + bytes([key_holder])
    body += u32(first_day) + u32(last_day) + bytes([len(name)]) + name
    certificate = body + sign(root_seed, "certificate", site.site + body)
    Certificate.parse(certificate).check(site.root)
    return certificate


def make_statement(
    site: Site,
    signer: Counsellor,
    certificate: bytes,
    *,
    number: int,
    kem_public: bytes,
    previous: bytes | None,
    first_day: int,
    last_day: int,
    roster: Iterable[bytes],
) -> bytes:
    """A statement signed by a key-holder, §2.6; `previous` is the statement before it, `roster` certificate ids.

    Raises:
        BadStatement: as it would be refused by a reader.
    """
    ids = sorted(set(roster))
    holder = Certificate.parse(certificate)
    link = Statement.parse(previous).statement_hash if previous else bytes(HASH)
    body = b"\1" + u32(number) + kem_public + link + u32(first_day) + u32(last_day) + holder.certificate_id
    body += len(ids).to_bytes(2, "big") + b"".join(ids)
    statement = body + sign(signer.sign_seed, "statement", site.site + body)
    Statement.parse(statement).check(site.site, holder, Statement.parse(previous) if previous else None)
    return statement


def _grant_info(site: Site, epoch: int, certificate_id: bytes) -> bytes:
    return label("grant") + site.site + u32(epoch) + certificate_id


def make_grant(site: Site, epoch: int, certificate: Certificate, epoch_seed: bytes) -> bytes:
    """The epoch's seed for one counsellor, §2.7: 1,168 bytes."""
    return wrap(certificate.kem_public, _grant_info(site, epoch, certificate.certificate_id), epoch_seed)


def open_grant(site: Site, counsellor: Counsellor, certificate_id: bytes, statement: Statement, wrapped: bytes) -> bytes:
    """The epoch's seed; raises BadGrant when it cannot be unwrapped or gives another public key."""
    try:
        seed = unwrap(counsellor.kem_seed, _grant_info(site, statement.number, certificate_id), wrapped)
    except CannotOpen as error:
        raise BadGrant("the grant cannot be opened") from error
    if kem_public(seed) != statement.kem_public:
        raise BadGrant("the grant is not of this epoch")
    return seed


def check_certificates(site: Site, certificates: Iterable[bytes]) -> dict[bytes, Certificate]:
    """Those certificates that the root signed, by id; the others are left out, so that what relies on them fails."""
    valid = {}
    for raw in certificates:
        try:
            certificate = Certificate.parse(raw)
            certificate.check(site.root)
        except (Malformed, BadCertificate):
            continue
        valid[certificate.certificate_id] = certificate
    return valid


def check_chain(site: Site, statements: Iterable[bytes], certificates: dict[bytes, Certificate]) -> dict[int, Statement]:
    """The statements by number, in one chain without gaps, up to the first that fails: what relies on that or a later one fails too."""
    chain: dict[int, Statement] = {}
    before = None
    for raw in statements:
        try:
            statement = Statement.parse(raw)
            statement.check(site.site, certificates.get(statement.signer), before)
        except (Malformed, BadStatement):
            break
        chain[statement.number] = before = statement
    return chain


def current_epoch(chain: Iterable[Statement], day: int) -> Statement | None:
    """The epoch with the greatest number among those whose days include the day, §2.6."""
    return max((statement for statement in chain if statement.includes(day)), key=lambda statement: statement.number, default=None)


@dataclass(frozen=True)
class Desk:
    """The desk as it is today: the epoch to seal to, and who can read."""

    epoch: int
    names: list[str]
    statement: Statement


def check_desk(site: Site, statement: bytes, certificates: Iterable[bytes], today: int) -> Desk:
    """§7.2's answer, checked from the root down.

    Raises:
        Malformed, BadCertificate, BadStatement: the statement does not follow from the root, or names somebody unknown.
        BadDates: the statement is not of today.
    """
    valid = check_certificates(site, certificates)
    current = Statement.parse(statement)
    current.check(site.site, valid.get(current.signer), None)
    return desk_of(current, valid, today)


def desk_of(current: Statement, certificates: dict[bytes, Certificate], today: int) -> Desk:
    """The desk of a checked statement; raises BadDates, BadCertificate."""
    if not current.includes(today):
        raise BadDates("the desk's epoch is not of today")
    if any(certificate_id not in certificates for certificate_id in current.roster):
        raise BadCertificate("somebody on the roster has no certificate of this root")
    return Desk(current.number, sorted(certificates[certificate_id].display_name for certificate_id in current.roster), current)


@dataclass(frozen=True)
class OpenDesk:
    """A counsellor at the desk: keys, own certificate, and the seeds of the epochs granted."""

    counsellor: Counsellor
    certificate: Certificate
    seeds: dict[int, bytes] = field(repr=False)


def open_desk(
    site: Site,
    counsellor: Counsellor,
    certificate: bytes,
    statements: Iterable[bytes],
    certificates: Iterable[bytes],
    grants: dict[int, bytes],
) -> OpenDesk:
    """§8.1's answer, checked, with the grants opened. Raises Malformed, BadCertificate, BadGrant."""
    mine = Certificate.parse(certificate)
    mine.check(site.root)
    if (mine.kem_public, mine.sign_public) != (counsellor.kem_public, counsellor.sign_public):
        raise BadCertificate("this certificate is not of this vault")
    chain = check_chain(site, statements, check_certificates(site, certificates))
    seeds = {
        epoch: open_grant(site, counsellor, mine.certificate_id, chain[epoch], wrapped)
        for epoch, wrapped in grants.items()
        if epoch in chain
    }
    return OpenDesk(counsellor, mine, seeds)


def open_epoch(
    site: Site,
    signer: Counsellor,
    certificate: bytes,
    candidates: Iterable[bytes],
    previous: bytes | None,
    *,
    first_day: int,
    days: int = LONGEST_EPOCH + 1,
    earlier: dict[int, bytes] | None = None,
    random: Random = random_bytes,
) -> tuple[bytes, list[tuple[bytes, int, bytes]]]:
    """A new epoch for the candidates: its statement, and grants as (certificate id, epoch, wrapped); `earlier` seeds are granted to all too.

    Raises:
        Malformed, BadCertificate, BadRequest, BadStatement: a candidate that is not the root's, or not in force all through the epoch.
    """
    if not 1 <= days <= LONGEST_EPOCH + 1:
        raise BadStatement("an epoch has 1 to 35 days")
    last_day = first_day + days - 1
    people = [Certificate.parse(raw) for raw in candidates]
    for person in people:
        person.check(site.root)
        if not (person.includes(first_day) and person.includes(last_day)):
            raise BadCertificate(f"{person.display_name}'s certificate does not last through the epoch")
    number = Statement.parse(previous).number + 1 if previous else 1
    seed = random(32)
    statement = make_statement(
        site,
        signer,
        certificate,
        number=number,
        kem_public=kem_public(seed),
        previous=previous,
        first_day=first_day,
        last_day=last_day,
        roster=[person.certificate_id for person in people],
    )
    seeds = {**(earlier or {}), number: seed}
    grants = [
        (person.certificate_id, epoch, make_grant(site, epoch, person, epoch_seed))
        for person in people
        for epoch, epoch_seed in seeds.items()
    ]
    return statement, grants
