"""What the desk knows of each counsellor: role, account, vault, certificate, the key of today, a break, and being seen at the desk."""

from datetime import UTC, datetime, timedelta

from django.db import connection

from helpline.calendar.able_to_answer import KnownCounsellor, lack_to_read
from helpline.hours.desk_registry import DeskKnowledge
from helpline.models import Account, Counsellor, Organisation
from messaging.http.problems import Problem
from messaging.models import Certificate, Confirmation, Conversation, DeskMember, Epoch, Grant, Vault
from messaging.models.desk import LONGEST_BREAK
from messaging.protocol.days import day_of

GRACE = timedelta(minutes=10)  # Before an admin has described the organisation.
# Postgres and SQLite share it. Once the newest epoch that counts is over it stands in: nothing is taken, what is open is answered.
ASK = """
SELECT member.counsellor_id, account.role, account.is_active AND counsellor.active AND account.recovered_at IS NULL,
    EXISTS (SELECT 1 FROM {vault} vault WHERE vault.member_id = member.id),
    EXISTS (SELECT 1 FROM {certificate} held WHERE held.member_id = member.id AND {in_force}),
    EXISTS (SELECT 1 FROM {certificate} held JOIN {grant} given ON given.certificate_id = held.id
        WHERE held.member_id = member.id AND {in_force} AND given.epoch_id = epoch.number),
    member.seen_in, member.away_until, CASE WHEN epoch.last_day >= %s THEN epoch.number END,
    (SELECT MIN(waiting_since) FROM {conversation} WHERE state = 'waiting'),
    (SELECT seen_minutes FROM {organisation} WHERE id = 1)
FROM {member} member
    JOIN {counsellor} counsellor ON counsellor.id = member.counsellor_id
    JOIN {account} account ON account.id = counsellor.account_id
    LEFT JOIN (SELECT number, last_day FROM {epoch} WHERE first_day <= %s AND number IN (SELECT epoch_id FROM {confirmation})
        ORDER BY number DESC LIMIT 1) epoch
        ON epoch.number IS NOT NULL
ORDER BY member.counsellor_id
"""
IN_FORCE = "held.first_day <= %s AND held.last_day >= %s AND NOT held.withdrawn"
TABLES = {
    "vault": Vault,
    "certificate": Certificate,
    "grant": Grant,
    "conversation": Conversation,
    "organisation": Organisation,
    "member": DeskMember,
    "counsellor": Counsellor,
    "account": Account,
    "epoch": Epoch,
    "confirmation": Confirmation,
}
STATEMENT = ASK.format(in_force=IN_FORCE, **{name: model._meta.db_table for name, model in TABLES.items()})  # noqa: SLF001 - documented


def desk_knowledge(at: datetime) -> DeskKnowledge:
    """Everyone who has a place at the desk, in one query, however many conversations there are."""
    day = day_of(at)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [day, day, day, day, day, day])
        rows = cursor.fetchall()
    people = {
        counsellor: KnownCounsellor(
            role=role in Account.ANSWERING,
            account=bool(active),
            vault=bool(vault),
            certificate=bool(certificate),
            grant=bool(grant),
            watched=True,
            seen_in=seen_in,
            break_ends=ends if (ends := _instant(break_ends)) is not None and ends <= at + LONGEST_BREAK else None,
        )
        for counsellor, role, active, vault, certificate, grant, seen_in, break_ends, *_ in rows
    }
    *_, key, waiting_since, minutes = rows[0] if rows else (None, None, None)
    return DeskKnowledge(people, GRACE if minutes is None else timedelta(minutes=minutes), key, _instant(waiting_since))


def could_read_today(member: DeskMember, *, at: datetime) -> bool:
    """Whether the member could open what is written today, on a shift or not; one query."""
    return lack_to_read(desk_knowledge(at).people.get(member.counsellor_id)) is None


def demand_reader(member: DeskMember, *, at: datetime) -> None:
    """Raises Problem not-allowed for a counsellor who could not open what is written today: nobody is given what they cannot answer."""
    if not could_read_today(member, at=at):
        raise Problem("not-allowed", "You cannot open what people write today: you do not have today's key. The page “Keys” says more.")


def _instant(value: datetime | str | None) -> datetime | None:
    """SQLite gives an instant without the zone, which is always UTC, and what was reckoned from one as text."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)
