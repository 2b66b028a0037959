"""Epoch statements and grants: making them, and checking a chain of them (PROTOCOL §2.6, §2.7)."""

from collections.abc import Callable, Iterable, Mapping

from messaging.protocol.encoding import HASH, VERSION, label, u32
from messaging.protocol.peer import primitives
from messaging.protocol.peer.errors import BadCertificate, BadContinuation, BadDates, BadGrant, BadStatement, CannotOpen, Malformed
from messaging.protocol.peer.keys import Counsellor, Site
from messaging.protocol.peer.primitives import Random, kem_public, random_bytes, sign
from messaging.protocol.wire import LONGEST_EPOCH, MOST_ON_ROSTER, Certificate, Statement, is_named, named_since


def make_statement(
    site: Site,
    signer: Counsellor,
    certificate: Certificate,
    previous: Statement | None,
    *,
    epoch_public: bytes,
    first_day: int,
    last_day: int,
    roster: Iterable[bytes],
) -> bytes:
    """A statement signed by a key-holder, §2.6; `previous` is the statement before it, `roster` certificate ids.

    Raises:
        BadStatement: as it would be refused by a reader.
    """
    ids = sorted(set(roster))
    if not 1 <= len(ids) <= MOST_ON_ROSTER:
        raise BadStatement(f"a roster has 1 to {MOST_ON_ROSTER} certificates")
    number, link = (previous.number + 1, previous.statement_hash) if previous else (1, bytes(HASH))
    body = VERSION + u32(number) + epoch_public + link + u32(first_day) + u32(last_day) + certificate.certificate_id
    body += len(ids).to_bytes(2, "big") + b"".join(ids)
    statement = body + sign(signer.sign_seed, "statement", site.site + body)
    Statement.parse(statement).check(site.site, certificate, previous)
    return statement


def check_chain(
    site: Site, statements: Iterable[bytes], certificates: Mapping[bytes, Certificate], also: Callable[[Statement], bool] = lambda _: True
) -> Iterable[Statement]:
    """The statements one by one, as one chain without gaps; the first one's predecessor is not known.

    Raises:
        Malformed, BadStatement: at the first that fails, or that is not `also` as the reader knows it.
    """
    before = None
    for raw in statements:
        statement = Statement.parse(raw)
        statement.check(site.site, certificates.get(statement.signer), before)
        statement.check_roster(certificates)
        if not also(statement):
            raise BadStatement("another statement of this number is known")
        yield statement
        before = statement


def valid_chain(
    site: Site, statements: Iterable[bytes], certificates: Mapping[bytes, Certificate], also: Callable[[Statement], bool] = lambda _: True
) -> dict[int, Statement]:
    """By number, those before the first that fails (§5.1): what relies on that or a later one fails too."""
    chain: dict[int, Statement] = {}
    try:
        for statement in check_chain(site, statements, certificates, also):
            chain[statement.number] = statement
    except (Malformed, BadStatement):
        pass
    return chain


def has_released(site: Site, chain: Iterable[Statement]) -> bool:
    """Whether the statement that the release names stands in the chain, §11.2; True where it names none."""
    return site.released is None or any(is_named(statement, site.released) for statement in chain)


def demand_released(site: Site, chain: Iterable[Statement]) -> None:
    """Raises BadContinuation where the chain lacks the statement that the release names."""
    if not has_released(site, chain):
        raise BadContinuation("the statement that the release names is not among the epochs")


def _grant_info(site: Site, epoch: int, certificate_id: bytes) -> bytes:
    return label("grant") + site.site + u32(epoch) + certificate_id


def make_grant(site: Site, epoch: int, certificate: Certificate, epoch_seed: bytes) -> bytes:
    """The epoch's seed for one counsellor, §2.7: 1,168 bytes."""
    return primitives.wrap(certificate.kem_public, _grant_info(site, epoch, certificate.certificate_id), epoch_seed)


def open_grant(site: Site, counsellor: Counsellor, certificate_id: bytes, statement: Statement, wrapped: bytes) -> bytes:
    """The epoch's seed; raises BadGrant when it cannot be unwrapped, gives another public key, or would be wrapped in other bytes."""
    info = _grant_info(site, statement.number, certificate_id)
    try:
        seed = primitives.unwrap(counsellor.kem_seed, info, wrapped)
    except CannotOpen as error:
        raise BadGrant("the grant cannot be opened") from error
    if kem_public(seed) != statement.kem_public:
        raise BadGrant("the grant is not of this epoch")
    if not primitives.is_wrap(wrapped, counsellor.kem_public, info, seed):
        raise BadGrant("the grant is not what the epoch's seed gives")
    return seed


def holds_grant(site: Site, epoch: int, certificate: Certificate, epoch_seed: bytes, wrapped: bytes) -> bool:
    """Whether these bytes are the certificate's grant, §2.7. Anyone with the seed can check everyone's grant, and opens only their own."""
    return primitives.is_wrap(wrapped, certificate.kem_public, _grant_info(site, epoch, certificate.certificate_id), epoch_seed)


def without_grant(
    site: Site, statement: Statement, certificates: Mapping[bytes, Certificate], seed: bytes, grants: Iterable[tuple[bytes, bytes]]
) -> list[Certificate]:
    """Who on the roster has no grant that opens the epoch, of those in `grants`: pairs of certificate id and wrap.

    Everyone's certificate must be there.
    """
    given: dict[bytes, list[bytes]] = {}
    for certificate_id, wrapped in grants:
        given.setdefault(certificate_id, []).append(wrapped)
    people = [certificates[each] for each in statement.roster]
    return [
        each
        for each in people
        if not any(holds_grant(site, statement.number, each, seed, wrapped) for wrapped in given.get(each.certificate_id, []))
    ]


def _signing(people: list[Certificate], own: Certificate, standing: Statement | None) -> tuple[list[Certificate], Certificate]:
    """The people of a roster with the signer's certificate among them, §2.6: a renewed one, unless it is too new to sign the next one."""
    renewed = next((person for person in people if person.same_person(own)), own)
    signing = renewed if standing is None or named_since(renewed, standing) else own
    # A renewal with new keys waits until somebody else opens an epoch: who signs does it with the keys that they have.
    return [signing if person.counsellor_id == own.counsellor_id else person for person in people], signing


def new_epoch(
    site: Site,
    signer: Counsellor,
    certificate: Certificate,
    candidates: Iterable[Certificate],
    previous: Statement | None,
    *,
    standing: Statement | None,
    first_day: int,
    days: int,
    earlier: Mapping[int, bytes] | None = None,
    random: Random = random_bytes,
) -> tuple[bytes, list[tuple[bytes, int, bytes]]]:
    """A statement for the candidates (checked certificates), and grants as (certificate id, epoch, wrapped).

    `previous` is the statement that it names, `standing` the newest confirmed one, whose roster says who may sign and who is new. Those who
    are new are granted the `earlier` seeds as well, to read what open conversations need.

    Raises:
        BadDates: not 1 to 35 days, or someone's certificate does not last through them.
        BadCertificate: a certificate that nothing can be wrapped to.
        BadStatement: as a reader would refuse it.
    """
    if not 1 <= days <= LONGEST_EPOCH + 1:
        raise BadDates(f"an epoch has 1 to {LONGEST_EPOCH + 1} days")
    people, last_day, seed = list(candidates), first_day + days - 1, random(32)
    people, certificate = _signing(people, certificate, standing)
    if standing is not None and not named_since(certificate, standing):
        raise BadStatement("its signer was left off the roster before")
    for person in people:
        if not (person.includes(first_day) and person.includes(last_day)):
            raise BadDates(f"{person.display_name}'s certificate does not last through the epoch")
    roster, public = [person.certificate_id for person in people], kem_public(seed)
    raw = make_statement(site, signer, certificate, previous, epoch_public=public, first_day=first_day, last_day=last_day, roster=roster)
    Statement.parse(raw).check_roster({person.certificate_id: person for person in people})
    number = Statement.parse(raw).number
    known = set(standing.roster) if standing else set()
    grants = []
    for person in people:
        seeds = {number: seed} if person.certificate_id in known else {**(earlier or {}), number: seed}
        try:
            grants += [(person.certificate_id, epoch, make_grant(site, epoch, person, each)) for epoch, each in seeds.items()]
        except Malformed as error:
            raise BadCertificate(f"nothing can be wrapped to {person.display_name}'s key") from error
    return raw, grants
