"""Whether files that came from elsewhere fit together: root, certificates, statements, confirmations, grants, carries (PROTOCOL §2)."""

from collections.abc import Iterable, Iterator

from messaging.protocol.encoding import encode
from messaging.protocol.peer.confirmed_findings import verify_confirmations, verify_named
from messaging.protocol.peer.epochs import check_chain, holds_grant, open_grant
from messaging.protocol.peer.errors import BadCertificate, BadRequest, BadStatement, ProtocolError
from messaging.protocol.peer.findings import FileFinding
from messaging.protocol.peer.installations import verify_installation
from messaging.protocol.peer.json_files import CandidatesFile, EpochFile, InstallationFile, NotesFile, ServerStateFile
from messaging.protocol.peer.key_files import Content, PublicKeyFile, ReleaseKeyFile, RootKeyFile, VaultRecordFile
from messaging.protocol.peer.keys import Counsellor, Site
from messaging.protocol.peer.note_findings import NoteReader, verify_notes
from messaging.protocol.wire import Carry, Certificate, Confirmation, Note, Request, Statement
from messaging.protocol.wire.releases import Release, ReleaseCertificate


def verify_contents(site: Site, contents: Iterable[Content], owner: Counsellor | None = None) -> Iterator[FileFinding]:
    """Everything that can be said of the contents together; with an owner's keys, grants too: see `_opened`."""
    found = list(contents)
    certificates: dict[bytes, Certificate] = {}
    for certificate in {each.certificate_id: each for content in found for each in certificates_in(content)}.values():
        held = _certificate(site, certificate)
        certificates |= {certificate.certificate_id: certificate} if held.holds else {}
        yield held
    for each in found:
        yield from _alone(site, each)
    chain: dict[int, Statement] = {}
    statements = {each.statement_hash: each for content in found for each in _statements_in(content)}
    for finding, statement in _chain(site, sorted(statements.values(), key=lambda each: each.number), certificates):
        chain |= {statement.number: statement} if finding.holds else {}
        yield finding
    yield from verify_confirmations(site, chain, _confirmations_in(found), certificates)
    yield from verify_named(chain, (each for each in found if isinstance(each, Release)))
    seeds: dict[int, bytes] = {}
    for each in found:
        if isinstance(each, EpochFile):
            yield from _roster_and_grants(each)
        if isinstance(each, InstallationFile):
            yield from verify_installation(each)
        yield from _opened(site, _grants_in(each), chain, certificates, owner, seeds)
    yield from verify_notes(NoteReader(site, chain, certificates, seeds), *_notes_in(found))


def _alone(site: Site, each: Content) -> Iterator[FileFinding]:
    """What can be said of it without any other."""
    match each:
        case Request():
            yield _request(site, each)
        case PublicKeyFile(public) | RootKeyFile(public, _) | InstallationFile(root=public):
            yield FileFinding(
                public == site.root, "The root's public key is the one given." if public == site.root else "A key of another root."
            )
        case VaultRecordFile():
            yield FileFinding(True, "A vault: only its owner can say more of it.")
        case ReleaseKeyFile():
            yield FileFinding(True, "A release key: only its passphrase can say more of it.")
        case ReleaseCertificate() | Release():
            yield _release(site, each)


def certificates_in(content: Content) -> list[Certificate]:
    """Every certificate that a file brings."""
    match content:
        case Certificate():
            return [content]
        case CandidatesFile(certificates) | NotesFile(certificates=certificates):
            return certificates
        case InstallationFile(certificates=certificates):
            return certificates
        case ServerStateFile(certificate=own, certificates=others):
            return [*([own] if own else []), *others]
    return []


def _statements_in(content: Content) -> list[Statement]:
    match content:
        case Statement():
            return [content]
        case EpochFile(statement, _):
            return [statement]
        case ServerStateFile(statements=statements) | InstallationFile(statements=statements):
            return statements
    return []


def _confirmations_in(contents: Iterable[Content]) -> list[bytes]:
    """Every confirmation that the files bring, each once."""
    found: list[bytes] = []
    for content in contents:
        match content:
            case Confirmation(raw=raw):
                found.append(raw)
            case ServerStateFile(confirmations=confirmations) | InstallationFile(confirmations=confirmations):
                found += confirmations
    return list(dict.fromkeys(found))


def _notes_in(contents: Iterable[Content]) -> tuple[list[Note], list[Carry]]:
    notes, carries = [], []
    for content in contents:
        match content:
            case Note():
                notes.append(content)
            case Carry():
                carries.append(content)
            case NotesFile():
                notes += content.notes
                carries += content.carries
    return notes, carries


def _grants_in(content: Content) -> list[tuple[bytes, int, bytes]]:
    match content:
        case EpochFile(grants=grants) | ServerStateFile(grants=grants):
            return grants
    return []


def _certificate(site: Site, certificate: Certificate) -> FileFinding:
    try:
        certificate.check(site.root)
    except BadCertificate:
        return FileFinding(
            False, f"The certificate of {certificate.display_name} is not signed by this root, or its days are the wrong way round."
        )
    return FileFinding(True, f"The certificate of {certificate.display_name} is signed by the root.")


def _request(site: Site, request: Request) -> FileFinding:
    try:
        request.check(site.site)
    except BadRequest:
        return FileFinding(False, f"The request of counsellor {encode(request.counsellor_id)} is of another root, or altered.")
    return FileFinding(True, f"The request of counsellor {encode(request.counsellor_id)} is signed by its own key.")


def _release(site: Site, given: ReleaseCertificate | Release) -> FileFinding:
    name = f"Release {given.number}" if isinstance(given, Release) else "The certificate of a release key"
    try:
        (given.certificate if isinstance(given, Release) else given).check(site.root)
        if isinstance(given, Release):
            given.check_signature(site.site)
    except ProtocolError as error:
        return FileFinding(False, f"{name} does not hold: {error}.")
    return FileFinding(True, f"{name} holds.")


def _chain(site: Site, statements: list[Statement], certificates: dict[bytes, Certificate]) -> Iterator[tuple[FileFinding, Statement]]:
    held: list[bytes] = []
    for statement in statements:
        try:
            list(check_chain(site, [*held, statement.raw], certificates))
        except ProtocolError as error:
            yield FileFinding(False, f"The statement of epoch {statement.number} does not hold: {error}."), statement
            continue
        held.append(statement.raw)
        unnamed = len([each for each in statement.roster if each not in certificates])
        names = (
            ", ".join(sorted(certificates[each].display_name for each in statement.roster if each in certificates))
            or "nobody who is known here"
        )
        more = f", and {unnamed} whose certificates are not here" if unnamed else ""
        yield FileFinding(True, f"The statement of epoch {statement.number} holds; on its roster: {names}{more}."), statement


def _roster_and_grants(epoch: EpochFile) -> Iterator[FileFinding]:
    number = epoch.statement.number
    given = {certificate_id for certificate_id, of, _ in epoch.grants if of == number}
    missing = [each for each in epoch.statement.roster if each not in given]
    yield FileFinding(
        not missing,
        f"Epoch {number}: {len(missing)} on the roster have no grant." if missing else f"Epoch {number}: all on the roster have a grant.",
    )
    off = [certificate_id for certificate_id, _, _ in epoch.grants if certificate_id not in epoch.statement.roster]
    if off:
        yield FileFinding(False, f"Epoch {number}: {len(off)} grants are for certificates that are not on the roster.")


def _opened(
    site: Site,
    grants: list[tuple[bytes, int, bytes]],
    chain: dict[int, Statement],
    certificates: dict[bytes, Certificate],
    owner: Counsellor | None,
    seeds: dict[int, bytes],
) -> Iterator[FileFinding]:
    """The grants that are the owner's, whose seeds are put there; and of an epoch that one opens everyone's, made again and compared."""
    for certificate_id, of, wrapped in grants:
        certificate = certificates.get(certificate_id)
        if owner is None or certificate is None or certificate.kem_public != owner.kem_public:
            continue
        try:
            if of not in chain:
                raise BadStatement("its statement is not here, or does not hold")
            seeds[of] = open_grant(site, owner, certificate_id, chain[of], wrapped)
        except ProtocolError as error:
            yield FileFinding(False, f"{certificate.display_name}'s grant of epoch {of} does not hold: {error}.")
        else:
            yield FileFinding(True, f"{certificate.display_name}'s grant of epoch {of} opens, and gives the statement's key.")
    for certificate_id, of, wrapped in grants:
        certificate = certificates.get(certificate_id)
        if owner is None or certificate is None or certificate.kem_public == owner.kem_public or of not in seeds:
            continue
        holds = holds_grant(site, of, certificate, seeds[of], wrapped)
        said = "is the one that its seed gives" if holds else "does not open it: it is not the one that its seed gives"
        yield FileFinding(holds, f"{certificate.display_name}'s grant of epoch {of} {said}.")
