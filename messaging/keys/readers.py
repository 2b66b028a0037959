"""Who can read what, since when, and why: each desk epoch's roster, its grants, and what was withdrawn (PROTOCOL §2.5–§2.7)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from helpline.calendar.able_to_answer import AnsweringLack, KnownCounsellor, lack_to_read
from helpline.models import Account, Counsellor
from messaging.keys.released_epoch import release_warnings
from messaging.keys.waiting_epochs import WaitingEpoch, epochs_waiting
from messaging.models import Certificate, DeskMember, Epoch, Grant, Opening, Vault
from messaging.protocol.days import day_of
from messaging.protocol.wire import Statement

# Days before the end from which it is a fault that no later epoch is confirmed. The page for keys asks for one from ten days before.
ENDS_SOON = 7


@dataclass(frozen=True)
class EpochReader:
    """Someone who has, or had, an epoch's key: since which day, why, and whether they can still use it here."""

    member_id: int
    name: str
    since: int
    by_roster: bool
    able: bool
    why_not: str
    key_holder: bool


@dataclass(frozen=True)
class EpochReaders:
    """One epoch: its days, who opened it and who confirmed it, whether any conversation needs it, and everyone who was given its key.

    `confirmed_by` is empty where the desk is one person's, and None while it waits to be confirmed.
    """

    number: int
    first_day: int
    last_day: int
    opened_by: str
    confirmed_by: str | None
    needed: bool
    # Over, and nobody has its key any more: nothing that is kept was sealed for it.
    deleted: bool
    readers: list[EpochReader] = field(default_factory=list)

    @property
    def able(self) -> list[EpochReader]:
        return [reader for reader in self.readers if reader.able]


def epochs_with_readers(*, at: datetime) -> list[EpochReaders]:
    """Every epoch, the newest first, in five queries."""
    today = day_of(at)
    rows = {row.certificate_id: row for row in Certificate.objects.select_related("member__counsellor__account")}
    by_pk = {row.pk: row for row in rows.values()}
    vaults = set(Vault.objects.values_list("member_id", flat=True))
    epochs = {epoch.number: epoch for epoch in Epoch.objects.select_related("confirmation").order_by("-number")}
    newest = max((number for number, epoch in epochs.items() if hasattr(epoch, "confirmation")), default=0)
    needed = set(Opening.objects.order_by().values_list("epoch_id", flat=True).distinct()) | {newest}
    granted: dict[int, dict[int, int | None]] = {}
    for of, certificate, given_with in Grant.objects.values_list("epoch_id", "certificate_id", "given_with"):
        granted.setdefault(of, {})[certificate] = given_with
    found = []
    for number, epoch in epochs.items():
        statement = Statement.parse(epoch.statement)
        roster = {rows[each].pk for each in statement.roster if each in rows}
        signer = rows.get(statement.signer)
        readers = []
        for pk in roster | granted.get(number, {}).keys():
            with_epoch = granted.get(number, {}).get(pk)
            since = epochs[with_epoch].first_day if with_epoch in epochs and pk not in roster else epoch.first_day
            row = by_pk[pk]
            has = {"granted": pk in granted.get(number, {}), "vault": row.member_id in vaults}
            readers.append(_reader(row, since, by_roster=pk in roster, today=today, **has))
        readers.sort(key=lambda reader: (not reader.able, reader.name))
        opened_by = str(signer.member) if signer else "someone unknown"
        deleted = epoch.last_day < today and not granted.get(number)
        confirmed_by, days = _confirmed_by(epoch, by_pk), (epoch.first_day, epoch.last_day)
        found.append(EpochReaders(number, *days, opened_by, confirmed_by, number in needed, deleted, readers))
    return found


def _confirmed_by(epoch: Epoch, certificates: dict[int, Certificate]) -> str | None:
    if not hasattr(epoch, "confirmation"):
        return None
    if epoch.confirmation.certificate_id is None:
        return "the keepers of the root key" if epoch.confirmation.confirmation is not None else ""
    return str(certificates[epoch.confirmation.certificate_id].member)


WHY_NOT = {
    AnsweringLack.ROLE: "is an admin, and admins cannot read messages",
    AnsweringLack.ACCOUNT: "has left, or is switched off",
    AnsweringLack.VAULT: "no longer has a vault",
    AnsweringLack.CERTIFICATE: "the certificate has expired",
    AnsweringLack.GRANT: "the key was not given",
}


def _reader(row: Certificate, since: int, *, by_roster: bool, granted: bool, vault: bool, today: int) -> EpochReader:
    counsellor = row.member.counsellor
    known = KnownCounsellor(
        role=counsellor.account.role in Account.ANSWERING,
        account=counsellor.active and counsellor.account.is_active,
        vault=vault or row.withdrawn,  # Withdrawn comes first in words: it is why the vault is gone.
        certificate=not row.withdrawn and row.first_day <= today <= row.last_day,
        grant=granted,
    )
    lack = lack_to_read(known)
    withdrawn = lack == AnsweringLack.CERTIFICATE and row.withdrawn
    why_not = "the certificate is withdrawn" if withdrawn else WHY_NOT[lack] if lack else ""
    return EpochReader(row.member_id, counsellor.display_name, since, by_roster, lack is None, why_not, row.key_holder)


def readers_who_left(*, at: datetime) -> list[str]:
    """Who is on the roster of the newest epoch that counts and should not be any more: who left, or has a withdrawn certificate; one query.

    While there is one, what people write is still sealed for a key that they had: a new epoch must be opened at once.
    """
    return _gone(Certificate.objects.all())


def readers_who_left_for(account: Account, *, at: datetime) -> list[str]:
    """The same for those who can see to it, leads and key-holders, and nobody for others: in one query, and in none for an admin."""
    if account.role == Account.Role.ADMIN:
        return []
    rows = Certificate.objects.all()
    if account.role != Account.Role.LEAD:
        own = Certificate.objects.filter(Certificate.in_force(day_of(at)), member__counsellor__account=account, key_holder=True)
        rows = rows.filter(Exists(own))
    return _gone(rows)


def _gone(rows: QuerySet[Certificate]) -> list[str]:
    active = Counsellor.answering("member__counsellor__")
    newest = Subquery(Epoch.confirmed().order_by("-number").values("statement")[:1])
    left = rows.filter(Q(withdrawn=True) | ~active).annotate(newest=newest).exclude(newest=None)
    names, roster = set(), None
    for certificate, name, statement in left.values_list("certificate_id", "member__counsellor__display_name", "newest"):
        roster = roster or frozenset(Statement.parse(bytes(statement)).roster)
        if bytes(certificate) in roster:
            names.add(name)
    return sorted(names)


def epochs_with_only_reader(member: DeskMember, *, at: datetime) -> list[int]:
    """The epochs that a conversation needs and that nobody else could read, were this counsellor gone; ascending."""
    alone = [each for each in epochs_with_readers(at=at) if each.needed and {reader.member_id for reader in each.able} == {member.pk}]
    return sorted(each.number for each in alone)


def key_holder_names(*, at: datetime) -> list[str]:
    """The names of those who may open an epoch: a certificate in force that says so, and a vault; one query."""
    held = Certificate.objects.filter(Certificate.in_force(day_of(at)), Counsellor.answering("member__counsellor__"), key_holder=True)
    names = held.filter(Exists(Vault.objects.filter(member=OuterRef("member")))).values_list("member__counsellor__display_name", flat=True)
    return sorted(set(names))


def epochs_of_reader(member: DeskMember, *, at: datetime) -> list[int]:
    """The epochs whose key the counsellor was ever given, ascending."""
    return sorted(each.number for each in epochs_with_readers(at=at) if member.pk in {reader.member_id for reader in each.readers})


def key_warnings(*, at: datetime) -> list[str]:
    """What is wrong, or would be with the next mishap; sentences for people."""
    epochs, today, waiting = epochs_with_readers(at=at), day_of(at), epochs_waiting(at=at)
    gone = readers_who_left(at=at)
    found = [" ".join(filter(None, (_gone_words(gone), _next_words(waiting, ""))))] if gone else []
    confirmed = [each for each in epochs if each.confirmed_by is not None]
    current = next((each for each in confirmed if each.first_day <= today), None)
    if current is None or current.last_day < today:
        found.append("No epoch is open today: nobody can write to the helpline. " + _next_words(waiting, "A key-holder must open one."))
    else:
        left = current.last_day - today
        if left <= ENDS_SOON and confirmed[0] is current:
            ends = f"Epoch {current.number} ends in {left} day{'' if left == 1 else 's'}, and no later one is confirmed. "
            found.append(ends + _next_words(waiting, "A key-holder should open the next one now."))
        holders = sorted({reader.name for reader in current.able if reader.key_holder})
        if len(holders) < 2:
            who = f"Only {holders[0]} is a key-holder" if holders else "There is no key-holder"
            found.append(
                f"{who} with epoch {current.number}'s key. Get a second certificate: without a key-holder, nobody can open the next epoch."
            )
    found += release_warnings(current.number if current else None)
    for each in (one for one in reversed(epochs) if one.needed):
        names = sorted({reader.name for reader in each.able})
        if not names:
            found.append(
                f"Nobody can read epoch {each.number} any longer. What was written in it is lost, unless someone finds an old key."
            )
        elif len(names) == 1:
            found.append(
                f"Only {names[0]} can read epoch {each.number}. If that passphrase is lost, what was written in "
                "it is lost too. Open a new epoch with someone new on its roster, who then gets the earlier "
                "keys too."
            )
    return found


def _next_words(waiting: list[WaitingEpoch], otherwise: str) -> str:
    """What is to be done for the next epoch to count."""
    if not waiting:
        return otherwise
    who = (
        f"{' or '.join(waiting[0].names)} can confirm it on the page “Keys”" if waiting[0].names else "only the keepers of the root key can"
    )
    return f"Epoch {waiting[0].number}, which {waiting[0].opened_by} opened, waits to be confirmed: {who}."


def _gone_words(names: list[str]) -> str:
    return f"A new epoch must be opened at once: {', '.join(names)} had the key of the newest one and should no longer read messages."
