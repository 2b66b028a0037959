"""What is proposed, decided and done of disclosures (PROTOCOL §8.9): of one conversation with what is sealed, and all the steps."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from helpline.models import Account
from messaging.http.timestamps import rfc3339_or_null
from messaging.keys.desk_epochs import current_desk_epoch
from messaging.keys.note_checks import note_writer_certificates
from messaging.models import Certificate as CertificateRow
from messaging.models import Conversation, DeskMember, Disclosure, DisclosureEvent, DisclosureState
from messaging.models.disclosure import OPEN, Telling
from messaging.protocol.encoding import encode
from messaging.protocol.wire import Certificate, Statement

LEAD = Account.Role.LEAD


def conversation_disclosures(conversation: Conversation, member: DeskMember, *, lead: bool, at: datetime) -> dict[str, Any]:
    """Oldest first, in four queries; what is sealed goes to the counsellor who proposed it or decided, and to leads alone.

    `decider` says whether there is anyone who could be the second person to a proposal of this member's.
    """
    people = ("proposed_by__counsellor", "decided_by__counsellor", "carried_by__counsellor")
    rows = list(Disclosure.objects.filter(conversation=conversation).select_related(*people))
    told = [
        _told(row, conversation, sealed=lead or member.pk in {row.proposed_by_id, row.decided_by_id}, member=member, at=at) for row in rows
    ]
    certificates = note_writer_certificates(note for row in rows for note in (row.note, row.decision) if note)
    return {"disclosures": told, "decider": _somebody_else_decides(member, at), "certificates": certificates}


def _somebody_else_decides(member: DeskMember, at: datetime) -> bool:
    """Whether a lead with another account could read a proposal of today and sign for it: their certificate covers the desk's epoch."""
    epoch = current_desk_epoch(at)
    if epoch is None:
        return False
    statement = Statement.parse(epoch.statement)
    of_leads = Q(member__counsellor__active=True, member__counsellor__account__is_active=True, member__counsellor__account__role=LEAD)
    rows = CertificateRow.objects.filter(of_leads, certificate_id__in=statement.roster, withdrawn=False)
    others = rows.exclude(member=member).exclude(member__counsellor__account=member.counsellor.account_id)
    return any(statement.covered_by(Certificate.parse(raw)) for raw in others.values_list("certificate", flat=True))


def _told(row: Disclosure, conversation: Conversation, *, sealed: bool, member: DeskMember, at: datetime) -> dict[str, Any]:
    over = row.state in OPEN and row.expires_at <= at
    note, decision = (row.note, row.decision) if sealed and not over else (None, None)
    return {
        "id": encode(row.public_id),
        "state": DisclosureState.EXPIRED if over else row.state,
        "reason": row.reason,
        "recipient": row.recipient,
        "telling": row.telling,
        "messages": messages_to_disclose(row.places),
        "role": "proposer" if row.proposed_by_id == member.pk else "second" if row.decided_by_id == member.pk else None,
        "proposed_by": row.proposed_by.counsellor.display_name,
        "decided_by": row.decided_by.counsellor.display_name if row.decided_by else None,
        "carried_by": row.carried_by.counsellor.display_name if row.carried_by else None,
        "told": row.telling == Telling.TOLD and row.written_since(conversation.sent),
        "expires_at": rfc3339_or_null(row.expires_at),
        "note": encode(note) if note else None,
        "decision": encode(decision) if decision else None,
    }


def messages_to_disclose(written: str) -> list[list[int]]:
    """The messages, by direction and sequence."""
    return [[int(number) for number in place.split(":")] for place in written.split(",")]


def disclosed_message_words(written: str) -> str:
    """ "1, 3 from the person; 2 from the helpline"."""
    places = messages_to_disclose(written)
    sides = [
        (", ".join(str(sequence) for direction, sequence in places if direction == side), name)
        for side, name in ((1, "the person"), (2, "the helpline"))
    ]
    return "; ".join(f"{numbers} from {name}" for numbers, name in sides if numbers)


def disclosures_that_ask(member: DeskMember, *, lead: bool, at: datetime) -> Q:
    """The conversations with an open disclosure that concerns this member: their own, one they agreed to, for a lead one to decide."""
    waits = Q(proposed_by=member) | Q(decided_by=member)
    if lead:
        waits |= Q(state=DisclosureState.PROPOSED)
    return Q(pk__in=Disclosure.objects.filter(waits, state__in=OPEN, expires_at__gt=at).values("conversation"))


def disclosures_to_decide(member: DeskMember, *, at: datetime) -> frozenset[int]:
    """The conversations with a proposal that waits for the decision of this lead: of someone else's, by account too, and not expired."""
    waits = Disclosure.objects.filter(state=DisclosureState.PROPOSED, expires_at__gt=at).exclude(proposed_by=member)
    return frozenset(waits.exclude(proposed_account=member.counsellor.account_id).values_list("conversation__pk", flat=True))


def disclosure_steps() -> QuerySet[DisclosureEvent]:
    """Every step, the newest first."""
    return DisclosureEvent.objects.select_related("member__counsellor")
