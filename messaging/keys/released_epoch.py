"""What the release that is served says of the desk's epochs, beside what the database has (PROTOCOL §11.2)."""

from helpline.web.installed import installed_release
from messaging.models import Certificate, Epoch
from messaging.protocol.encoding import Malformed
from messaging.protocol.wire import NamedStatement, Statement


def release_warnings(current: int | None) -> list[str]:
    """Sentences for people: pages refuse this desk, or the release knows nothing of who left. `current` is an epoch's number."""
    try:
        named = NamedStatement.parse(installed_release().newest)
    except Malformed:
        return []
    if named is None:
        return []
    row = Epoch.objects.filter(number=named.number).first()
    if row is None or Statement.parse(row.statement).statement_hash != named.statement_hash:
        return [
            f"The release that is served names an epoch {named.number} that this desk does not have: nobody can write, and no conversation "
            "opens. If an older dump was brought back, have the keepers of the root key sign a release with --new-chain."
        ]
    if current is None or current <= named.number:
        return []
    gone = _names(Statement.parse(row.statement)) - _names(Statement.parse(Epoch.objects.get(number=current).statement))
    if not gone:
        return []
    return [
        f"{', '.join(sorted(gone))} left since the release was signed, which names epoch {named.number}. Have the keepers of the root key "
        f"sign one that names epoch {current}: until then a server that lies could give people the old key."
    ]


def _names(statement: Statement) -> set[str]:
    """Of everyone on the roster: a counsellor whose certificate was renewed is still the same."""
    rows = Certificate.objects.filter(certificate_id__in=statement.roster).select_related("member__counsellor__account")
    return {str(row.member) for row in rows}
